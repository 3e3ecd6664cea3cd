import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionsOf, referencesTo } from '../../../src/core/index.ts';
import { deployment, type Files, Named } from './named.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n';
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata:\n  url: x\n  mode: y\n';
const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec: {}\n';
const container = '      containers:\n        - name: web\n          image: web:1\n';
const env = (name: string, key: string): string =>
  `${container}          env: [{ name: A, valueFrom: { configMapKeyRef: { name: ${name}, key: ${key} } } }]\n`;
const ports = '          ports: [{ name: http, containerPort: 8080 }]\n';

/** Where the name at the cursor leads to. */
const definitions: Readonly<Record<string, readonly [Files, readonly string[]]>> = {
  'a key of a ConfigMap': [
    { 'a.yaml': deployment(env('app', '█mode')), 'b.yaml': configMap },
    ['b.yaml:6 mode'],
  ],
  'a key that is not there: the ConfigMap': [
    { 'a.yaml': deployment(env('app', '█none')), 'b.yaml': configMap },
    ['b.yaml:3 app'],
  ],
  'the name of a ConfigMap, in another document': [
    { 'a.yaml': `${configMap}---\n${deployment(env('ap█p', 'mode'))}` },
    ['a.yaml:3 app'],
  ],
  'a generated ConfigMap': [
    {
      'a.yaml': deployment(env('█app', 'mode')),
      'kustomization.yaml': 'configMapGenerator:\n  - name: app\n    literals: [mode=1]\n',
    },
    ['kustomization.yaml:2 app'],
  ],
  'a generated key': [
    {
      'a.yaml': deployment(env('app', '█mode')),
      'kustomization.yaml': 'configMapGenerator:\n  - name: app\n    literals: ["mode=1"]\n',
    },
    ['kustomization.yaml:3 mode'],
  ],
  'a ConfigMap of another namespace: none': [
    {
      'a.yaml': deployment(env('█app', 'mode')).replace('name: web }', 'name: web, namespace: one }'),
      'b.yaml': configMap.replace('name: app }', 'name: app, namespace: two }'),
    },
    [],
  ],
  'a volume claim': [
    {
      'a.yaml': deployment(
        `${container}      volumes: [{ name: v, persistentVolumeClaim: { claimName: █data } }]\n`,
      ),
      'b.yaml': claim,
    },
    ['b.yaml:3 data'],
  ],
  'a volume of the pod': [
    {
      'a.yaml': deployment(
        `${container}          volumeMounts: [{ name: █tmp, mountPath: /tmp }]\n      volumes: [{ name: tmp, emptyDir: {} }]\n`,
      ),
    },
    ['a.yaml:14 tmp'],
  ],
  'a claim template of a StatefulSet': [
    {
      'a.yaml': deployment(`${container}          volumeMounts: [{ name: █data, mountPath: /d }]\n`)
        .replace('kind: Deployment', 'kind: StatefulSet')
        .concat('  volumeClaimTemplates: [{ metadata: { name: data }, spec: {} }]\n'),
    },
    ['a.yaml:14 data'],
  ],
  'the pods of a Service': [
    { 'a.yaml': `${service}  selector: { █app: web }\n`, 'b.yaml': deployment(container) },
    ['b.yaml:3 web'],
  ],
  'the Services of pods': [
    {
      'a.yaml': `${service}  selector: { app: web }\n`,
      'b.yaml': deployment(container).replace('tier: front', 'tier: █front'),
    },
    ['a.yaml:5 selector'],
  ],
  "a workload's own selector": [
    { 'a.yaml': deployment(container).replace('{ matchLabels', '{ ma█tchLabels') },
    ['a.yaml:8 labels'],
  ],
  'the port of containers, by name': [
    {
      'a.yaml': `${service}  selector: { app: web }\n  ports: [{ port: 80, targetPort: █http }]\n`,
      'b.yaml': deployment(container + ports),
    },
    ['b.yaml:13 http'],
  ],
  'the port of containers, by number': [
    {
      'a.yaml': `${service}  selector: { app: web }\n  ports: [{ port: 80, targetPort: 80█80 }]\n`,
      'b.yaml': deployment(container + ports),
    },
    ['b.yaml:13 http'],
  ],
  'a port of the same container': [
    {
      'a.yaml': deployment(`${container}${ports}          livenessProbe: { httpGet: { port: █http } }\n`),
    },
    ['a.yaml:13 http'],
  ],
  'the port of a Service': [
    {
      'a.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec:\n  defaultBackend: { service: { name: web, port: { number: 8█0 } } }\n',
      'b.yaml': `${service}  ports: [{ name: http, port: 80 }]\n`,
    },
    ['b.yaml:5 http'],
  ],
  'the target of an autoscaler': [
    {
      'a.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: █web }\n',
      'b.yaml': deployment(container),
    },
    ['b.yaml:3 web'],
  ],
  'the role of a binding': [
    {
      'a.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: █edit }\n',
      'b.yaml': 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: edit }\n',
    },
    ['b.yaml:3 edit'],
  ],
  "somebody else's Service is no Service": [
    {
      'a.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i }\nspec:\n  defaultBackend: { service: { name: █web, port: { number: 80 } } }\n',
      'b.yaml': 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: web }\n',
    },
    [],
  ],
  "what a kustomization's patch is for": [
    {
      'kustomization.yaml':
        'patches:\n  - target: { kind: Deployment, name: █web }\n    patch: |\n      - op: remove\n        path: /spec\n',
      'b.yaml': deployment(container),
    },
    ['b.yaml:3 web'],
  ],
  'the object a patch is a part of': [
    {
      'patches/a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: █web }\nspec: { replicas: 2 }\n',
      'b.yaml': deployment(container),
    },
    ['b.yaml:3 web'],
  ],
};

describe('definition of', () => {
  for (const [what, [files, places]] of Object.entries(definitions)) {
    test(what, () => {
      const named = new Named(files);
      assert.deepEqual(named.shown(definitionsOf(named.index, named.found)), places);
    });
  }

  test('nothing, where there is no name', () => {
    assert.equal(new Named({ 'a.yaml': configMap.replace('kind', 'ki█nd') }).name, null);
  });
});

describe('references to', () => {
  const files = {
    'a.yaml': deployment(env('app', 'mode')),
    'b.yaml': configMap,
    'c.yaml': deployment(`${container}          envFrom: [{ configMapRef: { name: app } }]\n`, 'job'),
    'patches/d.yaml': configMap,
    'kustomization.yaml': 'patches:\n  - path: patches/d.yaml\n    target: { kind: ConfigMap, name: app }\n',
  };

  test('a ConfigMap, from its name', () => {
    const named = new Named({ ...files, 'b.yaml': configMap.replace('name: app', 'name: app█') });
    const uses = ['a.yaml:13 app', 'c.yaml:13 app', 'kustomization.yaml:3 app', 'patches/d.yaml:3 app'];
    assert.deepEqual(named.shown(referencesTo(named.index, named.found, false)), uses);
    assert.deepEqual(
      named.shown(referencesTo(named.index, named.found, true)),
      [...uses, 'b.yaml:3 app'].sort(),
    );
  });

  test('a key, from one of its uses', () => {
    const named = new Named({ ...files, 'a.yaml': deployment(env('app', 'mo█de')) });
    assert.deepEqual(named.shown(referencesTo(named.index, named.found, false)), [
      'a.yaml:13 mode',
      'patches/d.yaml:6 mode',
    ]);
  });

  test('a workload: what names it and what chooses its pods', () => {
    const named = new Named({
      'a.yaml': deployment(container).replace('name: web }', 'name: we█b }'),
      'b.yaml': `${service}  selector: { app: web }\n`,
      'c.yaml':
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: p }\nspec: { selector: { matchLabels: { tier: front } } }\n',
      'd.yaml':
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: h }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }\n',
    });
    assert.deepEqual(named.shown(referencesTo(named.index, named.found, false)), [
      'b.yaml:5 selector',
      'c.yaml:4 selector',
      'd.yaml:5 web',
    ]);
  });
});
