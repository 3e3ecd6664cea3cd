import type { Field } from '../../schema/field.ts';
import { isPlaceholder } from '../../manifest/templates.ts';

/** Whether part of what is written in a place is filled in later. */
export function hasPlaceholders(field: Field): boolean {
  const { node } = field;
  if (node === null) return false;
  if (node.type === 'scalar') return isPlaceholder(node.source);
  const parts = node.type === 'sequence' ? field.items() : field.entries();
  return parts.some((part) => isPlaceholder(part.key) || hasPlaceholders(part));
}
