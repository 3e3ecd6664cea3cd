/**
 * How the API server's YAML reader types a plain scalar. It follows YAML 1.1 in part: `yes` and `on` are
 * booleans and `0644` is octal, yet `12:30` and dates stay strings.
 */
const words = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w) => [w, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (w) => [w, false] as const,
  ),
]);

const LONGEST_WORD = 5;
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Value of a scalar without quotes or tag. Infinity and NaN cannot be sent as JSON and stay text here. */
export function readPlain(source: string): string | number | boolean | null {
  if (source.length <= LONGEST_WORD) {
    const word = words.get(source);
    if (word !== undefined) return word;
  }
  const first = source.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  return numeric ? (readNumber(source) ?? source) : source;
}

const unsendable = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Infinity and what is no number: YAML has words for them and JSON has none, so the server refuses the text. */
export function isUnsendable(source: string): boolean {
  return unsendable.test(source);
}

/** Number a plain scalar stands for, or null when it stands for none. */
function readNumber(source: string): number | null {
  // Behind a leading dot the server's reader takes underscores between digits only, elsewhere anywhere.
  if (source.startsWith('.') && /(?<!\d)_|_(?!\d)/.test(source)) return null;
  const digits = source.replaceAll('_', '');
  const exact = readInteger(digits);
  if (exact !== null) return Number(exact);
  if (!float.test(digits)) return null;
  const value = Number(digits);
  return Number.isFinite(value) ? value : null;
}

/** Exact integer a plain scalar stands for (`0x10`, `0644`, `64_000`), or null when it is none of up to 64 bits. */
export function readInteger(source: string): bigint | null {
  const match = integer.exec(source.replaceAll('_', ''));
  if (match === null) return null;
  const [, sign, hex, binary, octal, decimal] = match;
  const magnitude = BigInt(
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : (decimal ?? '0'),
  );
  const value = sign === '-' ? -magnitude : magnitude;
  return value < -(2n ** 63n) || value >= 2n ** 64n ? null : value;
}
