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
  assert.deepEqual(targetInForce(chosen, null, null), chosen);
  assert.deepEqual(targetInForce(chosen, listOf('prod', 'prod', 'dev'), 'dev'), chosen);
});

test('the current context stands in as long as nothing was chosen, and follows the kubeconfig', () => {
  const stand = { context: 'prod', namespace: 'prod-own' };
  assert.deepEqual(targetInForce(null, listOf('prod', 'prod'), null), stand);
  assert.deepEqual(targetInForce(null, listOf('prod', 'prod', 'dev'), 'dev'), stand);
});

test('nothing takes the place of a context that is gone', () => {
  assert.equal(targetInForce(chosen, listOf('prod', 'prod'), null), null);
  assert.equal(targetInForce(null, listOf('prod', 'prod'), 'dev'), null);
});

test('there is no target where no context is current, or the current one is nowhere defined', () => {
  assert.equal(targetInForce(null, null, null), null);
  assert.equal(targetInForce(null, listOf(null, 'dev'), null), null);
  assert.equal(targetInForce(chosen, listOf('gone', 'prod'), null), null);
});

test('a remembered target of another form is forgotten', () => {
  assert.deepEqual(readTarget({ context: 'dev', namespace: 'shop', more: 1 }), chosen);
  for (const stored of [undefined, null, 'dev', { context: 'dev' }, { context: 1, namespace: 'shop' }]) {
    assert.equal(readTarget(stored), null);
  }
});

test('what was offered before the cluster answered keeps its place, the others follow in order', () => {
  const names = (known: readonly (string | null | undefined)[], listed: readonly string[] | null) =>
    namespaceChoices(known, listed).map(({ name }) => name);
  assert.deepEqual(names(['shop', 'own', 'shop', null, undefined], null), ['shop', 'own']);
  assert.deepEqual(names(['shop', 'own'], ['team-10', 'team-9', 'own', 'shop']), [
    'shop',
    'own',
    'team-9',
    'team-10',
  ]);
});

test('a namespace the cluster does not have is offered and said to be missing', () => {
  assert.deepEqual(namespaceChoices(['own'], ['shop']), [
    { name: 'own', missing: true },
    { name: 'shop', missing: false },
  ]);
  assert.deepEqual(namespaceChoices(['own'], null), [{ name: 'own', missing: false }]);
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
