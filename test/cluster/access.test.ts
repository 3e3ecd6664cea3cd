import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { accessRules, requireAccess, type RuleQuestion, type Session } from '../../src/cluster/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import { failureOf, freshNamespace, sessionOf, until } from './support.ts';

const cluster = await sharedCluster('api');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);
const { readerKubeconfig } = cluster;

/** A session of its own, which has asked nothing yet. */
async function reader(): Promise<Session> {
  if (readerKubeconfig === null) throw new Error('These tests need the bench’s own user without rights.');
  return sessionOf(readerKubeconfig);
}

const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'reader' }];
const rbac = '/apis/rbac.authorization.k8s.io/v1';

/** Gives the reader these rules in a namespace; resolves once the server goes by them. */
async function grant(namespace: string, rules: readonly object[]): Promise<void> {
  const inside = `${rbac}/namespaces/${namespace}`;
  await session.request(`${inside}/roles`, {
    method: 'POST',
    body: { metadata: { name: 'granted' }, rules },
  });
  await bind(namespace, 'granted');
  await until('the role to be in force', async () => {
    const answer = await accessRules(await reader(), namespace);
    return answer.allows({ verb: 'get', group: 'test', resource: 'marker' }) === true;
  });
}

const bind = (namespace: string, role: string): Promise<unknown> =>
  session.request(`${rbac}/namespaces/${namespace}/rolebindings`, {
    method: 'POST',
    body: {
      metadata: { name: role },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subjects,
    },
  });

const marker = { verbs: ['get'], apiGroups: ['test'], resources: ['marker'] };

const ask = (verb: string, resource: string, more: Partial<RuleQuestion> = {}): RuleQuestion => ({
  verb,
  group: '',
  resource,
  ...more,
});

describe('what a person may do', () => {
  test('follows verbs, groups, resources and subresources, wildcards included', async () => {
    const namespace = await freshNamespace(session);
    await grant(namespace, [
      marker,
      { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'pods/log'] },
      { verbs: ['*'], apiGroups: ['apps'], resources: ['deployments'] },
      { verbs: ['patch'], apiGroups: ['*'], resources: ['*/scale'] },
      { verbs: ['watch'], apiGroups: ['batch'], resources: ['*'] },
    ]);
    const rules = await accessRules(await reader(), namespace);
    assert.equal(rules.complete, true);
    const may = (question: RuleQuestion): boolean | null => rules.allows(question);
    assert.equal(may(ask('list', 'pods')), true);
    assert.equal(may(ask('get', 'pods', { subresource: 'log' })), true);
    assert.equal(may(ask('get', 'pods', { subresource: 'exec' })), false);
    assert.equal(may(ask('delete', 'pods')), false);
    assert.equal(may(ask('delete', 'pods', { group: 'metrics.k8s.io' })), false);
    assert.equal(may(ask('delete', 'deployments', { group: 'apps' })), true);
    assert.equal(may(ask('delete', 'deployments', { group: 'apps', subresource: 'status' })), false);
    assert.equal(may(ask('patch', 'statefulsets', { group: 'apps', subresource: 'scale' })), true);
    assert.equal(may(ask('patch', 'statefulsets', { group: 'apps' })), false);
    assert.equal(may(ask('watch', 'jobs', { group: 'batch', subresource: 'status' })), true);
    // Another namespace, whether it exists or not, is another question.
    assert.equal((await accessRules(await reader(), 'no-such-namespace')).allows(ask('list', 'pods')), false);
  });

  test('may depend on the name', async () => {
    const namespace = await freshNamespace(session);
    await grant(namespace, [
      marker,
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['mine'] },
    ]);
    const rules = await accessRules(await reader(), namespace);
    assert.equal(rules.allows(ask('get', 'secrets', { name: 'mine' })), true);
    assert.equal(rules.allows(ask('get', 'secrets', { name: 'yours' })), false);
    assert.equal(rules.allows(ask('get', 'secrets')), null);
    assert.equal(rules.allows(ask('delete', 'secrets')), false);
  });

  test('is unknown where the server could not list every rule', async () => {
    const namespace = await freshNamespace(session);
    await grant(namespace, [marker, { verbs: ['list'], apiGroups: [''], resources: ['pods'] }]);
    await bind(namespace, 'missing');
    await until(
      'the binding to be in force',
      async () => !(await accessRules(await reader(), namespace)).complete,
    );
    const rules = await accessRules(await reader(), namespace);
    assert.equal(rules.allows(ask('list', 'pods')), true);
    assert.equal(rules.allows(ask('delete', 'pods')), null);
  });

  test('is everything for an administrator, cluster-wide too', async () => {
    for (const namespace of ['default', null]) {
      const rules = await accessRules(session, namespace);
      assert.equal(rules.allows(ask('delete', 'nodes')), true);
      assert.equal(rules.allows(ask('create', 'pods', { subresource: 'exec' })), true);
    }
  });

  test('of one namespace does not hold cluster-wide', async () => {
    const namespace = await freshNamespace(session);
    await grant(namespace, [marker, { verbs: ['list'], apiGroups: [''], resources: ['pods'] }]);
    const rules = await accessRules(await reader(), null);
    assert.equal(rules.complete, true);
    assert.equal(rules.allows(ask('list', 'pods')), false);
  });

  test('is asked once, whoever asks', async () => {
    const asking = await reader();
    const first = accessRules(asking, 'default');
    assert.equal(accessRules(asking, 'default'), first);
    assert.equal(await accessRules(asking, 'default'), await first);
    assert.notEqual(accessRules(asking, 'other'), first);
  });

  test('that is missing is told as a sentence', async () => {
    const question = { ...ask('delete', 'pods'), namespace: 'shop' };
    await requireAccess(session, question);
    const asking = await reader();
    const { name } = asking.context;
    const inside = await failureOf(requireAccess(asking, question));
    assert.equal(inside.code, 'forbidden');
    assert.equal(
      inside.message,
      `You may not delete pods in ${name} / shop: no role gives reader the verb delete on pods. Ask an administrator for it.`,
    );
    const wide = { ...ask('patch', 'nodes', { subresource: 'status' }), namespace: null };
    assert.equal(
      (await failureOf(requireAccess(asking, wide))).message,
      `You may not patch nodes/status in ${name}: no role gives reader the verb patch on nodes/status. Ask an administrator for it.`,
    );
  });
});
