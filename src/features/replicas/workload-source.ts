/** What the page keeps of a workload and of its ReplicaSets. */
import { controllerOf, selectorText } from '../../core/index.ts';
import type { Instant } from '../../webview/protocol.ts';
import { instant, type Condition, type Metadata } from './objects.ts';

/** The parts of a workload that the page reads itself; the counts are the core's business. */
export interface WorkloadObject {
  readonly kind?: string;
  readonly metadata?: Metadata;
  readonly spec?: { readonly selector?: unknown };
  readonly status?: { readonly conditions?: readonly Condition[] };
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
    owner: controllerOf(object)?.uid ?? '',
    revision: metadata?.annotations?.[revisionAnnotation] ?? '',
    createdAt: instant(metadata?.creationTimestamp),
  };
}

/** The selector of the workload's pods as list requests take it; null when it has none. */
export function podSelector({ spec, kind }: WorkloadObject): string | null {
  const selector = spec?.selector;
  if (selector === undefined) return null;
  // A ReplicationController's selector is a plain map of labels.
  const text = selectorText(kind === 'ReplicationController' ? { matchLabels: selector } : selector);
  return text === '' ? null : text;
}
