import { join } from 'node:path';
import { after } from 'node:test';
import type { Lease, LiveStore, Session, StoreState } from '../../src/cluster/index.ts';
import { openStore } from '../../src/cluster/store/leases.ts';
import type { StoreTuning } from '../../src/cluster/store/timing.ts';
import { type Fault, FaultProxy, type ProxiedRequest } from '../harness/proxy.ts';
import { sharedCluster } from '../harness/shared.ts';
import { type ConfigMapObject, project, query, type Row } from './store-rows.ts';
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

async function createConfigMap(namespace: string, name: string, names: Map<string, string>): Promise<void> {
  const { metadata } = await truth.request<ConfigMapObject>(`/api/v1/namespaces/${namespace}/configmaps`, {
    method: 'POST',
    body: configMap(name, { value: '1' }),
  });
  names.set(metadata.uid, name);
}

export interface StoreBenchOptions {
  readonly tuning?: StoreTuning;
  /** Of the kubeconfig the store's session is made from. */
  readonly user?: Readonly<Record<string, unknown>>;
  /** Called before the store is opened. */
  readonly prepare?: (proxy: FaultProxy) => void;
}

/** A namespace with a store on it, behind a proxy that can fail. */
export class StoreBench {
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

  private constructor(
    proxy: FaultProxy,
    session: Session,
    namespace: string,
    names: Map<string, string>,
    tuning: StoreTuning,
  ) {
    this.#names = names;
    this.proxy = proxy;
    this.session = session;
    this.namespace = namespace;
    this.#path = `/api/v1/namespaces/${namespace}/configmaps`;
    this.lease = openStore(session, query(namespace), project, tuning);
    this.store.onDidChangeState((state) => this.states.push(state));
    this.store.onDidChange(({ removed }) => {
      this.lost.push(...[...removed].map((uid) => this.#names.get(uid) ?? uid));
    });
  }

  static async start(options: StoreBenchOptions = {}): Promise<StoreBench> {
    const { tuning = hurried, user = {}, prepare = () => undefined } = options;
    const proxy = await FaultProxy.start(cluster.kubeconfig);
    after(() => proxy.stop());
    const namespace = await freshNamespace(truth);
    const file = join(folder, namespace);
    await writeKubeconfig(file, { context: namespace, server: proxy.url, user });
    const session = await clustersOf([file]).session(namespace);
    const names = new Map<string, string>();
    await createConfigMap(namespace, 'kept', names);
    prepare(proxy);
    const bench = new StoreBench(proxy, session, namespace, names, tuning);
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

  async settled(limitMs?: number): Promise<void> {
    await until('the store to equal a fresh list', () => this.equalsTruth(), limitMs);
    await until('the store to be live', () => this.store.state.phase === 'live', limitMs);
  }

  /** Gives the store back, and sees that nothing is left of it. */
  async end(): Promise<void> {
    this.lease.dispose();
    this.session.dispose();
    await until('the watch to end', () => this.proxy.watches === 0);
    await until('the sockets to close', () => this.proxy.connections === 0);
    const before = this.proxy.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (this.proxy.requests.length > before) throw new Error('Something was asked after the end.');
  }
}

export const isList = ({ method, path, watch }: ProxiedRequest): boolean =>
  method === 'GET' && !watch && path.includes('/configmaps');
export const isWatch = ({ watch }: ProxiedRequest): boolean => watch;
export const isAny = (request: ProxiedRequest): boolean => isList(request) || isWatch(request);

/** The answer of an API server that refuses. */
export const refusal = (
  code: number,
  message = 'by the test',
  headers: Record<string, string> = {},
): Fault => ({
  kind: 'answer',
  status: code,
  headers,
  body: JSON.stringify({ kind: 'Status', code, message }),
});

/** A watch that begins and says that it cannot go on. */
export const errorEvent = (code: number): Fault => ({
  kind: 'answer',
  status: 200,
  body: `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code, reason: 'Expired', message: 'old' } })}\n`,
});
