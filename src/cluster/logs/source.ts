import { Disposables, type Disposable } from '../../platform/disposables.ts';
import { controllerOf } from '../../core/index.ts';
import { fieldsIn } from '../apply/json.ts';
import { ClusterError } from '../errors.ts';
import type { KubeObject, LiveStore, Session, StoreState, WorkloadRef } from '../model.ts';
import { metaOf, readObject } from '../objects.ts';
import { podQuery } from '../pods.ts';
import { openStore } from '../store/leases.ts';
import { type LogPod, projectLogPod } from './pods.ts';

/** The pods whose logs are followed, kept equal to the cluster's. */
export interface PodSource extends Disposable {
  /** By UID. */
  readonly pods: ReadonlyMap<string, LogPod>;
  readonly state: StoreState;
  /** Settles once the pods are known, or it is known that they cannot be. */
  readonly ready: Promise<void>;
  /** Whether no other pods will come once these have ended. Rejects with a ClusterError. */
  isOver(): Promise<boolean>;
}

interface JobRow {
  readonly uid: string;
  readonly owner: string;
}

function projectJob(object: unknown): JobRow {
  const { uid = '' } = metaOf(object as KubeObject);
  return { uid, owner: controllerOf(object)?.uid ?? '' };
}

/** The Job's controller puts it on every pod it makes. */
const jobLabel = 'job-name';
/** Selects no pod: the workload has no selector. */
const nothing = `${jobLabel},!${jobLabel}`;

/** Finds the pods of a workload and goes on finding them. Rejects with a ClusterError. */
export async function openPods(
  session: Session,
  ref: WorkloadRef,
  signal: AbortSignal,
  onChange: () => void,
): Promise<PodSource> {
  const { namespace } = ref;
  if (ref.kind === 'CronJob') {
    const { uid } = metaOf(await readObject(session, ref, signal));
    return new Pods(session, { namespace, labelSelector: jobLabel }, onChange, {
      ofCronJob: String(uid),
      isOver: () => Promise.resolve(false),
    });
  }
  if (ref.kind === 'Pod') {
    return new Pods(session, { namespace, fieldSelector: `metadata.name=${ref.name}` }, onChange, {
      ...(ref.uid !== undefined && { uid: ref.uid }),
      isOver: () => Promise.resolve(true),
    });
  }
  const query = podQuery(await readObject(session, ref, signal), namespace);
  return new Pods(session, { namespace, labelSelector: query?.labelSelector ?? nothing }, onChange, {
    isOver: () => (ref.kind === 'Job' ? jobIsOver(session, ref, signal) : Promise.resolve(false)),
  });
}

/** A Job that failed a pod may make another one. */
async function jobIsOver(session: Session, ref: WorkloadRef, signal: AbortSignal): Promise<boolean> {
  try {
    const { conditions } = fieldsIn(await readObject(session, ref, signal), 'status');
    return (
      Array.isArray(conditions) &&
      conditions.some(
        ({ type, status }: Record<string, unknown>) =>
          (type === 'Complete' || type === 'Failed') && status === 'True',
      )
    );
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'notFound') return true;
    throw error;
  }
}

interface PodsOptions {
  /** Only the pod with this UID. */
  readonly uid?: string;
  /** UID of a CronJob: only pods of its Jobs. */
  readonly ofCronJob?: string;
  readonly isOver: () => Promise<boolean>;
}

class Pods implements PodSource {
  readonly ready: Promise<void>;
  readonly #owned = new Disposables();
  readonly #options: PodsOptions;
  readonly #pods: LiveStore<LogPod>;
  readonly #jobs: LiveStore<JobRow> | null;

  constructor(
    session: Session,
    query: { readonly namespace: string; readonly labelSelector?: string; readonly fieldSelector?: string },
    onChange: () => void,
    options: PodsOptions,
  ) {
    this.#options = options;
    const { namespace } = query;
    const open = <Row extends { readonly uid: string }>(
      what: Parameters<typeof openStore>[1],
      project: (object: unknown) => Row,
    ): LiveStore<Row> => {
      const lease = this.#owned.own(openStore(session, what, project));
      this.#owned.own(lease.value.onDidChange(onChange));
      this.#owned.own(lease.value.onDidChangeState(onChange));
      return lease.value;
    };
    this.#pods = open({ ...query, apiVersion: 'v1', plural: 'pods' }, projectLogPod);
    this.#jobs =
      options.ofCronJob === undefined
        ? null
        : open({ apiVersion: 'batch/v1', plural: 'jobs', namespace }, projectJob);
    this.ready = Promise.all([this.#pods.ready, this.#jobs?.ready]).then(() => undefined);
  }

  get pods(): ReadonlyMap<string, LogPod> {
    const { uid, ofCronJob } = this.#options;
    if (uid === undefined && ofCronJob === undefined) return this.#pods.rows;
    const wanted = (pod: LogPod): boolean =>
      ofCronJob === undefined ? pod.uid === uid : this.#jobs?.rows.get(pod.owner)?.owner === ofCronJob;
    return new Map([...this.#pods.rows].filter(([, pod]) => wanted(pod)));
  }

  get state(): StoreState {
    const { state } = this.#pods;
    return state.phase === 'live' && this.#jobs !== null ? this.#jobs.state : state;
  }

  isOver(): Promise<boolean> {
    return this.#options.isOver();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
