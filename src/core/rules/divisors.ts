import { message } from '../finding.ts';
import type { Quantity } from '../quantity.ts';
import type { Field } from '../schema/field.ts';
import type { ReportOptions, Visit } from './rule.ts';
import { listOf } from './values.ts';

const cpuDivisors = ['1m', '1'];
const byteDivisors = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const ONE = 10n ** 9n;
const MILLI = 10n ** 6n;
const powers = [1n, 2n, 3n, 4n, 5n, 6n];
const decimal = new Set(powers.map((power) => ONE * 1000n ** power));
const binary = new Set(powers.map((power) => ONE * 1024n ** power));

/** The divisor of a `resourceFieldRef`: one unit. The server compares amounts as it prints them, 1000 as 1k. */
export function checkDivisor(divisor: Field, resource: string, visit: Visit, options?: ReportOptions): void {
  const quantity = divisor.quantity();
  if (quantity === null || quantity.nano === 0n) return;
  const ofCpu = resource.endsWith('.cpu');
  if (quantity.nano === ONE || (ofCpu ? quantity.nano === MILLI : isUnitOfBytes(quantity))) return;
  visit.report(
    divisor,
    message('The divisor must be {0}', listOf(ofCpu ? cpuDivisors : byteDivisors)),
    options,
  );
}

/** 1024 is no unit: what is not written with a binary suffix is printed without one. */
function isUnitOfBytes({ nano, format }: Quantity): boolean {
  return (format === 'decimal' && decimal.has(nano)) || (format === 'binary' && binary.has(nano));
}
