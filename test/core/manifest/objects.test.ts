import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze, AnalysisCache, toManifestObject } from '../../../src/core/index.ts';
import type { KubernetesObject } from '../../../src/core/index.ts';

const text = `# two documents
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 3
  template:
    spec:
      initContainers:
        - name: setup
          image: setup:1
      containers:
        - image: ghcr.io/acme/web:2
          name: web
          resources: { limits: { memory: 64Mi, cpu: 1 } }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: settings }
    data: { a.b: c }
  - apiVersion: v1
    kind: Pod
    metadata: { generateName: job- }
    spec:
      containers: [{ name: one, image: one, resources: { limits: { cpu: 1, memory: 1Mi } } }]
---
just: text
`;

function objects(source: string): readonly KubernetesObject[] {
  return analyze(source).documents.flatMap((document) => document.objects);
}

function at(object: KubernetesObject | undefined, field: string): string {
  assert.ok(object);
  const { start, end } = object.locate(field);
  return text.slice(start, end);
}

describe('objects of a file', () => {
  const [web, settings, pod] = objects(text);

  test('are found in every document and in Lists', () => {
    assert.deepEqual(
      objects(text).map(({ document, path, apiVersion, kind, name, namespace }) => [
        document,
        path,
        apiVersion,
        kind,
        name,
        namespace,
      ]),
      [
        [0, '', 'apps/v1', 'Deployment', 'web', 'shop'],
        [1, 'items[0]', 'v1', 'ConfigMap', 'settings', null],
        [1, 'items[1]', 'v1', 'Pod', 'job-', null],
      ],
    );
    assert.deepEqual(
      analyze(text).documents.map(({ isKubernetes }) => isKubernetes),
      [true, true, false],
    );
  });

  test('know their replicas and images with their places', () => {
    assert.deepEqual(web?.replicas?.value, 3);
    assert.equal(text.slice(web?.replicas?.range.start, web?.replicas?.range.end), '3');
    assert.equal(settings?.replicas, null);
    assert.deepEqual(
      web?.images.map(({ reference, path, container, range }) => [
        reference,
        path,
        container,
        text.slice(range.start, range.end),
      ]),
      [
        ['setup:1', 'spec.template.spec.initContainers[0].image', 'setup', 'setup:1'],
        ['ghcr.io/acme/web:2', 'spec.template.spec.containers[0].image', 'web', 'ghcr.io/acme/web:2'],
      ],
    );
    assert.deepEqual(
      pod?.images.map(({ path }) => path),
      ['spec.containers[0].image'],
    );
  });

  test('locate the fields the API server names', () => {
    assert.equal(at(web, 'spec.replicas'), '3');
    assert.equal(at(web, 'spec.template.spec.containers[0].image'), 'ghcr.io/acme/web:2');
    assert.equal(at(web, 'spec.template.spec.containers[0].resources.limits[memory]'), '64Mi');
    assert.equal(at(web, 'spec.template.spec.containers[0].resources.limits.cpu'), '1');
    assert.equal(at(web, '.spec.template.spec.containers[name="web"].image'), 'ghcr.io/acme/web:2');
    assert.equal(at(settings, 'data[a.b]'), 'c');
    assert.equal(at(settings, 'data["a.b"]'), 'c');
    assert.equal(at(pod, 'metadata.generateName'), 'job-');
  });

  test('locate the nearest ancestor of what is not written', () => {
    assert.equal(at(web, 'spec.selector'), 'spec');
    assert.equal(at(web, 'spec.template.spec.containers[0].livenessProbe.httpGet'), 'web');
    assert.equal(at(web, 'spec.template.spec.containers[7].image'), 'containers');
    assert.equal(at(web, 'spec.template.spec.containers[0].resources'), 'resources');
    assert.equal(at(web, ''), 'Deployment');
    assert.equal(at(web, 'nonsense[[['), 'Deployment');
  });

  test('travel as JSON with editor ranges', () => {
    const { lines } = analyze(text);
    assert.ok(settings);
    const sent = toManifestObject(settings, lines);
    assert.deepEqual(JSON.parse(JSON.stringify(sent)), sent);
    assert.equal(sent.range.start.line, 21);
    assert.equal(sent.replicas, null);
    assert.deepEqual(sent.value, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { 'a.b': 'c' },
    });
  });
});

describe('objects read through anchors', () => {
  const anchored = `apiVersion: v1
kind: Pod
metadata: { name: a, labels: &labels { app: a } }
spec:
  nodeSelector: *labels
  containers:
    - &main { name: a, image: a, resources: { requests: { cpu: 1, memory: 1Mi } } }
    - <<: *main
      name: b
`;

  test('aliases and merge keys are resolved', () => {
    const [pod] = objects(anchored);
    assert.deepEqual(pod?.value['spec'], {
      nodeSelector: { app: 'a' },
      containers: [
        { name: 'a', image: 'a', resources: { requests: { cpu: 1, memory: '1Mi' } } },
        { name: 'b', image: 'a', resources: { requests: { cpu: 1, memory: '1Mi' } } },
      ],
    });
    const errors = analyze(anchored).findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ code, path }) => `${code} ${path}`),
      ['duplicate-key spec.containers[1].name'],
    );
  });

  test('a key called __proto__ stays a key', () => {
    const [object] = objects('apiVersion: v1\nkind: ConfigMap\n__proto__: {polluted: yes}\n');
    assert.deepEqual(Object.keys(object?.value ?? {}), ['apiVersion', 'kind', '__proto__']);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
});

describe('AnalysisCache', () => {
  test('gives the same answer after an edit as a fresh analysis', () => {
    const cache = new AnalysisCache();
    const versions = [text, text.replace('64Mi', '64m'), `x: 1\n---\n${text}`, text.slice(20), text];
    for (const version of versions) {
      const kept = analyze(version, { cache });
      const fresh = analyze(version);
      assert.deepEqual(kept.findings, fresh.findings);
      assert.deepEqual(
        kept.documents.flatMap(({ objects: all }) => all.map((one) => toManifestObject(one, kept.lines))),
        fresh.documents.flatMap(({ objects: all }) => all.map((one) => toManifestObject(one, fresh.lines))),
      );
    }
  });
});
