import type { ManifestObject } from '../../core/protocol.ts';
import { ClusterError } from '../errors.ts';
import { type ApiResource, fieldManager, type KubeObject, type Session } from '../model.ts';
import { resourcePath } from '../objects.ts';
import { indexedPath } from './field-path.ts';
import { type Fields, fieldsIn } from './json.ts';

/** An object of a manifest and where it goes. */
export interface ApplyTarget {
  readonly object: ManifestObject;
  readonly resource: ApiResource;
  /** null for a cluster-scoped kind. */
  readonly namespace: string | null;
}

export interface ApplyRequest {
  readonly dryRun: boolean;
  readonly force: boolean;
  /** Merged into the object's metadata: identity and version that must be there. */
  readonly precondition?: Fields;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: (text: string) => void;
}

/**
 * Whether the manifest leaves the name to the server: then every apply creates another object. Without a
 * `generateName` the server refuses, and says which field is missing.
 */
export function isUnnamed({ object }: ApplyTarget): boolean {
  return object.name === '';
}

/** The object as the server has it; null when it has none. */
export async function readLive(
  session: Session,
  target: ApplyTarget,
  signal: AbortSignal | undefined,
): Promise<KubeObject | null> {
  if (isUnnamed(target)) return null;
  const path = resourcePath(target.resource, target.namespace, target.object.name);
  try {
    return await session.request<KubeObject>(path, signal === undefined ? {} : { signal });
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'notFound') return null;
    throw error;
  }
}

/** Server-side apply of one object: a PATCH with its JSON as it is; a POST where the server chooses the name. */
export async function applyObject(
  session: Session,
  target: ApplyTarget,
  request: ApplyRequest,
): Promise<KubeObject> {
  const { object, resource, namespace } = target;
  const unnamed = isUnnamed(target);
  const body = bodyOf(target, request.precondition ?? {});
  try {
    return await session.request<KubeObject>(
      resourcePath(resource, namespace, unnamed ? null : object.name),
      {
        method: unnamed ? 'POST' : 'PATCH',
        contentType: unnamed ? 'application/json' : 'application/apply-patch+yaml',
        body,
        query: {
          fieldManager,
          fieldValidation: 'Strict',
          dryRun: request.dryRun ? 'All' : undefined,
          force: request.force && !unnamed ? true : undefined,
        },
        ...(request.signal !== undefined && { signal: request.signal }),
        ...(request.onWarning !== undefined && { onWarning: request.onWarning }),
      },
    );
  } catch (error) {
    throw error instanceof ClusterError ? withIndexedPaths(error, body) : error;
  }
}

function bodyOf({ object, namespace }: ApplyTarget, precondition: Fields): Fields {
  // What a person exported with `kubectl get -o yaml` has these; apply refuses the first and ignores the rest.
  const {
    managedFields: _fields,
    resourceVersion: _version,
    uid: _uid,
    ...metadata
  } = fieldsIn(object.value, 'metadata');
  const place = namespace === null ? {} : { namespace };
  return { ...object.value, metadata: { ...metadata, ...place, ...precondition } };
}

function withIndexedPaths(error: ClusterError, body: Fields): ClusterError {
  if (error.details.length === 0) return error;
  const details = error.details.map((cause) => ({ ...cause, field: indexedPath(cause.field, body) }));
  const { code, explanation, status, context, retryable, retryAfterMs } = error;
  return new ClusterError(code, explanation, {
    status,
    context,
    details,
    retryable,
    retryAfterMs,
    cause: error,
  });
}
