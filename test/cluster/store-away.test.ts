/** The server goes away and comes back; the machine sleeps and wakes up; its clock jumps. With everybody's waiting times. */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/cluster/index.ts';
import { startCluster } from '../harness/cluster.ts';
import { FaultProxy } from '../harness/proxy.ts';
import { project, query } from './store-rows.ts';
import type { Shown } from './store-child.ts';
import { configMap, freshNamespace, sessionOf, temporaryFolder, until, writeKubeconfig } from './support.ts';

const minute = 60_000;
const folder = await temporaryFolder();
const cluster = await startCluster({ parts: 'api' });
after(() => cluster.stop());
const truth = await sessionOf(cluster.kubeconfig);

/** A namespace with a ConfigMap in it, and ways to change what is there. */
async function prepared(): Promise<{
  readonly namespace: string;
  readonly create: (name: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}> {
  const namespace = await freshNamespace(truth);
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const create = async (name: string): Promise<void> => {
    await truth.request(path, { method: 'POST', body: configMap(name, { value: '1' }) });
  };
  await create('kept');
  await create('goes');
  const remove = async (name: string): Promise<void> => {
    await truth.request(`${path}/${name}`, { method: 'DELETE' });
  };
  return { namespace, create, remove };
}

/** A process with a store behind a proxy. */
class Child {
  readonly proxy: FaultProxy;
  shown: Shown = { rows: [], phase: '', removed: 0 };
  readonly #process: ChildProcess;

  private constructor(proxy: FaultProxy, child: ChildProcess) {
    this.proxy = proxy;
    this.#process = child;
    child.on('message', (shown: Shown) => (this.shown = shown));
  }

  static async start(namespace: string): Promise<Child> {
    const proxy = await FaultProxy.start(cluster.kubeconfig);
    const kubeconfig = await writeKubeconfig(join(folder, namespace), { server: proxy.url });
    const child = fork(join(import.meta.dirname, 'store-child.ts'), [kubeconfig, namespace]);
    after(async () => {
      child.kill('SIGKILL');
      await proxy.stop();
    });
    const started = new Child(proxy, child);
    await started.shows(['goes=1', 'kept=1']);
    await until('the watch', () => proxy.watches === 1);
    return started;
  }

  async shows(rows: readonly string[]): Promise<void> {
    const expected = JSON.stringify(rows);
    const equal = (): boolean => this.shown.phase === 'live' && JSON.stringify(this.shown.rows) === expected;
    await until(`the store to show ${expected}`, equal, minute);
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  moveClock(ms: number): void {
    this.#process.send(ms);
  }

  async end(): Promise<void> {
    this.#process.disconnect();
    await once(this.#process, 'exit');
  }
}

describe('the machine', { concurrency: true }, () => {
  test('sleeps and wakes up, its connections forgotten by whatever is in between', async () => {
    const { namespace, create, remove } = await prepared();
    const child = await Child.start(namespace);
    child.signal('SIGSTOP');
    child.proxy.freezeWatches();
    await create('unseen');
    await remove('goes');
    await sleep(20_000);
    child.signal('SIGCONT');
    await child.shows(['kept=1', 'unseen=1']);
    assert.equal(child.shown.removed, 1);
    await child.end();
  });

  test('sleeps and wakes up, its connections cut meanwhile', async () => {
    const { namespace, create, remove } = await prepared();
    const child = await Child.start(namespace);
    child.signal('SIGSTOP');
    child.proxy.cut();
    await create('unseen');
    await remove('goes');
    await sleep(5000);
    child.signal('SIGCONT');
    await child.shows(['kept=1', 'unseen=1']);
    assert.equal(child.shown.removed, 1);
    await child.end();
  });

  for (const [name, jump] of [
    ['two hours ahead', 7_200_000],
    ['two hours back', -7_200_000],
  ] as const) {
    test(`sees its clock jump ${name}`, async () => {
      const { namespace, create, remove } = await prepared();
      const child = await Child.start(namespace);
      child.moveClock(jump);
      await create('later');
      await child.shows(['goes=1', 'kept=1', 'later=1']);
      // And a connection lost at that time is found to be so as it always is.
      child.proxy.freezeWatches();
      await remove('goes');
      await child.shows(['kept=1', 'later=1']);
      assert.equal(child.shown.removed, 1);
      const asked = child.proxy.requests.length;
      assert.ok(asked < 12, `${asked} requests were made`);
      await child.end();
    });
  }
});

test('the API server is killed and comes back', async () => {
  const { namespace, create, remove } = await prepared();
  const session = await sessionOf(cluster.kubeconfig);
  const { value: store } = openStore(session, query(namespace), project);
  const phases: string[] = [];
  const least = { rows: Infinity, removed: 0 };
  store.onDidChangeState(({ phase }) => phases.push(phase));
  await store.ready;
  store.onDidChange(({ removed }) => {
    least.removed += removed.size;
    least.rows = Math.min(least.rows, store.rows.size);
  });
  for (const awayMs of [0, 15_000]) {
    phases.length = 0;
    await cluster.killApiServer();
    await until('stale', () => store.state.phase === 'stale', minute);
    assert.ok(store.rows.size >= 2, 'what was known is still shown');
    await sleep(awayMs);
    await cluster.startApiServer();
    await create(`after-${awayMs}`);
    if (awayMs > 0) await remove('goes');
    const expected = awayMs === 0 ? 'after-0 goes kept' : 'after-0 after-15000 kept';
    const names = (): string =>
      [...store.rows.values()]
        .map(({ name }) => name)
        .sort()
        .join(' ');
    await until('the store to equal a fresh list', () => names() === expected, minute);
    assert.equal(store.state.phase, 'live');
    assert.deepEqual([...new Set(phases)], ['stale', 'live'], 'it said so, and nothing else');
  }
  await until('the end of one to be told', () => least.removed > 0);
  assert.deepEqual(least, { rows: 3, removed: 1 }, 'nothing else was ever taken away');
  session.dispose();
});

test('the cluster is made anew at the same address, and counts from the start again', async () => {
  const { namespace, create } = await prepared();
  for (let made = 0; made < 300; made++) await create(`old-${made}`);
  const proxy = await FaultProxy.start(cluster.kubeconfig);
  after(() => proxy.stop());
  const session = await sessionOf(await writeKubeconfig(join(folder, 'anew'), { server: proxy.url }));
  const { value: store } = openStore(session, query(namespace), project);
  await store.ready;
  assert.equal(store.rows.size, 302);
  const other = await startCluster({ parts: 'api' });
  try {
    const path = `/api/v1/namespaces/${namespace}/configmaps`;
    const there = await sessionOf(other.kubeconfig);
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    await there.request('/api/v1/namespaces', { method: 'POST', body });
    await there.request(path, { method: 'POST', body: configMap('new', { value: '1' }) });
    proxy.moveTo(other.kubeconfig);
    await until('the new cluster', () => store.rows.size === 1, minute);
    await there.request(path, { method: 'POST', body: configMap('newer', { value: '1' }) });
    await until('what is new there', () => store.rows.size === 2, minute);
    session.dispose();
  } finally {
    await other.stop();
  }
});
