import { podStatus, selectorText } from '../core/index.ts';
import { fieldsIn, isFields } from './apply/json.ts';
import type { KubeObject, StoreQuery } from './model.ts';

export const pods = { apiVersion: 'v1', plural: 'pods', namespaced: true } as const;

/** What a rollout and its events need to know of a pod. */
export interface PodRow {
  readonly uid: string;
  readonly name: string;
  /** ISO time. */
  readonly created: string;
  readonly deleted: boolean;
  /** What holds it up, in the cluster's own words (`ImagePullBackOff: Back-off pulling image "x"`); null when nothing does. */
  readonly trouble: string | null;
}

export function projectPod(object: unknown): PodRow {
  const metadata = fieldsIn(object as KubeObject, 'metadata');
  return {
    uid: String(metadata.uid),
    name: String(metadata.name),
    created: String(metadata.creationTimestamp),
    deleted: metadata.deletionTimestamp !== undefined,
    trouble: troubleOf(object),
  };
}

function troubleOf(pod: unknown): string | null {
  const { text, health, reason } = podStatus(pod);
  const word = text === 'Pending' && reason !== null ? 'Unschedulable' : text;
  if (word === text && health !== 'failed' && health !== 'warning') return null;
  return reason === null ? word : `${word}: ${reason}`;
}

/** Pods of a workload; null when its kind has no selector to find them by. */
export function podQuery(workload: KubeObject, namespace: string): StoreQuery | null {
  const query = { apiVersion: 'v1', plural: 'pods', namespace };
  if (workload.kind === 'Pod') {
    return { ...query, fieldSelector: `metadata.name=${String(fieldsIn(workload, 'metadata').name)}` };
  }
  const { selector } = fieldsIn(workload, 'spec');
  if (!isFields(selector)) return null;
  // A ReplicationController's selector is the bare labels.
  const structured = 'matchLabels' in selector || 'matchExpressions' in selector;
  const labelSelector = selectorText(structured ? selector : { matchLabels: selector });
  return labelSelector === '' ? null : { ...query, labelSelector };
}
