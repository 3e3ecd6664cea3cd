/** Texts of quantities, most of them valid, many of them at the edge of something. */
import type { Random } from '../random.ts';

const decimal = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const exponents = ['e0', 'e3', 'E3', 'e-3', 'e-9', 'e1', 'E-2', 'e+6', 'e18', 'e-12'];
const wrong = ['K', 'mi', 'KB', ' ', 'e', 'Eim', 'b'];
const edges = [
  '0',
  '1',
  '999',
  '1000',
  '1023',
  '1024',
  '1025',
  '1048576',
  '2147483647',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '1000000000',
];

function digits(random: Random, most: number): string {
  return Array.from({ length: 1 + random.below(most) }, () => random.pick([...'0123456789'])).join('');
}

function numberOf(random: Random): string {
  const whole = random.next() < 0.4 ? random.pick(edges) : digits(random, random.pick([2, 4, 10, 20]));
  const fraction = random.next() < 0.35 ? `.${random.pick(['', '5', '001', digits(random, 12)])}` : '';
  return whole + fraction;
}

export function textOf(random: Random): string {
  const sign = random.pick(['', '', '', '', '', '', '-', '-', '+']);
  const kind = random.next();
  const units = kind < 0.45 ? decimal : kind < 0.75 ? binary : kind < 0.94 ? exponents : wrong;
  return sign + numberOf(random) + random.pick(units);
}

/** The second is often the same amount as the first said otherwise, or next to it. */
export function pairOf(random: Random): readonly [string, string] {
  const text = textOf(random);
  const plain = /^[+-]?\d+$/.exec(text)?.[0];
  if (plain !== undefined && random.next() < 0.7) {
    return [text, random.pick([`${plain}000m`, `${plain}.000000001`, `${plain}e0`, `${plain}.0Ki`])];
  }
  const larger = /^([+-]?\d+)(Mi|Gi|k|M|G)$/.exec(text);
  if (larger !== null && random.next() < 0.7) {
    const [, number = '', unit = ''] = larger;
    const smaller = { Mi: 'Ki', Gi: 'Mi', k: '', M: 'k', G: 'M' }[unit] ?? '';
    return [text, `${BigInt(number) * (unit.endsWith('i') ? 1024n : 1000n)}${smaller}`];
  }
  return [text, textOf(random)];
}
