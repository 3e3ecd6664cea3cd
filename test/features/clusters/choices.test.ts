import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContextList } from '../../../src/cluster/index.ts';
import {
  isNamespaceName,
  namespaceChoices,
  readTarget,
  shorten,
  targetInForce,
} from '../../../src/features/clusters/choices.ts';

function listOf(current: string | null, ...names: readonly string[]): ContextList {
  const contexts = names.map((name) => ({
    name,
    cluster: name,
    user: name,
    namespace: `${name}-own`,
    server: 'https://127.0.0.1',
    file: '/config',
  }));
  return { contexts, current, problems: [], files: ['/config'] };
}

const chosen = { context: 'dev', namespace: 'shop' };

test('what was chosen is in force before anything was read, and as long as its context is there', () => {
  assert.deepEqual(targetInForce(chosen, null), chosen);
  assert.deepEqual(targetInForce(chosen, listOf('prod', 'prod', 'dev')), chosen);
});

test('the current context stands in for a choice that is gone or was never made', () => {
  const stand = { context: 'prod', namespace: 'prod-own' };
  assert.deepEqual(targetInForce(chosen, listOf('prod', 'prod')), stand);
  assert.deepEqual(targetInForce(null, listOf('prod', 'prod')), stand);
});

test('there is no target where no context is current, or the current one is nowhere defined', () => {
  assert.equal(targetInForce(null, null), null);
  assert.equal(targetInForce(null, listOf(null, 'dev')), null);
  assert.equal(targetInForce(chosen, listOf('gone', 'prod')), null);
});

test('a remembered target of another form is forgotten', () => {
  assert.deepEqual(readTarget({ context: 'dev', namespace: 'shop', more: 1 }), chosen);
  for (const stored of [undefined, null, 'dev', { context: 'dev' }, { context: 1, namespace: 'shop' }]) {
    assert.equal(readTarget(stored), null);
  }
});

test('the namespace in use comes first, the others in order, numbers read as numbers', () => {
  assert.deepEqual(namespaceChoices(['team-10', 'team-9', 'shop'], ['elsewhere'], 'shop'), [
    'shop',
    'team-9',
    'team-10',
  ]);
});

test('where namespaces may not be listed, those known from elsewhere are offered once', () => {
  assert.deepEqual(namespaceChoices([], ['shop', undefined, 'shop', 'own'], null), ['own', 'shop']);
});

test('a namespace is a label of at most 63 characters', () => {
  for (const name of ['a', 'shop', 'team-1', '1', 'a'.repeat(63)]) assert.ok(isNamespaceName(name), name);
  for (const name of ['', '-a', 'a-', 'Shop', 'a.b', 'a b', 'a'.repeat(64)]) {
    assert.ok(!isNamespaceName(name), name);
  }
});

test('a long name keeps both its ends and the length asked for', () => {
  assert.equal(shorten('dev', 10), 'dev');
  const cut = shorten('arn:aws:eks:eu-west-1:123456789012:cluster/dev', 21);
  assert.equal(cut, 'arn:aws:ek…luster/dev');
  assert.equal(cut.length, 21);
});
