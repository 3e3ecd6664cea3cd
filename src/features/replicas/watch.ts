/** Keeps the page's model equal to the cluster: which stores are open, and what their states mean for the page. */
import type {
  ApiResource,
  EventRow,
  Lease,
  LiveStore,
  Session,
  StoreQuery,
  StoreState,
  WorkloadRef,
} from '../../cluster/index.ts';
import { message } from '../../core/index.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { explain } from '../../platform/failure.ts';
import type { Connection, PageWorkload, ReplicaPage } from '../../webview/protocol.ts';
import { autoscalerSource, type AutoscalerSource } from './autoscaler-source.ts';
import { replicaPage, type Say } from './model.ts';
import { podSource, type PodSource } from './pod-source.ts';
import {
  podSelector,
  replicaSetSource,
  type ReplicaSetSource,
  workloadSource,
  type WorkloadSource,
} from './workload-source.ts';

/** What the page asks of the cluster room, which is loaded at the first use of a cluster. */
export interface ClusterLink {
  readonly session: Session;
  openStore<Row extends { readonly uid: string }>(
    query: StoreQuery,
    project: (object: unknown) => Row,
  ): Lease<LiveStore<Row>>;
  eventsOf(ref: WorkloadRef): Lease<LiveStore<EventRow>>;
}

export interface WatchOptions {
  readonly workload: PageWorkload;
  connect(): Promise<ClusterLink>;
  readonly say: Say;
  /** Called when the page may have changed. */
  changed(): void;
  now(): number;
}

/** The stores of one workload object's parts; they go when another object takes its name. */
interface Parts extends Disposable {
  readonly uid: string;
  readonly replicaSets: LiveStore<ReplicaSetSource> | null;
  readonly pods: LiveStore<PodSource> | null;
  readonly events: LiveStore<EventRow>;
}

export class ReplicaWatch implements Disposable {
  readonly #options: WatchOptions;
  #owned = new Disposables();
  #disposed = false;
  #workload: LiveStore<WorkloadSource> | null = null;
  #autoscalers: LiveStore<AutoscalerSource> | null = null;
  #parts: Parts | null = null;
  /** The object as it was last seen; it stays when the object is gone. */
  #source: WorkloadSource | null = null;
  #heard: number;
  #failure: Connection | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#heard = options.now();
    void this.#open();
  }

  /** The person pressed Retry: what failed is asked again at once. */
  retry(): void {
    if (this.#failure !== null) void this.#open();
    for (const store of this.#stores()) store.retry();
  }

  /** UID of the object the page shows; null while it is not known. */
  get uid(): string | null {
    return this.#source?.uid ?? null;
  }

  page(): ReplicaPage {
    const { workload, say } = this.#options;
    return replicaPage(
      {
        workload,
        source: this.#source,
        replicaSets: this.#parts?.replicaSets?.rows.values() ?? [],
        pods: this.#parts?.pods?.rows.values() ?? [],
        autoscalers: this.#autoscalers?.rows.values() ?? [],
        events: this.#parts?.events.rows.values() ?? [],
        problems: {
          autoscalers:
            this.#autoscalers?.state.phase === 'forbidden'
              ? message('HPA unknown: you may not list HPAs')
              : null,
          events: problemOf(this.#parts?.events.state),
        },
      },
      this.#connection(),
      say,
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#close();
  }

  #close(): void {
    this.#parts?.dispose();
    this.#parts = null;
    this.#workload = null;
    this.#autoscalers = null;
    this.#owned.dispose();
  }

  async #open(): Promise<void> {
    this.#close();
    const owned = (this.#owned = new Disposables());
    this.#failure = null;
    this.#options.changed();
    const { apiVersion, kind, namespace, name } = this.#options.workload;
    try {
      const link = await this.#options.connect();
      const resource = await link.session.resource(apiVersion, kind);
      if (owned.disposed || this.#disposed) return;
      const closed = (): void => this.#sessionClosed(link.session);
      link.session.closed.addEventListener('abort', closed);
      owned.own({ dispose: () => link.session.closed.removeEventListener('abort', closed) });
      this.#workload = this.#hold(owned, openWorkload(link, resource, namespace, name), () =>
        this.#adopt(link),
      );
      this.#autoscalers = this.#hold(owned, openAutoscalers(link, namespace));
      this.#adopt(link);
    } catch (error) {
      if (owned.disposed || this.#disposed) return;
      this.#failure = { phase: 'failed', text: this.#explain(error) };
      this.#options.changed();
    }
  }

  /** Takes a lease and hears of its changes until `owned` goes. */
  #hold<Row>(owned: Disposables, lease: Lease<LiveStore<Row>>, also?: () => void): LiveStore<Row> {
    owned.own(lease);
    const heard = (): void => {
      this.#heard = this.#options.now();
      also?.();
      this.#options.changed();
    };
    owned.own(lease.value.onDidChange(heard));
    owned.own(lease.value.onDidChangeState(heard));
    return lease.value;
  }

  /** Looks at the workload object; when it is another than before, its parts are opened anew. */
  #adopt(link: ClusterLink): void {
    const source = this.#workload?.rows.values().next().value;
    if (source === undefined) return;
    this.#source = source;
    if (this.#parts?.uid === source.uid) return;
    this.#parts?.dispose();
    this.#parts = this.#openParts(link, source);
  }

  #openParts(link: ClusterLink, { uid, object }: WorkloadSource): Parts {
    const owned = new Disposables();
    const { workload } = this.#options;
    const { namespace, kind } = workload;
    const labelSelector = podSelector({ ...object, kind });
    const store = <Row extends { readonly uid: string }>(
      apiVersion: string,
      plural: string,
      project: (value: unknown) => Row,
    ): LiveStore<Row> | null =>
      labelSelector === null
        ? null
        : this.#hold(owned, link.openStore({ apiVersion, plural, namespace, labelSelector }, project));
    return {
      uid,
      replicaSets: kind === 'Deployment' ? store('apps/v1', 'replicasets', replicaSetSource) : null,
      pods: store('v1', 'pods', podSource),
      events: this.#hold(owned, link.eventsOf({ ...workload, uid })),
      dispose: () => owned.dispose(),
    };
  }

  #sessionClosed(session: Session): void {
    this.#failure = {
      phase: 'stale',
      since: this.#heard,
      text: this.#options.say(
        message('Disconnected from {0}. Retry to connect again.', session.context.name),
      ),
    };
    this.#options.changed();
  }

  #connection(): Connection {
    if (this.#failure !== null) return this.#failure;
    const own = this.#connectionOf(this.#workload?.state);
    if (own.phase !== 'live') return own;
    if (this.#workload?.rows.size === 0) return this.#missing();
    return this.#parts?.pods == null ? own : this.#connectionOf(this.#parts.pods.state);
  }

  #missing(): Connection {
    const { kind, name, namespace, context } = this.#options.workload;
    const text =
      this.#source === null
        ? message('There is no {0} {1} in {2} / {3}.', kind, name, context, namespace)
        : message('{0} {1} was deleted. What is shown is the last that was known.', kind, name);
    return { phase: 'missing', text: this.#options.say(text) };
  }

  #connectionOf(state: StoreState | undefined): Connection {
    if (state === undefined || state.phase === 'connecting') return { phase: 'loading' };
    if (state.phase === 'live') return { phase: 'live', at: Math.max(this.#heard, state.since) };
    const text = this.#explain(state.error);
    return state.phase === 'stale'
      ? { phase: 'stale', since: state.since, text }
      : { phase: state.phase, text };
  }

  #explain(error: unknown): string {
    return explain(error, (template) => this.#options.say(message(template)));
  }

  #stores(): readonly LiveStore<unknown>[] {
    const { pods = null, replicaSets = null, events = null } = this.#parts ?? {};
    return [this.#workload, this.#autoscalers, pods, replicaSets, events].filter((store) => store !== null);
  }
}

function openWorkload(
  link: ClusterLink,
  { apiVersion, plural }: ApiResource,
  namespace: string,
  name: string,
): Lease<LiveStore<WorkloadSource>> {
  return link.openStore(
    { apiVersion, plural, namespace, fieldSelector: `metadata.name=${name}` },
    workloadSource,
  );
}

function openAutoscalers(link: ClusterLink, namespace: string): Lease<LiveStore<AutoscalerSource>> {
  return link.openStore(
    { apiVersion: 'autoscaling/v2', plural: 'horizontalpodautoscalers', namespace },
    autoscalerSource,
  );
}

/** Why rows may be missing that the page would otherwise claim not to exist. */
function problemOf(state: StoreState | undefined): ReturnType<typeof message> | null {
  if (state === undefined || state.phase === 'connecting' || state.phase === 'live') return null;
  return state.phase === 'stale' ? null : state.error.explanation;
}
