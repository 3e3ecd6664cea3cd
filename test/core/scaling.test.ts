import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkReplicas, formatMessage } from '../../src/core/index.ts';
import type { Autoscaler } from '../../src/core/index.ts';

const hpa: Autoscaler = { name: 'web', min: 2, max: 10 };

describe('checkReplicas', () => {
  const cases: readonly (readonly [
    input: string,
    autoscaler: Autoscaler | null,
    value: number | null,
    severity: string | null,
  ])[] = [
    ['5', null, 5, null],
    [' 5 ', null, 5, null],
    ['+5', null, 5, null],
    ['007', null, 7, null],
    ['3', null, 3, 'info'],
    ['0', null, 0, 'warning'],
    ['-0', null, null, 'error'],
    ['2147483647', null, 2_147_483_647, null],
    ['2147483648', null, null, 'error'],
    ['99999999999999999999999', null, null, 'error'],
    ['-1', null, null, 'error'],
    ['', null, null, 'error'],
    ['  ', null, null, 'error'],
    ['three', null, null, 'error'],
    ['2.5', null, null, 'error'],
    ['1e3', null, null, 'error'],
    ['0x10', null, null, 'error'],
    ['５', null, null, 'error'],
    ['5', hpa, 5, 'warning'],
    ['3', hpa, 3, 'info'],
    ['1', hpa, 1, 'warning'],
    ['11', hpa, 11, 'warning'],
    ['0', hpa, 0, 'warning'],
  ];
  for (const [input, autoscaler, value, severity] of cases) {
    test(`${JSON.stringify(input)}${autoscaler ? ' with an autoscaler' : ''}`, () => {
      const result = checkReplicas(input, { current: 3, kind: 'Deployment', autoscaler });
      assert.deepEqual([result.value, result.severity], [value, severity]);
      assert.equal(result.message === null, severity === null);
    });
  }

  test('names the autoscaler and what it will do', () => {
    const { message } = checkReplicas('20', { current: 3, kind: 'Deployment', autoscaler: hpa });
    assert.ok(message);
    assert.equal(formatMessage(message), 'The autoscaler web keeps 2 to 10 replicas and will undo this');
  });
});
