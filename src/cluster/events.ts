import { controllerOf, eventFacts, type EventFacts } from '../core/index.ts';
import { type Disposable, Disposables, Listeners } from '../platform/disposables.ts';
import { fieldsIn } from './apply/json.ts';
import type {
  KubeObject,
  Lease,
  LiveStore,
  Session,
  StoreChange,
  StoreQuery,
  StoreState,
  WorkloadRef,
} from './model.ts';
import { listAll } from './list.ts';
import { metaOf, readObject } from './objects.ts';
import { podQuery, projectPod } from './pods.ts';
import { openStore } from './store/leases.ts';

export interface EventRow extends EventFacts {
  readonly uid: string;
}

/** Events of an object, of its ReplicaSets or Jobs, and of its pods. */
export function eventsOf(session: Session, ref: WorkloadRef): Lease<LiveStore<EventRow>> {
  const store = new RelatedEvents(session, ref);
  return { value: store, dispose: () => store.dispose() };
}

/** An object that events may be about. */
export interface EventSubject {
  /** null: it belongs to none. */
  readonly namespace: string | null;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** Events of one object, in no order, asked for once. Rejects with a ClusterError. */
export function listEvents(
  session: Session,
  { namespace, kind, name, uid }: EventSubject,
  signal: AbortSignal,
): Promise<readonly EventFacts[]> {
  // The kubelet reports on its node with the name for a UID.
  const about = namespace === null ? `involvedObject.name=${name}` : `involvedObject.uid=${uid}`;
  return listAll(
    session,
    { apiVersion: 'v1', plural: 'events', namespaced: true },
    { namespace, project: eventFacts, fieldSelector: `involvedObject.kind=${kind},${about}`, signal },
  );
}

function projectEvent(object: unknown): EventRow {
  return { uid: String(metaOf(object as KubeObject).uid), ...eventFacts(object) };
}

interface OwnedRow {
  readonly uid: string;
  readonly name: string;
  /** UID of the controller; `''` when there is none. */
  readonly owner: string;
}

function projectOwned(object: unknown): OwnedRow {
  const metadata = fieldsIn(object as KubeObject, 'metadata');
  return {
    uid: String(metadata.uid),
    name: String(metadata.name),
    owner: controllerOf(object)?.uid ?? '',
  };
}

/** Kinds between a workload and its pods. */
const between: Readonly<Record<string, { apiVersion: string; plural: string }>> = {
  Deployment: { apiVersion: 'apps/v1', plural: 'replicasets' },
  CronJob: { apiVersion: 'batch/v1', plural: 'jobs' },
};

/** Kinds that name their pods after themselves: `web-0`, `agent-x2x4z`. */
const makers = new Set(['StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job']);

/**
 * The namespace's events, of which those about the object and what belongs to it are shown. UIDs once known stay
 * known, so the events of a pod that is gone (the interesting ones) do not go with it.
 */
class RelatedEvents implements LiveStore<EventRow>, Disposable {
  readonly rows = new Map<string, EventRow>();
  readonly ready: Promise<void>;
  readonly #owned = new Disposables();
  readonly #session: Session;
  readonly #ref: WorkloadRef;
  readonly #events: LiveStore<EventRow>;
  readonly #changes: Listeners<StoreChange>;
  readonly #related = new Set<string>();
  /** What stands between the workload and its pods; null when nothing does. */
  readonly #between: LiveStore<OwnedRow> | null;
  /** Names of what creates the pods, to know a pod that was gone before anybody looked by its name. */
  readonly #podOwners = new Set<string>();

  constructor(session: Session, ref: WorkloadRef) {
    this.#session = session;
    this.#ref = ref;
    this.#changes = new Listeners((error) => session.log.error(String(error)));
    if (ref.uid !== undefined) this.#related.add(ref.uid);
    // The kubelet reports on its node with the name for a UID.
    if (ref.kind === 'Node') this.#related.add(ref.name);
    this.#events = this.#open({ apiVersion: 'v1', plural: 'events' }, projectEvent, (change) =>
      this.#take(change),
    );
    const middle = between[ref.kind];
    if (makers.has(ref.kind)) this.#podOwners.add(ref.name);
    this.#between = middle === undefined ? null : this.#open(middle, projectOwned, () => this.#relateOwned());
    this.ready = Promise.all([this.#events.ready, this.#followPods()]).then(() => this.#relateOwned());
  }

  get state(): StoreState {
    return this.#events.state;
  }

  readonly onDidChange = (listener: (change: StoreChange) => void): Disposable => this.#changes.on(listener);

  onDidChangeState(listener: (state: StoreState) => void): Disposable {
    return this.#owned.own(this.#events.onDidChangeState(listener));
  }

  retry(): void {
    this.#events.retry();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#changes.clear();
  }

  #open<Row extends { readonly uid: string }>(
    resource: Omit<StoreQuery, 'namespace'>,
    project: (object: unknown) => Row,
    onChange: (change: StoreChange) => void,
  ): LiveStore<Row> {
    const lease = this.#owned.own(
      openStore(this.#session, { ...resource, namespace: this.#ref.namespace }, project),
    );
    this.#owned.own(lease.value.onDidChange(onChange));
    return lease.value;
  }

  /** Pods are found by the workload's selector, which has to be read first. */
  async #followPods(): Promise<void> {
    try {
      const workload = await readObject(this.#session, this.#ref, this.#session.closed);
      this.#related.add(String(metaOf(workload).uid));
      if (this.#between !== null) await this.#between.ready;
      this.#relateOwned();
      const query = podQuery(workload, this.#ref.namespace);
      if (query === null || this.#owned.disposed) return;
      const pods = this.#open(query, projectPod, () => this.#relatePods(pods));
      await pods.ready;
      this.#relatePods(pods);
    } catch (error) {
      // The object is gone or may not be read: its own events are still worth showing.
      this.#session.log.info(`Events of ${this.#ref.kind} ${this.#ref.name}: ${String(error)}`);
    }
  }

  #relatePods(pods: LiveStore<{ readonly uid: string }>): void {
    for (const uid of pods.rows.keys()) this.#related.add(uid);
    this.#takeAll();
  }

  #relateOwned(): void {
    for (const { uid, name, owner } of this.#between?.rows.values() ?? []) {
      if (!this.#related.has(owner)) continue;
      this.#related.add(uid);
      this.#podOwners.add(name);
    }
    this.#takeAll();
  }

  #isRelated({ kind, name, uid }: EventRow['object']): boolean {
    if (this.#related.has(uid)) return true;
    // `web-7d9f` names its pods `web-7d9f-x2x4z`; a StatefulSet counts.
    const [, owner = ''] = (kind === 'Pod' ? /^(.+)-(?:[a-z0-9]{5}|\d+)$/.exec(name) : null) ?? [];
    return this.#podOwners.has(owner);
  }

  #takeAll(): void {
    this.#take({ changed: new Set(this.#events.rows.keys()), removed: new Set() });
  }

  #take({ changed, removed }: StoreChange): void {
    const news = { changed: new Set<string>(), removed: new Set<string>() };
    for (const uid of changed) {
      const row = this.#events.rows.get(uid);
      if (row === undefined || this.rows.get(uid) === row || !this.#isRelated(row.object)) continue;
      this.rows.set(uid, row);
      news.changed.add(uid);
    }
    for (const uid of removed) if (this.rows.delete(uid)) news.removed.add(uid);
    if (news.changed.size + news.removed.size > 0) this.#changes.fire(news);
  }
}
