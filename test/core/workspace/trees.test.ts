import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hintsOfKustomization, readKustomization } from '../../../src/core/index.ts';
import { Trees } from '../../../src/core/workspace/trees.ts';
import { deployment, findings, service } from '../rules/relations/around.ts';

const remote = 'https://example.com/more?ref=v1';

function treesOf(kustomizations: Readonly<Record<string, string>>): Trees {
  const described = Object.entries(kustomizations).map(([folder, text]) => {
    const path = `/repo/${folder}/kustomization.yaml`;
    const kustomization = readKustomization(text, path);
    assert.ok(kustomization !== null);
    return [path, hintsOfKustomization(kustomization, text)] as const;
  });
  return new Trees(new Map(described));
}

const uri = (path: string): string => `file:///repo/${path}`;

describe('what a kustomization fetches', () => {
  test('may be what files of its tree name, however far apart they are', () => {
    const trees = treesOf({
      base: `resources: [web.yaml, ${remote}]\nnamespace: base\n`,
      prod: 'resources: [../base, own.yaml]\ncomponents: [../extra]\n',
      extra: 'kind: Component\nresources: [extra.yaml]\n',
      other: 'resources: [other.yaml]\n',
      apart: 'resources: [apart.yaml]\nnamespace: apart\n',
    });
    for (const file of ['base/web.yaml', 'prod/own.yaml', 'extra/extra.yaml'])
      assert.equal(trees.mayFetch(uri(file), 'any'), true, file);
    assert.equal(trees.mayFetch(uri('other/other.yaml'), null), false);
    assert.equal(trees.mayFetch(uri('apart/apart.yaml'), null), false);
  });

  test('may be what others name who are in its namespace', () => {
    const trees = treesOf({
      shop: `resources: [${remote}]\nnamespace: shop\n`,
      same: 'resources: [a.yaml]\nnamespace: shop\n',
      other: 'resources: [b.yaml]\nnamespace: other\n',
    });
    assert.equal(trees.mayFetch(uri('same/a.yaml'), null), true);
    assert.equal(trees.mayFetch(uri('other/b.yaml'), null), false);
    assert.equal(trees.mayFetch(uri('other/b.yaml'), 'shop'), true);
    assert.equal(trees.mayFetch(uri('plain/c.yaml'), 'shop'), true);
    assert.equal(trees.mayFetch(uri('plain/c.yaml'), 'other'), false);
  });

  test('may be anything for files that are in no tree, where no namespace says otherwise', () => {
    const trees = treesOf({ more: `resources: [${remote}]\n` });
    assert.equal(trees.mayFetch(uri('plain/c.yaml'), 'shop'), true);
    assert.equal(trees.mayFetch(uri('plain/c.yaml'), null), true);
    const known = treesOf({ more: `resources: [${remote}]\nnamespace: more\n` });
    assert.equal(known.mayFetch(uri('plain/c.yaml'), null), true);
  });

  test('may be in any namespace where its overlays set none', () => {
    const trees = treesOf({
      base: `resources: [${remote}]\n`,
      dev: 'resources: [../base]\nnamespace: dev\n',
      bare: 'resources: [../base]\n',
    });
    assert.equal(trees.mayFetch(uri('plain/c.yaml'), 'shop'), true);
    const settled = treesOf({
      base: `resources: [${remote}]\n`,
      dev: 'resources: [../base]\nnamespace: dev\n',
      prod: 'resources: [../base]\nnamespace: prod\n',
    });
    assert.equal(settled.mayFetch(uri('plain/c.yaml'), 'shop'), false);
    assert.equal(settled.mayFetch(uri('plain/c.yaml'), 'prod'), true);
  });

  test('may be what is in no namespace, for everybody', () => {
    const trees = treesOf({
      shop: `resources: [${remote}]\nnamespace: shop\n`,
      other: 'resources: [b.yaml]\n',
    });
    assert.equal(trees.mayFetch(uri('other/b.yaml'), ''), true);
    assert.equal(treesOf({ other: 'resources: [b.yaml]\n' }).mayFetch(uri('other/b.yaml'), ''), false);
  });

  test('is found by any address of a file', () => {
    const text = `resources: [web.yaml, ${remote}]\nnamespace: shop\n`;
    const kustomization = readKustomization(text, 'kustomization.yaml');
    assert.ok(kustomization !== null);
    const trees = new Trees(
      new Map([['C:/a b/kustomization.yaml', hintsOfKustomization(kustomization, text)]]),
    );
    assert.equal(trees.mayFetch('file:///c%3A/a%20b/web.yaml', 'other'), true);
    assert.equal(trees.mayFetch('file:///C:/a%20b/else.yaml', 'other'), false);
  });

  test('silences findings in its own tree, and in no other', () => {
    const text = deployment({ container: 'envFrom: [{ configMapRef: { name: settings } }]' });
    const files = {
      'far/kustomization.yaml': `resources: [web.yaml, ${remote}]\n`,
      'far/web.yaml': text,
      'near/kustomization.yaml': 'resources: [web.yaml, svc.yaml]\nnamespace: near\n',
      'near/web.yaml': text,
      'near/svc.yaml': service('selector: { app: nothing-like-it }'),
    };
    assert.deepEqual(
      findings(files)
        .filter(({ code }) => /missing|selects/.test(code))
        .map(({ file, code }) => `${file} ${code}`),
      ['near/web.yaml config-map-missing', 'near/svc.yaml service-selects-nothing'],
    );
  });
});
