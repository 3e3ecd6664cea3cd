import { isDeepStrictEqual } from 'node:util';
import { Disposables } from '../../platform/disposables.ts';
import type { ApiResource, KubeObject, LiveStore, Session, StoreState, WorkloadRef } from '../model.ts';
import { metaOf, readObject } from '../objects.ts';
import { podQuery } from '../pods.ts';
import { openStore } from '../store/leases.ts';
import type { LogPod, PodSource } from './pods.ts';
import { SelectedPods, type SelectedPodsOptions } from './selected-pods.ts';

/** The Job's controller puts it on every pod it makes. */
const jobLabel = 'job-name';
/** Selects no pod: the workload has no selector. */
const nothing = `${jobLabel},!${jobLabel}`;

/** How the pods of a workload are found, as it stands. */
export function selectorOf(workload: KubeObject, { kind, namespace }: WorkloadRef): SelectedPodsOptions {
  if (kind === 'CronJob') {
    return { namespace, labelSelector: jobLabel, ofCronJob: String(metaOf(workload).uid) };
  }
  return { namespace, labelSelector: podQuery(workload, namespace)?.labelSelector ?? nothing };
}

interface WorkloadRow {
  readonly uid: string;
  readonly workload: KubeObject;
}

/** No more of it than its selector is made of. */
function projectWorkload(object: unknown): WorkloadRow {
  const { kind, metadata, spec } = object as KubeObject & { readonly spec?: { readonly selector?: unknown } };
  const { uid, name } = metaOf({ metadata });
  const workload = { kind, metadata: { uid, name }, spec: { selector: spec?.selector } };
  return { uid: String(uid), workload };
}

/** Pods of a workload that may be deleted, and made again under its name. Rejects with a ClusterError. */
export async function openWorkload(
  session: Session,
  ref: WorkloadRef,
  signal: AbortSignal,
  onChange: () => void,
): Promise<PodSource> {
  const workload = await readObject(session, ref, signal);
  const resource = await session.resource(ref.apiVersion, ref.kind);
  return new WorkloadPods(session, ref, resource, selectorOf(workload, ref), onChange);
}

class WorkloadPods implements PodSource {
  readonly ready: Promise<void>;
  readonly #session: Session;
  readonly #ref: WorkloadRef;
  readonly #onChange: () => void;
  readonly #owned = new Disposables();
  readonly #workload: LiveStore<WorkloadRow>;
  #selector: SelectedPodsOptions;
  #pods: SelectedPods;
  #gone = false;

  constructor(
    session: Session,
    ref: WorkloadRef,
    { apiVersion, plural }: ApiResource,
    selector: SelectedPodsOptions,
    onChange: () => void,
  ) {
    this.#session = session;
    this.#ref = ref;
    this.#onChange = onChange;
    this.#selector = selector;
    this.#pods = new SelectedPods(session, selector, onChange);
    const { namespace, name } = ref;
    const query = { apiVersion, plural, namespace, fieldSelector: `metadata.name=${name}` };
    const { value } = this.#owned.own(openStore(session, query, projectWorkload));
    this.#workload = value;
    this.#owned.own(value.onDidChange(() => this.#look()));
    this.#owned.own(value.onDidChangeState(() => this.#look()));
    this.#owned.own({ dispose: () => this.#pods.dispose() });
    this.ready = this.#pods.ready;
  }

  get pods(): ReadonlyMap<string, LogPod> {
    return this.#pods.pods;
  }

  get state(): StoreState {
    return this.#pods.state;
  }

  /** As it was heard of last. Who may read it but not watch it never hears of its end. */
  get gone(): boolean {
    return this.#gone;
  }

  isOver(): Promise<boolean> {
    return Promise.resolve(false);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** What was made anew may select its pods by other labels. */
  #look(): void {
    const [row] = this.#workload.rows.values();
    if (row !== undefined) this.#gone = false;
    else if (this.#workload.state.phase === 'live') this.#gone = true;
    const selector = row === undefined ? this.#selector : selectorOf(row.workload, this.#ref);
    if (!isDeepStrictEqual(selector, this.#selector)) {
      this.#selector = selector;
      this.#pods.dispose();
      this.#pods = new SelectedPods(this.#session, selector, this.#onChange);
    }
    this.#onChange();
  }
}
