/** What of a cluster is watched for the tree, and for how long: leases held while rows are shown, and given back after. */
import type { AccessRules, EventSubject, StoreChange, StoreState } from '../../../cluster/index.ts';
import type { EventFacts } from '../../../core/index.ts';
import type { Disposable } from '../../../platform/disposables.ts';
import type { ServedKinds } from '../kinds/custom.ts';
import { watchedAtOnce } from '../kinds/layout.ts';
import type { ObjectRow } from '../rows/rows.ts';
import type { Connection } from './connection.ts';
import { FailoverWatch } from './failover-watch.ts';
import { Heartbeats } from './heartbeats.ts';
import { LivePlace } from './place.ts';
import { Served } from './served.ts';
import { Troubles } from './troubles.ts';
import { Usage } from './usage.ts';

export type ContextPhase =
  | { readonly phase: 'disconnected' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; /** null until the server told it */ readonly version: string | null }
  | { readonly phase: 'failed'; readonly error: unknown };

/** What changed. `place` undefined: the context itself; null: the cluster; else a namespace. */
export interface ContextChange {
  readonly place: string | null | undefined;
  /** Kind of the objects; null: something about the place. */
  readonly key: string | null;
  /** null: not the objects, but what is known about them. */
  readonly objects: StoreChange | null;
}

/** Keys of the kinds to watch, by place. */
export type Wanted = ReadonlyMap<string | null, ReadonlySet<string>>;

/** What the person may do in a place, and when that was asked. */
interface Review {
  readonly askedAt: number;
  /** null while it is not known. */
  readonly rules: AccessRules | null;
}

/** Rights change seldom: rows that are opened after so long ask again. */
const reviewedMs = 60_000;
/** What becomes of the pods of a lost node is decided within so long, or long after. */
const storyMs = 900_000;
/** Namespaces whose last rows are kept after they were closed. */
const keptPlaces = 8;
/** What a namespace is judged by. */
const workloads = watchedAtOnce.namespace;

/** One context: its session while it is wanted, the cluster it leads to, and those namespaces that are looked into. */
export class LiveContext implements Disposable {
  readonly cluster: LivePlace;
  readonly heartbeats: Heartbeats;
  readonly usage: Usage;
  readonly troubles: Troubles;
  readonly failovers: FailoverWatch;
  readonly #connect: () => Promise<Connection>;
  readonly #changed: (change: ContextChange) => void;
  readonly #now: () => number;
  readonly #gone: () => void;
  readonly #places = new Map<string, LivePlace>();
  readonly #served: Served;
  readonly #access = new Map<string | null, Review>();
  #state: ContextPhase = { phase: 'disconnected' };
  #connection: Connection | null = null;
  #reconnection: Disposable | null = null;
  /** How many are under way. */
  #inquiries = 0;
  #attempt: Promise<void> = Promise.resolve();
  /** Counts connections begun and ended; answers of an earlier one are dropped. */
  #generation = 0;
  /** null while the context is not shown. */
  #wanted: Wanted | null = null;

  /**
   * `now`: milliseconds since 1970. `gone`: its session was closed by another hand. What comes to stand behind the name
   * is another cluster, and nothing that was seen here is true of it: this one is of no more use.
   */
  constructor(
    connect: () => Promise<Connection>,
    changed: (change: ContextChange) => void,
    now: () => number,
    gone: () => void,
  ) {
    this.#connect = connect;
    this.#gone = gone;
    this.#changed = changed;
    this.#now = now;
    this.cluster = new LivePlace(null, {
      kind: (key) => this.#served.kinds.kind(key),
      changed: (key, objects) => this.#clusterChanged(key, objects),
      judge: (row) => (row.node !== null && this.heartbeats.of(row)?.late === true ? 'failed' : null),
    });
    this.#served = new Served(this.cluster);
    this.heartbeats = new Heartbeats(this.cluster.forest, now);
    this.usage = new Usage(this.cluster.forest);
    this.troubles = new Troubles(this.cluster.forest);
    this.failovers = new FailoverWatch(this.cluster, this.heartbeats, now);
  }

  get state(): ContextPhase {
    return this.#state;
  }

  get kinds(): ServedKinds {
    return this.#served.kinds;
  }

  /** State of the list of namespaces. */
  get listing(): StoreState {
    return this.cluster.state('Namespace');
  }

  /** By name; empty while namespaces are not, or may not be, listed. */
  get namespaces(): readonly ObjectRow[] {
    return this.cluster.forest.roots('Namespace');
  }

  /**
   * Objects of a namespace that are not well: all that is shown of it while it is looked into, else what the pods of
   * the whole cluster tell; null where nothing is watched that could.
   */
  unhealthyIn(namespace: string): number | null {
    const unwell = this.#unwellIn(namespace);
    if (unwell !== null) return unwell.size;
    return this.#arePodsTold ? this.troubles.of(namespace) : null;
  }

  /** Objects that are not well in all that is watched, each counted once. */
  get unhealthy(): number {
    const { forest, watched } = this.cluster;
    // Objects of namespaces may be seen there as well as among those of all namespaces.
    const seen = new Set<string>();
    if (watched) for (const [uid, key] of forest.unwell) if (key !== 'Pod') seen.add(uid);
    const told = this.#arePodsTold ? this.troubles.namespaces() : [];
    let count = 0;
    for (const name of new Set([...this.#places.keys(), ...told])) {
      const unwell = this.#unwellIn(name);
      if (unwell === null) count += this.unhealthyIn(name) ?? 0;
      else for (const uid of unwell.keys()) seen.add(uid);
    }
    return count + seen.size;
  }

  /** What is not well in a namespace that is looked into; null where what pods tell counts. */
  #unwellIn(namespace: string): ReadonlyMap<string, string> | null {
    const place = this.#places.get(namespace);
    if (place?.watched !== true) return null;
    // What pods told is not taken back while a namespace that was just opened is being read.
    return place.isSettled(workloads) || !this.#arePodsTold ? place.forest.unwell : null;
  }

  /** Whether all pods are watched, so that what they told last still counts. */
  get #arePodsTold(): boolean {
    return this.cluster.watches('Pod') && ['live', 'stale'].includes(this.cluster.state('Pod').phase);
  }

  /** Nodes may have fallen silent meanwhile, or speak again. */
  judgeNodes(): void {
    for (const row of this.cluster.forest.roots('Node')) {
      this.cluster.forest.reconsider(row.uid);
      this.failovers.judge(row);
    }
  }

  /** Whether a node fell silent a short while ago: where its pods go is worth reading them all. */
  get isLosing(): boolean {
    return this.cluster.forest.roots('Node').some((row) => {
      const beat = this.heartbeats.of(row);
      return beat?.late === true && beat.age < storyMs;
    });
  }

  /** Settles once the namespaces are listed or known not to be; never rejects. */
  async ready(): Promise<void> {
    await this.#attempt;
    await this.cluster.ready;
  }

  /** The namespace if it was ever looked into; null: the cluster itself. */
  place(namespace: string | null): LivePlace | null {
    return namespace === null ? this.cluster : (this.#places.get(namespace) ?? null);
  }

  /** null while it is not known. */
  access(namespace: string | null): AccessRules | null {
    return this.#access.get(namespace)?.rules ?? null;
  }

  /** Events of an object, asked for once; null while there is no connection. Rejects with what kept them from being read. */
  async events(about: EventSubject, signal: AbortSignal): Promise<readonly EventFacts[] | null> {
    return (await this.#connection?.events(about, signal)) ?? null;
  }

  /** Says what is to be watched; null: nothing. */
  want(wanted: Wanted | null): void {
    this.#wanted = wanted;
    if (wanted !== null && this.#state.phase === 'disconnected') this.#start();
    this.#settle();
  }

  /** Tries again what does not work at the moment. */
  retry(): void {
    if (this.#state.phase === 'failed') {
      this.#start();
      return;
    }
    this.cluster.retry();
    for (const place of this.#places.values()) place.retry();
  }

  /** Gives everything back and forgets what was seen. */
  dispose(): void {
    this.#wanted = null;
    this.#end();
  }

  #start(): void {
    this.#state = { phase: 'connecting' };
    this.#attempt = this.#open(++this.#generation);
    this.#tell();
  }

  /** Never rejects: the failure becomes the context's state. */
  async #open(generation: number): Promise<void> {
    try {
      const connection = await this.#connect();
      if (generation !== this.#generation) return;
      this.#connection = connection;
      this.#state = { phase: 'connected', version: null };
      connection.session.closed.addEventListener('abort', () => this.#lost(generation), { once: true });
      // Another server may stand behind the name now, or one that refused to say anything until then.
      this.#reconnection = connection.session.onDidReconnect(() => {
        this.#access.clear();
        this.#inquire(connection, generation);
        this.#settle();
      });
      this.#settle();
      this.#inquire(connection, generation);
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#state = { phase: 'failed', error };
    }
    this.#tell();
  }

  /** Asks for what only the server can tell of itself. */
  #inquire(connection: Connection, generation: number): void {
    this.#inquiries++;
    void Promise.all([this.#adorn(connection, generation), this.#discover(connection, generation)]).finally(
      () => this.#inquiries--,
    );
  }

  /** Asks again for what the server did not tell while it could not be reached. */
  #inquireAgain(): void {
    const isAnswering = ['live', 'forbidden'].includes(this.listing.phase);
    if (this.#connection === null || this.#inquiries > 0 || !isAnswering) return;
    const isTold = this.#state.phase === 'connected' && this.#state.version !== null && this.#served.isKnown;
    if (!isTold) this.#inquire(this.#connection, this.#generation);
  }

  /** The version is an ornament: what keeps it from being read, the list of namespaces tells. */
  async #adorn(connection: Connection, generation: number): Promise<void> {
    const version = await connection.version().catch(() => null);
    if (generation !== this.#generation || version === null) return;
    this.#state = { phase: 'connected', version };
    this.#tell();
  }

  /** A server that does not say what it serves still serves what all do. */
  async #discover(connection: Connection, generation: number): Promise<void> {
    const index = await connection.session.resources().catch(() => null);
    if (generation !== this.#generation || index === null) return;
    this.#served.learn(index);
    this.#settle();
    this.#tell();
  }

  /** The session was closed by another hand: its context went, for now or for good. */
  #lost(generation: number): void {
    if (generation !== this.#generation) return;
    this.#end();
    this.#gone();
  }

  #end(): void {
    this.#generation++;
    this.#connection = null;
    this.#reconnection?.dispose();
    this.#reconnection = null;
    this.cluster.release();
    this.#watchHeartbeats();
    for (const place of this.#places.values()) place.release();
    this.#access.clear();
    this.#state = { phase: 'disconnected' };
  }

  /** Watches what is wanted and nothing else. */
  #settle(): void {
    const connection = this.#connection;
    if (connection === null) return;
    if (this.#wanted?.has(null) !== true) this.cluster.release();
    for (const [name, place] of this.#places) if (this.#wanted?.has(name) !== true) place.release();
    for (const [name, keys] of this.#wanted ?? []) {
      this.#placeOf(name).hold(connection, keys);
      void this.#review(connection, name, this.#generation);
    }
    this.#watchHeartbeats();
    this.#forget();
  }

  /** Until the review is there, and where there is none, nothing counts as forbidden. */
  async #review(connection: Connection, namespace: string | null, generation: number): Promise<void> {
    const known = this.#access.get(namespace);
    const askedAt = this.#now();
    if (known !== undefined && askedAt - known.askedAt < reviewedMs) return;
    this.#access.set(namespace, { askedAt, rules: known?.rules ?? null });
    const rules = await connection.access(namespace).catch(() => null);
    if (generation !== this.#generation || rules === null || rules === known?.rules) return;
    this.#access.set(namespace, { askedAt, rules });
    this.#changed({ place: namespace, key: null, objects: null });
  }

  /** What was seen of namespaces that nobody looks into any more is kept for a few of them. */
  #forget(): void {
    const unwatched = [...this.#places].filter(([, place]) => !place.watched);
    for (const [name] of unwatched.slice(0, Math.max(0, unwatched.length - keptPlaces)))
      this.#places.delete(name);
  }

  #placeOf(namespace: string | null): LivePlace {
    if (namespace === null) return this.cluster;
    const known = this.#places.get(namespace);
    if (known !== undefined) return known;
    const place = new LivePlace(namespace, {
      kind: (key) => this.#served.kinds.kind(key),
      changed: (key, objects) => this.#changed({ place: namespace, key, objects }),
    });
    this.#places.set(namespace, place);
    return place;
  }

  #clusterChanged(key: string, objects: StoreChange | null): void {
    if (key === 'Lease') this.#watchHeartbeats();
    if (key === 'Lease' && objects !== null) this.#judgeNodesOf(objects.changed);
    if (key === 'CustomResourceDefinition') void this.#redefine();
    if (key === 'Namespace' && objects === null) this.#inquireAgain();
    this.#changed({ place: null, key, objects });
  }

  /** Of a thousand nodes a hundred are heard of each second: only those are looked at. */
  #judgeNodesOf(leases: ReadonlySet<string>): void {
    for (const uid of leases) {
      const node = this.cluster.forest.node(this.cluster.forest.row(uid)?.name ?? '');
      if (node === null) continue;
      this.cluster.forest.reconsider(node.uid);
      this.failovers.judge(node);
    }
  }

  #watchHeartbeats(): void {
    this.heartbeats.watching(this.cluster.watches('Lease') && this.cluster.state('Lease').phase === 'live');
  }

  /** Definitions may have come or gone since the server was asked what it serves. */
  async #redefine(): Promise<void> {
    const connection = this.#connection;
    if (connection === null || !this.#served.isKnown) return;
    const { isGone, unknown } = this.#served.redefine();
    if (!isGone && unknown === null) return;
    const generation = this.#generation;
    // Asking for a kind it does not know has the session ask the server again.
    if (unknown !== null)
      await connection.session
        .resource(`${unknown.group}/${unknown.version}`, unknown.kind)
        .catch(() => null);
    await this.#discover(connection, generation);
  }

  #tell(): void {
    this.#changed({ place: undefined, key: null, objects: null });
  }
}
