import type { Field } from '../../schema/field.ts';

/** Whether a mapping is one, or nothing: what a template fills in may have any key. */
export function isKnownMap(field: Field): boolean {
  return !field.written || field.node?.type === 'mapping';
}
