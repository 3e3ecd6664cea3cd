import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../../src/core/index.ts';
import { readInteger, readPlain } from '../../../src/core/manifest/scalars.ts';

describe('readPlain reads YAML as the API server does', () => {
  const cases: readonly (readonly [string, string | number | boolean | null])[] = [
    ['0644', 420],
    ['0o644', 420],
    ['0x10', 16],
    ['0b11', 3],
    ['-0x10', -16],
    ['64_000', 64000],
    ['08', 8],
    ['080', 80],
    ['80.0', 80],
    ['1e3', 1000],
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['12:30', '12:30'],
    ['2024-01-02', '2024-01-02'],
    ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05Z'],
    ['1.2.3', '1.2.3'],
    ['.', '.'],
    ['-', '-'],
    ['', null],
    ['~', null],
    ['NULL', null],
    ['nul', 'nul'],
    ['.inf', '.inf'],
    ['NaN', 'NaN'],
    ['1e999', '1e999'],
    ['_1', '_1'],
    ...['y', 'Y', 'yes', 'On', 'TRUE', 'true'].map((word) => [word, true] as const),
    ...['n', 'No', 'OFF', 'false'].map((word) => [word, false] as const),
    ['yEs', 'yEs'],
    ['tRUE', 'tRUE'],
  ];
  for (const [source, value] of cases) {
    test(`${JSON.stringify(source)} is ${JSON.stringify(value)}`, () =>
      assert.equal(readPlain(source), value));
  }
});

test('readInteger keeps every digit', () => {
  assert.equal(readInteger('9007199254740993'), 9_007_199_254_740_993n);
  assert.equal(readInteger('-0x7fffffffffffffff'), -(2n ** 63n) + 1n);
  assert.equal(readInteger('08'), null);
  assert.equal(readInteger('1.0'), null);
});

test('quotes, tags and block scalars keep text as text', () => {
  const [document] = analyze(
    'apiVersion: v1\nkind: ConfigMap\ndata: {a: "yes", b: \'0644\', c: !!str 5, d: yes, e: !!int "7"}\nf: |\n  on\n',
  ).documents;
  assert.deepEqual(document?.objects[0]?.value, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { a: 'yes', b: '0644', c: '5', d: true, e: 7 },
    f: 'on\n',
  });
});
