import { fieldsIn, isFields, listIn } from '../apply/json.ts';
import { ClusterError } from '../errors.ts';
import { listAll } from '../list.ts';
import type { KubeObject, Session } from '../model.ts';
import { metaOf } from '../objects.ts';
import type { DrainPod } from './pods.ts';

/** A PodDisruptionBudget, as far as evictions go. */
export interface Budget {
  readonly name: string;
  readonly namespace: string;
  /** Pods that may be evicted at this moment. */
  readonly allowed: number;
  readonly healthy: number;
  readonly wanted: number;
  readonly matches: (labels: Readonly<Record<string, string>>) => boolean;
  /** Pods that do not serve may always go. */
  readonly sparesUnready: boolean;
}

/** All budgets; null when they may not be listed. */
export async function budgets(session: Session, signal?: AbortSignal): Promise<readonly Budget[] | null> {
  const resource = { apiVersion: 'policy/v1', plural: 'poddisruptionbudgets', namespaced: true };
  try {
    return await listAll(session, resource, {
      namespace: null,
      project: budgetOf,
      ...(signal && { signal }),
    });
  } catch (error) {
    if (error instanceof ClusterError && (error.code === 'forbidden' || error.code === 'notFound'))
      return null;
    throw error;
  }
}

function budgetOf(object: KubeObject): Budget {
  const { name, namespace = '' } = metaOf(object);
  const spec = fieldsIn(object, 'spec');
  const status = fieldsIn(object, 'status');
  const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    name,
    namespace,
    allowed: count(status.disruptionsAllowed),
    healthy: count(status.currentHealthy),
    wanted: count(status.desiredHealthy),
    matches: selects(fieldsIn(spec, 'selector'), isFields(spec.selector)),
    sparesUnready: spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
  };
}

/** No selector selects no pod, an empty one all of the namespace. */
function selects(
  selector: Readonly<Record<string, unknown>>,
  present: boolean,
): (labels: Readonly<Record<string, string>>) => boolean {
  if (!present) return () => false;
  const wanted = Object.entries(fieldsIn(selector, 'matchLabels'));
  const rules = listIn(selector, 'matchExpressions');
  return (labels) =>
    wanted.every(([key, value]) => labels[key] === value) && rules.every((rule) => holds(rule, labels));
}

function holds(
  { key, operator, values }: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labels[String(key)];
  const listed = value !== undefined && Array.isArray(values) && values.includes(value);
  switch (operator) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** A budget that lets fewer of these pods go than there are; the rest has to wait for others to become ready. */
export interface TightBudget {
  readonly budget: Budget;
  readonly pods: readonly DrainPod[];
}

/** Budgets that will hold some of these pods back, at least for a while. */
export function tightBudgets(all: readonly Budget[], pods: readonly DrainPod[]): readonly TightBudget[] {
  return all.flatMap((budget) => {
    const bound = pods.filter(
      (pod) =>
        pod.namespace === budget.namespace &&
        !pod.leaving &&
        budget.matches(pod.labels) &&
        (pod.ready || !budget.sparesUnready),
    );
    return bound.length > budget.allowed ? [{ budget, pods: bound }] : [];
  });
}
