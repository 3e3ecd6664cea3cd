import type { StoreChange, StoreState } from '../../../cluster/index.ts';
import { Buckets, type Grouping, groupings } from '../forest/buckets.ts';
import { Forest, type ForestOptions } from '../forest/forest.ts';
import type { KindDescription } from '../kinds/description.ts';
import type { ObjectRow } from '../rows/rows.ts';
import type { Connection } from './connection.ts';
import { Probes } from './probes.ts';
import { Share } from './share.ts';

export interface PlaceOptions extends Pick<ForestOptions, 'judge'> {
  /** null: the tree does not know the kind, or the server does not serve it. */
  kind(key: string): KindDescription | null;
  /** Hears which objects of which kind changed; null: a state did. */
  changed(key: string, change: StoreChange | null): void;
}

/** What an owner took with it is gone, and one that came late is there, mostly within so long. */
const patienceMs = 1_000;

/** A namespace, or the cluster itself: what of it is watched, and the rows seen there. */
export class LivePlace {
  /** null: the cluster itself, with what is in all namespaces. */
  readonly namespace: string | null;
  readonly forest: Forest;
  readonly probes: Probes;
  readonly #options: PlaceOptions;
  readonly #shares = new Map<string, Share>();
  readonly #projections = new Map<string, KindDescription['project']>();
  #related = new Set<string>();
  #pods = 0;
  readonly #buckets = new Map<Grouping, Buckets>();
  #patience: NodeJS.Timeout | undefined;

  constructor(namespace: string | null, options: PlaceOptions) {
    this.namespace = namespace;
    this.#options = options;
    this.forest = new Forest({
      kind: (key) => options.kind(key),
      readable: (key) => this.#shares.has(key) && !['forbidden', 'failed'].includes(this.state(key).phase),
      complete: (key) => this.watches(key) && this.state(key).phase === 'live',
      judge: (row) => (this.#isDeserted(row) ? 'warning' : (options.judge?.(row) ?? null)),
    });
    this.probes = new Probes(this.forest);
    this.forest.listen((former, row) => {
      if (former?.pod != null) this.#pods--;
      if (row?.pod != null) this.#pods++;
      if (former !== null) this.#noteRelated(former);
      if (row !== null) this.#noteRelated(row);
    });
  }

  /** Whether anything of it is watched now; else all that is known is what was seen last. */
  get watched(): boolean {
    for (const share of this.#shares.values()) if (share.held) return true;
    return false;
  }

  watches(key: string): boolean {
    return this.#shares.get(key)?.held ?? false;
  }

  state(key: string): StoreState {
    return this.#shares.get(key)?.state ?? { phase: 'connecting' };
  }

  /** Whether each of these kinds was listed, or is known not to be, as far as it is watched. */
  isSettled(keys: readonly string[]): boolean {
    return keys.every((key) => !this.watches(key) || this.state(key).phase !== 'connecting');
  }

  /**
   * Objects whose rows look different because others changed since this was asked last: those they belong to, or
   * belonged to, and the nodes they run on.
   */
  takeRelated(): ReadonlySet<string> {
    const related = this.#related;
    this.#related = new Set();
    return related;
  }

  /** Whoever owns them. */
  get podCount(): number {
    return this.#pods;
  }

  /** Its pods by what they have in common; kept up from the first time they are asked for. */
  podsBy(grouping: Grouping): Buckets {
    let buckets = this.#buckets.get(grouping);
    if (buckets === undefined) {
      buckets = new Buckets(this.forest, 'Pod', groupings[grouping]);
      this.#buckets.set(grouping, buckets);
    }
    return buckets;
  }

  /** Settles once every kind watched is listed or known to fail. */
  get ready(): Promise<unknown> {
    return Promise.all([...this.#shares.values()].map((share) => share.ready));
  }

  /** Watches these kinds and no others. */
  hold(connection: Connection, wanted: ReadonlySet<string>): void {
    const keys = new Set(wanted);
    // The same objects, and all that the other would tell.
    if (keys.has('Event')) keys.delete('ProbeFailure');
    for (const [key, share] of this.#shares) if (!keys.has(key)) share.release();
    const kinds = [...keys].map((key) => this.#options.kind(key)).filter((kind) => kind !== null);
    const isNew = kinds.some(({ key }) => !this.#shares.has(key));
    for (const { key, project } of kinds) {
      if (!this.#shares.has(key)) this.#shares.set(key, this.#share(key));
      // Read differently from now on: rows made the other way are of no use.
      if (this.#projections.get(key) !== project) this.#shares.get(key)?.release();
      this.#projections.set(key, project);
    }
    // What such an object owns stands below it from now on.
    if (isNew) this.forest.regroup();
    for (const { key, apiVersion, plural, project, ...kind } of kinds) {
      const { labelSelector, fieldSelector } = kind;
      this.#shares.get(key)?.hold(() =>
        connection.open(
          {
            apiVersion,
            plural,
            namespace: kind.from ?? this.namespace,
            ...(labelSelector === undefined ? {} : { labelSelector }),
            ...(fieldSelector === undefined ? {} : { fieldSelector }),
          },
          project,
        ),
      );
    }
  }

  release(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    for (const share of this.#shares.values()) share.release();
  }

  retry(): void {
    for (const share of this.#shares.values()) share.retry();
  }

  /** How many of a Service's endpoints are ready, each address counted once; null while they are not known. */
  endpointsOf(service: ObjectRow): { readonly ready: number; readonly all: number } | null {
    if (!this.watches('EndpointSlice') || this.state('EndpointSlice').phase !== 'live') return null;
    const states = new Map<string, boolean>();
    for (const slice of this.forest.ownedInNoOrder(service.uid))
      for (const detail of slice.details) {
        // What is on its way out is nobody's to count; a pod has an address of each family of addresses.
        if (detail.type !== 'endpoint' || detail.state === 'terminating') continue;
        const id = detail.pod?.uid ?? detail.name;
        states.set(id, states.get(id) === true || detail.state === 'ready');
      }
    return { ready: [...states.values()].filter(Boolean).length, all: states.size };
  }

  /** A Service that chooses pods none of which is ready. */
  #isDeserted(row: ObjectRow): boolean {
    if (!row.selects || !this.watches('EndpointSlice') || this.state('EndpointSlice').phase !== 'live')
      return false;
    for (const slice of this.forest.ownedInNoOrder(row.uid))
      if (slice.details.some((detail) => detail.type === 'endpoint' && detail.state === 'ready'))
        return false;
    return true;
  }

  /** Owners that are missed for some time are so for good: what they own stands by itself then. */
  #awaitOwners(): void {
    if (this.#patience !== undefined || !this.watched || !this.forest.areOwnersAwaited) return;
    this.#patience = setTimeout(() => {
      this.#patience = undefined;
      const alone = this.forest.giveUp();
      this.#awaitOwners();
      for (const key of new Set(alone.map(({ of }) => of))) {
        const changed = new Set(alone.filter(({ of }) => of === key).map(({ uid }) => uid));
        this.#options.changed(key, { changed, removed: new Set() });
      }
    }, patienceMs);
    this.#patience.unref();
  }

  #noteRelated(row: ObjectRow): void {
    const name = row.pod?.node ?? (row.lease === null && row.used === null ? null : row.name);
    const node = name === null ? null : this.forest.node(name);
    if (node !== null) this.#related.add(node.uid);
    let uid = row.owner?.uid ?? row.probe?.pod ?? null;
    while (uid !== null && !this.#related.has(uid)) {
      this.#related.add(uid);
      uid = this.forest.row(uid)?.owner?.uid ?? null;
    }
  }

  #share(key: string): Share {
    let readable = true;
    return new Share({
      changed: (change, rows) => {
        this.forest.apply(change, rows);
        this.#awaitOwners();
        this.#options.changed(key, change);
      },
      complete: (rows) => {
        this.forest.sync(key, rows);
        this.#awaitOwners();
      },
      state: () => {
        const { phase } = this.state(key);
        const now = phase !== 'forbidden' && phase !== 'failed';
        if (now !== readable) this.forest.regroup();
        readable = now;
        // Whether nobody answers for a Service is known from now on, or no longer.
        if (key === 'EndpointSlice')
          for (const { uid } of this.forest.roots('Service')) this.forest.reconsider(uid);
        this.#options.changed(key, null);
      },
    });
  }
}
