import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnalysisCache, analyze, Workspace } from '../../../src/core/index.ts';
import { Watch } from '../../../src/core/workspace/workspace.ts';
import { hintsOfBroken, hintsOfTemplate } from '../../../src/core/workspace/hints.ts';
import { Knowledge } from '../../../src/core/workspace/knowledge.ts';
import { configMap, deployment, service } from '../rules/relations/around.ts';

const uri = 'file:///shop/all.yaml';

function workspaceOf(...texts: readonly string[]): Workspace {
  const workspace = new Workspace();
  texts.forEach((text, index) => workspace.set(`file:///shop/${index}.yaml`, analyze(text).facts));
  return workspace;
}

const selector = (labels: Record<string, string>) => ({ matchLabels: labels, matchExpressions: [] });

describe('what changes in a workspace', () => {
  test('is nothing when text only moves', () => {
    const cache = new AnalysisCache();
    const workspace = new Workspace();
    const text = `${configMap('a')}---\n${deployment()}`;
    workspace.set(uri, analyze(text, { cache }).facts);
    const { version } = workspace;
    const [before] = workspace.find('Deployment', 'web', null);
    workspace.set(uri, analyze(`# one line more\n${text}`, { cache }).facts);
    assert.equal(workspace.version, version);
    const [after] = workspace.find('Deployment', 'web', null);
    assert.equal(after?.at(after.facts.range).start.line, 11);
    assert.equal(before, after, 'a document that did not change stays what it is');
  });

  test('is told to those who looked at it, and to nobody else', () => {
    const cache = new AnalysisCache();
    const workspace = new Workspace();
    const text = `${configMap('a')}---\n${deployment()}---\n${service('selector: { app: web }')}`;
    const set = (changed: string): void => workspace.set(uri, analyze(changed, { cache }).facts);
    set(text);
    const watching = (look: (watch: Watch) => unknown): Watch => {
      const watch = new Watch(workspace);
      look(watch);
      return watch;
    };
    const map = watching((watch) => watch.find('ConfigMap', 'a', null));
    const absent = watching((watch) => watch.find('ConfigMap', 'b', null));
    const pods = watching((watch) => watch.podsSelected(selector({ app: 'web' }), null));
    set(text.replaceAll('{ app: web }', '{ app: shop }'));
    assert.deepEqual([map.isCurrent, absent.isCurrent, pods.isCurrent], [true, true, false]);
    set(text.replaceAll('{ app: web }', '{ app: shop }').replace('name: a', 'name: b'));
    assert.deepEqual([map.isCurrent, absent.isCurrent], [false, false]);
  });

  test('is looked at again, and only where it matters', () => {
    const cache = new AnalysisCache();
    const workspace = new Workspace();
    const web = deployment({ container: 'envFrom: [{ configMapRef: { name: settings } }]' });
    const own = 'file:///shop/web.yaml';
    const analysis = analyze(web, { cache });
    workspace.set(own, analysis.facts);
    workspace.scanned = true;
    const codes = (): readonly string[] => analysis.related(own, workspace).map(({ code }) => code);
    assert.deepEqual(codes(), ['config-map-missing']);
    workspace.set('file:///shop/cm.yaml', analyze(configMap('settings')).facts);
    assert.deepEqual(codes(), []);
    workspace.delete('file:///shop/cm.yaml');
    assert.deepEqual(codes(), ['config-map-missing']);
  });

  test('leaves nothing behind', () => {
    const workspace = workspaceOf(deployment(), service('selector: { app: web }'));
    workspace.delete('file:///shop/0.yaml');
    workspace.delete('file:///shop/1.yaml');
    assert.deepEqual([...workspace.objects()], []);
    assert.deepEqual(workspace.podsSelected(selector({ app: 'web' }), null), []);
    assert.deepEqual(workspace.uris, []);
  });

  test('keeps up with names that are typed letter by letter', () => {
    const workspace = new Workspace();
    const watch = new Watch(workspace);
    watch.find('ConfigMap', 'name-9999', null);
    for (let at = 0; at < 10_000; at++) {
      const [facts] = analyze(configMap('x')).facts.documents[0]?.objects ?? [];
      if (facts === undefined) continue;
      const objects = [{ ...facts, name: `name-${at}` }];
      workspace.set(uri, { ...analyze('').facts, documents: [{ document: 0, start: 0, objects }] });
    }
    assert.equal(watch.isCurrent, false);
    assert.equal(workspace.find('ConfigMap', 'name-9999', null).length, 1);
    assert.equal(workspace.find('ConfigMap', 'name-1', null).length, 0);
  });
});

describe('pods', () => {
  test('are found by any form of selector', () => {
    const workspace = workspaceOf(
      deployment({ name: 'a', labels: '{ app: web, tier: front }' }),
      deployment({ name: 'b', labels: '{ app: web, tier: back }' }),
      deployment({ name: 'c', labels: '{ app: db }' }),
    );
    const names = (
      matchLabels: Record<string, string>,
      ...matchExpressions: readonly [string, string, ...string[]][]
    ) =>
      workspace
        .podsSelected(
          {
            matchLabels,
            matchExpressions: matchExpressions.map(([key, operator, ...values]) => ({
              key,
              operator,
              values,
            })),
          },
          null,
        )
        .map(({ facts }) => facts.name)
        .join('');
    assert.equal(names({ app: 'web' }), 'ab');
    assert.equal(names({ app: 'web', tier: 'back' }), 'b');
    assert.equal(names({}), 'abc');
    assert.equal(names({}, ['tier', 'Exists']), 'ab');
    assert.equal(names({}, ['tier', 'DoesNotExist']), 'c');
    assert.equal(names({}, ['app', 'In', 'web', 'db'], ['tier', 'NotIn', 'front']), 'bc');
    assert.equal(names({ app: 'web' }, ['tier', 'Exists']), 'ab');
  });
});

describe('what files hint at', () => {
  test('is nothing certain until all of them were read', () => {
    assert.equal(new Knowledge(false, []).complete, false);
  });

  test('in a template are names with anything in them', () => {
    const text = `kind: Secret
metadata:
  name: "{{ .Release.Name }}-db"
---
kind: ConfigMap
metadata:
  name: plain.settings
`;
    const knowledge = new Knowledge(true, [hintsOfTemplate(text)]);
    assert.ok(knowledge.mayHold('Secret', 'my-db'));
    assert.ok(!knowledge.mayHold('Secret', 'my-cache'));
    assert.ok(!knowledge.mayHold('Deployment', 'my-db'));
    assert.ok(knowledge.mayHold('ConfigMap', 'plain.settings'));
    assert.ok(!knowledge.mayHold('ConfigMap', 'plainxsettings'));
  });

  test('takes no time, however the patterns are made', () => {
    const patterns = ['(a+)+$', '(a|a)*b', '.*'.repeat(30) + 'b', 'a*'.repeat(40) + 'b', '.*a.*a.*a.*a.*b'];
    const changed = patterns.map((name) => ({ kind: null, name }));
    const knowledge = new Knowledge(true, [{ possible: [], changed, affixes: [], labels: [], open: false }]);
    assert.ok(knowledge.mayChange('Deployment', 'a'.repeat(253)));
    assert.ok(!knowledge.mayChange('Deployment', `${'a'.repeat(252)}c`));
    for (const name of ['${', "'x'", '{{']) {
      const long = hintsOfBroken(`name: x${name.repeat(100_000)}x`);
      assert.ok(new Knowledge(true, [long]).mayHold('Secret', 'any'));
    }
  });

  test('may mean anything where a pattern cannot be read', () => {
    const changed = [{ kind: 'Deployment', name: '(' }];
    const knowledge = new Knowledge(true, [{ possible: [], changed, affixes: [], labels: [], open: false }]);
    assert.ok(knowledge.mayChange('Deployment', 'web'));
  });
});
