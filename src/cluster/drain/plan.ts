import { listAll } from '../list.ts';
import type { KubeObject, Session } from '../model.ts';
import { readObject } from '../objects.ts';
import { budgets, type TightBudget, tightBudgets } from './budgets.ts';
import { type DrainPod, drainPod } from './pods.ts';

export interface DrainPlan {
  /** The node as it was seen: the precondition of cordoning it. */
  readonly node: KubeObject;
  readonly pods: readonly DrainPod[];
  /** Budgets that will hold pods back; null when budgets may not be read. */
  readonly tight: readonly TightBudget[] | null;
}

/** What draining a node would do, before anything is done. */
export async function planDrain(session: Session, node: string, signal?: AbortSignal): Promise<DrainPlan> {
  const ref = { apiVersion: 'v1', kind: 'Node', name: node, namespace: null };
  const [object, pods, all] = await Promise.all([
    readObject(session, ref, signal),
    podsOn(session, node, signal),
    budgets(session, signal),
  ]);
  const leaving = pods.filter(({ lot }) => lot !== 'daemonSet' && lot !== 'mirror');
  return { node: object, pods, tight: all === null ? null : tightBudgets(all, leaving) };
}

export function podsOn(session: Session, node: string, signal?: AbortSignal): Promise<readonly DrainPod[]> {
  return listAll(
    session,
    { apiVersion: 'v1', plural: 'pods', namespaced: true },
    {
      namespace: null,
      fieldSelector: `spec.nodeName=${node}`,
      project: drainPod,
      ...(signal !== undefined && { signal }),
    },
  );
}
