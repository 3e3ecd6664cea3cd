/** What is done to a workload by changing one field of it. Each rejects when the object is not what was seen. */
import { fieldsIn } from '../apply/json.ts';
import { nothingRestarts, pausedNotRestarted } from './refusals.ts';
import type { KubeObject, ObjectRef, Session } from '../model.ts';
import { patchObject } from './guarded.ts';

/** An object, and how it was when the person looked. */
export interface SeenObject {
  readonly ref: ObjectRef;
  readonly seen: KubeObject;
  readonly signal?: AbortSignal;
}

/**
 * Restarts the pods of a Deployment, StatefulSet or DaemonSet one after the other, as `kubectl rollout restart` does.
 * `now`: ms since 1970.
 */
export async function restartWorkload(
  session: Session,
  { ref, seen, signal }: SeenObject,
  now: number,
): Promise<KubeObject> {
  const spec = fieldsIn(seen, 'spec');
  const { name: context } = session.context;
  if (spec.paused === true) throw pausedNotRestarted(context, `${ref.kind} ${ref.name}`);
  const { type } = fieldsIn(spec, 'updateStrategy');
  if (type === 'OnDelete') throw nothingRestarts(context, `${ref.kind} ${ref.name}`);
  const restartedAt = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  const annotations = { 'kubectl.kubernetes.io/restartedAt': restartedAt };
  return patchObject(session, ref, seen, { spec: { template: { metadata: { annotations } } } }, signal);
}

/** Stops a Deployment from rolling out what changes in it, or lets it go on. */
export function setPaused(session: Session, object: SeenObject, paused: boolean): Promise<KubeObject> {
  return patchObject(
    session,
    object.ref,
    object.seen,
    { spec: { paused: paused ? true : null } },
    object.signal,
  );
}

/** Suspends a Job (its pods are ended) or a CronJob (no new runs), or lets it go on. */
export function setSuspended(session: Session, object: SeenObject, suspend: boolean): Promise<KubeObject> {
  return patchObject(session, object.ref, object.seen, { spec: { suspend } }, object.signal);
}

/** Keeps new pods away from a node, or lets them come again. */
export async function setSchedulable(
  session: Session,
  object: SeenObject,
  schedulable: boolean,
): Promise<KubeObject> {
  if (object.ref.kind !== 'Node') throw new Error('Only nodes are cordoned.');
  const unschedulable = fieldsIn(object.seen, 'spec').unschedulable === true;
  if (unschedulable !== schedulable) return object.seen;
  const patch = { spec: { unschedulable: schedulable ? null : true } };
  return patchObject(session, object.ref, object.seen, patch, object.signal);
}
