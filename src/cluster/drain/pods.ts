import { controllerOf, isReady, type Owner } from '../../core/index.ts';
import { fieldsIn, listIn } from '../apply/json.ts';
import type { KubeObject } from '../model.ts';
import { metaOf } from '../objects.ts';

/** What a drain does with a pod. */
export type PodLot =
  /** It is moved: somebody makes another one. */
  | 'evict'
  /** Nobody makes another one: only with consent. */
  | 'unmanaged'
  /** What it keeps in emptyDir volumes is lost: only with consent. */
  | 'emptyDir'
  /** It belongs to the node: its DaemonSet would only make it again. */
  | 'daemonSet'
  /** The kubelet runs it from a file on the node. */
  | 'mirror';

export interface DrainPod {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly lot: PodLot;
  /** Its controller. */
  readonly owner: Owner | null;
  /** Whether it serves: one that does not may be evicted although its budget is used up. */
  readonly ready: boolean;
  /** It ends already. */
  readonly leaving: boolean;
}

/** Sorts as `kubectl drain` does: a pod that has finished is deleted whatever it was. */
export function drainPod(pod: KubeObject): DrainPod {
  const meta = metaOf(pod) as { readonly deletionTimestamp?: string };
  const metadata = fieldsIn(pod, 'metadata');
  const owner = controllerOf(pod);
  const status = fieldsIn(pod, 'status');
  const finished = status.phase === 'Succeeded' || status.phase === 'Failed';
  return {
    uid: String(metadata.uid),
    name: String(metadata.name),
    namespace: String(metadata.namespace),
    labels: fieldsIn(metadata, 'labels') as Readonly<Record<string, string>>,
    lot: lotOf(pod, owner?.kind ?? null, finished),
    owner,
    ready: isReady(pod),
    leaving: meta.deletionTimestamp !== undefined,
  };
}

function lotOf(pod: KubeObject, owner: string | null, finished: boolean): PodLot {
  const annotations = fieldsIn(fieldsIn(pod, 'metadata'), 'annotations');
  if ('kubernetes.io/config.mirror' in annotations) return 'mirror';
  if (finished) return 'evict';
  if (owner === 'DaemonSet') return 'daemonSet';
  // Of both, this one is worse: with its data the pod is gone as well.
  if (owner === null) return 'unmanaged';
  const local = listIn(fieldsIn(pod, 'spec'), 'volumes').some((volume) => 'emptyDir' in volume);
  return local ? 'emptyDir' : 'evict';
}
