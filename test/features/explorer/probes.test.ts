/** Why a running pod is not ready, in its row and in those of what it belongs to. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { eventFacts, formatMessage } from '../../../src/core/index.ts';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { Bench, owner } from './bench.ts';
import { deployment, node, pod, probeEvent } from './objects.ts';

const name = 'web-74579bb71-a';
const refusal = 'Readiness probe failed: HTTP probe failed with statuscode: 503';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

afterEach(() => mock.timers.reset());

/** A row that is drawn again has all below it drawn again. */
function isDrawn(drawn: ReadonlySet<TreeNode>, row: TreeNode): boolean {
  for (let above: TreeNode | null = row; above !== null; above = above.parent)
    if (drawn.has(above)) return true;
  return false;
}

const watched = (): boolean => bench.held().includes('shop/events');
const tooltip = async (node: TreeNode): Promise<readonly string[]> => {
  const { facts = [], story = [] } = (await bench.model.tooltip(node, new AbortController().signal)) ?? {};
  return [...facts.map(({ value }) => value), ...story].map((one) => formatMessage(one));
};

/** All rows below a row, of which those between may be closed. */
async function everything(above: TreeNode): Promise<readonly TreeNode[]> {
  const rows = await bench.children(above);
  const buckets = rows.filter(({ type }) => type === 'bucket');
  return [...rows, ...(await Promise.all(buckets.map((one) => bench.children(one)))).flat()];
}

async function unready(): Promise<readonly TreeNode[]> {
  await bench.open('dev', 'shop');
  bench.store('deployments').put(deployment('web', { ready: 2 }));
  bench.store('pods').put(pod(name, owner, { unready: 60 }));
  return bench.open('dev', 'shop', 'Deployments', 'web', 'v1');
}

describe('a probe that fails', () => {
  test('is read about only where a pod runs and is not ready', async () => {
    await bench.open('dev', 'shop');
    assert.equal(watched(), false);
    bench.store('pods').put(pod(name, owner, { unready: 60 }));
    assert.equal(watched(), true);
    assert.equal(bench.store('events').query.fieldSelector, 'reason=Unhealthy');
    bench.store('pods').put(pod(name, owner));
    assert.equal(watched(), false);
  });

  test('is read with all other events where those are open, and is one of them', async () => {
    const [row] = await unready();
    assert.ok(row);
    const events = await bench.row('dev', 'shop', 'Events');
    await bench.children(events);
    assert.equal(bench.held().filter((held) => held === 'shop/events').length, 1);
    assert.equal(bench.store('events').query.fieldSelector, undefined);
    bench.store('events').put(probeEvent(name, 'app', refusal));
    assert.match(bench.text(row), /Readiness probe failed/);
    const [event] = await bench.children(events);
    assert.ok(event);
    assert.match(bench.text(event), /Unhealthy .*Pod web/);
  });

  test('is read of all namespaces only while such pods are shown: the list of all, or those of a node', async () => {
    const isWatched = (): boolean => bench.held().includes('null/events');
    await bench.open('dev', 'Nodes');
    bench.store('nodes', null).put(node('n-1'));
    bench.store('pods', null).put(pod(name, null, { unready: 60 }));
    assert.equal(isWatched(), false);
    for (const path of [['Pods'], ['Nodes', 'n-1']]) {
      const above = await bench.row('dev', ...path);
      await bench.children(above);
      assert.equal(isWatched(), true);
      assert.equal(bench.store('events', null).query.fieldSelector, 'reason=Unhealthy');
      bench.store('events', null).put(probeEvent(name, 'app', refusal));
      const row = (await everything(above)).find(({ name: called }) => called === name);
      assert.ok(row);
      assert.match(bench.text(row), /Readiness probe failed: HTTP 503/);
      bench.store('pods', null).put(pod(name, null));
      assert.equal(isWatched(), false);
      bench.store('pods', null).put(pod(name, null, { unready: 60 }));
      assert.equal(isWatched(), true);
      bench.model.collapse(above);
      assert.equal(isWatched(), false);
    }
  });

  test('stands in the rows of its pod, container and workload, and once in their tooltips', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const [row] = await unready();
    assert.ok(row);
    const [container] = await bench.children(row);
    assert.ok(container);
    mock.timers.tick(1_000);
    bench.drawn.length = 0;
    bench.store('events').put(probeEvent(name, 'app', refusal));
    bench.events = ({ uid }) =>
      Promise.resolve(uid === `p-${name}` ? [eventFacts(probeEvent(name, 'app', refusal))] : []);
    assert.equal(
      bench.text(row),
      'web-…-a · Running, 0/1 ready · Readiness probe failed: HTTP 503 · n-1 · 4 min',
    );
    assert.equal(bench.text(container), 'app · Running · Readiness probe failed: HTTP 503 · app:1.4');
    const drawn = new Set(bench.drawn.flatMap((nodes) => nodes ?? []));
    assert.ok(isDrawn(drawn, row));
    const [v1] = await bench.open('dev', 'shop', 'Deployments', 'web');
    assert.ok(v1);
    assert.match(bench.text(v1), /Readiness probe failed: HTTP 503/);
    for (const one of [row, container, v1]) {
      const told = (await tooltip(one)).filter((line) => line.includes(refusal));
      assert.equal(told.length, 1, `${bench.text(one)}: ${told.join(' | ')}`);
    }
  });

  test('counts no longer once the pod is ready, or when it is of an earlier time', async () => {
    const [row] = await unready();
    assert.ok(row);
    const events = bench.store('events');
    events.put(probeEvent(name, 'app', refusal, 600));
    assert.doesNotMatch(bench.text(row), /probe/);
    events.put(probeEvent(name, 'app', refusal, 90));
    assert.match(bench.text(row), /probe/);
    bench.store('pods').put(pod(name, owner));
    assert.doesNotMatch(bench.text(row), /probe/);
  });

  test('is said by its container alone', async () => {
    const [row] = await unready();
    assert.ok(row);
    const [container] = await bench.children(row);
    assert.ok(container);
    bench.store('events').put(probeEvent(name, 'other', refusal));
    assert.match(bench.text(row), /probe/);
    assert.doesNotMatch(bench.text(container), /probe/);
  });

  test('is missing without a word where events may not be listed', async () => {
    bench.refuse = ({ plural }) => plural === 'events';
    const [row] = await unready();
    assert.ok(row);
    assert.equal(bench.text(row), 'web-…-a · Running, 0/1 ready · n-1 · 4 min');
    assert.equal(bench.store('events').state.phase, 'forbidden');
  });
});
