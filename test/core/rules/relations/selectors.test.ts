import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyFix } from '../../marked.ts';
import { autoscaler, budget, deployment, findings, found, sentences, service } from './around.ts';

const web = deployment({ container: 'ports: [{ name: http, containerPort: 8080 }]' });

describe('a Service that selects', () => {
  test('the pods of a workload in another file is right', () => {
    assert.deepEqual(
      found({
        'web.yaml': web,
        'svc.yaml': service('selector: { app: web }\nports: [{ port: 80, targetPort: http }]'),
      }),
      [],
    );
  });

  test('a label that is nearly theirs is told which, and can be changed', () => {
    const text = service('selector: { app: wbe }\nports: [{ port: 80, targetPort: http }]');
    const files = { 'web.yaml': web, 'svc.yaml': text };
    assert.deepEqual(found(files), ['svc.yaml:6 warning service-selects-nothing: wbe']);
    assert.deepEqual(sentences(files), [
      'The pods of Deployment web have app: web, not wbe; make them equal',
    ]);
    const [finding] = findings(files);
    assert.deepEqual(finding?.related[0]?.elsewhere, {
      uri: 'file:///shop/web.yaml',
      range: { start: { line: 9, character: 6 }, end: { line: 9, character: 12 } },
    });
    const [fix] = finding?.fixes ?? [];
    assert.ok(fix !== undefined && applyFix(text, fix).includes('{ app: web }'));
  });

  test('one label more than they have is told', () => {
    const text = service('selector: { app: web, tier: front }\nports: [{ port: 80, targetPort: http }]');
    assert.deepEqual(sentences({ 'web.yaml': web, 'svc.yaml': text }), [
      'The pods of Deployment web lack the label tier: front; add it there, or drop it here',
    ]);
  });

  test('what nothing comes near is information', () => {
    const text = service('selector: { app: payments }\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text }), [
      'svc.yaml:6 info service-selects-nothing: selector',
    ]);
  });

  test('siblings by number are no slips', () => {
    const text = service('selector: { app: web2 }\nports: [{ port: 80 }]');
    const one = deployment({ labels: '{ app: web1 }' });
    assert.deepEqual(found({ 'web.yaml': one, 'svc.yaml': text }), [
      'svc.yaml:6 info service-selects-nothing: selector',
    ]);
  });

  test('pods nobody here can know is not told', () => {
    const text = service('selector: { app: payments }\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text }, { complete: false }), []);
    const broken = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: pay\n    x: [\n';
    assert.deepEqual(found({ 'broken.yaml': broken, 'svc.yaml': text }), []);
    const operator = 'apiVersion: example.com/v1\nkind: Payments\nmetadata: { name: payments }\n';
    assert.deepEqual(found({ 'cr.yaml': operator, 'svc.yaml': text }), []);
    const template =
      '{{ if .Values.x }}\nkind: Deployment\nmetadata: { name: {{ .Release.Name }} }\n{{ end }}';
    const roles = { 'chart/templates/a.yaml': 'template' } as const;
    assert.deepEqual(found({ 'chart/templates/a.yaml': template, 'svc.yaml': text }, { roles }), []);
  });

  test('what a template has yet to fill in is not told', () => {
    const text = service('selector: { app: "${APP}" }\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text }), []);
  });

  test('labels that a kustomization adds do not count', () => {
    const kustomization = 'resources: [web.yaml, svc.yaml]\ncommonLabels: { team: shop }\n';
    const text = service('selector: { app: web, team: shop }\nports: [{ port: 80, targetPort: http }]');
    assert.deepEqual(found({ 'kustomization.yaml': kustomization, 'web.yaml': web, 'svc.yaml': text }), []);
  });

  test('pods of another namespace selects none', () => {
    const text = `${service('selector: { app: web }\nports: [{ port: 80, targetPort: http }]')}`;
    const there = text.replace('  name: web\n', '  name: web\n  namespace: a\n');
    const here = deployment({ namespace: 'b' });
    assert.deepEqual(found({ 'web.yaml': here, 'svc.yaml': there }), [
      'svc.yaml:7 info service-selects-nothing: selector',
    ]);
  });

  test('a custom workload with a pod template is right', () => {
    const rollout = web
      .replace('apps/v1', 'argoproj.io/v1alpha1')
      .replace('kind: Deployment', 'kind: Rollout');
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: http }]');
    assert.deepEqual(found({ 'web.yaml': rollout, 'svc.yaml': text }), []);
  });
});

describe('a target port', () => {
  test('that no container declares by that name is told, with what there is', () => {
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: web }]');
    const files = { 'web.yaml': web, 'svc.yaml': text };
    assert.deepEqual(found(files), ['svc.yaml:7 warning service-target-port-missing: web']);
    assert.deepEqual(sentences(files), ['No container of Deployment web has a port web; it has http']);
    const [fix] = findings(files)[0]?.fixes ?? [];
    assert.ok(fix !== undefined && applyFix(text, fix).includes('targetPort: http'));
  });

  test('by number counts beside declared ports only', () => {
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: 9090 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text }), [
      'svc.yaml:7 warning service-target-port-missing: 9090',
    ]);
    assert.deepEqual(found({ 'web.yaml': deployment(), 'svc.yaml': text }), []);
  });

  test('that is not written is the port itself, but not of a headless Service', () => {
    const text = service('selector: { app: web }\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text }), [
      'svc.yaml:7 warning service-target-port-missing: 80',
    ]);
    const headless = service('clusterIP: None\nselector: { app: web }\nports: [{ port: 80 }]');
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': headless }), []);
  });

  test('of another protocol is told', () => {
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: http, protocol: UDP }]');
    assert.deepEqual(sentences({ 'web.yaml': web, 'svc.yaml': text }), [
      'Port http of Deployment web is TCP, not UDP; let the protocols be equal',
    ]);
  });

  test('of a sidecar counts, of an init container does not', () => {
    const port = 'ports: [{ name: proxy, containerPort: 15000 }]';
    const sidecar = (policy: string): string =>
      deployment({ pod: `initContainers:\n  - { name: proxy, image: proxy:1, ${policy}${port} }` });
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: proxy }]');
    assert.deepEqual(found({ 'web.yaml': sidecar('restartPolicy: Always, '), 'svc.yaml': text }), []);
    assert.equal(found({ 'web.yaml': sidecar(''), 'svc.yaml': text }).length, 1);
  });

  test('of pods that a patch changes is not judged', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: {}\n';
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: web }]');
    const roles = { 'patch.yaml': 'patch' } as const;
    assert.deepEqual(found({ 'web.yaml': web, 'svc.yaml': text, 'patch.yaml': patch }, { roles }), []);
  });

  test('is looked for in the nearest of several workloads', () => {
    const text = service('selector: { app: web }\nports: [{ port: 80, targetPort: http }]');
    const other = deployment({ container: 'ports: [{ name: web, containerPort: 80 }]' });
    assert.deepEqual(found({ 'a/web.yaml': web, 'b/web.yaml': other, 'a/svc.yaml': text }), []);
    assert.equal(found({ 'a/web.yaml': web, 'b/web.yaml': other, 'b/svc.yaml': text }).length, 1);
  });
});

describe('a disruption budget', () => {
  const pods = (replicas: string): string => deployment({ replicas });

  test('that no pod matches is told', () => {
    const text = budget('minAvailable: 1').replace('app: web', 'app: wep');
    assert.deepEqual(found({ 'web.yaml': pods('3'), 'pdb.yaml': text }), [
      'pdb.yaml:6 warning pdb-selects-nothing: wep',
    ]);
  });

  test('that asks for all replicas is a deadlock', () => {
    const at = (spec: string, replicas: string): readonly string[] =>
      found({ 'web.yaml': pods(replicas), 'pdb.yaml': budget(spec) });
    assert.deepEqual(at('minAvailable: 1', '1'), ['pdb.yaml:7 warning pdb-blocks-evictions: 1']);
    assert.deepEqual(at('minAvailable: 3', '3'), ['pdb.yaml:7 warning pdb-blocks-evictions: 3']);
    assert.deepEqual(at('minAvailable: 67%', '3'), ['pdb.yaml:7 warning pdb-blocks-evictions: 67%']);
    assert.deepEqual(at('minAvailable: 66%', '3'), []);
    assert.deepEqual(at('minAvailable: 2', '3'), []);
    assert.deepEqual(at('maxUnavailable: 1', '1'), []);
    assert.deepEqual(at('minAvailable: 1', ''), []);
  });

  test('is held against the minimum of an autoscaler', () => {
    const files = {
      'web.yaml': deployment({ container: 'resources: { requests: { cpu: 1 } }' }),
      'pdb.yaml': budget('minAvailable: 1'),
      'hpa.yaml': autoscaler('minReplicas: 1\nmaxReplicas: 5'),
    };
    assert.deepEqual(found(files), ['pdb.yaml:7 warning pdb-blocks-evictions: 1']);
    assert.deepEqual(found({ ...files, 'hpa.yaml': autoscaler('minReplicas: 2\nmaxReplicas: 5') }), []);
  });

  test('beside another one for the same pods is told', () => {
    const files = {
      'web.yaml': pods('3'),
      'pdb.yaml': `${budget('minAvailable: 1')}---\n${budget('maxUnavailable: 1', 'too')}`,
    };
    assert.deepEqual(found(files), [
      'pdb.yaml:6 warning pdb-overlap: selector',
      'pdb.yaml:14 warning pdb-overlap: selector',
    ]);
  });
});

test('a network policy for pods that are called nearly so is told; an empty one is for all', () => {
  const policy = (selector: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec: { podSelector: ${selector} }\n`;
  const at = (selector: string): readonly string[] => found({ 'web.yaml': web, 'np.yaml': policy(selector) });
  assert.deepEqual(at('{ matchLabels: { app: wbe } }'), [
    'np.yaml:4 warning network-policy-selects-nothing: wbe',
  ]);
  assert.deepEqual(at('{ matchLabels: { app: database } }'), [
    'np.yaml:4 hint network-policy-selects-nothing: podSelector',
  ]);
  assert.deepEqual(at('{}'), []);
  assert.deepEqual(at('{ matchExpressions: [{ key: app, operator: In, values: [web] }] }'), []);
});
