import type { ApiResource, KubeObject, Session, WorkloadRef } from './model.ts';

/** Path of a collection (`name` null) or of one object; `namespace` is ignored for cluster-scoped resources. */
export function resourcePath(
  _resource: Pick<ApiResource, 'apiVersion' | 'plural' | 'namespaced'>,
  _namespace: string | null,
  _name: string | null = null,
  _subresource: string | null = null,
): string {
  throw new Error('not built yet');
}

/** Reads one object. Rejects with `notFound`, also when the reference's UID is another's by now. */
export function readObject(_session: Session, _ref: WorkloadRef, _signal?: AbortSignal): Promise<KubeObject> {
  throw new Error('not built yet');
}

/** The server's version (`v1.36.3`). */
export function serverVersion(_session: Session, _signal?: AbortSignal): Promise<string> {
  throw new Error('not built yet');
}
