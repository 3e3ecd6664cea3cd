import { listAll } from '../list.ts';
import type { KubeObject, Session } from '../model.ts';
import { readObject } from '../objects.ts';
import { pods } from '../pods.ts';
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
  const [object, there, all] = await Promise.all([
    readObject(session, ref, signal),
    podsOn(session, node, signal),
    budgets(session, signal),
  ]);
  const leaving = there.filter(({ lot }) => lot !== 'daemonSet' && lot !== 'mirror');
  return { node: object, pods: there, tight: all === null ? null : tightBudgets(all, leaving) };
}

export function podsOn(session: Session, node: string, signal?: AbortSignal): Promise<readonly DrainPod[]> {
  return listAll(session, pods, {
    namespace: null,
    fieldSelector: `spec.nodeName=${node}`,
    project: drainPod,
    ...(signal !== undefined && { signal }),
  });
}
