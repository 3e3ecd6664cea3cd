import type { ObjectNode } from '../manifest/objects.ts';
import { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { ObjectType, Type } from '../schema/type.ts';

/** An object with its schema: its own, or that of the kind it was probably meant to be. */
export function objectField({ node, apiVersion, kind, path }: ObjectNode, schema: Schema): Field {
  const type = schema.typeOf(apiVersion, kind) ?? meant(apiVersion, kind, schema) ?? stranger(schema);
  return Field.root(node, type, path);
}

/**
 * `deployment` in `apps/v1`, or a Deployment in `v1`: that is a mistake of its own, and the rest of the object is
 * checked all the same. A group with a dot that is not Kubernetes' belongs to somebody else, who may call something
 * different by the same name.
 */
function meant(apiVersion: string, kind: string, schema: Schema): ObjectType | null {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group.includes('.') && !group.endsWith('.k8s.io')) return null;
  const named = schema.kindNamed(kind);
  const version = named?.versions.find((one) => one === apiVersion) ?? named?.versions[0];
  return named === null || version === undefined ? null : schema.typeOf(version, named.kind);
}

/** What every object has, whatever its kind. */
function stranger(schema: Schema): ObjectType {
  const text: Type = { kind: 'string' };
  const fields = new Map<string, Type>([
    ['apiVersion', text],
    ['kind', text],
    ['metadata', schema.type('meta/v1.ObjectMeta')],
  ]);
  return { kind: 'object', name: '', fields, required: new Set(), open: true };
}
