import { message } from '../../finding.ts';
import { formatQuantity } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import type { Field } from '../../schema/field.ts';
import type { Say } from './say.ts';

const NANO = 1_000_000_000n;
const MILLI = 1_000_000n;

/** An amount in the units people compare it in; null where it has only one way to be said. */
export function quantityText(field: Field, say: Say): string | null {
  const quantity = field.type?.kind === 'quantity' ? field.quantity() : null;
  if (quantity === null) return null;
  const written = field.writtenQuantity()?.text?.trim() ?? '';
  const resource = field.key;
  if (/(?:^|\.)cpu$/.test(resource)) return cpuText(written, quantity, say);
  if (isBytes(resource)) return bytesText(written, quantity, say);
  const plain = exact(quantity.nano);
  return plain === written ? null : `\`${written}\` = ${plain}`;
}

/** Resources and fields that are counted in bytes. */
function isBytes(name: string): boolean {
  return /(?:^|\.)(?:memory|storage|ephemeral-storage|sizeLimit)$|^hugepages-/.test(name);
}

function cpuText(written: string, { nano }: Quantity, say: Say): string {
  const same = [say(message('{0} CPU', exact(nano))), `${exact(nano * 1000n)}m`].filter(
    (text) => text !== written,
  );
  // What is finer is rounded up when an object is stored.
  const kept =
    nano % MILLI === 0n
      ? ''
      : `\n\n${say(message('Kept as {0}m: nothing finer is counted.', String(up(nano, MILLI))))}`;
  return `\`${written}\` = ${same.join(' = ')}${kept}`;
}

function bytesText(written: string, { nano }: Quantity, say: Say): string {
  const same = [say(message('{0} bytes', exact(nano)))];
  if (nano >= 1000n * NANO) {
    same.push(`${formatQuantity({ nano, format: 'decimal' }).replace(/([A-Za-z]?)$/, ' $1B')}`);
    same.push(`${formatQuantity({ nano, format: 'binary' }).replace(/([A-Za-z]*)$/, ' $1B')}`);
  }
  const bare = written.replace(/[A-Za-z]*$/, ' $&B');
  return `\`${written}\` = ${[...new Set(same)].filter((text) => text !== bare).join(' = ')}`;
}

/** Every digit of an amount, with its thousands apart. */
function exact(nano: bigint): string {
  const magnitude = nano < 0n ? -nano : nano;
  const whole = String(magnitude / NANO).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const fraction = String(magnitude % NANO)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return (nano < 0n ? '-' : '') + (fraction === '' ? whole : `${whole}.${fraction}`);
}

function up(value: bigint, unit: bigint): bigint {
  return (value + unit - 1n) / unit;
}
