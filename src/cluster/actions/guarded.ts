import { isStale } from '../apply/apply.ts';
import { countChanges } from '../apply/compare.ts';
import { ObjectChangedError } from './refusals.ts';
import {
  fieldManager,
  type KubeObject,
  type ObjectRef,
  type RequestOptions,
  type Session,
} from '../model.ts';
import { metaOf, readObject, resourcePath } from '../objects.ts';

/** A controller's status updates change the version too; this many of them may come in between. */
const attempts = 5;

/**
 * Writes to an object that still is what the person saw; answers what the server made of it. `request` is called with
 * the live object whose UID and version are the precondition; again when only its status moved since. Rejects with
 * ObjectChangedError when somebody changed what a person decides, with `notFound` when the object is gone or replaced by
 * another of its name.
 */
export async function writeGuarded(
  session: Session,
  ref: ObjectRef,
  seen: KubeObject,
  request: (live: KubeObject) => RequestOptions,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const { uid } = metaOf(seen);
  const resource = await session.resource(ref.apiVersion, ref.kind);
  const path = resourcePath(resource, ref.namespace, ref.name);
  let live = seen;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await session.request(path, { ...request(live), ...(signal !== undefined && { signal }) });
    } catch (error) {
      if (!isStale(error)) throw error;
      live = await readObject(session, { ...ref, ...(uid !== undefined && { uid }) }, signal);
      if (countChanges(seen, live) > 0) {
        throw new ObjectChangedError(session.context.name, `${ref.kind} ${ref.name}`, live);
      }
      if (attempt === attempts) throw error;
    }
  }
}

/** UID and version that must be there, as a body's metadata and the options of a delete have them. */
export function preconditionOf(live: KubeObject): {
  readonly uid?: string;
  readonly resourceVersion?: string;
} {
  const { uid, resourceVersion } = metaOf(live);
  return { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) };
}

/** Merges fields into an object that still is what the person saw; null removes a field. */
export function patchObject(
  session: Session,
  ref: ObjectRef,
  seen: KubeObject,
  patch: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const request = (live: KubeObject): RequestOptions => ({
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    body: { ...patch, metadata: preconditionOf(live) },
    query: { fieldManager, fieldValidation: 'Strict' },
  });
  return writeGuarded(session, ref, seen, request, signal);
}
