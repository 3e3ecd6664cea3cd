import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { Openings } from '../../../src/features/explorer/openings.ts';
import { Bench } from './bench.ts';

/** Longer than VS Code is given to ask for the rows of a row. */
const longMs = 1_000;

describe('rows that were opened', () => {
  let row: TreeNode;
  let done: string[];
  let openings: Openings;
  /** What opening the row once more leads to. */
  let reopened: () => void;

  beforeEach(async () => {
    [row] = (await new Bench().open()) as [TreeNode];
    done = [];
    reopened = () => undefined;
    openings = new Openings(
      () => {
        done.push('opened');
        reopened();
        return Promise.resolve();
      },
      () => done.push('drawn'),
    );
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  });
  afterEach(() => mock.timers.reset());

  async function pass(): Promise<void> {
    mock.timers.tick(longMs);
    await new Promise(setImmediate);
  }

  test('are left alone when their rows are asked for, before or after', async () => {
    openings.drawn(row);
    openings.asked(row);
    openings.opened(row);
    await pass();
    openings.drawn(row);
    openings.opened(row);
    openings.asked(row);
    await pass();
    assert.deepEqual(done, []);
  });

  test('are left alone when they are closed and opened again: VS Code still knows what is below', async () => {
    openings.drawn(row);
    openings.asked(row);
    openings.opened(row);
    openings.closed(row);
    await pass();
    openings.opened(row);
    await pass();
    assert.deepEqual(done, []);
    // Drawn again since, it does not.
    openings.drawn(row);
    openings.opened(row);
    await pass();
    assert.deepEqual(done, ['opened', 'drawn']);
  });

  test('are opened again when they are not, which has their rows asked for where VS Code had closed them', async () => {
    reopened = () => openings.asked(row);
    openings.opened(row);
    await pass();
    assert.deepEqual(done, ['opened']);
  });

  test('are drawn again when that did not help: they are open, and empty', async () => {
    openings.opened(row);
    await pass();
    assert.deepEqual(done, ['opened', 'drawn']);
  });

  describe('while a row above them is drawn', () => {
    let below: TreeNode;

    beforeEach(() => {
      below = { ...row, id: `${row.id}/below`, parent: row };
    });

    test('are opened again, since VS Code closes them without a word, their rows asked for or not', async () => {
      openings.asked(below);
      openings.answered(below);
      openings.drawn(row);
      openings.opened(below);
      openings.asked(below);
      openings.answered(below);
      await pass();
      assert.deepEqual(done, ['opened']);
    });

    test('wait until all rows that were asked for there have come', async () => {
      const sibling: TreeNode = { ...row, id: `${row.id}/sibling`, parent: row };
      openings.drawn(row);
      openings.asked(sibling);
      await pass();
      openings.opened(below);
      openings.asked(below);
      await pass();
      await pass();
      assert.deepEqual(done, []);
      openings.answered(sibling);
      await pass();
      assert.deepEqual(done, ['opened']);
    });

    test('are left alone where it was drawn long ago, or they or what they are in are closed meanwhile', async () => {
      openings.drawn(row);
      await pass();
      openings.asked(below);
      openings.answered(below);
      openings.opened(below);
      await pass();
      for (const closed of [below, row]) {
        openings.drawn(row);
        openings.opened(below);
        openings.closed(closed);
      }
      await pass();
      assert.deepEqual(done, []);
    });
  });

  test('are forgotten when they are closed, or all is', async () => {
    openings.opened(row);
    openings.closed(row);
    await pass();
    openings.opened(row);
    openings.dispose();
    await pass();
    assert.deepEqual(done, []);
  });
});
