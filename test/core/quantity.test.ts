import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareQuantities, formatQuantity, parseQuantity, suggestQuantities } from '../../src/core/index.ts';
import { Random } from './random.ts';

const NANO = 1_000_000_000n;

function nano(text: string): bigint | string {
  const reading = parseQuantity(text);
  return reading.ok ? reading.quantity.nano : reading.problem;
}

/**
 * The API server's grammar once more, by another road: one character after the other into a fraction of two
 * whole numbers. Null: refused.
 */
function model(text: string): bigint | null {
  const chars = [...text.replace(/^\s+|\s+$/g, '')];
  if (chars.length === 0) return null;
  let negative = false;
  if (chars[0] === '+' || chars[0] === '-') negative = chars.shift() === '-';
  let numerator = 0n;
  let denominator = 1n;
  let digits = 0;
  let dot = false;
  while (chars[0] !== undefined && /[0-9.]/.test(chars[0])) {
    const char = chars.shift() ?? '';
    if (char === '.') {
      if (dot) return null;
      dot = true;
      continue;
    }
    digits++;
    numerator = numerator * 10n + BigInt(char);
    if (dot) denominator *= 10n;
  }
  const unit = chars.join('');
  let binary = false;
  const thousands = ['', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(unit);
  const kibis = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(unit);
  const thousandths = ['', 'm', 'u', 'n'].indexOf(unit);
  if (thousands >= 0) for (let i = 0; i < thousands; i++) numerator *= 1000n;
  else if (kibis >= 0) {
    if (digits === 0 && kibis >= 5) return null;
    binary = true;
    for (let i = 0; i < kibis; i++) numerator *= 1024n;
  } else if (thousandths >= 0) for (let i = 0; i < thousandths; i++) denominator *= 1000n;
  else {
    const exponent = /^[eE]([+-]?)([0-9]+)$/.exec(unit);
    if (exponent === null) return null;
    if (digits === 0 && exponent[1] === '-' && Number(exponent[2]) > 9) return null;
    for (let i = 0; i < Number(exponent[2]); i++) {
      if (exponent[1] === '-') denominator *= 10n;
      else numerator *= 10n;
    }
  }
  let amount = (numerator * NANO) / denominator;
  if ((numerator * NANO) % denominator !== 0n) amount += 1n;
  const cap = ((1n << 63n) - 1n) * NANO;
  if (binary && amount > cap) amount = cap;
  return negative ? -amount : amount;
}

describe('parseQuantity', () => {
  test('reads every unit exactly', () => {
    const expected: Record<string, bigint> = {
      '1': NANO,
      '250m': 250_000_000n,
      '1n': 1n,
      '1u': 1000n,
      '1.5': 1_500_000_000n,
      '.5': 500_000_000n,
      '1k': 1000n * NANO,
      '1Ki': 1024n * NANO,
      '1.5Gi': 1_610_612_736n * NANO,
      '1E': 10n ** 18n * NANO,
      '1E3': 1000n * NANO,
      '1e-3': 1_000_000n,
      '12e+2': 1200n * NANO,
      '9007199254740993': 9_007_199_254_740_993n * NANO,
      '+1': NANO,
      '-1': -NANO,
      '007': 7n * NANO,
      ' 1Gi ': 1_073_741_824n * NANO,
    };
    for (const [text, amount] of Object.entries(expected)) assert.equal(nano(text), amount, text);
  });

  test('accepts what looks wrong and the API server takes', () => {
    for (const text of ['m', 'k', 'Gi', 'Ti', '.', '+', '-', 'e3', '0e99999'])
      assert.equal(nano(text), 0n, text);
    assert.equal(nano('5.'), 5n * NANO);
    assert.equal(nano('5.Gi'), 5n * 2n ** 30n * NANO);
  });

  test('refuses what the API server refuses, and says why', () => {
    for (const text of ['', ' ', '\n']) assert.equal(nano(text), 'empty', JSON.stringify(text));
    for (const text of ['1K', '1KB', '500MB', '500Mb', '1Gb', '100mi', '1gi', '1 Gi', '5 m', '1Kii']) {
      assert.equal(nano(text), 'unit', text);
    }
    // In JSON a tab is two characters: the server finds no white space to leave out.
    for (const text of [
      '1Gi\t',
      '\n1',
      'abc',
      'Pi',
      'Ei',
      '.Ei',
      '1.2.3',
      '1,5',
      '--1',
      '1-',
      '0x10',
      '1_000',
      '½',
      'NaN',
    ]) {
      const problem = nano(text);
      assert.ok(problem === 'number' || problem === 'unit', `${text}: ${String(problem)}`);
    }
    for (const text of ['1e', '1e+', '1E3m', '1e3.5']) assert.equal(typeof nano(text), 'string', text);
  });

  test('rounds what is finer than a billionth away from zero', () => {
    assert.equal(nano('0.1n'), 1n);
    assert.equal(nano('-0.1n'), -1n);
    assert.equal(nano('1.0000000001'), NANO + 1n);
    assert.equal(nano('1e-400'), 1n);
    assert.equal(nano('0.0000000001Ki'), 103n);
  });

  test('caps binary amounts only', () => {
    const cap = (2n ** 63n - 1n) * NANO;
    assert.equal(nano('8Ei'), cap);
    assert.equal(nano('-9000Ei'), -cap);
    assert.equal(nano('7Ei'), 7n * 2n ** 60n * NANO);
    assert.equal(nano('10E'), 10n ** 19n * NANO);
  });

  test('survives an absurd exponent', () => {
    assert.equal(nano('1e999999999'), 'range');
    assert.equal(nano('1e-999999999'), 1n);
    assert.equal(nano(`1e${'9'.repeat(400)}`), 'range');
  });

  test('agrees with an independent model on 40,000 texts', () => {
    const random = new Random(7);
    const pieces = [
      '',
      '+',
      '-',
      '0',
      '1',
      '9',
      '05',
      '123',
      '.',
      'e',
      'E',
      'm',
      'k',
      'K',
      'Mi',
      'i',
      'G',
      'n',
      'u',
      'Pi',
      'Ei',
      'E-3',
      'e12',
      ' ',
    ];
    let accepted = 0;
    for (let i = 0; i < 40_000; i++) {
      const length = 1 + random.below(4);
      let text = '';
      for (let j = 0; j < length; j++) text += random.pick(pieces);
      const got = nano(text);
      // Exponents that no amount has are refused before they cost memory; they have a test of their own.
      if (got === 'range' || /e-?\d{4}/i.test(text)) continue;
      const wanted = model(text);
      if (wanted === null) assert.equal(typeof got, 'string', JSON.stringify(text));
      else assert.equal(got, wanted, JSON.stringify(text));
      if (wanted !== null) accepted++;
    }
    assert.ok(accepted > 5000, `only ${accepted} texts were valid: the generator is of no use`);
  });
});

describe('compareQuantities', () => {
  test('orders by amount, not by text', () => {
    const texts = ['-1', '0', '1n', '0.5m', '1m', '999m', '1', '1k', '1Ki', '1M', '1Mi', '1E', '1Ei'];
    const quantities = texts.map((text) => {
      const reading = parseQuantity(text);
      assert.ok(reading.ok);
      return reading.quantity;
    });
    for (const [i, a] of quantities.entries()) {
      for (const [j, b] of quantities.entries())
        assert.equal(Math.sign(compareQuantities(a, b)), Math.sign(i - j));
    }
  });
});

describe('formatQuantity', () => {
  test('prints amounts as people write them', () => {
    const expected: Record<string, string> = {
      '0': '0',
      '0.25': '250m',
      '250m': '250m',
      '1': '1',
      '1.5': '1.5',
      '2500m': '2.5',
      '100u': '100u',
      '1500': '1500',
      '15000': '15k',
      '-250m': '-250m',
      '1536Mi': '1.5Gi',
      '512Mi': '512Mi',
      '1.21Gi': '1.21Gi',
      '1048575Ki': '1Gi',
      '500M': '500M',
      '128m': '128m',
      '999.999m': '1',
      '1023Ki': '1023Ki',
      '8Ei': '8Ei',
      '0.5Ki': '512',
    };
    for (const [text, printed] of Object.entries(expected)) {
      const reading = parseQuantity(text);
      assert.ok(reading.ok, text);
      assert.equal(formatQuantity(reading.quantity), printed, text);
    }
  });

  test('stays within half a hundredth of the amount, and can be read again', () => {
    const random = new Random(11);
    for (let i = 0; i < 5000; i++) {
      const text = `${random.below(5_000_000)}${random.pick(['', 'm', 'u', 'k', 'M', 'Ki', 'Mi', 'Gi', 'Ti'])}`;
      const reading = parseQuantity(text);
      assert.ok(reading.ok);
      const again = parseQuantity(formatQuantity(reading.quantity));
      assert.ok(again.ok, text);
      const difference = again.quantity.nano - reading.quantity.nano;
      const distance = difference < 0n ? -difference : difference;
      assert.ok(distance * 190n <= reading.quantity.nano, `${text} → ${formatQuantity(reading.quantity)}`);
    }
  });
});

describe('suggestQuantities', () => {
  const suggestions: Record<string, readonly string[]> = {
    '500Mb': ['500Mi', '500M'],
    '500MB': ['500Mi', '500M'],
    '1 Gi': ['1Gi'],
    '100mi': ['100Mi'],
    '1K': ['1Ki', '1k'],
    '1GiB': ['1Gi'],
    '1gb': ['1Gi', '1G'],
    '2 cores': ['2'],
    '250 mcpu': ['250m'],
    '0,5': ['0.5'],
    '1,5Gi': ['1.5Gi'],
    '100 bytes': ['100'],
    '5µ': ['5u'],
    // Nobody can tell: a thousand, or one.
    '1,000': [],
    '50%': [],
    lots: [],
    '': [],
  };
  for (const [text, expected] of Object.entries(suggestions)) {
    test(`${JSON.stringify(text)} → ${expected.join(' or ') || 'nothing'}`, () => {
      assert.deepEqual(suggestQuantities(text), expected);
    });
  }
});
