import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyFix } from '../../marked.ts';
import { autoscaler, deployment, findings, found, sentences } from './around.ts';

const cpu = `minReplicas: 2
maxReplicas: 10
metrics:
  - type: Resource
    resource:
      name: cpu
      target: { type: Utilization, averageUtilization: 80 }`;
const asks = 'resources: { requests: { cpu: 100m } }';

describe('the target of an autoscaler', () => {
  test('that is called nearly so is a warning', () => {
    const files = {
      'web.yaml': deployment({ container: asks }),
      'hpa.yaml': autoscaler(cpu, { target: 'wep' }),
    };
    assert.deepEqual(found(files), ['hpa.yaml:9 warning hpa-target-missing: wep']);
  });

  test('of a kind without replicas is a warning', () => {
    assert.deepEqual(sentences({ 'hpa.yaml': autoscaler(cpu, { kind: 'DaemonSet' }) }), [
      'A DaemonSet runs one pod a node and cannot be scaled; choose a Deployment or StatefulSet',
    ]);
  });

  test("of somebody else's kind may be in a chart", () => {
    assert.deepEqual(found({ 'hpa.yaml': autoscaler(cpu, { kind: 'Rollout' }) }), [
      'hpa.yaml:9 hint hpa-target-missing: web',
    ]);
  });

  test('is scaled by one autoscaler', () => {
    const both = `${autoscaler(cpu)}---\n${autoscaler(cpu, { name: 'too' })}`;
    assert.deepEqual(found({ 'web.yaml': deployment({ container: asks }), 'hpa.yaml': both }), [
      'hpa.yaml:9 warning hpa-shared-target: web',
      'hpa.yaml:26 warning hpa-shared-target: web',
    ]);
  });
});

describe('a utilization', () => {
  const proxy = (resources: string, policy = ''): string =>
    `initContainers: [{ name: proxy, image: proxy:1, ${policy}resources: ${resources} }]`;
  const at = (web: string, hpa = autoscaler(cpu)): readonly string[] =>
    found({ 'web.yaml': web, 'hpa.yaml': hpa });

  test('needs a request of every container that keeps running', () => {
    assert.deepEqual(at(deployment({ container: asks })), []);
    assert.deepEqual(at(deployment({ container: 'resources: { limits: { cpu: 1 } }' })), []);
    assert.deepEqual(at(deployment()), ['hpa.yaml:16 warning hpa-request-missing: 80']);
    assert.deepEqual(at(deployment({ container: asks, pod: proxy('{}') })), []);
    assert.deepEqual(at(deployment({ container: asks, pod: proxy('{}', 'restartPolicy: Always, ') })), [
      'hpa.yaml:16 warning hpa-request-missing: 80',
    ]);
  });

  test('takes what the pod requests as a whole', () => {
    assert.deepEqual(at(deployment({ pod: 'resources: { requests: { cpu: 1 } }' })), []);
    assert.equal(at(deployment({ pod: 'resources: { requests: { memory: 1Gi } }' })).length, 1);
    assert.deepEqual(
      at(
        deployment({
          container: asks,
          pod: `resources: { requests: { memory: 1Gi } }\n${proxy('{}', 'restartPolicy: Always, ')}`,
        }),
      ),
      [],
    );
  });

  test('of one container looks at that one only', () => {
    const of = (container: string): string =>
      autoscaler(`maxReplicas: 3
metrics:
  - type: ContainerResource
    containerResource:
      name: cpu
      container: ${container}
      target: { type: Utilization, averageUtilization: 80 }`);
    const web = deployment({ container: asks, pod: proxy('{}', 'restartPolicy: Always, ') });
    assert.deepEqual(at(web, of('web')), []);
    assert.deepEqual(sentences({ 'web.yaml': web, 'hpa.yaml': of('proxy') }), [
      'Container proxy of Deployment web requests no cpu: a utilization cannot be computed; add the request',
    ]);
    assert.deepEqual(sentences({ 'web.yaml': web, 'hpa.yaml': of('gone') }), [
      'Deployment web has no container gone: this metric fails',
    ]);
  });

  test('is what an autoscaler without metrics aims at, and no average value', () => {
    assert.deepEqual(at(deployment(), autoscaler('maxReplicas: 3')), [
      'hpa.yaml:6 warning hpa-request-missing: scaleTargetRef',
    ]);
    const value = cpu.replace(
      'type: Utilization, averageUtilization: 80',
      'type: AverageValue, averageValue: 100m',
    );
    assert.deepEqual(at(deployment(), autoscaler(value)), []);
  });

  test('can count on the defaults of a LimitRange', () => {
    const range =
      'apiVersion: v1\nkind: LimitRange\nmetadata: { name: l }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 50m } }] }\n';
    assert.deepEqual(found({ 'web.yaml': deployment(), 'hpa.yaml': autoscaler(cpu), 'lr.yaml': range }), []);
  });

  test('of a target that patches change is not judged', () => {
    const kustomization =
      'resources: [web.yaml, hpa.yaml]\npatches:\n  - target: { kind: Deployment }\n    path: p.yaml\n';
    assert.deepEqual(
      found({
        'kustomization.yaml': kustomization,
        'web.yaml': deployment({ replicas: '1' }),
        'hpa.yaml': autoscaler(cpu),
      }),
      [],
    );
  });
});

describe('replicas beside an autoscaler', () => {
  test('are told, and can be removed', () => {
    const text = deployment({ replicas: '3', container: asks });
    const files = { 'web.yaml': text, 'hpa.yaml': autoscaler(cpu) };
    assert.deepEqual(found(files), ['web.yaml:6 warning hpa-fights-replicas: replicas: 3']);
    const [fix] = findings(files)[0]?.fixes ?? [];
    assert.equal(fix?.preferred, false);
    assert.equal(applyFix(text, fix), deployment({ container: asks }));
  });

  test('outside of its bounds are told so', () => {
    const text = deployment({ replicas: '1', container: asks });
    assert.deepEqual(sentences({ 'web.yaml': text, 'hpa.yaml': autoscaler(cpu) }), [
      'Autoscaler web keeps 2 to 10 replicas, not 1; remove this',
    ]);
  });

  test('of zero switch it off', () => {
    assert.deepEqual(
      found({ 'web.yaml': deployment({ replicas: '0', container: asks }), 'hpa.yaml': autoscaler(cpu) }),
      [],
    );
  });

  test('of a base are only a hint for the autoscaler of an overlay', () => {
    const text = deployment({ replicas: '3', container: asks });
    assert.deepEqual(found({ 'base/web.yaml': text, 'prod/hpa.yaml': autoscaler(cpu) }), [
      'base/web.yaml:6 hint hpa-fights-replicas: replicas: 3',
    ]);
  });

  test('of another workload of that name elsewhere are not meant', () => {
    const text = deployment({ replicas: '3', container: asks });
    assert.deepEqual(
      found({
        'a/web.yaml': text.replace('replicas: 3\n', 'paused: false\n'),
        'a/hpa.yaml': autoscaler(cpu),
        'b/web.yaml': text,
      }),
      [],
    );
  });
});

describe('a claim that one node can mount', () => {
  const claim = (mode: string): string =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec: { accessModes: [${mode}], resources: { requests: { storage: 1Gi } } }\n`;
  const pod = 'volumes:\n  - name: d\n    persistentVolumeClaim: { claimName: data }';
  const at = (text: string, mode = 'ReadWriteOnce'): readonly string[] =>
    found({ 'web.yaml': text, 'pvc.yaml': claim(mode) });

  test('is not for several replicas', () => {
    assert.deepEqual(at(deployment({ replicas: '3', pod })), [
      'web.yaml:15 warning claim-shared-by-replicas: data',
    ]);
    assert.deepEqual(at(deployment({ replicas: '3', pod }), 'ReadWriteMany'), []);
    const set = deployment({ replicas: '3', pod }).replace('kind: Deployment', 'kind: DaemonSet');
    assert.deepEqual(at(set), []);
  });

  test('is not for the replicas an autoscaler may make', () => {
    const files = {
      'web.yaml': deployment({ pod, container: asks }),
      'hpa.yaml': autoscaler(cpu),
      'pvc.yaml': claim('ReadWriteOncePod'),
    };
    assert.ok(found(files).includes('web.yaml:14 warning claim-shared-by-replicas: data'));
  });

  test('does not go with a rolling update', () => {
    const text = deployment({ replicas: '1', pod });
    assert.deepEqual(at(text), ['web.yaml:15 hint claim-blocks-rollout: data']);
    const files = { 'web.yaml': text, 'pvc.yaml': claim('ReadWriteOnce') };
    const [fix] = findings(files)[0]?.fixes ?? [];
    assert.ok(fix !== undefined);
    assert.deepEqual(at(applyFix(text, fix)), []);
    const spare = text.replace(
      'spec:\n',
      'spec:\n  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }\n',
    );
    assert.deepEqual(at(spare), []);
  });
});
