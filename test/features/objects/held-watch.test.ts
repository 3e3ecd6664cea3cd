import '../vscode.ts';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { message } from '../../../src/core/index.ts';
import { seen } from '../stand-in.ts';

const { HeldWatch } = await import('../../../src/features/objects/held-watch.ts');

const pod = { context: 'dev', namespace: 'shop', apiVersion: 'v1', kind: 'Pod', name: 'web' };
const told = ['Pod web (dev / shop) is being deleted, but it waits.'];
const waits = message('it waits');

beforeEach(() => {
  seen.warnings = [];
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

test('what is held is told of once, and only when it lasts', () => {
  const watch = new HeldWatch(pod, () => undefined);
  watch.note(waits);
  mock.timers.tick(14_000);
  assert.deepEqual(seen.warnings, []);
  mock.timers.tick(1_000);
  watch.note(waits);
  assert.deepEqual(seen.warnings, told);
});

test('what is held only after a while is told of as well', () => {
  const watch = new HeldWatch(pod, () => undefined);
  watch.note(null);
  mock.timers.tick(20_000);
  assert.deepEqual(seen.warnings, []);
  watch.note(waits);
  assert.deepEqual(seen.warnings, told);
});

test('what is gone in time is told of by nobody', () => {
  const watch = new HeldWatch(pod, () => undefined);
  watch.note(waits);
  watch.dispose();
  mock.timers.tick(20_000);
  assert.deepEqual(seen.warnings, []);
});
