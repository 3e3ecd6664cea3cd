/** What of a cluster is watched for the tree, and for how long: leases held while rows are shown, and given back after. */
import type { Lease, LiveStore, Session, StoreChange, StoreQuery, StoreState } from '../../cluster/index.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { Forest } from './forest.ts';
import { kindOf, kinds } from './kinds.ts';
import { type NamespaceRow, type ObjectRow, projectNamespace } from './rows.ts';

/** What the tree asks of the cluster room; loaded at the first use of a cluster. */
export interface Connection {
  readonly session: Session;
  open<Row extends { readonly uid: string }>(
    query: StoreQuery,
    project: (object: unknown) => Row,
  ): Lease<LiveStore<Row>>;
  /** `v1.36.3`. */
  version(): Promise<string>;
}

const { compare } = new Intl.Collator('en', { numeric: true });
const noRows: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * One store while it is wanted. Its last rows outlive the lease, so that a view shown again does not start empty.
 */
class Share<Row extends { readonly uid: string }> {
  #lease: Lease<LiveStore<Row>> | null = null;
  #owned = new Disposables();
  #last: { readonly rows: ReadonlyMap<string, Row>; readonly state: StoreState } = {
    rows: noRows,
    state: { phase: 'connecting' },
  };

  get rows(): ReadonlyMap<string, Row> {
    const store = this.#lease?.value;
    const blank = store === undefined || (store.rows.size === 0 && store.state.phase === 'connecting');
    return blank ? this.#last.rows : store.rows;
  }

  get state(): StoreState {
    const state = this.#lease?.value.state;
    return state === undefined || state.phase === 'connecting' ? this.#last.state : state;
  }

  get ready(): Promise<void> {
    return this.#lease?.value.ready ?? Promise.resolve();
  }

  get held(): boolean {
    return this.#lease !== null;
  }

  hold(open: () => Lease<LiveStore<Row>>, changed: (change: StoreChange | null) => void): void {
    if (this.#lease !== null) return;
    const lease = open();
    this.#lease = lease;
    this.#owned = new Disposables();
    this.#owned.own(lease);
    this.#owned.own(lease.value.onDidChange(changed));
    this.#owned.own(lease.value.onDidChangeState(() => changed(null)));
  }

  release(): void {
    const store = this.#lease?.value;
    if (store === undefined) return;
    this.#last = { rows: new Map(this.rows), state: this.state };
    this.#lease = null;
    this.#owned.dispose();
  }

  retry(): void {
    if (this.state.phase !== 'live') this.#lease?.value.retry();
  }
}

/** The workloads of one namespace. */
export class LiveNamespace implements Disposable {
  readonly #shares = new Map(kinds.map(({ kind }) => [kind, new Share<ObjectRow>()]));
  readonly #changed: (change: StoreChange | null) => void;
  #forest: Forest | null = null;

  /** `changed` hears which objects changed; null: a state did. */
  constructor(changed: (change: StoreChange | null) => void) {
    this.#changed = changed;
  }

  get forest(): Forest {
    this.#forest ??= new Forest({
      rows: (kind) => this.#shares.get(kind)?.rows ?? noRows,
      readable: (kind) => !['forbidden', 'failed'].includes(this.state(kind).phase),
    });
    return this.#forest;
  }

  /** Whether it is watched now; else all that is known is what was seen last. */
  get watched(): boolean {
    return [...this.#shares.values()].some((share) => share.held);
  }

  /** Settles once every kind is listed or known to fail. */
  get ready(): Promise<unknown> {
    return Promise.all([...this.#shares.values()].map((share) => share.ready));
  }

  state(kind: string): StoreState {
    return this.#shares.get(kind)?.state ?? { phase: 'connecting' };
  }

  hold(connection: Connection, namespace: string): void {
    for (const [kind, share] of this.#shares) {
      const description = kindOf(kind);
      if (description === null) continue;
      const { apiVersion, plural, project } = description;
      share.hold(
        () => connection.open({ apiVersion, plural, namespace }, project),
        (change) => {
          this.#forest = null;
          this.#changed(change);
        },
      );
    }
  }

  release(): void {
    for (const share of this.#shares.values()) share.release();
  }

  retry(): void {
    for (const share of this.#shares.values()) share.retry();
  }

  dispose(): void {
    this.release();
  }
}

export type ContextPhase =
  | { readonly phase: 'disconnected' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; /** null until the server told it */ readonly version: string | null }
  | { readonly phase: 'failed'; readonly error: unknown };

/** Where a context's changes are told. `namespace` null: the context itself or its list of namespaces. */
export type ContextChanged = (namespace: string | null, change: StoreChange | null) => void;

/** One context: its session while it is wanted, its namespaces, and those of them that are looked into. */
export class LiveContext implements Disposable {
  readonly #connect: () => Promise<Connection>;
  readonly #changed: ContextChanged;
  readonly #list = new Share<NamespaceRow>();
  readonly #inside = new Map<string, LiveNamespace>();
  #state: ContextPhase = { phase: 'disconnected' };
  #connection: Connection | null = null;
  #attempt: Promise<void> = Promise.resolve();
  /** Counts connections begun and ended; answers of an earlier one are dropped. */
  #generation = 0;
  /** null while the context is not shown; else the namespaces that are expanded. */
  #wanted: ReadonlySet<string> | null = null;

  constructor(connect: () => Promise<Connection>, changed: ContextChanged) {
    this.#connect = connect;
    this.#changed = changed;
  }

  get state(): ContextPhase {
    return this.#state;
  }

  /** State of the list of namespaces. */
  get listing(): StoreState {
    return this.#list.state;
  }

  /** By name; empty while namespaces are not, or may not be, listed. */
  get namespaces(): readonly NamespaceRow[] {
    return [...this.#list.rows.values()].sort((one, other) => compare(one.name, other.name));
  }

  /** Settles once the namespaces are listed or known not to be; never rejects. */
  async ready(): Promise<void> {
    await this.#attempt;
    await this.#list.ready;
  }

  /** The namespace if it was ever looked into. */
  namespace(name: string): LiveNamespace | null {
    return this.#inside.get(name) ?? null;
  }

  /** Says what is shown: null, the context is not; else the namespaces that are expanded. */
  want(namespaces: ReadonlySet<string> | null): void {
    this.#wanted = namespaces;
    if (namespaces !== null && this.#state.phase === 'disconnected') this.#start();
    this.#settle();
  }

  /** Tries again what does not work at the moment. */
  retry(): void {
    if (this.#state.phase === 'failed') {
      this.#start();
      return;
    }
    this.#list.retry();
    for (const namespace of this.#inside.values()) namespace.retry();
  }

  /** Gives everything back and forgets what was seen. */
  dispose(): void {
    this.#wanted = null;
    this.#end();
  }

  #start(): void {
    this.#state = { phase: 'connecting' };
    this.#attempt = this.#open(++this.#generation);
    this.#changed(null, null);
  }

  /** Never rejects: the failure becomes the context's state. */
  async #open(generation: number): Promise<void> {
    try {
      const connection = await this.#connect();
      if (generation !== this.#generation) return;
      this.#connection = connection;
      this.#state = { phase: 'connected', version: null };
      connection.session.closed.addEventListener('abort', () => this.#lost(generation), { once: true });
      this.#settle();
      // The version is an ornament: what keeps it from being read, the list of namespaces tells.
      connection.version().then(
        (version) => {
          if (generation !== this.#generation) return;
          this.#state = { phase: 'connected', version };
          this.#changed(null, null);
        },
        () => undefined,
      );
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#state = { phase: 'failed', error };
    }
    this.#changed(null, null);
  }

  /** The session was closed by another hand (its kubeconfig changed): connect anew if the context is shown. */
  #lost(generation: number): void {
    if (generation !== this.#generation) return;
    this.#end();
    this.#changed(null, null);
    this.want(this.#wanted);
  }

  #end(): void {
    this.#generation++;
    this.#connection = null;
    this.#list.release();
    for (const namespace of this.#inside.values()) namespace.release();
    this.#state = { phase: 'disconnected' };
  }

  /** Holds what is wanted and nothing else. */
  #settle(): void {
    const connection = this.#connection;
    if (connection === null) return;
    const wanted = this.#wanted ?? new Set();
    for (const [name, namespace] of this.#inside) if (!wanted.has(name)) namespace.release();
    if (this.#wanted === null) {
      this.#list.release();
      return;
    }
    this.#list.hold(
      () => connection.open({ apiVersion: 'v1', plural: 'namespaces', namespace: null }, projectNamespace),
      () => this.#changed(null, null),
    );
    for (const name of wanted) {
      let namespace = this.#inside.get(name);
      if (namespace === undefined) {
        namespace = new LiveNamespace((change) => this.#changed(name, change));
        this.#inside.set(name, namespace);
      }
      namespace.hold(connection, name);
    }
  }
}
