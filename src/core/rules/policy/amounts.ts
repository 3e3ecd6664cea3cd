import type { Quantity } from '../../quantity.ts';

const MICRO = 1_000_000n;

/** Thousandths, rounded away from zero, as the server keeps amounts of resources. */
export function milli({ nano }: Quantity): bigint {
  return nano < 0n ? -((-nano + MICRO - 1n) / MICRO) : (nano + MICRO - 1n) / MICRO;
}

/** The amount as the double that the server divides. */
export function ratioOf(quantity: Quantity): number {
  return Number(milli(quantity));
}
