import type { Lease, LiveStore, StoreChange, StoreState } from '../../../cluster/index.ts';
import { Disposables } from '../../../platform/disposables.ts';
import type { ObjectRow } from '../rows/rows.ts';

export interface ShareListener {
  /** Some rows changed. */
  changed(change: StoreChange, rows: ReadonlyMap<string, ObjectRow>): void;
  /** The rows are all there are: what is not among them is gone. */
  complete(rows: ReadonlyMap<string, ObjectRow>): void;
  /** The state changed, and perhaps nothing else. */
  state(): void;
}

/** One store while it is wanted. Its last state outlives the lease, so that a view shown again does not start anew. */
export class Share {
  readonly #listener: ShareListener;
  #lease: Lease<LiveStore<ObjectRow>> | null = null;
  #owned = new Disposables();
  #last: StoreState = { phase: 'connecting' };

  constructor(listener: ShareListener) {
    this.#listener = listener;
  }

  get state(): StoreState {
    const state = this.#lease?.value.state;
    return state === undefined || state.phase === 'connecting' ? this.#last : state;
  }

  get ready(): Promise<void> {
    return this.#lease?.value.ready ?? Promise.resolve();
  }

  get held(): boolean {
    return this.#lease !== null;
  }

  hold(open: () => Lease<LiveStore<ObjectRow>>): void {
    if (this.#lease !== null) return;
    const lease = open();
    this.#lease = lease;
    this.#owned = new Disposables();
    this.#owned.own(lease);
    const { value: store } = lease;
    this.#owned.own(store.onDidChange((change) => this.#listener.changed(change, store.rows)));
    this.#owned.own(store.onDidChangeState(() => this.#stateChanged(store)));
    // A store that others hold as well, or that lingered, has rows already.
    if (store.state.phase === 'connecting') return;
    if (store.state.phase === 'live') this.#listener.complete(store.rows);
    else this.#listener.changed({ changed: new Set(store.rows.keys()), removed: new Set() }, store.rows);
  }

  release(): void {
    if (this.#lease === null) return;
    this.#last = this.state;
    this.#lease = null;
    this.#owned.dispose();
  }

  retry(): void {
    if (this.state.phase !== 'live') this.#lease?.value.retry();
  }

  #stateChanged(store: LiveStore<ObjectRow>): void {
    // Rows seen before this lease, of objects that went meanwhile, are among nobody's changes.
    if (store.state.phase === 'live') this.#listener.complete(store.rows);
    this.#listener.state();
  }
}
