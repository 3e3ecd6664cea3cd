/** Amounts of resources as people say them: cores as plain numbers, bytes in GiB. */
import type { Quantity } from '../quantity.ts';

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;
const nano = 1_000_000_000n;

function isBytes(resource: string): boolean {
  return resource === 'memory' || resource.endsWith('storage') || resource.startsWith('hugepages-');
}

/** How many times 1024 bytes the unit of an amount is taken. */
function unitOf(resource: string, amount: Quantity): number {
  if (!isBytes(resource)) return 0;
  let unit = 0;
  while (unit + 1 < byteUnits.length && amount.nano >= nano << BigInt(10 * (unit + 1))) unit++;
  return unit;
}

/** Two digits that count, one of what is little, and never 0 for what is more: `0.13`, `3.2`, `31`, `0.004`, `<0.001`. */
function numberText(amount: Quantity, unit: number): string {
  const value = Number(amount.nano) / Number(nano) / 1024 ** unit;
  if (value === 0) return '0';
  if (value < 0.001) return '<0.001';
  // What would round up to ten has the digits of ten.
  const digits = value < 0.0095 ? 3 : value < 0.995 ? 2 : value < 9.95 ? 1 : 0;
  return String(Number(value.toFixed(digits)));
}

function withUnit(resource: string, text: string, unit: number): string {
  return isBytes(resource) && text !== '0' ? `${text} ${byteUnits[unit] ?? ''}` : text;
}

/** `0.12`; of memory `310 MiB`. */
export function amountText(resource: string, amount: Quantity): string {
  const unit = unitOf(resource, amount);
  return withUnit(resource, numberText(amount, unit), unit);
}

/** A part and the whole of it in the same unit, which stands once: `3.2` of `8`, `12` of `31 GiB`. */
export function shareText(resource: string, part: Quantity, whole: Quantity): readonly [string, string] {
  if (whole.nano <= 0n) return [amountText(resource, part), '0'];
  const unit = unitOf(resource, whole);
  return [numberText(part, unit), withUnit(resource, numberText(whole, unit), unit)];
}
