import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartPolicy } from '../../src/features/language/restart-policy.ts';

const second = 1_000;
const minute = 60 * second;

test('a server that crashes starts again at once, then ever later, and the fifth crash in three minutes is the last', () => {
  const policy = new RestartPolicy();
  const waits = [0, 1, 2, 3, 4].map((count) => policy.afterCrash(count * 10 * second));
  assert.deepEqual(waits, [0, 1_000, 5_000, 10_000, null]);
});

test('crashes that are far apart are each the first', () => {
  const policy = new RestartPolicy();
  for (let hour = 0; hour < 10; hour++) assert.equal(policy.afterCrash(hour * 60 * minute), 0);
});

test('a start that was asked for begins a new count', () => {
  const policy = new RestartPolicy();
  for (let count = 0; count < 5; count++) policy.afterCrash(count);
  policy.reset();
  assert.equal(policy.afterCrash(6), 0);
});
