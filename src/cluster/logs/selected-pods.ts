import { Disposables, type Disposable } from '../../platform/disposables.ts';
import { controllerOf } from '../../core/index.ts';
import type { KubeObject, LiveStore, Session, StoreState } from '../model.ts';
import { metaOf } from '../objects.ts';
import { openStore } from '../store/leases.ts';
import { type LogPod, projectLogPod } from './pods.ts';

interface JobRow {
  readonly uid: string;
  readonly owner: string;
}

function projectJob(object: unknown): JobRow {
  const { uid = '' } = metaOf(object as KubeObject);
  return { uid, owner: controllerOf(object)?.uid ?? '' };
}

export interface SelectedPodsOptions {
  readonly namespace: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Only the pod with this UID. */
  readonly uid?: string;
  /** UID of a CronJob: only pods of its Jobs. */
  readonly ofCronJob?: string;
}

/** The pods that a selector finds, and no others. */
export class SelectedPods implements Disposable {
  /** Settles once the pods are known, or it is known that they cannot be. */
  readonly ready: Promise<void>;
  readonly #owned = new Disposables();
  readonly #options: SelectedPodsOptions;
  readonly #pods: LiveStore<LogPod>;
  readonly #jobs: LiveStore<JobRow> | null;

  constructor(session: Session, options: SelectedPodsOptions, onChange: () => void) {
    this.#options = options;
    const { namespace, labelSelector, fieldSelector } = options;
    const open = <Row extends { readonly uid: string }>(
      what: Parameters<typeof openStore>[1],
      project: (object: unknown) => Row,
    ): LiveStore<Row> => {
      const lease = this.#owned.own(openStore(session, what, project));
      this.#owned.own(lease.value.onDidChange(onChange));
      this.#owned.own(lease.value.onDidChangeState(onChange));
      return lease.value;
    };
    this.#pods = open(
      {
        apiVersion: 'v1',
        plural: 'pods',
        namespace,
        ...(labelSelector !== undefined && { labelSelector }),
        ...(fieldSelector !== undefined && { fieldSelector }),
      },
      projectLogPod,
    );
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

  dispose(): void {
    this.#owned.dispose();
  }
}
