import { objectGone } from './errors.ts';
import type { ApiResource, KubeObject, ObjectRef, Session } from './model.ts';

/** The metadata of an object as the server sends it. Stored objects have all of it; computed ones (metrics) lack UID and version. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Grows with every change of the spec; not every kind has it. */
  readonly generation?: number;
}

export function metaOf(object: KubeObject): ObjectMeta {
  return object.metadata as ObjectMeta;
}

/** What tells an object from all others of its kind: its UID, or its name where there is none. */
export function keyOf(object: KubeObject): string {
  const { uid, namespace = '', name } = metaOf(object);
  return uid ?? `${namespace}/${name}`;
}

/** Path of a collection (`name` null) or of one object; `namespace` is ignored for cluster-scoped resources. */
export function resourcePath(
  resource: Pick<ApiResource, 'apiVersion' | 'plural' | 'namespaced'>,
  namespace: string | null,
  name: string | null = null,
  subresource: string | null = null,
): string {
  const { apiVersion, plural, namespaced } = resource;
  const parts = [apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`];
  if (namespaced && namespace !== null) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(plural);
  if (name !== null) parts.push(encodeURIComponent(name));
  if (subresource !== null) parts.push(subresource);
  return parts.join('/');
}

/** Reads one object. Rejects with `notFound`, also when the reference's UID is another's by now. */
export async function readObject(
  session: Session,
  ref: ObjectRef,
  signal?: AbortSignal,
): Promise<KubeObject> {
  const resource = await session.resource(ref.apiVersion, ref.kind);
  const path = resourcePath(resource, ref.namespace, ref.name);
  const object = await session.request<KubeObject>(path, signal === undefined ? {} : { signal });
  if (ref.uid !== undefined && metaOf(object).uid !== ref.uid) {
    throw objectGone(session.context.name, `${ref.kind} ${ref.name}`);
  }
  return object;
}

/** The server's version (`v1.36.3`). */
export async function serverVersion(session: Session, signal?: AbortSignal): Promise<string> {
  const { gitVersion } = await session.request<{ gitVersion: string }>(
    '/version',
    signal === undefined ? {} : { signal },
  );
  return gitVersion;
}
