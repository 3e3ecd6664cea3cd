import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amountText, parseQuantity, type Quantity } from '../../../src/core/index.ts';
import { shareText } from '../../../src/core/resources/amount-text.ts';

function quantity(text: string): Quantity {
  const read = parseQuantity(text);
  assert.ok(read.ok);
  return read.quantity;
}

const share = (resource: string, part: string, whole: string): string =>
  shareText(resource, quantity(part), quantity(whole)).join(' of ');

test('cores are plain numbers, bytes have the unit that fits, however they were written', () => {
  const amounts: readonly (readonly [string, string, string])[] = [
    ['cpu', '120m', '0.12'],
    ['cpu', '3200m', '3.2'],
    ['cpu', '4160u', '0.004'],
    ['cpu', '9600u', '0.01'],
    ['cpu', '730040n', '<0.001'],
    ['cpu', '9960m', '10'],
    ['cpu', '996m', '1'],
    ['cpu', '1500', '1500'],
    ['memory', '310Mi', '310 MiB'],
    ['memory', '33285996544', '31 GiB'],
    ['memory', '1536Mi', '1.5 GiB'],
    ['memory', '0', '0'],
    ['ephemeral-storage', '20Gi', '20 GiB'],
    ['nvidia.com/gpu', '2', '2'],
  ];
  for (const [resource, written, read] of amounts)
    assert.equal(amountText(resource, quantity(written)), read, `${resource} ${written}`);
});

test('a part and its whole stand in one unit', () => {
  assert.equal(share('cpu', '3200m', '8'), '3.2 of 8');
  assert.equal(share('memory', '12Gi', '32505856Ki'), '12 of 31 GiB');
  assert.equal(share('memory', '128Mi', '16Gi'), '0.13 of 16 GiB');
  assert.equal(share('memory', '1Ki', '16Gi'), '<0.001 of 16 GiB');
  assert.equal(share('cpu', '0', '8'), '0 of 8');
  assert.equal(share('memory', '1Gi', '0'), '1 GiB of 0');
});
