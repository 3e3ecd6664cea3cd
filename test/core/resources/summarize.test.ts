import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { customKindFacts, summarize, tableCells } from '../../../src/core/index.ts';
import { applicationCases } from './cases-application.ts';
import { clusterCases } from './cases-cluster.ts';
import { customCases } from './cases-custom.ts';
import { factsOf, now, read, rowOf, say } from './support.ts';

const groups = { cluster: clusterCases, application: applicationCases, custom: customCases };

for (const [group, cases] of Object.entries(groups)) {
  describe(`summaries: ${group}`, () => {
    for (const { name, object, row, facts = {} } of cases) {
      test(name, () => {
        const value = read(object);
        assert.deepEqual(rowOf(value), row);
        const told = factsOf(value);
        for (const [fact, expected] of Object.entries(facts)) assert.equal(told[fact], expected, fact);
      });
    }
  });
}

describe('since', () => {
  const cases: Record<string, readonly [object: string, since: string | null]> = {
    'a node that fell silent': [clusterCases[1]?.object ?? '', '2026-11-21T09:59:00Z'],
    'a certificate': [
      customCases.find(({ name }) => name.includes('certificate'))?.object ?? '',
      '2026-11-21T09:00:00Z',
    ],
    'a config map': ['{ apiVersion: v1, kind: ConfigMap }', null],
  };
  for (const [name, [object, since]] of Object.entries(cases)) {
    test(name, () => {
      assert.equal(summarize(read(object), now).since ?? null, since === null ? null : Date.parse(since));
    });
  }
});

describe('custom objects by their columns', () => {
  const definition = read(`
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Crane, plural: cranes }
  versions:
    - { name: v2, served: false, storage: false }
    - name: v1
      served: true
      storage: true
      additionalPrinterColumns:
        - { name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status' }
        - { name: Size, type: string, jsonPath: .spec.size }
        - { name: Load, type: integer, jsonPath: .status.load }
        - { name: Owner, type: string, jsonPath: '.metadata.labels.example\\.com/owner', priority: 1 }
        - { name: Checked, type: date, jsonPath: .status.checked }
        - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }`);
  const crane = read(`
apiVersion: example.com/v1
kind: Crane
metadata: { name: big, creationTimestamp: "2026-11-21T08:00:00Z", labels: { example.com/owner: ops } }
spec: { size: 40t }
status: { load: 0, checked: "2026-11-21T09:58:00Z", conditions: [{ type: Ready, status: "True" }] }`);
  const facts = customKindFacts(definition);

  test('the version that is served and stored is read', () => {
    assert.ok(facts !== null);
    assert.deepEqual([facts.version, facts.plural, facts.namespaced], ['v1', 'cranes', true]);
    assert.equal(customKindFacts({ spec: { versions: [{ name: 'v1', served: false }] } }), null);
  });

  test('cells are those of kubectl', () => {
    assert.deepEqual(tableCells(facts?.columns ?? [], crane, now), [
      'True',
      '40t',
      '0',
      'ops',
      '2 min',
      '2 h',
    ]);
    assert.deepEqual(tableCells(facts?.columns ?? [], {}, now), ['', '', '', '', '', '']);
  });

  test('a row tells the state once, and no ages', () => {
    const { words, facts: told } = summarize(crane, now, facts?.columns);
    assert.deepEqual(words.map(say), ['Ready', '40t', 'Load 0']);
    const lines = told.map(({ name, value }) => `${say(name)}: ${say(value)}`);
    assert.ok(lines.includes('Owner: ops'), lines.join('\n'));
    assert.ok(lines.includes('Checked: 2026-11-21T09:58:00Z'), lines.join('\n'));
  });
});
