import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Lease, LiveStore, Session, StoreQuery, StoreState } from '../../src/cluster/index.ts';
import { openStore } from '../../src/cluster/store/leases.ts';
import { type Fault, FaultProxy, type ProxiedRequest } from '../harness/proxy.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  clustersOf,
  configMap,
  freshNamespace,
  hurried,
  sessionOf,
  temporaryFolder,
  until,
  writeKubeconfig,
} from './support.ts';

const folder = await temporaryFolder();
const cluster = await sharedCluster('api');
after(() => cluster.release());
/** Straight to the API server: what the truth is read from and changed by. */
const truth = await sessionOf(cluster.kubeconfig);

interface Row {
  readonly uid: string;
  readonly name: string;
  readonly value: string;
}

interface ConfigMapObject {
  readonly metadata: { readonly uid: string; readonly name: string };
  readonly data?: { readonly value?: string };
}

function project(object: unknown): Row {
  const { metadata, data } = object as ConfigMapObject;
  return { uid: metadata.uid, name: metadata.name, value: data?.value ?? '' };
}

function projectType(object: unknown): { uid: string; apiVersion: string; kind: string } {
  const { apiVersion, kind, metadata } = object as ConfigMapObject & { apiVersion: string; kind: string };
  return { uid: metadata.uid, apiVersion, kind };
}

const query = (namespace: string): StoreQuery => ({
  apiVersion: 'v1',
  plural: 'configmaps',
  namespace,
  labelSelector: 'app=test',
});

async function createConfigMap(namespace: string, name: string, names: Map<string, string>): Promise<void> {
  const { metadata } = await truth.request<ConfigMapObject>(`/api/v1/namespaces/${namespace}/configmaps`, {
    method: 'POST',
    body: configMap(name, { value: '1' }),
  });
  names.set(metadata.uid, name);
}

/** A namespace with a store on it, behind a proxy that can fail. */
class Bench {
  readonly proxy: FaultProxy;
  readonly session: Session;
  readonly namespace: string;
  readonly lease: Lease<LiveStore<Row>>;
  readonly states: StoreState[] = [];
  /** Names that were ever taken away, in order. */
  readonly lost: string[] = [];
  readonly #path: string;
  /** Names by UID of all that was ever created. */
  readonly #names: Map<string, string>;

  private constructor(proxy: FaultProxy, session: Session, namespace: string, names: Map<string, string>) {
    this.#names = names;
    this.proxy = proxy;
    this.session = session;
    this.namespace = namespace;
    this.#path = `/api/v1/namespaces/${namespace}/configmaps`;
    this.lease = openStore(session, query(namespace), project, hurried);
    this.store.onDidChangeState((state) => this.states.push(state));
    this.store.onDidChange(({ removed }) => {
      this.lost.push(...[...removed].map((uid) => this.#names.get(uid) ?? uid));
    });
  }

  static async start(prepare: (proxy: FaultProxy) => void = () => undefined): Promise<Bench> {
    const proxy = await FaultProxy.start(cluster.kubeconfig);
    after(() => proxy.stop());
    const namespace = await freshNamespace(truth);
    const file = await writeKubeconfig(join(folder, namespace), { context: namespace, server: proxy.url });
    const session = await clustersOf([file]).session(namespace);
    const names = new Map<string, string>();
    await createConfigMap(namespace, 'kept', names);
    prepare(proxy);
    const bench = new Bench(proxy, session, namespace, names);
    await bench.store.ready;
    return bench;
  }

  get store(): LiveStore<Row> {
    return this.lease.value;
  }

  get names(): string[] {
    return [...this.store.rows.values()].map(({ name }) => name).sort();
  }

  async create(name: string): Promise<void> {
    await createConfigMap(this.namespace, name, this.#names);
  }

  async change(name: string, value: string): Promise<void> {
    const contentType = 'application/merge-patch+json';
    await truth.request(`${this.#path}/${name}`, { method: 'PATCH', contentType, body: { data: { value } } });
  }

  async remove(name: string): Promise<void> {
    await truth.request(`${this.#path}/${name}`, { method: 'DELETE' });
  }

  /** Whether the store holds exactly what a fresh list does. */
  async equalsTruth(): Promise<boolean> {
    const { items } = await truth.request<{ items: ConfigMapObject[] }>(this.#path, {
      query: { labelSelector: 'app=test' },
    });
    const expected = items.map((item) => JSON.stringify(project(item))).sort();
    const shown = [...this.store.rows.values()].map((row) => JSON.stringify(row)).sort();
    return JSON.stringify(expected) === JSON.stringify(shown);
  }

  async settled(): Promise<void> {
    await until('the store to be live', () => this.store.state.phase === 'live');
    await until('the store to equal a fresh list', () => this.equalsTruth());
  }
}

const isList = ({ method, path, watch }: ProxiedRequest): boolean =>
  method === 'GET' && !watch && path.includes('/configmaps');
const isWatch = ({ watch }: ProxiedRequest): boolean => watch;
const isAny = (request: ProxiedRequest): boolean => isList(request) || isWatch(request);

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

describe('faults: the store catches up, and nothing is cleared in between', () => {
  const status = (code: number, headers: Record<string, string> = {}): Fault => ({
    kind: 'answer',
    status: code,
    headers,
    body: JSON.stringify({ kind: 'Status', code, message: 'by the test' }),
  });
  const event = (code: number): Fault => ({
    kind: 'answer',
    status: 200,
    body: `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code, reason: 'Expired', message: 'old' } })}\n`,
  });
  /** Each is tried on watches alone and on everything; after a few times, or when healed, it is over. */
  const faults: readonly [string, Fault, (request: ProxiedRequest) => boolean][] = [
    ['a reset', { kind: 'reset' }, isAny],
    ['status 500', status(500), isAny],
    ['status 503', status(503), isAny],
    ['status 429 with Retry-After', status(429, { 'retry-after': '0' }), isAny],
    ['status 401', status(401), isAny],
    ['status 403', status(403), isAny],
    ['status 404', status(404), isAny],
    ['status 410 on the watch', status(410), isWatch],
    ['status 410 on list and watch', status(410), isAny],
    ['an ERROR event of 410', event(410), isWatch],
    ['an ERROR event of 500', event(500), isWatch],
    ['an answer that breaks off', { kind: 'truncate', bytes: 60 }, isList],
    ['an answer that is no JSON', { kind: 'answer', status: 200, body: '<html>\n' }, isAny],
    ['an answer that is no list', { kind: 'answer', status: 200, body: '{"ok":true}' }, isList],
    ['a watch that ends at once, again and again', { kind: 'answer', status: 200, body: '' }, isWatch],
  ];
  for (const [name, fault, matches] of faults) {
    test(name, async () => {
      const bench = await Bench.start();
      await bench.create('goes');
      await bench.settled();
      bench.proxy.fail(fault, matches);
      // What meets only lists needs a watch that sends the store back to them.
      if (matches === isList) bench.proxy.fail(status(410), isWatch, 1);
      const before = bench.proxy.requests.length;
      bench.proxy.cut();
      await bench.create('comes');
      await bench.remove('goes');
      await bench.change('kept', 'changed');
      await until('three attempts', () => bench.proxy.requests.slice(before).filter(matches).length >= 3);
      assert.ok(bench.names.includes('kept'), 'what was shown is still shown');
      bench.proxy.heal();
      await bench.settled();
      assert.deepEqual(bench.names, ['comes', 'kept']);
      assert.ok(!bench.lost.includes('kept'), 'nothing was cleared');
    });
  }

  test('a connection that is cut once is not worth a word', async () => {
    const bench = await Bench.start();
    bench.states.length = 0;
    bench.proxy.cut();
    await bench.create('after');
    await until('the new object', () => bench.names.includes('after'));
    assert.deepEqual(bench.states, []);
  });

  test('a watch whose time is up is resumed where it stopped, without another list', async () => {
    const bench = await Bench.start();
    await until('the watch', () => bench.proxy.requests.some(isWatch));
    const lists = bench.proxy.requests.filter(isList).length;
    bench.proxy.endWatches();
    await bench.create('after');
    await until('the new object', () => bench.names.includes('after'));
    assert.equal(bench.proxy.requests.filter(isList).length, lists);
  });

  test('a watch that has gone silent is opened again', async () => {
    const bench = await Bench.start();
    await until('the watch', () => bench.proxy.requests.some(isWatch));
    bench.proxy.freezeWatches();
    await bench.create('unseen');
    const watches = bench.proxy.requests.filter(isWatch).length;
    await until('another watch', () => bench.proxy.requests.filter(isWatch).length > watches);
    bench.proxy.heal();
    await bench.settled();
    assert.ok(bench.names.includes('unseen'));
  });

  test('a list whose continuation has expired starts again', async () => {
    const bench = await Bench.start((proxy) => {
      // The first list is answered by hand: one page of two, whose second has expired.
      const page = {
        apiVersion: 'v1',
        kind: 'ConfigMapList',
        metadata: { resourceVersion: '1', continue: 'token' },
        items: [],
      };
      proxy.fail({ kind: 'answer', status: 200, body: JSON.stringify(page) }, isList, 1);
      proxy.fail(status(410), ({ path }) => path.includes('continue=token'), 1);
    });
    await bench.settled();
    assert.ok(bench.names.includes('kept'));
  });

  test('a server that asks for time gets it', async () => {
    const bench = await Bench.start((proxy) => {
      proxy.fail(status(429, { 'retry-after': '1' }), isList, 1);
    });
    const started = Date.now();
    await bench.settled();
    assert.ok(Date.now() - started >= 900, 'it waited as told');
    assert.ok(hurried.backoff[1] < 900, 'and would not have by itself');
  });
});

describe('what the person is told', () => {
  const refuse = (code: number, message = 'by the test'): Fault => ({
    kind: 'answer',
    status: code,
    body: JSON.stringify({ kind: 'Status', code, message }),
  });

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
    const bench = await Bench.start((proxy) => proxy.fail({ kind: 'reset' }, isAny));
    const { state } = bench.store;
    assert.ok(state.phase === 'failed' && state.error.code === 'unreachable');
    bench.proxy.heal();
    await bench.settled();
  });

  test('forbidden, with what is missing', async () => {
    const message = 'configmaps is forbidden: User "ann" cannot list resource "configmaps"';
    const bench = await Bench.start((proxy) => proxy.fail(refuse(403, message), isAny));
    const { state } = bench.store;
    assert.ok(state.phase === 'forbidden');
    assert.match(state.error.message, /cannot list resource/);
  });

  test('a watch that is not allowed is replaced by lists', async () => {
    const bench = await Bench.start((proxy) => proxy.fail(refuse(403), isWatch));
    await bench.create('polled');
    await until('the new object', () => bench.names.includes('polled'));
    assert.equal(bench.store.state.phase, 'live');
    assert.ok(bench.proxy.requests.filter(isWatch).length <= 1, 'it is not asked for again');
  });

  test('signed out, until somebody signs in: then at once', async () => {
    const bench = await Bench.start((proxy) => proxy.fail(refuse(401), () => true));
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
        bench.proxy.cut();
        await until('another attempt', () => bench.proxy.requests.filter(isWatch).length > 1);
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
