/** What rules about requests and limits share. */
import { isPlaceholder } from '../../manifest/templates.ts';
import { zeroQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';

const MILLI = 1_000_000n;
const NANO = 1_000_000_000n;

/** An amount of a resource as Go decodes it: null is 0. Null where there is none, or it cannot be known. */
export function goQuantity(field: Field): Quantity | null {
  return field.written || field.node === null ? field.quantity() : zeroQuantity;
}

/** Thousandths: the server rounds every amount of a resource up to them before it looks. */
export function milli({ nano }: Quantity): bigint {
  return nano >= 0n ? (nano + MILLI - 1n) / MILLI : nano / MILLI;
}

/** Whole units, rounded up. */
export function whole({ nano }: Quantity): bigint {
  return nano >= 0n ? (nano + NANO - 1n) / NANO : nano / NANO;
}

/** What is written under a list of amounts, but for keys that a template has yet to fill in. */
export function amountsOf(list: Field): readonly Field[] {
  const entries = list.entries();
  return entries.some(({ key }) => isPlaceholder(key))
    ? entries.filter(({ key }) => !isPlaceholder(key))
    : entries;
}
