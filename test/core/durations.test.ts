import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../../src/core/index.ts';

test('a span is said in its largest whole unit, never before it is reached', () => {
  const spans: readonly (readonly [milliseconds: number, words: string])[] = [
    [0, '0 s'],
    [999, '0 s'],
    [40_000, '40 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [86_399_999, '23 h'],
    [86_400_000, '1 d'],
    [1_036_800_000, '12 d'],
  ];
  for (const [milliseconds, words] of spans) assert.equal(formatDuration(milliseconds), words);
});

test('a span that lies in the future, as clocks differ, is none', () => {
  assert.equal(formatDuration(-5_000), '0 s');
});
