import { changedSince, ClusterError, objectGone } from '../errors.ts';
import type { KubeObject, Session } from '../model.ts';
import { metaOf } from '../objects.ts';
import { pause } from '../store/timing.ts';
import { countChanges } from './compare.ts';
import type { ObjectPlan } from './plan.ts';
import { applyObject, type ApplyTarget, isUnnamed, readLive } from './target.ts';

export interface ApplyOptions {
  /** Takes over fields that another manager owns; only when the person agreed. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
}

/** A controller's status updates change the version too; this many of them may come in between. */
const attempts = 5;
/** A CRD or namespace created a moment ago takes a while to be served. */
const settleMs = 10_000;

/**
 * Applies what was planned. Rejects with `conflict` when the object was changed, replaced or created by somebody
 * since the plan was made, and when fields belong to others and `force` is not set.
 */
export async function applyPlan(
  session: Session,
  plan: ObjectPlan,
  options: ApplyOptions = {},
): Promise<KubeObject> {
  const { object, namespace } = plan;
  const request = { dryRun: false, force: options.force ?? false, signal: options.signal };
  const apply = async (): Promise<KubeObject> => {
    const resource = await session.resource(object.apiVersion, object.kind);
    return applyObject(session, { object, resource, namespace }, request);
  };
  if (plan.unverified) return onceServed(apply, options.signal ?? session.closed);
  const resource = await session.resource(object.apiVersion, object.kind);
  const target: ApplyTarget = { object, resource, namespace };
  if (isUnnamed(target)) return applyObject(session, target, request);
  let version = plan.resourceVersion;
  for (let attempt = 1; ; attempt += 1) {
    const precondition = plan.uid === null ? mustNotExist : { uid: plan.uid, resourceVersion: version };
    try {
      return await applyObject(session, target, { ...request, precondition });
    } catch (error) {
      if (!isStale(error)) throw error;
      const live = await readLive(session, target, options.signal);
      version = unchangedVersion(plan, live, session.context.name);
      if (attempt === attempts) throw error;
    }
  }
}

/** No object has this version: the apply creates, or is refused because there is something. */
const mustNotExist = { resourceVersion: '1' };

/** The version to go on with when only the object's status moved; throws when what the person saw is not there any more. */
function unchangedVersion(plan: ObjectPlan, live: KubeObject | null, context: string): string | null {
  const name = `${plan.object.kind} ${plan.object.name}`;
  if (plan.live === null) throw changedSince(context, name);
  if (live === null) throw objectGone(context, name);
  const { uid, resourceVersion = null } = metaOf(live);
  if (uid !== plan.uid || countChanges(plan.live, live) > 0) throw changedSince(context, name);
  return resourceVersion;
}

/** A conflict of versions or of identity, not one over fields. */
export function isStale(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  if (error.code === 'invalid') return error.details.some(({ field }) => field === 'metadata.uid');
  return error.code === 'conflict' && error.details.length === 0;
}

/** Tries again while what the object needs has been created but does not work yet. */
async function onceServed(apply: () => Promise<KubeObject>, signal: AbortSignal): Promise<KubeObject> {
  const deadline = Date.now() + settleMs;
  for (;;) {
    try {
      return await apply();
    } catch (error) {
      if (!isSettling(error) || Date.now() >= deadline) throw error;
    }
    await pause(300, signal);
  }
}

/** The CRD is not served yet, or the namespace has no default service account yet. */
function isSettling(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  return error.code === 'notFound' || (error.code === 'rejected' && /serviceaccount/i.test(error.message));
}
