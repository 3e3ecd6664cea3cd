import { Field } from '../../schema/field.ts';
import type { ObjectType } from '../../schema/type.ts';

/** More than anybody would move by hand: the object is of another shape altogether. */
const MOST = 200;
const DEEPEST = 60;

/**
 * Paths where an object does not fit a type: fields the type does not have, and required ones that are not written. A
 * patch may leave them out, and has directives beside its fields (`$patch`).
 */
export function misfits(object: Field, type: ObjectType, patch: boolean): readonly string[] {
  const { node } = object;
  if (node?.type !== 'mapping') return [];
  const found: string[] = [];
  collect(Field.root(node, type, object.path), patch, found, 0);
  return found;
}

function collect(field: Field, patch: boolean, found: string[], depth: number): void {
  const { node, type } = field;
  if (node === null || type === null || depth > DEEPEST || found.length > MOST) return;
  if (type.kind === 'list') for (const item of field.items()) collect(item, patch, found, depth + 1);
  if (type.kind !== 'object' && type.kind !== 'map') return;
  for (const entry of field.entries()) {
    if (entry.type !== null) collect(entry, patch, found, depth + 1);
    else if (type.kind === 'object' && !type.open && !(patch && entry.key.startsWith('$'))) {
      found.push(entry.path);
    }
  }
  if (type.kind !== 'object' || patch || !field.written) return;
  for (const key of type.required) if (!field.get(key).written) found.push(field.get(key).path);
}
