/** Which family of units a quantity was written in; it decides how it is printed. */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** An amount, exact to a billionth, as the API server understands it. */
export interface Quantity {
  /** Billionths: `1` is 1_000_000_000n, `250m` is 250_000_000n. */
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

/** Why a text is no quantity: nothing written, not a number, a unit that does not exist, an absurd exponent. */
export type QuantityProblem = 'empty' | 'number' | 'unit' | 'range';

export type QuantityReading =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly problem: QuantityProblem };

const NANO = 1_000_000_000n;
const MILLI = 1_000_000n;
/** Binary quantities stop here, at 2^63 − 1, on parsing; decimal ones do not. */
const CAP = (2n ** 63n - 1n) * NANO;
/** Exponents beyond this make numbers of more digits than any amount has; the server's answer to them is arbitrary. */
const GREATEST_EXPONENT = 1000;

const decimalExponents: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const binaryExponents: ReadonlyMap<string, bigint> = new Map([
  ['Ki', 10n],
  ['Mi', 20n],
  ['Gi', 30n],
  ['Ti', 40n],
  ['Pi', 50n],
  ['Ei', 60n],
]);

const shape = /^([+-]?)(\d*)(?:\.(\d*))?([^\d.].*)?$/s;

/** White space that JSON writes as an escape: the server trims the text of the JSON, and sees no space there. */
const escaped = /[\t\n\v\f\r\u2028\u2029\uFEFF]/;

/**
 * Reads a quantity as the API server does, spaces around it included: it takes `m` and `.` for zero and
 * `5.` for 5, rounds what is finer than a billionth away from zero, and caps binary amounts at ±(2^63 − 1).
 */
export function parseQuantity(text: string): QuantityReading {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'empty' };
  if (trimmed.length < text.length && escaped.test(text)) return { ok: false, problem: 'number' };
  const match = shape.exec(trimmed);
  if (match === null) return { ok: false, problem: 'number' };
  const [, sign = '', whole = '', fraction = '', unit = ''] = match;
  const digits = whole + fraction;
  const negative = sign === '-';
  const bits = binaryExponents.get(unit);
  if (bits !== undefined) {
    // The server's reader has a short cut for units below Pi that takes no digits for zero.
    if (digits === '' && bits >= 50n) return { ok: false, problem: 'number' };
    const scaled = roundUp(BigInt(digits || '0') * (NANO << bits), power(fraction.length));
    return found(scaled < CAP ? scaled : CAP, negative, 'binary');
  }
  const exponent = decimalExponent(unit);
  if (exponent === null) {
    return { ok: false, problem: digits !== '' && /^\s*[A-Za-zµ]/.test(unit) ? 'unit' : 'number' };
  }
  // Below a billionth the server's short cut for no digits does not reach either.
  if (digits === '' && exponent.value < -9) return { ok: false, problem: 'number' };
  const mantissa = BigInt(digits || '0');
  const scale = exponent.value + 9 - fraction.length;
  if (Math.abs(exponent.value) > GREATEST_EXPONENT && mantissa !== 0n) {
    if (exponent.value > 0) return { ok: false, problem: 'range' };
    return found(1n, negative, 'exponent');
  }
  const nano = mantissa === 0n ? 0n : scale >= 0 ? mantissa * power(scale) : roundUp(mantissa, power(-scale));
  return found(nano, negative, exponent.format);
}

function found(magnitude: bigint, negative: boolean, format: QuantityFormat): QuantityReading {
  return { ok: true, quantity: { nano: negative ? -magnitude : magnitude, format } };
}

function decimalExponent(unit: string): { value: number; format: QuantityFormat } | null {
  const value = decimalExponents.get(unit);
  if (value !== undefined) return { value, format: 'decimal' };
  if (!/^[eE][+-]?\d+$/.test(unit)) return null;
  return { value: Number(unit.slice(1)), format: 'exponent' };
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function roundUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}

/** Below zero when `a` is less than `b`, zero when they are the same amount, above zero when it is more. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano - b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** Thousandths, rounded away from zero: the server keeps amounts of resources so, and counts CPU in them. */
export function milli({ nano }: Quantity): bigint {
  return awayFromZero(nano, MILLI);
}

/** Whole units, rounded away from zero: the server counts bytes and pieces in them. */
export function whole({ nano }: Quantity): bigint {
  return awayFromZero(nano, NANO);
}

function awayFromZero(dividend: bigint, divisor: bigint): bigint {
  return dividend < 0n ? -roundUp(-dividend, divisor) : roundUp(dividend, divisor);
}

export const zeroQuantity: Quantity = { nano: 0n, format: 'decimal' };

/** Whether the amount is a whole number: bytes and counts have to be. */
export function isWhole({ nano }: Quantity): boolean {
  return nano % NANO === 0n;
}

const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const decimalUnits = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/**
 * The amount as people write it, rounded to two decimals: `250m`, `1.5Gi`, `1.21Gi`. Binary amounts below one
 * byte and decimal amounts take decimal units; a plain amount of 1 to 999 has none.
 */
export function formatQuantity({ nano, format }: Quantity): string {
  const negative = nano < 0n;
  const magnitude = negative ? -nano : nano;
  const text = format === 'binary' && magnitude >= NANO ? formatBinary(magnitude) : formatDecimal(magnitude);
  return negative ? `-${text}` : text;
}

function formatBinary(magnitude: bigint): string {
  let unit = 0;
  while (unit + 1 < binaryUnits.length && magnitude >= NANO << BigInt(10 * (unit + 1))) unit++;
  const text = hundredths(magnitude, NANO << BigInt(10 * unit));
  // Rounding may reach the next unit: 1023.999Ki is 1Mi.
  const carried = text === '1024' && unit + 1 < binaryUnits.length;
  return carried ? `1${binaryUnits[unit + 1] ?? ''}` : text + (binaryUnits[unit] ?? '');
}

function formatDecimal(magnitude: bigint): string {
  if (magnitude === 0n) return '0';
  let unit = 0;
  while (unit + 1 < decimalUnits.length && magnitude >= power(3 * (unit + 1))) unit++;
  // Cores are written 1.5 and 2500m never 2.5k: from 1 to 9999 there is no unit.
  if (unit === 4 && magnitude < 10n * power(12)) unit = 3;
  const text = hundredths(magnitude, power(3 * unit));
  const carried = text === '1000' && unit < 3;
  return carried ? `1${decimalUnits[unit + 1] ?? ''}` : text + (decimalUnits[unit] ?? '');
}

function hundredths(magnitude: bigint, unit: bigint): string {
  const rounded = (magnitude * 200n + unit) / (2n * unit);
  const fraction = String(rounded % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(rounded / 100n) : `${rounded / 100n}.${fraction}`;
}

/**
 * The amount as the API server prints what it has computed: exact, in the largest unit that leaves a whole number;
 * binary amounts below 1024, or with a fraction, in decimal units. A text nearly in this form it leaves as it was
 * typed. From 1000E on decimal amounts keep the unit E, where the server's own printer drops it.
 */
export function canonicalQuantity(quantity: Quantity): string {
  const { nano, format } = quantity;
  if (nano === 0n) return '0';
  const magnitude = nano < 0n ? -nano : nano;
  const isBinary = format === 'binary' && magnitude >= 1024n * NANO && isWhole(quantity);
  const text = isBinary ? canonicalBinary(magnitude / NANO) : canonicalDecimal(magnitude, format);
  return nano < 0n ? `-${text}` : text;
}

function canonicalBinary(amount: bigint): string {
  let unit = 0;
  for (; amount % 1024n === 0n && unit + 1 < binaryUnits.length; unit++) amount /= 1024n;
  return `${amount}${binaryUnits[unit] ?? ''}`;
}

function canonicalDecimal(amount: bigint, format: QuantityFormat): string {
  let unit = 0;
  for (; amount % 1000n === 0n && (format === 'exponent' || unit + 1 < decimalUnits.length); unit++)
    amount /= 1000n;
  if (format !== 'exponent') return `${amount}${decimalUnits[unit] ?? ''}`;
  const exponent = 3 * unit - 9;
  return exponent === 0 ? String(amount) : `${amount}e${exponent}`;
}

const typo = /^([+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+))\s*([A-Za-zµ]*)$/;
/** What people write for a unit, in lower case and without a trailing b, byte or bytes, and what they may mean. */
const meanings: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['']],
  ['k', ['Ki', 'k']],
  ['m', ['Mi', 'M']],
  ['g', ['Gi', 'G']],
  ['t', ['Ti', 'T']],
  ['p', ['Pi', 'P']],
  ['ki', ['Ki']],
  ['mi', ['Mi']],
  ['gi', ['Gi']],
  ['ti', ['Ti']],
  ['pi', ['Pi']],
  ['ei', ['Ei']],
  ['kilo', ['Ki', 'k']],
  ['mega', ['Mi', 'M']],
  ['giga', ['Gi', 'G']],
  ['µ', ['u']],
  ['core', ['']],
  ['cores', ['']],
  ['cpu', ['']],
  ['cpus', ['']],
  ['mcpu', ['m']],
  ['millicpu', ['m']],
  ['millicore', ['m']],
  ['millicores', ['m']],
]);

/**
 * Valid quantities a person may have meant by an invalid text, the likeliest first; one alone is certain.
 * `1 Gi` → `1Gi`; `500Mb` → `500Mi` or `500M`: which of the two nobody else can know.
 */
export function suggestQuantities(text: string): readonly string[] {
  const match = typo.exec(text.trim());
  if (match === null) return [];
  const [, written = '', unit = ''] = match;
  // `1,000` may be a thousand or one: no guess.
  if (/,\d{3}$/.test(written)) return [];
  const number = written.replace(',', '.');
  return unitsMeant(unit)
    .map((meant) => number + meant)
    .filter((suggestion) => parseQuantity(suggestion).ok);
}

function unitsMeant(unit: string): readonly string[] {
  if (decimalExponents.has(unit) || binaryExponents.has(unit)) return [unit];
  const lower = unit.toLowerCase();
  const exact = meanings.get(lower);
  if (exact !== undefined) return exact;
  return meanings.get(lower.replace(/(?:bytes|byte|bits|bit|b)$/, '')) ?? [];
}
