import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openStore } from '../../src/cluster/store/leases.ts';
import { isAny, isList, isWatch, refusal as refuse, StoreBench as Bench } from './store-bench.ts';
import { project, query } from './store-rows.ts';
import type { ProxiedRequest } from '../harness/proxy.ts';
import { hurried, until } from './support.ts';

function projectType(object: unknown): { uid: string; apiVersion: string; kind: string } {
  const { apiVersion, kind, metadata } = object as {
    apiVersion: string;
    kind: string;
    metadata: { uid: string };
  };
  return { uid: metadata.uid, apiVersion, kind };
}

describe('while all is well', () => {
  test('rows follow the cluster, and listeners hear in batches', async () => {
    const bench = await Bench.start();
    assert.equal(bench.store.state.phase, 'live');
    const batches: string[][] = [];
    bench.store.onDidChange(({ changed }) => batches.push([...changed]));
    await Promise.all(Array.from({ length: 30 }, (_, index) => bench.create(`c-${index}`)));
    await bench.change('c-1', 'new');
    await bench.remove('c-2');
    await bench.settled();
    assert.equal(bench.store.rows.size, 31 - 1);
    assert.ok(batches.length < 30, `30 objects came in ${batches.length} batches`);
    await until('the end of one to be told', () => bench.lost.length > 0);
    assert.deepEqual(bench.lost, ['c-2']);
  });

  test('a list of several pages is shown as it comes, and complete when ready', async () => {
    const bench = await Bench.start();
    await Promise.all(Array.from({ length: 20 }, (_, index) => bench.create(`p-${index}`)));
    const paged = openStore(bench.session, query(bench.namespace), (object) => project(object), hurried);
    bench.proxy.requests.length = 0;
    await paged.value.ready;
    assert.equal(paged.value.rows.size, 21);
    assert.equal(bench.proxy.requests.filter(({ path }) => path.includes('continue=')).length, 2);
  });

  test('objects of a list know their kind, as those of a watch do', async () => {
    const bench = await Bench.start();
    const typed = openStore(bench.session, query(bench.namespace), projectType, hurried);
    await typed.value.ready;
    await bench.create('watched');
    await until('the new object', () => typed.value.rows.size === 2);
    assert.deepEqual(
      [...typed.value.rows.values()].map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
      ['v1 ConfigMap', 'v1 ConfigMap'],
    );
  });

  test('an object that comes and goes between two flushes is heard of only as gone', async () => {
    const bench = await Bench.start();
    const changes: string[] = [];
    bench.store.onDidChange(({ changed, removed }) => changes.push(`${changed.size} ${removed.size}`));
    await bench.create('brief');
    await bench.remove('brief');
    await until('it to be gone', () => !bench.names.includes('brief') && changes.length > 0);
    assert.equal(bench.store.rows.size, 1);
  });
});

describe('what a watch costs while nothing happens', () => {
  test('the server ends it with a bookmark before it would be doubted; it goes on over the same connection', async () => {
    const bench = await Bench.start({ tuning: { ...hurried, idle: 6000, quietSeconds: [4, 4] } });
    const watches = (): string[] => bench.proxy.requests.filter(isWatch).map(({ path }) => path);
    await until('the watch', () => watches().length === 1);
    const whole = ({ path }: ProxiedRequest): boolean => !/limit=1(&|$)/.test(path);
    const lists = (): number => bench.proxy.requests.filter(isList).filter(whole).length;
    const listed = lists();
    // Nothing of this namespace, but of this kind: what a quiet watch learns from bookmarks alone.
    const others = await Bench.start();
    for (let made = 0; watches().length < 4; made++) {
      await others.create(`elsewhere-${made}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const versions = watches().map((path) => Number(/resourceVersion=(\d+)/.exec(path)?.[1]));
    assert.ok(Number(versions.at(-1)) > Number(versions[0]), `it follows the server: ${versions.join(' ')}`);
    assert.match(watches()[0] ?? '', /timeoutSeconds=(2[4-9]\d|3[0-5]\d|360)(&|$)/);
    assert.match(watches()[1] ?? '', /timeoutSeconds=4(&|$)/);
    assert.equal(lists(), listed, 'without another list');
    assert.ok(bench.proxy.connections <= 2);
    await bench.create('after');
    await until('the new object', () => bench.names.includes('after'));
    await until('a longer watch', () => /timeoutSeconds=\d{3}(&|$)/.test(watches().at(-1) ?? ''));
  });

  test('ten stores of a session have a connection each, and none is left after the last lease', async () => {
    const bench = await Bench.start();
    const leases = Array.from({ length: 10 }, (_, index) =>
      openStore(
        bench.session,
        { ...query(bench.namespace), labelSelector: `number=${index}` },
        project,
        hurried,
      ),
    );
    await Promise.all(leases.map(({ value }) => value.ready));
    await until('their watches', () => bench.proxy.watches === 11);
    // What fetched the lists carries the watches, except for a few that are kept for the next request.
    assert.ok(bench.proxy.connections <= 11 + 11, `${bench.proxy.connections} connections`);
    for (const lease of [...leases, bench.lease]) lease.dispose();
    await until('the watches to end', () => bench.proxy.watches === 0);
    const asked = bench.proxy.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(bench.proxy.requests.length, asked, 'nothing is asked any more');
    bench.session.dispose();
    await until('the sockets to close', () => bench.proxy.connections === 0);
  });
});

describe('what the person is told', () => {
  test('stale since when, while the server is away, with the rows still there', async () => {
    const bench = await Bench.start();
    const before = Date.now();
    bench.proxy.fail({ kind: 'reset' }, isAny);
    bench.proxy.cut();
    await until('stale', () => bench.store.state.phase === 'stale');
    const { state } = bench.store;
    assert.ok(state.phase === 'stale' && state.error.code === 'unreachable' && state.since <= Date.now());
    assert.ok(state.since >= before - 1000);
    assert.ok(bench.names.includes('kept'));
  });

  test('failed, when it never worked; ready all the same', async () => {
    const bench = await Bench.start({ prepare: (proxy) => proxy.fail({ kind: 'reset' }, isAny) });
    const { state } = bench.store;
    assert.ok(state.phase === 'failed' && state.error.code === 'unreachable');
    bench.proxy.heal();
    await bench.settled();
  });

  test('forbidden, with what is missing', async () => {
    const message = 'configmaps is forbidden: User "ann" cannot list resource "configmaps"';
    const bench = await Bench.start({ prepare: (proxy) => proxy.fail(refuse(403, message), isAny) });
    const { state } = bench.store;
    assert.ok(state.phase === 'forbidden');
    assert.match(state.error.message, /cannot list resource/);
  });

  test('a watch that is not allowed is replaced by lists', async () => {
    const bench = await Bench.start({ prepare: (proxy) => proxy.fail(refuse(403), isWatch) });
    await bench.create('polled');
    await until('the new object', () => bench.names.includes('polled'));
    assert.equal(bench.store.state.phase, 'live');
    const watches = (): number => bench.proxy.requests.filter(isWatch).length;
    assert.ok(watches() < bench.proxy.requests.filter(isList).length, 'it is not asked for at every list');
    bench.proxy.heal();
    await until('the watch, once it is allowed', () => bench.proxy.watches === 1);
    const lists = bench.proxy.requests.filter(isList).length;
    await bench.create('watched');
    await until('the new object', () => bench.names.includes('watched'));
    assert.equal(bench.proxy.requests.filter(isList).length, lists, 'lists are not made any more');
  });

  test('a retry between two of those lists still leads back to the watch', async () => {
    const bench = await Bench.start({ prepare: (proxy) => proxy.fail(refuse(403), isWatch) });
    await until('the refusal', () => bench.proxy.requests.some(isWatch));
    await until('a list in its place', () => bench.proxy.requests.filter(isList).length > 1);
    bench.store.retry();
    bench.proxy.heal();
    await until('the watch', () => bench.proxy.watches === 1);
  });

  test('signed out, until somebody signs in: then at once', async () => {
    const bench = await Bench.start({ prepare: (proxy) => proxy.fail(refuse(401), () => true) });
    assert.equal(bench.store.state.phase, 'signedOut');
    bench.proxy.heal();
    // Any request that gets through tells the stores.
    await bench.session.request('/version');
    await bench.settled();
  });

  test('a retry does not wait', async () => {
    const bench = await Bench.start();
    const slow = openStore(bench.session, query(bench.namespace), (object) => project(object), {
      ...hurried,
      backoff: [3_600_000, 3_600_000],
    });
    await slow.value.ready;
    bench.proxy.fail({ kind: 'reset' }, isAny);
    bench.proxy.cut();
    await until('stale', () => slow.value.state.phase === 'stale');
    bench.proxy.heal();
    slow.value.retry();
    await until('live', () => slow.value.state.phase === 'live');
  });
});

describe('sharing and ending', () => {
  test('equal queries share a store; it outlives its last lease for a while, then ends', async () => {
    const bench = await Bench.start();
    const second = openStore(bench.session, query(bench.namespace), project, hurried);
    assert.equal(second.value, bench.store);
    bench.lease.dispose();
    bench.lease.dispose();
    await bench.create('still');
    await until('the row', () => bench.names.includes('still'));
    second.dispose();
    const third = openStore(bench.session, query(bench.namespace), project, hurried);
    assert.equal(third.value, second.value, 'somebody came back in time');
    third.dispose();
    await until('the watch to end', () => bench.proxy.watches === 0);
    const fourth = openStore(bench.session, query(bench.namespace), project, hurried);
    assert.notEqual(fourth.value, third.value);
  });

  test('disposing of the session leaves no socket and no timer, whatever the store was doing', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    for (const fault of [null, { kind: 'hang' }, { kind: 'reset' }] as const) {
      const idle = timers();
      const bench = await Bench.start();
      await until('the watch', () => bench.proxy.watches === 1);
      if (fault !== null) {
        bench.proxy.fail(fault, isAny);
        const before = bench.proxy.requests.length;
        bench.proxy.cut();
        await until('another attempt', () => bench.proxy.requests.length > before);
      }
      bench.session.dispose();
      const seen = bench.proxy.requests.length;
      await until('the sockets to close', () => bench.proxy.connections === 0);
      assert.ok(timers() <= idle, `${timers()} timers, ${idle} before`);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(bench.proxy.requests.length, seen, 'nothing is asked any more');
    }
  });

  test('what arrives after the end is dropped', async () => {
    const bench = await Bench.start();
    const heard: unknown[] = [];
    bench.store.onDidChange((change) => heard.push(change));
    const create = bench.create('late');
    bench.session.dispose();
    await create;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(heard, []);
    assert.deepEqual(bench.names.includes('late'), false);
  });
});
