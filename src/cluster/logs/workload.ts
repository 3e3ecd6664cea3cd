import { isDeepStrictEqual } from 'node:util';
import { Disposables } from '../../platform/disposables.ts';
import type { ApiResource, KubeObject, LiveStore, Session, StoreState, WorkloadRef } from '../model.ts';
import { ClusterError, objectGone } from '../errors.ts';
import { metaOf, readObject } from '../objects.ts';
import { podQuery } from '../pods.ts';
import { openStore } from '../store/leases.ts';
import { jittered, pause } from '../store/timing.ts';
import type { LogTuning } from './model.ts';
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

export interface WorkloadOptions {
  readonly signal: AbortSignal;
  readonly tuning: LogTuning;
  /** Whether one that is not there is waited for. */
  readonly waits: boolean;
}

/** Pods of a workload that may be deleted, and made again under its name. Rejects with a ClusterError. */
export async function openWorkload(
  session: Session,
  { uid: _, ...ref }: WorkloadRef,
  options: WorkloadOptions,
  onChange: () => void,
): Promise<PodSource> {
  const resource = await session.resource(ref.apiVersion, ref.kind);
  const workload = await readIfThere(session, ref, options.signal);
  if (workload === null && !options.waits) throw objectGone(session.context.name, `${ref.kind} ${ref.name}`);
  return new WorkloadPods(session, ref, resource, workload, options, onChange);
}

/** null: there is none. */
async function readIfThere(
  session: Session,
  ref: WorkloadRef,
  signal: AbortSignal,
): Promise<KubeObject | null> {
  try {
    return await readObject(session, ref, signal);
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'notFound') return null;
    throw error;
  }
}

class WorkloadPods implements PodSource {
  readonly ready: Promise<void>;
  readonly #session: Session;
  readonly #ref: WorkloadRef;
  readonly #options: WorkloadOptions;
  readonly #onChange: () => void;
  readonly #owned = new Disposables();
  readonly #ending = new AbortController();
  readonly #workload: LiveStore<WorkloadRow>;
  #selector: SelectedPodsOptions;
  #pods: SelectedPods;
  #gone: boolean;
  #polling = false;

  constructor(
    session: Session,
    ref: WorkloadRef,
    { apiVersion, plural }: ApiResource,
    workload: KubeObject | null,
    options: WorkloadOptions,
    onChange: () => void,
  ) {
    this.#session = session;
    this.#ref = ref;
    this.#options = options;
    this.#onChange = onChange;
    this.#gone = workload === null;
    const { namespace, name } = ref;
    this.#selector = workload === null ? { namespace, labelSelector: nothing } : selectorOf(workload, ref);
    this.#pods = new SelectedPods(session, this.#selector, onChange);
    const query = { apiVersion, plural, namespace, fieldSelector: `metadata.name=${name}` };
    const { value } = this.#owned.own(openStore(session, query, projectWorkload));
    this.#workload = value;
    this.#owned.own(value.onDidChange(() => this.#look()));
    this.#owned.own(value.onDidChangeState(() => this.#look()));
    this.#owned.own({ dispose: () => this.#pods.dispose() });
    this.#owned.own({ dispose: () => this.#ending.abort() });
    this.ready = this.#pods.ready;
    this.#look();
  }

  get pods(): ReadonlyMap<string, LogPod> {
    return this.#pods.pods;
  }

  get state(): StoreState {
    return this.#pods.state;
  }

  /** As it was heard of last. */
  get gone(): boolean {
    return this.#gone;
  }

  isOver(): Promise<boolean> {
    return Promise.resolve(false);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #look(): void {
    const { state, rows } = this.#workload;
    const [row] = rows.values();
    if (state.phase === 'forbidden') void this.#poll();
    else if (row !== undefined) this.#learn(row.workload);
    else if (state.phase === 'live') this.#learn(null);
  }

  /** Who may read a workload, but neither list nor watch its kind, reads it again and again. */
  async #poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    const { signal } = this.#ending;
    while (this.#workload.state.phase === 'forbidden') {
      await pause(jittered(this.#options.tuning.poll), signal);
      if (signal.aborted) return;
      try {
        const workload = await readIfThere(this.#session, this.#ref, signal);
        if (!signal.aborted && this.#workload.state.phase === 'forbidden') this.#learn(workload);
      } catch (error) {
        // What is wrong with the connection is told of the pods; that this is not allowed either changes nothing.
        this.#session.log.info(`Log of ${this.#ref.kind} ${this.#ref.name}: ${String(error)}`);
      }
    }
    this.#polling = false;
  }

  /** What was made anew may select its pods by other labels. */
  #learn(workload: KubeObject | null): void {
    this.#gone = workload === null;
    const selector = workload === null ? this.#selector : selectorOf(workload, this.#ref);
    if (!isDeepStrictEqual(selector, this.#selector)) {
      this.#selector = selector;
      this.#pods.dispose();
      this.#pods = new SelectedPods(this.#session, selector, this.#onChange);
    }
    this.#onChange();
  }
}
