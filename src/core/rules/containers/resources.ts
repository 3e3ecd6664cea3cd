/** What rules about requests and limits share. */
import { isPlaceholder } from '../../manifest/templates.ts';
import { zeroQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';

/** An amount of a resource as Go decodes it: null is 0. Null where there is none, or it cannot be known. */
export function goQuantity(field: Field): Quantity | null {
  return field.written || field.node === null ? field.quantity() : zeroQuantity;
}

/** What is written under a list of amounts, but for keys that a template has yet to fill in. */
export function amountsOf(list: Field): readonly Field[] {
  const entries = list.entries();
  return entries.some(({ key }) => isPlaceholder(key))
    ? entries.filter(({ key }) => !isPlaceholder(key))
    : entries;
}
