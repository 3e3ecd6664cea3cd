/** Sums, comparisons and roundings against the API server's own code, and against fractions of whole numbers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  milli,
  parseQuantity,
  subtractQuantities,
  whole,
} from '../../../src/core/quantity.ts';
import type { Quantity } from '../../../src/core/quantity.ts';
import { Random } from '../random.ts';
import { pairOf, textOf } from './texts.ts';

function read(text: string): Quantity | null {
  const reading = parseQuantity(text);
  return reading.ok ? reading.quantity : null;
}

/** What `resource.Quantity` of k8s.io/apimachinery 0.36.3 says; null: refused, or beyond Go's numbers. */
interface Row {
  readonly text: string;
  readonly other: string;
  readonly nano: string | null;
  readonly canonical: string | null;
  readonly milli: string | null;
  readonly whole: string | null;
  readonly compare: number | null;
  readonly sum: string | null;
  readonly difference: string | null;
}

test('the API server and we say the same of 2,500 pairs', () => {
  const file = new URL('../../fixtures/reference/quantity-arithmetic.json', import.meta.url);
  const rows = JSON.parse(readFileSync(file, 'utf8')) as readonly Row[];
  const told = (name: keyof Row): number => rows.filter((row) => row[name] !== null).length;
  assert.ok(rows.length >= 2000 && told('sum') > 1000 && told('milli') > 1000, 'a table worth its name');
  for (const row of rows) {
    const [a, b] = [read(row.text), read(row.other)];
    const told = (name: keyof Row, ours: (a: Quantity, b: Quantity) => unknown): void => {
      if (row[name] === null || a === null || b === null) return;
      assert.equal(ours(a, b), row[name], `${name} of ${row.text} and ${row.other}`);
    };
    assert.equal(a === null ? null : String(a.nano), row.nano, row.text);
    if (a !== null) assert.equal(b === null, row.compare === null, row.other);
    told('canonical', canonicalQuantity);
    told('milli', (one) => String(milli(one)));
    told('whole', (one) => String(whole(one)));
    told('compare', compareQuantities);
    told('sum', (one, other) => canonicalQuantity(addQuantities(one, other)));
    told('difference', (one, other) => canonicalQuantity(subtractQuantities(one, other)));
  }
});

/** An exact fraction, reduced to nothing: 1.5Ki is 15360 / 10. */
interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** By another road than the product's: units are multiplied out one step at a time, nothing is rounded or capped. */
function fractionOf(text: string): Fraction | null {
  const match = /^([+-]?)([0-9]+)(?:\.([0-9]*))?(.*)$/.exec(text.replace(/ +$/, ''));
  if (match === null) return null;
  const [, sign = '', before = '', after = '', unit = ''] = match;
  let numerator = BigInt(sign + before + after);
  let denominator = 1n;
  for (let i = 0; i < after.length; i++) denominator *= 10n;
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(unit);
  const steps =
    exponent === null
      ? 3 * ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(unit) - 9
      : Number(exponent[1]);
  const kibis = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(unit) + 1;
  if (kibis === 0 && exponent === null && steps < -9) return null;
  for (let i = 0; i < kibis; i++) numerator *= 1024n;
  if (kibis > 0) return { numerator, denominator };
  for (let i = 0; i < steps; i++) numerator *= 10n;
  for (let i = 0; i > steps; i--) denominator *= 10n;
  return { numerator, denominator };
}

/** Whether a count of units of 1/`scale` is the fraction, rounded away from zero. */
function isRounded(count: bigint, { numerator, denominator }: Fraction, scale: bigint): boolean {
  const [exact, least] = [numerator * scale, count * denominator];
  const distance = exact < 0n ? exact - least : least - exact;
  return distance >= 0n && distance < denominator;
}

describe('arithmetic', () => {
  const NANO = 1_000_000_000n;
  const most = 2n ** 63n - 1n;

  /** Random quantities that no rounding or capping on parsing changes. */
  function exactPairs(
    seed: number,
    count: number,
  ): readonly (readonly [Quantity, Fraction, Quantity, Fraction])[] {
    const random = new Random(seed);
    const pairs: [Quantity, Fraction, Quantity, Fraction][] = [];
    while (pairs.length < count) {
      const sides = pairOf(random).map((text) => ({ quantity: read(text), fraction: fractionOf(text) }));
      const known = sides.flatMap(({ quantity, fraction }) => {
        if (quantity === null || fraction === null) return [];
        const isExact = quantity.nano * fraction.denominator === fraction.numerator * NANO;
        return isExact ? [{ quantity, fraction }] : [];
      });
      const [a, b] = known;
      if (a !== undefined && b !== undefined) pairs.push([a.quantity, a.fraction, b.quantity, b.fraction]);
    }
    return pairs;
  }

  test('reads what a fraction of whole numbers says, rounded to billionths and, of bytes, capped', () => {
    const random = new Random(3);
    for (let i = 0; i < 20_000; i++) {
      const text = textOf(random);
      const [quantity, fraction] = [read(text), fractionOf(text)];
      assert.equal(quantity === null, fraction === null, text);
      if (quantity === null || fraction === null) continue;
      const isCapped = quantity.format === 'binary' && [most * NANO, -most * NANO].includes(quantity.nano);
      if (isCapped) {
        const { numerator, denominator } = fraction;
        assert.ok((numerator < 0n ? -numerator : numerator) >= most * denominator, text);
      } else assert.ok(isRounded(quantity.nano, fraction, NANO), text);
    }
  });

  test('adds, subtracts and compares exactly', () => {
    for (const [a, x, b, y] of exactPairs(5, 20_000)) {
      const denominator = x.denominator * y.denominator;
      const [left, right] = [x.numerator * y.denominator, y.numerator * x.denominator];
      const [sum, difference] = [addQuantities(a, b), subtractQuantities(a, b)];
      assert.equal(sum.nano * denominator, (left + right) * NANO);
      assert.equal(difference.nano * denominator, (left - right) * NANO);
      assert.equal(Math.sign(compareQuantities(a, b)), left < right ? -1 : left > right ? 1 : 0);
      assert.equal(Math.sign(compareQuantities(a, b)), Math.sign(Number(difference.nano)));
      assert.equal(compareQuantities(addQuantities(difference, b), a), 0);
      assert.equal(compareQuantities(sum, addQuantities(b, a)), 0);
    }
  });

  test('rounds to thousandths and whole units away from zero', () => {
    for (const [a, x] of exactPairs(9, 20_000)) {
      assert.ok(isRounded(milli(a), x, 1000n));
      assert.ok(isRounded(whole(a), x, 1n));
    }
  });

  test('prints a canonical form that says the same, in one way only', () => {
    for (const [a, , b] of exactPairs(11, 20_000)) {
      const text = canonicalQuantity(a);
      const again = read(text);
      assert.ok(again, text);
      assert.equal(again.nano, a.nano, text);
      assert.equal(canonicalQuantity(again), text);
      if (a.format === b.format) assert.equal(text === canonicalQuantity(b), a.nano === b.nano, text);
    }
  });
});
