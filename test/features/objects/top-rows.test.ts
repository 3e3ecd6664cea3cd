import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuantity } from '../../../src/core/quantity.ts';
import { amountText, type Measure } from '../../../src/features/objects/top-rows.ts';

const cases: readonly (readonly [Measure, string, string])[] = [
  ['cpu', '0', '0m'],
  ['cpu', '730040n', '1m'],
  ['cpu', '4160u', '4m'],
  ['cpu', '1.5', '1500m'],
  ['memory', '0', '0Mi'],
  ['memory', '12Ki', '1Mi'],
  ['memory', '65500Ki', '64Mi'],
  ['memory', '1Gi', '1Gi'],
  ['memory', '1500Mi', '1.5Gi'],
];

for (const [measure, amount, text] of cases) {
  test(`${measure} ${amount} reads ${text}`, () => {
    const reading = parseQuantity(amount);
    assert.ok(reading.ok);
    assert.equal(amountText(reading.quantity, measure), text);
  });
}
