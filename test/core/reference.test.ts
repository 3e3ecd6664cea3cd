/**
 * What the API server's own code answers: `resource.Quantity` of k8s.io/apimachinery 0.36.3 (billionths, null
 * for what it refuses) and sigs.k8s.io/yaml 1.6.0, asked for some 3,000 random texts.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseQuantity } from '../../src/core/index.ts';
import { readPlain } from '../../src/core/manifest/scalars.ts';

function answers(file: string): readonly (readonly [text: string, answer: unknown])[] {
  const text = readFileSync(new URL(`../fixtures/reference/${file}`, import.meta.url), 'utf8');
  return Object.entries(JSON.parse(text) as Record<string, unknown>);
}

test('quantities are read as by the API server', () => {
  const all = answers('quantities.json');
  assert.ok(all.filter(([, nano]) => nano !== null).length > 150);
  for (const [text, nano] of all) {
    const reading = parseQuantity(text);
    assert.equal(reading.ok ? String(reading.quantity.nano) : null, nano, text);
  }
});

test('plain scalars are read as by the API server', () => {
  const all = answers('scalars.json');
  assert.ok(all.filter(([, value]) => typeof value === 'number').length > 100);
  for (const [text, value] of all) assert.deepEqual(readPlain(text), value, text);
});
