import type { MappingNode } from '../manifest/nodes.ts';
import type { ObjectNode } from '../manifest/objects.ts';
import { Field } from '../schema/field.ts';
import type { Schema } from '../schema/schema.ts';
import type { ObjectType, Type } from '../schema/type.ts';

/**
 * An object with its schema: its own, also where the Kubernetes version in question no longer has such objects, or that
 * of the kind it was probably meant to be.
 */
export function objectField({ node, apiVersion, kind, path }: ObjectNode, schema: Schema): Field {
  const type =
    schema.storedType(apiVersion, kind) ?? meant(apiVersion, kind, node, schema) ?? stranger(schema);
  return Field.root(node, type, path);
}

/**
 * `deployment` in `apps/v1`, or a Deployment in `v1`: that is a mistake of its own, and the rest of the object is
 * checked all the same. A group with a dot that is not Kubernetes' belongs to somebody else, who may call something
 * different by the same name. So does a file that says `kind` and has neither an API version nor metadata.
 */
function meant(apiVersion: string, kind: string, node: MappingNode, schema: Schema): ObjectType | null {
  if (apiVersion === '' && node.entry('metadata') === null) return null;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (group.includes('.') && !group.endsWith('.k8s.io')) return null;
  const named = schema.kindNamed(kind);
  const version = named?.versions.find((one) => one === apiVersion) ?? named?.versions[0];
  return named === null || version === undefined ? null : schema.typeOf(version, named.kind);
}

/** What every object has, whatever its kind. Nobody knows whether it is a cluster that reads it: it may have more. */
function stranger(schema: Schema): ObjectType {
  const text: Type = { kind: 'string' };
  const fields = new Map<string, Type>([
    ['apiVersion', text],
    ['kind', text],
    ['metadata', { ...schema.type('meta/v1.ObjectMeta'), open: true }],
  ]);
  return { kind: 'object', name: '', fields, required: new Set(), open: true };
}
