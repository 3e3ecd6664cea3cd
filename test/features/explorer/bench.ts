/** The tree's model on stores that hold what a test puts into them. */
import assert from 'node:assert/strict';
import {
  type AccessRules,
  type ApiResource,
  ClusterError,
  type ContextList,
  type EventSubject,
  type Lease,
  type LiveStore,
  type ResourceIndex,
  type StoreChange,
  type StoreQuery,
  type StoreState,
} from '../../../src/cluster/index.ts';
import { type EventFacts, formatMessage, message } from '../../../src/core/index.ts';
import type { Connection } from '../../../src/features/explorer/live/connection.ts';
import { ExplorerModel } from '../../../src/features/explorer/model.ts';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { deployment, now, pod, replicaSet } from './objects.ts';

/** A store that holds what a test puts into it. */
class FakeStore {
  readonly query: StoreQuery;
  readonly rows = new Map<string, { readonly uid: string }>();
  ready = Promise.resolve();
  state: StoreState = { phase: 'live', since: now };
  leases = 0;
  retries = 0;
  readonly #project: (object: unknown) => { readonly uid: string };
  readonly #heard = new Set<(change: StoreChange) => void>();
  readonly #heardState = new Set<(state: StoreState) => void>();

  constructor(query: StoreQuery, project: (object: unknown) => { readonly uid: string }) {
    this.query = query;
    this.#project = project;
  }

  put(...objects: readonly object[]): void {
    const rows = objects.map((object) => this.#project(object));
    for (const row of rows) this.rows.set(row.uid, row);
    this.#tell({ changed: new Set(rows.map(({ uid }) => uid)), removed: new Set() });
  }

  /** Projects without telling anybody: what that alone costs. */
  prepare(objects: readonly object[]): void {
    for (const object of objects) this.#project(object);
  }

  remove(uid: string): void {
    this.rows.delete(uid);
    this.#tell({ changed: new Set(), removed: new Set([uid]) });
  }

  become(state: StoreState): void {
    this.state = state;
    for (const hear of this.#heardState) hear(state);
  }

  onDidChange(hear: (change: StoreChange) => void) {
    this.#heard.add(hear);
    return { dispose: () => void this.#heard.delete(hear) };
  }

  onDidChangeState(hear: (state: StoreState) => void) {
    this.#heardState.add(hear);
    return { dispose: () => void this.#heardState.delete(hear) };
  }

  retry(): void {
    this.retries++;
  }

  #tell(change: StoreChange): void {
    for (const hear of this.#heard) hear(change);
  }
}

/** A cluster of stores, and the tree that shows it. */
export class Bench {
  readonly stores = new Map<string, FakeStore>();
  readonly drawn: (readonly TreeNode[] | null)[] = [];
  readonly model: ExplorerModel;
  readonly #open = new Set<TreeNode>();
  readonly #reconnected = new Set<() => void>();
  /** By default rows are drawn at once. */
  onDraw = (nodes: readonly TreeNode[] | null): void => {
    this.drawn.push(nodes);
    for (const node of nodes ?? []) this.model.draw(node);
  };
  connections = 0;
  refusal: Error | null = null;
  closed = new AbortController();
  /** null: the server does not say. */
  served: readonly ApiResource[] | null = null;
  rules: AccessRules | null = null;
  /** null: the server does not say. */
  version: string | null = 'v1.36.3';
  /** null: `prod` is protected. */
  protection: 'none' | 'protected' | 'readOnly' | null = null;
  /** What the server answers who asks for the events of an object. */
  events = (_about: EventSubject, _signal: AbortSignal): Promise<readonly EventFacts[]> =>
    Promise.resolve([]);
  /** Which queries the server answers with 403. */
  refuse = (_query: StoreQuery): boolean => false;
  clock = now;
  list: ContextList = {
    contexts: [context('dev'), context('prod')],
    current: 'dev',
    problems: [],
    files: ['/config'],
  };

  constructor() {
    this.model = new ExplorerModel(
      {
        contexts: () => Promise.resolve(this.list),
        connect: () => this.#connect(),
        target: () => ({ context: 'dev', namespace: 'chosen' }),
        protection: (name) => this.protection ?? (name === 'prod' ? 'protected' : 'none'),
        color: (name) => (name === 'prod' ? 'red' : null),
        now: () => this.clock,
      },
      (nodes) => {
        this.onDraw(nodes);
      },
    );
    this.model.setVisible(true);
  }

  store(plural: string, namespace: string | null = 'shop'): FakeStore {
    const store = this.stores.get(`${namespace}/${plural}`);
    assert.ok(store, `nobody asked for ${plural}`);
    return store;
  }

  /** Leases held at this moment, as `namespace/plural`. */
  held(): readonly string[] {
    return [...this.stores].filter(([, store]) => store.leases > 0).map(([key]) => key);
  }

  /** Opens rows by their labels, from the top; draws what it passes, as VS Code does. */
  async open(...labels: readonly string[]): Promise<readonly TreeNode[]> {
    let rows = await this.children(null);
    for (const label of labels) {
      const row = rows.find((candidate) => this.label(candidate) === label);
      assert.ok(row, `no row ${label} among ${rows.map((one) => this.label(one)).join(', ')}`);
      rows = await this.children(row);
    }
    return rows;
  }

  /** The row at the end of a path of labels. */
  async row(...labels: readonly string[]): Promise<TreeNode> {
    const rows = await this.open(...labels.slice(0, -1));
    const row = rows.find((candidate) => this.label(candidate) === labels.at(-1));
    assert.ok(row, `no row ${labels.at(-1)} among ${rows.map((one) => this.label(one)).join(', ')}`);
    return row;
  }

  async children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    const children = await this.model.children(node);
    if (node !== null) this.#open.add(node);
    for (const child of children) this.model.draw(child);
    // What changed meanwhile is told once the answer was taken.
    await new Promise(setImmediate);
    return children;
  }

  /** Whether its children were asked for. */
  isOpen(node: TreeNode): boolean {
    return this.#open.has(node);
  }

  /** A login works again, or the kubeconfig leads elsewhere. */
  async reconnect(): Promise<void> {
    for (const hear of this.#reconnected) hear();
    await new Promise(setImmediate);
  }

  label(node: TreeNode): string {
    return formatMessage(this.model.face(node).label);
  }

  text(node: TreeNode): string {
    const { label, description } = this.model.face(node);
    return [label, ...description].map((part) => formatMessage(part)).join(' · ');
  }

  async #connect(): Promise<Connection> {
    this.connections++;
    await Promise.resolve();
    if (this.refusal !== null) throw this.refusal;
    return {
      session: {
        closed: this.closed.signal,
        onDidReconnect: (hear) => {
          this.#reconnected.add(hear);
          return { dispose: () => void this.#reconnected.delete(hear) };
        },
        resources: () =>
          this.served === null ? Promise.reject(refused('forbidden')) : Promise.resolve(indexOf(this.served)),
        resource: () => Promise.reject(refused('forbidden')),
      },
      open: <Row extends { readonly uid: string }>(query: StoreQuery, project: (object: unknown) => Row) =>
        this.#lease(query, project) as unknown as Lease<LiveStore<Row>>,
      events: (about, signal) => this.events(about, signal),
      version: () =>
        this.version === null ? Promise.reject(refused('unreachable')) : Promise.resolve(this.version),
      access: () =>
        this.rules === null ? Promise.reject(refused('forbidden')) : Promise.resolve(this.rules),
    };
  }

  #lease(query: StoreQuery, project: (object: unknown) => { readonly uid: string }) {
    const key = `${query.namespace}/${query.plural}`;
    const known = this.stores.get(key);
    // Of several lists of one kind the last one stands for all.
    const isSame = known !== undefined && known.query.fieldSelector === query.fieldSelector;
    const store = isSame ? known : new FakeStore(query, project);
    if (this.refuse(query)) {
      store.state = { phase: 'forbidden', error: refused('forbidden') };
      this.stores.set(key, store);
      store.leases++;
      return { value: store, dispose: () => void store.leases-- };
    }
    if (!this.stores.has(key) && query.plural === 'namespaces')
      store.put(namespace('empty'), namespace('shop'));
    if (!this.stores.has(key) && query.namespace === 'shop') furnish(store);
    this.stores.set(key, store);
    store.leases++;
    return { value: store, dispose: () => void store.leases-- };
  }
}

function indexOf(resources: readonly ApiResource[]): ResourceIndex {
  return {
    resources,
    failedGroups: [],
    find: (apiVersion, kind) =>
      resources.find((one) => one.apiVersion === apiVersion && one.kind === kind) ?? null,
  };
}

export function context(name: string) {
  return { name, cluster: name, user: name, namespace: 'own', server: 'https://127.0.0.1', file: '/config' };
}

function namespace(name: string): object {
  return { metadata: { uid: `n-${name}`, name }, status: { phase: 'Active' } };
}

export const owner = { kind: 'ReplicaSet', uid: 'r-web-1', name: 'web-74579bb71' };

function furnish(store: FakeStore): void {
  if (store.query.plural === 'deployments') store.put(deployment('api'), deployment('web'));
  if (store.query.plural === 'replicasets') store.put(replicaSet('web', 1, 3));
  if (store.query.plural === 'pods') store.put(pod('web-74579bb71-a', owner), pod('web-74579bb71-b', owner));
}

export function refused(code: 'forbidden' | 'unauthorized' | 'unreachable'): ClusterError {
  return new ClusterError(code, message('The server said no: do something.'), { context: 'dev' });
}
