import type { KubeObject, Session } from '../model.ts';
import type { ObjectPlan } from './plan.ts';

export interface ApplyOptions {
  /** Takes over fields that another manager owns; only when the person agreed. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
}

/** Applies what was planned. Rejects with `conflict` when the object changed since the plan was made. */
export function applyPlan(
  _session: Session,
  _plan: ObjectPlan,
  _options: ApplyOptions = {},
): Promise<KubeObject> {
  throw new Error('not built yet');
}
