import { numberOf, objectsIn, textOf } from '../../json.ts';
import type { Json } from '../../json.ts';
import { controllerOf, type Owner } from '../../workload/owner.ts';
import { podStatus } from '../../workload/pod-status.ts';
import { conditionOf, conditionsOf } from '../conditions.ts';
import { partsOf, timeOf } from '../fields.ts';

/** What the story of a lost node needs to know of a pod. */
export interface PodSighting {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** null while it waits for a node. */
  readonly node: string | null;
  /** Its controller; null: nobody makes it anew. */
  readonly owner: Owner | null;
  /** The STATUS column of kubectl. */
  readonly text: string;
  readonly ready: boolean;
  readonly deleting: boolean;
  /** Its containers have ended for good, or the cluster has given it up; null: neither. */
  readonly ended: 'succeeded' | 'failed' | null;
  /** Why no node takes it, in the scheduler's words; null: one has, or nobody has tried yet. */
  readonly unschedulable: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  /** How long it stays on an unreachable node, in seconds; null: for ever. Not given: not known. */
  readonly toleratesFor?: number | null;
}

/** What a pod, as the API server sends it, tells a story. */
export function podSighting(pod: unknown): PodSighting {
  const { metadata, spec, status } = partsOf(pod);
  const conditions = conditionsOf(pod);
  const scheduled = conditionOf(conditions, 'PodScheduled');
  return {
    uid: textOf(metadata['uid']),
    namespace: textOf(metadata['namespace']),
    name: textOf(metadata['name']),
    node: textOf(spec['nodeName']) || null,
    owner: controllerOf(pod),
    text: podStatus(pod).text,
    ready: conditionOf(conditions, 'Ready')?.status === 'True',
    deleting: metadata['deletionTimestamp'] != null,
    ended: status['phase'] === 'Succeeded' ? 'succeeded' : status['phase'] === 'Failed' ? 'failed' : null,
    unschedulable:
      scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? scheduled.message : null,
    createdAt: timeOf(metadata['creationTimestamp']),
    toleratesFor: toleratesUnreachable(spec),
  };
}

const unreachable = 'node.kubernetes.io/unreachable';

/**
 * Seconds a pod stays on a node that cannot be reached: the least of its tolerations that name a time, as the
 * controller that evicts counts (tainteviction, `getMinTolerationTime`); null: it stays for ever.
 */
function toleratesUnreachable(spec: Json): number | null {
  const fitting = objectsIn(spec['tolerations']).filter(({ key, operator, effect }) => {
    const isEffect = textOf(effect) === '' || effect === 'NoExecute';
    return isEffect && (key === unreachable || (textOf(key) === '' && operator === 'Exists'));
  });
  if (fitting.length === 0) return 0;
  const times = fitting.flatMap((one) =>
    typeof one['tolerationSeconds'] === 'number' ? [Math.max(0, numberOf(one['tolerationSeconds']))] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** Why a node counts as lost: it has missed its heartbeat, says itself that it is not ready, or was taken away. */
export type LossCause = 'silent' | 'notReady' | 'removed';

/** Something seen at a time, in milliseconds since 1970 by the observer's clock. */
export type FailoverObservation =
  | {
      readonly type: 'nodeLost';
      readonly at: number;
      readonly node: string;
      readonly cause: LossCause;
      /** Last heartbeat by the observer's clock, else since when the cluster calls it not ready; null: not known. */
      readonly lastBeat: number | null;
      /** How long a heartbeat is good for, in milliseconds; null: not known. */
      readonly leaseDuration: number | null;
      /** What the cluster says of it (`Kubelet stopped posting node status.`); null: nothing yet. */
      readonly reason: string | null;
      /** Pods on it, all of them. */
      readonly pods: Iterable<PodSighting>;
      /** Pods elsewhere with the same owners: whoever looks late finds some already made in their stead. */
      readonly siblings?: Iterable<PodSighting>;
    }
  /** It reports again and is Ready. */
  | { readonly type: 'nodeBack'; readonly at: number; readonly node: string }
  /** A pod was added or changed. */
  | {
      readonly type: 'pod';
      readonly at: number;
      readonly pod: PodSighting;
      /** Whether it was seen for the first time. Not given: not known, its age by the cluster's clock decides. */
      readonly isNew?: boolean;
    }
  | { readonly type: 'podGone'; readonly at: number; readonly uid: string };
