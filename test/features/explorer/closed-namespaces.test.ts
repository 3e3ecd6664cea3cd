/** What the row of a namespace claims that nobody looks into. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { Bench, owner, refused } from './bench.ts';
import { deployment, node, now, owned, pod } from './objects.ts';

const crash = { waiting: 'CrashLoopBackOff' };

let bench: Bench;
let shop: TreeNode;
beforeEach(async () => {
  bench = new Bench();
  shop = await bench.row('dev', 'shop');
});

const pods = () => bench.store('pods', null);

test('pods of the whole cluster tell how many workloads of a closed namespace are not well', () => {
  bench.drawn.length = 0;
  pods().put(
    pod('web-1', owned('web', 1), crash),
    pod('web-2', owned('web', 1), crash),
    pod('api-1', owned('api', 1)),
    pod('alone', null, crash),
  );
  assert.equal(bench.text(shop), 'shop · 2 unhealthy');
  assert.equal(bench.model.face(shop).icon?.color, 'list.warningForeground');
  assert.ok(bench.drawn.some((nodes) => nodes?.includes(shop)));
  assert.equal(bench.model.unhealthy, 2);
  pods().put(pod('web-1', owned('web', 1)));
  assert.equal(bench.text(shop), 'shop · 2 unhealthy');
  pods().remove('p-web-2');
  pods().put(pod('alone', null));
  assert.equal(bench.text(shop), 'shop');
  assert.equal(bench.model.unhealthy, 0);
});

test('a pod that loses the label of its Deployment is counted once, and with nobody once it is gone', () => {
  const crashed = pod('web-74579bb71-a', owner, crash);
  const { metadata } = crashed as { metadata: object };
  const labels = { 'pod-template-hash': '74579bb71' };
  pods().put({ ...crashed, metadata: { ...metadata, labels } });
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
  pods().put({ ...crashed, metadata: { ...metadata, labels: {} } });
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
  pods().remove('p-web-74579bb71-a');
  assert.equal(bench.text(shop), 'shop');
  assert.equal(bench.model.unhealthy, 0);
});

test('a pod that ended in failure says nothing where another runs in its place', () => {
  const evicted = { ...pod('web-1', owner), status: { phase: 'Failed', reason: 'Evicted' } };
  pods().put(evicted);
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
  pods().put(pod('web-2', owner));
  assert.equal(bench.text(shop), 'shop');
  pods().remove('p-web-2');
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
});

test('an open namespace counts what it shows, and the badge counts nothing twice', async () => {
  pods().put(pod('web-74579bb71-a', owner, crash), pod('alone', null, crash));
  assert.equal(bench.model.unhealthy, 2);
  await bench.children(shop);
  bench.store('pods').put(pod('web-74579bb71-a', owner, crash), pod('alone', null, crash));
  bench.store('deployments').put(deployment('web', { ready: 2 }));
  assert.equal(bench.text(shop), 'shop · 2 unhealthy');
  assert.equal(bench.model.unhealthy, 2);
  bench.store('pods').put(pod('alone', null));
  assert.equal(bench.model.unhealthy, 1);
});

test('an object that is open in its namespace and among those of all namespaces counts once', async () => {
  const common = {
    group: '',
    version: 'v1',
    verbs: ['list'],
    namespaced: true,
    scalable: false,
    shortNames: [],
  };
  bench = new Bench();
  bench.served = [
    { ...common, apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false },
    { ...common, apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
    { ...common, apiVersion: 'shop.example/v1', kind: 'Widget', plural: 'widgets', group: 'shop.example' },
  ];
  const widget = {
    metadata: { uid: 'w-1', name: 'one', namespace: 'shop' },
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Broken' }] },
  };
  await bench.open('dev', 'Custom resources', 'Widget');
  bench.store('widgets', null).put(widget);
  assert.equal(bench.model.unhealthy, 1);
  await bench.open('dev', 'shop', 'Custom resources', 'Widget');
  bench.store('widgets').put(widget);
  assert.equal(bench.text(await bench.row('dev', 'shop')), 'shop · 1 unhealthy');
  assert.equal(bench.model.unhealthy, 1);
});

test('what pods told is not taken back while the namespace is read', async () => {
  pods().put(pod('alone', null, crash));
  await bench.children(shop);
  assert.equal(bench.text(shop), 'shop');
  bench.store('deployments').become({ phase: 'connecting' });
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
});

test('what was told last stays while the connection is lost', () => {
  pods().put(pod('alone', null, crash));
  pods().become({ phase: 'stale', since: now, error: refused('unreachable') });
  assert.equal(bench.text(shop), 'shop · 1 unhealthy');
  pods().become({ phase: 'forbidden', error: refused('forbidden') });
  assert.equal(bench.text(shop), 'shop');
});

test('where the pods of a large cluster are not watched nothing is claimed', () => {
  pods().put(pod('alone', null, crash));
  bench.store('nodes', null).put(...[...Array(60).keys()].map((number) => node(`n-${number}`)));
  bench.store('nodes', null).become({ phase: 'live', since: now });
  assert.equal(pods().leases, 0);
  assert.equal(bench.text(shop), 'shop');
  assert.equal(bench.model.unhealthy, 0);
});
