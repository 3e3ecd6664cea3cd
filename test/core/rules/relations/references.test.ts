import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyFix } from '../../marked.ts';
import { configMap, deployment, findings, found, sentences, service } from './around.ts';

const env = (source: string): string =>
  deployment({ container: `env:\n  - name: A\n    valueFrom: ${source}` });
const from = (name: string): string =>
  deployment({ container: `envFrom: [{ configMapRef: { name: ${name} } }]` });

describe('a ConfigMap', () => {
  test('that is there is right, wherever it stands', () => {
    assert.deepEqual(found({ 'a/web.yaml': from('web'), 'b/cm.yaml': configMap('web') }), []);
  });

  test('that is called nearly so is a warning with a fix', () => {
    const text = from('web-confg');
    const files = { 'web.yaml': text, 'cm.yaml': configMap('web-config') };
    assert.deepEqual(found(files), ['web.yaml:15 warning config-map-missing: web-confg']);
    assert.deepEqual(sentences(files), [
      'ConfigMap web-confg is not in this workspace; did you mean web-config?',
    ]);
    const [finding] = findings(files);
    assert.equal(finding?.related[0]?.elsewhere?.uri, 'file:///shop/cm.yaml');
    assert.ok(applyFix(text, finding.fixes[0]!).includes('{ name: web-config }'));
  });

  test('that is nowhere is information beside others, a hint alone, and nothing while files are unread', () => {
    const text = from('settings');
    assert.deepEqual(found({ 'web.yaml': text, 'cm.yaml': configMap('other') }), [
      'web.yaml:15 info config-map-missing: settings',
    ]);
    assert.deepEqual(found({ 'web.yaml': text }), ['web.yaml:15 hint config-map-missing: settings']);
    assert.deepEqual(found({ 'web.yaml': text, 'cm.yaml': configMap('other') }, { complete: false }), []);
  });

  test('that is optional, or given by the cluster, is not asked after', () => {
    const optional = deployment({ container: 'envFrom: [{ configMapRef: { name: x, optional: true } }]' });
    assert.deepEqual(found({ 'web.yaml': optional, 'root.yaml': from('kube-root-ca.crt') }), []);
  });

  test('that a generator makes, a prefix renames or a template may hold is there', () => {
    const generated = 'configMapGenerator:\n  - name: settings\n    literals: [A=1]\n';
    assert.deepEqual(found({ 'web.yaml': from('settings'), 'kustomization.yaml': generated }), []);
    const prefixed = 'namePrefix: dev-\nresources: [cm.yaml]\n';
    const files = { 'web.yaml': from('dev-settings'), 'cm.yaml': configMap('settings') };
    assert.deepEqual(found({ ...files, 'kustomization.yaml': prefixed }), []);
    const template = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-settings\n';
    const roles = { 'c/templates/cm.yaml': 'template' } as const;
    assert.deepEqual(
      found({ 'web.yaml': from('my-settings'), 'c/templates/cm.yaml': template }, { roles }),
      [],
    );
    assert.equal(found({ 'web.yaml': from('other'), 'c/templates/cm.yaml': template }, { roles }).length, 1);
  });

  test('that only another namespace has is not there', () => {
    const there = configMap('web').replace('name: web\n', 'name: web\n  namespace: a\n');
    const text = from('web').replace('  name: web\n', '  name: web\n  namespace: b\n');
    assert.deepEqual(found({ 'cm.yaml': there, 'web.yaml': text }), [
      'web.yaml:16 hint config-map-missing: web',
    ]);
  });

  test('of a name that a file nobody could read has may be there', () => {
    const broken = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n    oops: [\n';
    assert.deepEqual(found({ 'web.yaml': from('settings'), 'cm.yaml': broken }), []);
  });
});

describe('a key', () => {
  test('that is not there is told, with the nearest one', () => {
    const text = env('{ configMapKeyRef: { name: web, key: LOGLEVEL } }');
    const files = { 'web.yaml': text, 'cm.yaml': configMap('web') };
    assert.deepEqual(found(files), ['web.yaml:17 warning config-key-missing: LOGLEVEL']);
    assert.deepEqual(sentences(files), ['ConfigMap web has no key LOGLEVEL; did you mean LOG_LEVEL?']);
  });

  test('of a volume is looked for too; optional ones are not', () => {
    const volume = (more: string): string =>
      deployment({
        pod: `volumes:\n  - name: c\n    configMap: { name: web, ${more}items: [{ key: gone, path: a }] }`,
      });
    const files = { 'cm.yaml': configMap('web') };
    assert.deepEqual(found({ ...files, 'web.yaml': volume('') }), [
      'web.yaml:14 warning config-key-missing: gone',
    ]);
    assert.deepEqual(found({ ...files, 'web.yaml': volume('optional: true, ') }), []);
  });

  test('of a Secret counts in data and stringData; an empty Secret is filled by somebody else', () => {
    const secret = (data: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\n${data}`;
    const text = env('{ secretKeyRef: { name: db, key: password } }');
    const at = (data: string): readonly string[] => found({ 'web.yaml': text, 'db.yaml': secret(data) });
    assert.deepEqual(at('stringData: { password: x }'), []);
    assert.deepEqual(at('data: { password: eA== }'), []);
    assert.deepEqual(at('stringData: { user: x }'), ['web.yaml:17 warning config-key-missing: password']);
    assert.deepEqual(at('type: Opaque'), []);
  });

  test('that a generator or a patch may give is not judged', () => {
    const generated = 'configMapGenerator:\n  - name: web\n    literals: [A=1]\n';
    const text = env('{ configMapKeyRef: { name: web, key: B } }');
    assert.deepEqual(found({ 'web.yaml': text, 'kustomization.yaml': generated }), [
      'web.yaml:17 warning config-key-missing: B',
    ]);
    const variables = 'configMapGenerator:\n  - name: web\n    envs: [.env]\n';
    assert.deepEqual(found({ 'web.yaml': text, 'kustomization.yaml': variables }), []);
    const patched = `patches:\n  - target: { kind: ConfigMap, name: web }\n    patch: |\n      - { op: add, path: /data/B, value: x }\n`;
    assert.deepEqual(
      found({ 'web.yaml': text, 'cm.yaml': configMap('web'), 'kustomization.yaml': patched }),
      [],
    );
  });
});

test('a Secret is a hint; one that a custom object names is there', () => {
  const text = env('{ secretKeyRef: { name: db, key: password } }');
  assert.deepEqual(found({ 'web.yaml': text }), ['web.yaml:17 hint secret-missing: db']);
  const external =
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: x }\nspec: { target: { name: db } }\n';
  assert.deepEqual(found({ 'web.yaml': text, 'es.yaml': external }), []);
});

describe('an Ingress', () => {
  const ingress = (port: string, name = 'web'): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: ${name}, port: ${port} } }
`;
  const files = {
    'web.yaml': deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]' }),
    'svc.yaml': service('selector: { app: web }\nports: [{ name: www, port: 80, targetPort: http }]'),
  };

  test('leads to a Service and one of its ports', () => {
    assert.deepEqual(found({ ...files, 'in.yaml': ingress('{ number: 80 }') }), []);
    assert.deepEqual(found({ ...files, 'in.yaml': ingress('{ name: www }') }), []);
    assert.deepEqual(found({ ...files, 'in.yaml': ingress('{ number: 8080 }') }), [
      'in.yaml:11 warning ingress-backend-missing: 8080',
    ]);
    assert.deepEqual(sentences({ ...files, 'in.yaml': ingress('{ name: http }') }), [
      'Service web has no port http; it has www',
    ]);
  });

  test('to a Service that is called nearly so is a warning', () => {
    assert.deepEqual(found({ ...files, 'in.yaml': ingress('{ number: 80 }', 'webb') }), [
      'in.yaml:11 warning ingress-backend-missing: webb',
    ]);
    assert.deepEqual(found({ ...files, 'in.yaml': ingress('{ number: 80 }', 'shop') }), [
      'in.yaml:11 info ingress-backend-missing: shop',
    ]);
  });
});

describe('other names', () => {
  test('of accounts, claims and roles are looked for', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web-server }\n';
    assert.deepEqual(
      found({ 'sa.yaml': account, 'web.yaml': deployment({ pod: 'serviceAccountName: web-sever' }) }),
      ['web.yaml:12 warning service-account-missing: web-sever'],
    );
    assert.deepEqual(found({ 'web.yaml': deployment({ pod: 'serviceAccountName: default' }) }), []);
    const claim = 'volumes:\n  - name: d\n    persistentVolumeClaim: { claimName: data }';
    assert.deepEqual(found({ 'web.yaml': deployment({ pod: claim }) }), [
      'web.yaml:14 hint claim-missing: data',
    ]);
    const binding = (kind: string, name: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name} }\nsubjects: [{ kind: User, name: me, apiGroup: rbac.authorization.k8s.io }]\n`;
    assert.deepEqual(found({ 'b.yaml': binding('ClusterRole', 'view') }), []);
    assert.deepEqual(found({ 'b.yaml': binding('ClusterRole', 'system:node') }), []);
    assert.deepEqual(found({ 'b.yaml': binding('Role', 'reader') }), ['b.yaml:4 info role-missing: reader']);
  });

  test('of classes count only where classes are kept', () => {
    const claim = (name: string): string =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: d }\nspec: { storageClassName: ${name}, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n`;
    const fast =
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast-ssd }\nprovisioner: x\n';
    assert.deepEqual(found({ 'pvc.yaml': claim('fast') }), []);
    assert.deepEqual(found({ 'pvc.yaml': claim('slow'), 'sc.yaml': fast }), [
      'pvc.yaml:4 hint class-missing: slow',
    ]);
    assert.deepEqual(found({ 'pvc.yaml': claim('fast-sdd'), 'sc.yaml': fast }), [
      'pvc.yaml:4 warning class-missing: fast-sdd',
    ]);
  });

  test('of a StatefulSet: its Service is headless, its claims come of templates', () => {
    const set = deployment({ pod: 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]' })
      .replace('kind: Deployment', 'kind: StatefulSet')
      .replace(
        'spec:\n',
        'spec:\n  serviceName: web\n  volumeClaimTemplates: [{ metadata: { name: d }, spec: {} }]\n',
      );
    const ports = 'selector: { app: web }\nports: [{ port: 80 }]';
    assert.deepEqual(found({ 'web.yaml': set, 'svc.yaml': service(`clusterIP: None\n${ports}`) }), []);
    assert.deepEqual(found({ 'web.yaml': set, 'svc.yaml': service(ports) }), [
      'web.yaml:6 hint stateful-service-missing: web',
    ]);
    assert.deepEqual(found({ 'web.yaml': set }), ['web.yaml:6 hint stateful-service-missing: web']);
  });
});

describe('an object that is there twice', () => {
  test('in a file is told of the last one', () => {
    const text = `${configMap('web')}---\n${configMap('web', 'B: c')}`;
    assert.deepEqual(found({ 'cm.yaml': text }), ['cm.yaml:11 warning object-repeated: web']);
  });

  test("in two files, two namespaces or two groups is nobody's business", () => {
    const there = configMap('web').replace('name: web\n', 'name: web\n  namespace: a\n');
    assert.deepEqual(found({ 'a.yaml': configMap('web'), 'b.yaml': configMap('web') }), []);
    assert.deepEqual(found({ 'a.yaml': `${configMap('web')}---\n${there}` }), []);
    const knative = 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: web }\n';
    const own = service('clusterIP: None\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'a.yaml': `${own}---\n${knative}` }), []);
  });

  test('with the very same text is told once', () => {
    assert.equal(found({ 'cm.yaml': `${configMap('web')}---\n${configMap('web')}` }).length, 1);
  });
});
