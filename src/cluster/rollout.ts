import { formatMessage, message, rolloutVerdict, workloadStatus } from '../core/index.ts';
import type { Message, WorkloadStatus } from '../core/index.ts';
import { Disposables } from '../platform/disposables.ts';
import { cancelledError } from './errors.ts';
import type { ApiResource, KubeObject, Lease, LiveStore, Session, StoreQuery, WorkloadRef } from './model.ts';
import { metaOf, readObject } from './objects.ts';
import { podQuery, type PodRow, projectPod } from './pods.ts';
import { openStore } from './store/leases.ts';

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Called when something changed; `trouble` says what holds the pods up (`ImagePullBackOff: …`), null when nothing does. */
  onProgress(status: WorkloadStatus, trouble: string | null): void;
}

export type RolloutOutcome =
  | { readonly result: 'complete'; readonly status: WorkloadStatus }
  | { readonly result: 'failed'; readonly status: WorkloadStatus | null; readonly reason: Message }
  | { readonly result: 'cancelled' };

/**
 * Follows a rollout to its end. Drops of the connection are ridden out; a deleted or replaced object, an exceeded
 * progress deadline and a failed Job are failures. A kind without a rollout is complete at once. Rejects with a
 * ClusterError when it cannot follow at all (forbidden, signed out).
 */
export async function followRollout(
  session: Session,
  ref: WorkloadRef,
  options: FollowOptions,
): Promise<RolloutOutcome> {
  const { signal } = options;
  const resource = await session.resource(ref.apiVersion, ref.kind);
  const start = await readObject(session, ref, signal).catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (start === null || signal.aborted) return { result: 'cancelled' };
  const follower = new Follower(session, resource, ref, start, options);
  try {
    return await follower.outcome;
  } finally {
    follower.dispose();
  }
}

interface WorkloadRow {
  readonly uid: string;
  readonly object: KubeObject;
}

/** One object is kept whole: its status is read by the core. */
function projectWorkload(object: unknown): WorkloadRow {
  return { uid: String(metaOf(object as KubeObject).uid), object: object as KubeObject };
}

class Follower {
  readonly outcome: Promise<RolloutOutcome>;
  readonly #session: Session;
  readonly #ref: WorkloadRef;
  readonly #options: FollowOptions;
  readonly #owned = new Disposables();
  readonly #workloads: LiveStore<WorkloadRow>;
  #pods: Lease<LiveStore<PodRow>> | null = null;
  /**
   * The object as it was when following began. A store that was open before may still show an older generation,
   * whose rollout is complete.
   */
  readonly #start: KubeObject;
  #reported = '';
  #resolve: (outcome: RolloutOutcome) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(
    session: Session,
    resource: ApiResource,
    ref: WorkloadRef,
    start: KubeObject,
    options: FollowOptions,
  ) {
    this.#session = session;
    this.#ref = ref;
    this.#options = options;
    this.#start = start;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const query: StoreQuery = {
      apiVersion: ref.apiVersion,
      plural: resource.plural,
      namespace: resource.namespaced ? ref.namespace : null,
      fieldSelector: `metadata.name=${ref.name}`,
    };
    const lease = this.#owned.own(openStore(session, query, projectWorkload));
    this.#workloads = lease.value;
    this.#owned.own(lease.value.onDidChange(() => this.#look()));
    this.#owned.own(lease.value.onDidChangeState(() => this.#look()));
    this.#listen(options.signal, () => this.#resolve({ result: 'cancelled' }));
    this.#listen(session.closed, () => this.#reject(cancelledError(session.context.name)));
    this.#look();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #listen(signal: AbortSignal, onAbort: () => void): void {
    signal.addEventListener('abort', onAbort, { once: true });
    this.#owned.own({ dispose: () => signal.removeEventListener('abort', onAbort) });
    if (signal.aborted) onAbort();
  }

  /** Reads what is known now and ends, or reports, accordingly. */
  #look(): void {
    const { state } = this.#workloads;
    if (state.phase === 'forbidden' || state.phase === 'signedOut') return this.#reject(state.error);
    if (state.phase === 'failed' && !state.error.retryable) return this.#reject(state.error);
    const [row] = this.#workloads.rows.values();
    if (row === undefined) {
      // Before the first list an empty store means nothing; nor does it while the connection is away.
      if (state.phase === 'live') this.#fail(null, message('It was deleted.'));
      return;
    }
    if (row.uid !== metaOf(this.#start).uid) {
      return this.#fail(null, message('It was replaced by another object of the same name.'));
    }
    if (generationOf(row.object) >= generationOf(this.#start)) this.#report(row.object);
  }

  #report(object: KubeObject): void {
    const status = workloadStatus(object);
    const verdict = rolloutVerdict(status);
    if (verdict === 'complete') {
      this.#options.onProgress(status, null);
      return this.#resolve({ result: 'complete', status });
    }
    this.#openPods(object);
    const trouble = this.#trouble();
    const text = JSON.stringify([status, trouble]);
    if (text !== this.#reported) {
      this.#reported = text;
      this.#options.onProgress(status, trouble);
    }
    if (verdict === 'failed') this.#fail(status, failure(status, trouble));
  }

  #fail(status: WorkloadStatus | null, reason: Message): void {
    this.#resolve({ result: 'failed', status, reason });
  }

  #openPods(object: KubeObject): void {
    if (this.#pods !== null) return;
    const query = podQuery(object, this.#ref.namespace);
    if (query === null) return;
    this.#pods = this.#owned.own(openStore(this.#session, query, projectPod));
    this.#owned.own(this.#pods.value.onDidChange(() => this.#look()));
  }

  /** Trouble of the newest pod that has any: older ones are on their way out. */
  #trouble(): string | null {
    let newest: PodRow | null = null;
    for (const pod of this.#pods?.value.rows.values() ?? []) {
      if (pod.deleted || pod.trouble === null) continue;
      if (newest === null || pod.created > newest.created) newest = pod;
    }
    return newest?.trouble ?? null;
  }
}

function generationOf(object: KubeObject): number {
  return metaOf(object).generation ?? 0;
}

/** Why it failed, with what the pods say: a deadline alone explains nothing. */
function failure(status: WorkloadStatus, trouble: string | null): Message {
  if (trouble === null) return status.reason ?? status.summary;
  return message('{0} ({1})', trouble, formatMessage(status.reason ?? status.summary));
}
