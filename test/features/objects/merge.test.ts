import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { merged } from '../../../src/features/objects/merge.ts';

const base = { metadata: { labels: { a: '1' } }, spec: { replicas: 1, args: ['x'] } };

describe('two changes of one object', () => {
  test('of different fields become one', () => {
    const mine = { ...base, spec: { ...base.spec, replicas: 3 } };
    const theirs = { ...base, metadata: { labels: { a: '1', b: '2' } } };
    assert.deepEqual(merged(base, mine, theirs), {
      metadata: { labels: { a: '1', b: '2' } },
      spec: { replicas: 3, args: ['x'] },
    });
  });

  test('that take fields away take them away', () => {
    const mine = { metadata: { labels: {} }, spec: base.spec };
    const theirs = { ...base, spec: { args: ['x'] } };
    assert.deepEqual(merged(base, mine, theirs), { metadata: { labels: {} }, spec: { args: ['x'] } });
  });

  test('of the same kind are one change', () => {
    const both = { ...base, spec: { ...base.spec, replicas: 3 } };
    assert.deepEqual(merged(base, both, structuredClone(both)), both);
  });

  test('of the same field cannot be brought together', () => {
    const replicas = (count: number): object => ({ ...base, spec: { ...base.spec, replicas: count } });
    assert.equal(merged(base, replicas(2), replicas(3)), null);
    const { spec: _spec, ...without } = base;
    assert.equal(merged(base, without, replicas(3)), null);
  });

  test('of the same list cannot be brought together, whatever the items', () => {
    const args = (...items: string[]): object => ({ ...base, spec: { ...base.spec, args: items } });
    assert.equal(merged(base, args('x', 'y'), args('z', 'x')), null);
    assert.deepEqual(merged(base, args('x', 'y'), base), args('x', 'y'));
  });
});
