/** Where objects stand whose owner is gone, not known yet, or of a kind that is not watched. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { Bench, owner, refused } from './bench.ts';
import { now, pod, replicaSet } from './objects.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => {
  bench.model.dispose();
  mock.timers.reset();
});

const labels = async (...path: readonly string[]): Promise<readonly string[]> =>
  (await bench.open(...path)).map((row) => bench.label(row));
const inShop = (): Promise<readonly string[]> => labels('dev', 'shop');
/** Timers that a timer sets run as well. */
const pass = (seconds: number): void => {
  for (let second = 0; second < seconds; second++) mock.timers.tick(1_000);
};
const lone = { kind: 'ReplicaSet', uid: 'r-gone', name: 'gone-74579bb79' };

describe('pods whose ReplicaSet is gone', () => {
  test('stand in their namespace after a moment in which nothing moves', async () => {
    const shop = await bench.row('dev', 'shop');
    await bench.children(shop);
    pass(1);
    bench.drawn.length = 0;
    bench.store('replicasets').remove('r-web-1');
    assert.equal((await inShop()).includes('Pods'), false);
    pass(2);
    assert.ok(bench.drawn.some((nodes) => nodes?.includes(shop)));
    assert.ok((await inShop()).includes('Pods'));
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['web-74579bb71-a', 'web-74579bb71-b']);
  });

  test('go back below it when it comes', async () => {
    await inShop();
    bench.store('pods').put(pod('gone-74579bb79-a', lone, { waiting: 'CrashLoopBackOff' }));
    pass(2);
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['gone-74579bb79-a']);
    const shop = await bench.row('dev', 'shop');
    assert.equal(bench.text(shop), 'shop · 1 unhealthy');
    const set = replicaSet('gone', 9, 1) as { readonly metadata: object };
    bench.store('replicasets').put({ ...set, metadata: { ...set.metadata, uid: 'r-gone' } });
    assert.equal((await inShop()).includes('Pods'), false);
  });

  test('stay where they were while ReplicaSets are not all known', async () => {
    await inShop();
    const sets = bench.store('replicasets');
    sets.become({ phase: 'stale', since: now, error: refused('unreachable') });
    sets.remove('r-web-1');
    bench.store('pods').put(pod('gone-74579bb79-a', lone));
    pass(5);
    assert.equal((await inShop()).includes('Pods'), false);
    sets.become({ phase: 'live', since: now });
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), [
      'gone-74579bb79-a',
      'web-74579bb71-a',
      'web-74579bb71-b',
    ]);
    sets.become({ phase: 'stale', since: now, error: refused('unreachable') });
    bench.store('pods').put(pod('gone-74579bb79-a', lone, { restarts: 1 }));
    assert.equal((await labels('dev', 'shop', 'Pods')).length, 3);
  });

  test('leave no timer behind when nobody looks any more', async () => {
    const shop = await bench.row('dev', 'shop');
    await bench.children(shop);
    bench.store('replicasets').remove('r-web-1');
    bench.model.collapse(shop);
    pass(1);
    bench.drawn.length = 0;
    pass(10);
    assert.deepEqual(bench.drawn, []);
    assert.ok((await inShop()).length > 0);
    pass(3);
    assert.ok((await inShop()).includes('Pods'));
  });
});

describe('owners of kinds that are not watched', () => {
  test('pods show where their ReplicaSets may not be listed', async () => {
    bench.refuse = ({ plural, namespace }) => plural === 'replicasets' && namespace === 'shop';
    assert.ok((await inShop()).includes('Pods'));
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['web-74579bb71-a', 'web-74579bb71-b']);
  });

  test('a ReplicaSet of a custom kind holds its pods by itself', async () => {
    await inShop();
    const set = replicaSet('gone', 9, 1) as { readonly metadata: object };
    const ownerReferences = [{ kind: 'Rollout', uid: 'rollout', name: 'gone', controller: true }];
    bench.store('replicasets').put({ ...set, metadata: { ...set.metadata, uid: 'r-gone', ownerReferences } });
    bench.store('pods').put(pod('gone-74579bb79-a', lone));
    assert.deepEqual(await labels('dev', 'shop', 'ReplicaSets'), ['gone-74579bb79']);
    assert.deepEqual(await labels('dev', 'shop', 'ReplicaSets', 'gone-74579bb79'), ['gone-…-a']);
  });

  test('a pod of a ConfigMap stands by itself also while ConfigMaps are open', async () => {
    await inShop();
    bench.store('pods').put(pod('a', { kind: 'ConfigMap', uid: 'c-x', name: owner.name }));
    await bench.open('dev', 'shop', 'Configuration', 'ConfigMaps');
    assert.deepEqual(await labels('dev', 'shop', 'Pods'), ['a']);
  });
});
