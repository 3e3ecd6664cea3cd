/** What the page keeps of a workload and of its ReplicaSets. */
import type { Instant } from '../../webview/protocol.ts';
import { instant, ownerOf, type Condition, type Metadata } from './objects.ts';

/** The parts of a workload that the page reads itself; the counts are the core's business. */
export interface WorkloadObject {
  readonly metadata?: Metadata;
  readonly spec?: { readonly selector?: Selector | Readonly<Record<string, string>> };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** `spec.selector` of every workload kind but ReplicationController, whose selector is a plain map. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface WorkloadSource {
  readonly uid: string;
  readonly object: WorkloadObject;
}

export interface ReplicaSetSource {
  readonly uid: string;
  readonly owner: string;
  readonly revision: string;
  readonly createdAt: Instant;
}

export function workloadSource(object: unknown): WorkloadSource {
  const workload = object as WorkloadObject;
  return { uid: workload.metadata?.uid ?? '', object: workload };
}

export const revisionAnnotation = 'deployment.kubernetes.io/revision';

export function replicaSetSource(object: unknown): ReplicaSetSource {
  const { metadata } = object as { readonly metadata?: Metadata };
  return {
    uid: metadata?.uid ?? '',
    owner: ownerOf(metadata),
    revision: metadata?.annotations?.[revisionAnnotation] ?? '',
    createdAt: instant(metadata?.creationTimestamp),
  };
}

/** A label selector as list requests take it; `''` when it selects by nothing. */
export function selectorText(selector: NonNullable<WorkloadObject['spec']>['selector']): string {
  if (selector === undefined) return '';
  const { matchLabels, matchExpressions } = selector as Selector;
  const plain = matchLabels ?? (matchExpressions === undefined ? (selector as Record<string, string>) : {});
  const labels = Object.entries(plain).map(([key, value]) => `${key}=${value}`);
  const expressions = (matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}
