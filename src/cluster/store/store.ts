import { type Disposable, Listeners } from '../../platform/disposables.ts';
import type { ClusterError } from '../errors.ts';
import type { KubeObject, LiveStore, Session, StoreChange, StoreQuery, StoreState } from '../model.ts';
import { keyOf, metaOf } from '../objects.ts';
import { Reflector, type ReflectorSink } from './reflector.ts';
import type { StoreTuning } from './timing.ts';

/** Rows of one query. Nothing is ever cleared: rows stay while the connection is away and are compared with the next list. */
export class ReflectedStore<Row> implements LiveStore<Row>, Disposable {
  readonly rows = new Map<string, Row>();
  readonly ready: Promise<void>;
  readonly #project: (object: unknown) => Row;
  readonly #tuning: StoreTuning;
  readonly #changes: Listeners<StoreChange>;
  readonly #states: Listeners<StoreState>;
  readonly #reflector: Reflector;
  readonly #reconnect: Disposable;
  /** Versions of the objects behind the rows: an object listed again as it was is no change. */
  readonly #versions = new Map<string, string>();
  #changed = new Set<string>();
  #removed = new Set<string>();
  #flush: NodeJS.Timeout | undefined;
  #state: StoreState = { phase: 'connecting' };
  /** ms since 1970 of the last moment the rows were known to be right; null before the first list. */
  #lastLive: number | null = null;
  #settle: () => void = () => undefined;
  #disposed = false;

  constructor(session: Session, query: StoreQuery, project: (object: unknown) => Row, tuning: StoreTuning) {
    this.#project = project;
    this.#tuning = tuning;
    const report = (error: unknown): void =>
      session.log.error(`A listener of ${query.plural} failed: ${String(error)}`);
    this.#changes = new Listeners(report);
    this.#states = new Listeners(report);
    this.ready = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#reflector = new Reflector(session, query, this.#sink, tuning);
    this.#reconnect = session.onDidReconnect(() => this.retry());
  }

  get state(): StoreState {
    return this.#state;
  }

  readonly onDidChange = (listener: (change: StoreChange) => void): Disposable => this.#changes.on(listener);

  readonly onDidChangeState = (listener: (state: StoreState) => void): Disposable =>
    this.#states.on(listener);

  retry(): void {
    if (this.#disposed) return;
    if (this.#lastLive === null) this.#enter({ phase: 'connecting' });
    this.#reflector.restart();
  }

  dispose(): void {
    this.#disposed = true;
    this.#reflector.dispose();
    this.#reconnect.dispose();
    clearTimeout(this.#flush);
    this.#changes.clear();
    this.#states.clear();
    this.#settle();
  }

  readonly #sink: ReflectorSink = {
    upsert: (object) => this.#upsert(object),
    remove: (object) => this.#remove(keyOf(object)),
    page: () => this.#deliver(),
    listed: (keys) => {
      for (const key of [...this.rows.keys()]) if (!keys.has(key)) this.#remove(key);
    },
    live: () => {
      this.#lastLive = Date.now();
      if (this.#state.phase !== 'live') this.#enter({ phase: 'live', since: this.#lastLive });
      this.#deliver();
      this.#settle();
    },
    failed: (error, silentMs) => {
      if (this.#state.phase === 'live') this.#lastLive = Date.now() - silentMs;
      this.#enter(this.#stateOf(error));
      this.#settle();
    },
  };

  #upsert(object: KubeObject): void {
    const key = keyOf(object);
    const { resourceVersion } = metaOf(object);
    if (resourceVersion !== undefined) {
      if (this.#versions.get(key) === resourceVersion && this.rows.has(key)) return;
      this.#versions.set(key, resourceVersion);
    }
    this.rows.set(key, this.#project(object));
    this.#removed.delete(key);
    this.#changed.add(key);
    this.#schedule();
  }

  #remove(key: string): void {
    this.#versions.delete(key);
    if (!this.rows.delete(key)) return;
    this.#changed.delete(key);
    this.#removed.add(key);
    this.#schedule();
  }

  /** One timer from the first change on: under constant change listeners still hear at a steady pace. */
  #schedule(): void {
    this.#flush ??= setTimeout(() => this.#deliver(), this.#tuning.flush);
  }

  #deliver(): void {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    if (this.#changed.size === 0 && this.#removed.size === 0) return;
    const change = { changed: this.#changed, removed: this.#removed };
    this.#changed = new Set();
    this.#removed = new Set();
    this.#changes.fire(change);
  }

  #stateOf(error: ClusterError): StoreState {
    switch (error.code) {
      case 'forbidden':
        return { phase: 'forbidden', error };
      case 'unauthorized':
      case 'credentialPlugin':
        return { phase: 'signedOut', error };
      default:
        return this.#lastLive === null || !error.retryable
          ? { phase: 'failed', error }
          : { phase: 'stale', since: this.#lastLive, error };
    }
  }

  #enter(state: StoreState): void {
    if (this.#disposed) return;
    this.#state = state;
    this.#states.fire(state);
  }
}
