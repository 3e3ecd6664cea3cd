import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  analyze,
  type AnalyzeOptions,
  FileRoles,
  formatMessage,
  isChartFile,
  readKustomization,
} from '../../../src/core/index.ts';
import { filesBelow } from '../fixture-files.ts';

function rolesOf(files: ReadonlyMap<string, string>): FileRoles {
  const kustomizations = new Map(
    [...files].flatMap(([path, text]) => {
      const kustomization = readKustomization(text, path);
      return kustomization === null ? [] : [[path, kustomization] as const];
    }),
  );
  return new FileRoles(kustomizations, [...files.keys()].filter(isChartFile));
}

/** `path:line code: message` of all findings in the sources, each read for what it is. */
function findingsIn(folder: string, options: AnalyzeOptions = {}): readonly string[] {
  const files = filesBelow(folder);
  const roles = rolesOf(files);
  return [...files].flatMap(([path, text]) => {
    const { findings, lines } = analyze(text, { ...options, role: roles.roleOf(path) });
    return findings.map(
      ({ code, message, range }) =>
        `${path}:${lines.positionAt(range.start).line + 1} ${code}: ${formatMessage(message)}`,
    );
  });
}

describe('sources of overlays and charts', () => {
  test('a base, its overlays, patches of every form, components and generators give no finding', () => {
    assert.deepEqual(findingsIn('kustomize'), []);
  });

  test('charts, their values, helpers and data give no finding', () => {
    assert.deepEqual(findingsIn('helm'), []);
  });

  test('each file is told by what names it', () => {
    const overlays = rolesOf(filesBelow('kustomize'));
    const charts = rolesOf(filesBelow('helm'));
    const roles = {
      'base/web.yaml': overlays.roleOf('base/web.yaml'),
      'base/settings.yaml': overlays.roleOf('base/settings.yaml'),
      'base/kustomization.yaml': overlays.roleOf('base/kustomization.yaml'),
      'overlays/staging/smaller.yaml': overlays.roleOf('overlays/staging/smaller.yaml'),
      'overlays/production/surge.yaml': overlays.roleOf('overlays/production/surge.yaml'),
      'overlays/production/hosts.yaml': overlays.roleOf('overlays/production/hosts.yaml'),
      'shop/values.yaml': charts.roleOf('shop/values.yaml'),
      'shop/ci/busy-values.yaml': charts.roleOf('shop/ci/busy-values.yaml'),
      'shop/Chart.yaml': charts.roleOf('shop/Chart.yaml'),
      'shop/templates/_helpers.tpl': charts.roleOf('shop/templates/_helpers.tpl'),
      'shop/charts/cache/templates/cache.yaml': charts.roleOf('shop/charts/cache/templates/cache.yaml'),
      'shop/charts/cache/values.yaml': charts.roleOf('shop/charts/cache/values.yaml'),
      'shop/crds/basket.yaml': charts.roleOf('shop/crds/basket.yaml'),
      'shop/files/rules.yaml': charts.roleOf('shop/files/rules.yaml'),
      'mistakes.yaml': charts.roleOf('mistakes.yaml'),
    };
    assert.deepEqual(roles, {
      'base/web.yaml': 'manifest',
      'base/settings.yaml': 'data',
      'base/kustomization.yaml': 'manifest',
      'overlays/staging/smaller.yaml': 'patch',
      'overlays/production/surge.yaml': 'patch',
      'overlays/production/hosts.yaml': 'manifest',
      'shop/values.yaml': 'values',
      'shop/ci/busy-values.yaml': 'values',
      'shop/Chart.yaml': 'data',
      'shop/templates/_helpers.tpl': 'template',
      'shop/charts/cache/templates/cache.yaml': 'template',
      'shop/charts/cache/values.yaml': 'values',
      'shop/crds/basket.yaml': 'manifest',
      'shop/files/rules.yaml': 'data',
      'mistakes.yaml': 'manifest',
    });
  });
});

describe('a patch', () => {
  const patch = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replica: 2
  template:
    spec:
      containers:
        - name: web
          resources:
            limits:
              memory: 64MB
`;

  test('is told what is wrong in it, and nothing of what is missing from it', () => {
    const codes = (role: AnalyzeOptions['role']): readonly string[] =>
      analyze(patch, role === undefined ? {} : { role }).findings.map(({ code }) => code);
    assert.deepEqual(codes('patch'), ['field-unknown', 'quantity-invalid']);
    // As a manifest it is far from complete.
    assert.ok(codes('manifest').length > 2);
  });

  test('may leave its API version and its kind to its target', () => {
    const text = 'kind: ConfigMap\nmetadata:\n  name: web\ndata:\n  colour: red\n';
    const codes = (role: 'patch' | 'manifest'): readonly string[] =>
      analyze(text, { role }).findings.map(({ code }) => code);
    assert.deepEqual([codes('patch'), codes('manifest')], [[], ['kind-unknown']]);
  });

  test('in a cache is judged anew when its role changes', async () => {
    const { AnalysisCache } = await import('../../../src/core/index.ts');
    const cache = new AnalysisCache();
    const before = analyze(patch, { cache, role: 'manifest' }).findings.length;
    assert.ok(analyze(patch, { cache, role: 'patch' }).findings.length < before);
  });
});

describe('a file in templates/', () => {
  const object = (name: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata: [wrong]\n`;

  test('that is no template is read as a manifest', () => {
    assert.deepEqual(
      analyze(object('plain'), { role: 'template' }).findings.map(({ code }) => code),
      ['type-invalid'],
    );
  });

  test('that is one says nothing, not even of a document without expressions', () => {
    const text = `${object('plain')}---\n${object('{{ .Release.Name }}')}`;
    assert.deepEqual(analyze(text, { role: 'template' }).findings, []);
  });
});
