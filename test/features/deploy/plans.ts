import { ClusterError, type FieldCause } from '../../../src/cluster/errors.ts';
import type { ObjectPlan } from '../../../src/cluster/index.ts';
import { message } from '../../../src/core/index.ts';
import type { ManifestObject } from '../../../src/core/protocol.ts';

export function manifestObject(changes: Partial<ManifestObject> = {}): ManifestObject {
  return {
    document: 0,
    path: '',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    namespace: null,
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    value: {},
    replicas: null,
    ...changes,
  };
}

export function plan(changes: Partial<ObjectPlan> = {}): ObjectPlan {
  return {
    object: manifestObject(),
    namespace: 'shop',
    action: 'update',
    live: {},
    result: {},
    changes: 2,
    warnings: [],
    error: null,
    unverified: false,
    uid: 'd1',
    resourceVersion: '7',
    ...changes,
  };
}

export function refusal(code: 'invalid' | 'conflict', ...details: readonly FieldCause[]): ClusterError {
  return new ClusterError(code, message('dev refuses Deployment web: {0}.', code), { details });
}

/** A conflict over a field as the server words it. */
export function owned(field: string, manager: string): FieldCause {
  return { field, message: `conflict with "${manager}" using apps/v1`, reason: 'FieldManagerConflict' };
}
