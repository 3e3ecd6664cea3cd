import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FileRoles, pathsNamedBy, readKustomization, resolvePath } from '../../../src/core/index.ts';
import type { Kustomization } from '../../../src/core/index.ts';

function read(text: string, path = 'app/kustomization.yaml'): Kustomization {
  const kustomization = readKustomization(text, path);
  assert.ok(kustomization !== null);
  return kustomization;
}

describe('readKustomization', () => {
  test('knows a kustomization by its name or its kind', () => {
    assert.ok(readKustomization('resources: [a.yaml]', 'app/kustomization.yaml') !== null);
    assert.ok(readKustomization('resources: [a.yaml]', 'app/Kustomization') !== null);
    assert.equal(readKustomization('resources: [a.yaml]', 'app/other.yaml'), null);
    const named = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: []';
    assert.equal(readKustomization(named, 'any.yaml')?.component, true);
  });

  test("leaves Flux's Kustomization, and files that only have the name, alone", () => {
    const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec: {path: ./app}';
    assert.equal(readKustomization(flux, 'app/kustomization.yaml'), null);
    assert.equal(readKustomization('- a\n- b', 'kustomization.yaml'), null);
    assert.equal(readKustomization('resources: [', 'kustomization.yaml')?.resources.length ?? 0, 0);
  });

  test('reads patches of every form', () => {
    const { patches } = read(`
patches:
  - path: one.yaml
    target: {kind: Deployment, name: web-.*}
  - patch: |-
      - op: remove
        path: /spec/replicas
    target: {kind: Deployment}
patchesStrategicMerge:
  - two.yaml
  - |-
    kind: Service
patchesJson6902:
  - path: three.json
    target: {version: v1, kind: Service, name: web}
`);
    assert.deepEqual(
      patches.map(({ file, inline, target }) => [
        file?.path ?? null,
        inline?.text ?? null,
        target?.kind ?? null,
      ]),
      [
        ['two.yaml', null, null],
        [null, 'kind: Service', null],
        ['one.yaml', null, 'Deployment'],
        [null, '- op: remove\n  path: /spec/replicas', 'Deployment'],
        ['three.json', null, 'Service'],
      ],
    );
  });

  test('knows where the text of an inline patch stands', () => {
    const text = `---\npatches:\n  - patch: |-\n      spec:\n        replicas: many\n`;
    const inline = read(text).patches[0]?.inline;
    const start = inline?.text.indexOf('many') ?? -1;
    const { start: from = 0, end = 0 } = inline?.outer({ start, end: start + 4 }) ?? {};
    assert.equal(text.slice(from, end), 'many');
  });

  test('shows the head of an inline patch whose lines cannot be told apart', () => {
    const text = 'patches:\n  - patch: >-\n      spec:\n      replicas: many\n';
    const inline = read(text).patches[0]?.inline;
    const { start = 0, end = 0 } = inline?.outer({ start: 8, end: 12 }) ?? {};
    assert.equal(text.slice(start, end), '>-');
  });

  test('reads generators: names, keys, hashes', () => {
    const { generators } = read(`
configMapGenerator:
  - name: settings
    files: [app.properties, key=files/other.txt]
    literals: [A=1, B=x=y]
  - name: variables
    envs: [variables.env]
    behavior: merge
secretGenerator:
  - name: token
    literals: [token=x]
    options: {disableNameSuffixHash: true}
`);
    assert.deepEqual(
      generators.map(({ kind, name, behavior, hashed, keys }) => ({ kind, name, behavior, hashed, keys })),
      [
        {
          kind: 'ConfigMap',
          name: 'settings',
          behavior: 'create',
          hashed: true,
          keys: ['A', 'B', 'app.properties', 'key'],
        },
        { kind: 'ConfigMap', name: 'variables', behavior: 'merge', hashed: true, keys: null },
        { kind: 'Secret', name: 'token', behavior: 'create', hashed: false, keys: ['token'] },
      ],
    );
    const unhashed = read('configMapGenerator: [{name: a}]\ngeneratorOptions: {disableNameSuffixHash: true}');
    assert.equal(unhashed.generators[0]?.hashed, false);
  });

  test('reads what it sets on all objects', () => {
    const all = read(`
namePrefix: prod-
nameSuffix: -eu
namespace: shop
commonLabels: {team: web}
labels: [{pairs: {tier: front}}]
images: [{name: web, newTag: "2"}]
replicas: [{name: web, count: 3}]
`);
    assert.equal(all.namePrefix?.value, 'prod-');
    assert.equal(all.nameSuffix?.value, '-eu');
    assert.equal(all.namespace?.value, 'shop');
    assert.deepEqual([...all.labels.keys()].sort(), ['team', 'tier']);
    assert.equal(all.images[0]?.newTag, '2');
    assert.equal(all.replicas.get('web')?.value, '3');
  });
});

describe('FileRoles', () => {
  const kustomization = read(`
resources: [web.yaml, ../base, https://example.com/remote?ref=v1]
patches: [{path: ./patches/../patches/web.yaml}]
transformers: [prefix.yaml]
configurations: [names.yaml]
replacements: [{path: replacement.yaml}]
configMapGenerator: [{name: a, files: [config/app.yaml], envs: [app.env]}]
helmCharts: [{name: redis, valuesFile: redis-values.yaml}]
`);
  const roles = new FileRoles(new Map([['app/kustomization.yaml', kustomization]]), []);

  test('follows paths from the folder of the kustomization', () => {
    assert.equal(roles.roleOf('app/patches/web.yaml'), 'patch');
    assert.equal(roles.roleOf('patches/web.yaml'), 'manifest');
    for (const path of ['prefix.yaml', 'names.yaml', 'replacement.yaml', 'config/app.yaml', 'app.env']) {
      assert.equal(roles.roleOf(`app/${path}`), 'data', path);
    }
    assert.equal(roles.roleOf('app/redis-values.yaml'), 'values');
    assert.equal(roles.roleOf('app/web.yaml'), 'manifest');
  });

  test('carries what is set to every file it is built of, through folders, components and circles', () => {
    const overlay = read(
      'namespace: shop\nimages: [{name: web}]\nresources: [../base]\ncomponents: [../part]\n',
    );
    const base = read('labels: [{pairs: {app: web}}]\nresources: [web.yaml, ../overlay]\n');
    const part = read('kind: Component\nimages: [{name: proxy}]\nresources: [space.yaml]\n');
    const built = new FileRoles(
      new Map([
        ['overlay/kustomization.yaml', overlay],
        ['base/kustomization.yaml', base],
        ['part/kustomization.yaml', part],
      ]),
      [],
    );
    const images = ['proxy', 'web'];
    assert.deepEqual(built.completionOf('base/web.yaml'), { namespace: true, labels: true, images });
    assert.deepEqual(built.completionOf('part/space.yaml'), { namespace: true, labels: true, images });
    assert.equal(built.completionOf('other/web.yaml'), null);
    assert.equal(roles.completionOf('app/web.yaml'), null);
  });

  test('knows a chart at the root of everything, and on a disk of its own', () => {
    const at = (chart: string, path: string): string => new FileRoles(new Map(), [chart]).roleOf(path);
    assert.equal(at('Chart.yaml', 'templates/a.yaml'), 'template');
    assert.equal(at('/Chart.yaml', '/templates/a.yaml'), 'template');
    assert.equal(at('C:/shop/Chart.yaml', 'C:/shop/values-prod.yaml'), 'values');
    assert.equal(at('/shop/Chart.yaml', '/other/values.yaml'), 'manifest');
    assert.equal(at('/shop/Chart.yaml', '/shop/docs/example.yaml'), 'manifest');
  });

  test('names what has to be read with it', () => {
    const named = pathsNamedBy(
      '/a/app/kustomization.yaml',
      'resources: [web.yaml, ../base]\npatches: [{path: p.yaml}]',
    );
    assert.deepEqual(
      named.filter((path) => !/kustomization/i.test(path)),
      ['/a/app/web.yaml', '/a/base', '/a/app/p.yaml'],
    );
    assert.ok(named.includes('/a/base/kustomization.yaml'));
    const remote =
      'resources: ["https://example.com/x.yaml", "github.com/a/b?ref=main", "git@example.com:a/b"]';
    assert.deepEqual(pathsNamedBy('/a/kustomization.yaml', remote), []);
  });

  test('works out . and ..', () => {
    assert.equal(resolvePath('/a/b', '../c/./d.yaml'), '/a/c/d.yaml');
    assert.equal(resolvePath('a', '../../x'), '../x');
    assert.equal(resolvePath('', 'x.yaml'), 'x.yaml');
  });
});
