import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';

/** The field, not written yet, that an unknown key of an object is most likely a slip of; null where none is near. */
export function meantField(parent: Field, key: string): string | null {
  const { type } = parent;
  if (type?.kind !== 'object') return null;
  return nearestWord(
    key,
    [...type.fields.keys()].filter((name) => !parent.get(name).written),
  );
}
