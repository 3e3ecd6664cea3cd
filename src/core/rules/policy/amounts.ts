import { milli } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';

/** The amount as the double that the server divides. */
export function ratioOf(quantity: Quantity): number {
  return Number(milli(quantity));
}
