import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tableCells } from '../../../src/core/index.ts';

const object = {
  metadata: { labels: { 'a.b/c': 'dotted', plain: 'yes' } },
  spec: {
    list: [
      { name: 'one', n: 1 },
      { name: 'two', n: 2 },
    ],
    empty: [],
    none: null,
    flag: false,
    'odd key': 'odd',
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True', reason: 'Fine' },
      { type: 'Synced', status: 'False' },
    ],
  },
};

/** Path, and the cell the server prints for it; `''` where it prints none. */
const cases: readonly (readonly [path: string, cell: string])[] = [
  ['.spec.list[0].name', 'one'],
  ['spec.list[0].name', 'one'],
  ['{.spec.list[1].n}', '2'],
  ['$.spec.flag', 'false'],
  ['.spec.list[-1].name', 'two'],
  ['.spec.list[*].name', 'one'],
  ['.spec.list[9].name', ''],
  ['.spec.empty', '[]'],
  ['.spec.empty[*]', ''],
  ['.spec.none', ''],
  ['.spec.none.deeper', ''],
  ['.spec.list[0]', '{"name":"one","n":1}'],
  [`.spec['odd key']`, 'odd'],
  ['.metadata.labels.a\\.b/c', 'dotted'],
  [`.metadata.labels['a\\.b/c']`, 'dotted'],
  [`.metadata.labels["plain"]`, 'yes'],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  [`.status.conditions[?(@.type=='Synced')].status`, 'False'],
  ['.status.conditions[?(@.type == "Ready")].reason', 'Fine'],
  ['.status.conditions[?(@.type!="Ready")].type', 'Synced'],
  ['.spec.list[?(@.n==2)].name', 'two'],
  ['.status.conditions[?(@.type=="Absent")].status', ''],
  ['.spec.constructor', ''],
  ['.__proto__.x', ''],
  ['..name', ''],
  ['.spec.list[0:1].name', ''],
  ['.spec.list[?(@.n>1)].name', ''],
  ['.spec.list[', ''],
  ['', JSON.stringify(object)],
];

describe('paths of printer columns', () => {
  for (const [jsonPath, cell] of cases) {
    test(jsonPath || 'the whole', () => {
      assert.deepEqual(tableCells([{ name: 'x', type: 'string', jsonPath, priority: 0 }], object, 0), [cell]);
    });
  }

  test('a date is told as an age, and what is none is left out', () => {
    const column = { name: 'Age', type: 'date', jsonPath: '.t', priority: 0 };
    const cell = (t: unknown): readonly string[] =>
      tableCells([column], { t }, Date.parse('2026-11-21T10:00:00Z'));
    assert.deepEqual(cell('2026-11-21T09:00:00Z'), ['1 h']);
    assert.deepEqual(cell('yesterday'), ['']);
    assert.deepEqual(cell(3), ['']);
  });
});
