import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, fixed, indent, only, titles } from '../../marked.ts';

const target = 'scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }';

function hpa(spec: string, version = 'v2'): string {
  return `apiVersion: autoscaling/${version}
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
${indent(spec, 2)}
`;
}

function budget(spec: string): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec:\n${indent(spec, 2)}\n`;
}

describe('hpa-replicas-invalid', () => {
  const of = (replicas: string, version?: string): string => hpa(`${target}\n${replicas}`, version);

  test('takes what the server takes', () => {
    for (const version of ['v1', 'v2']) {
      check(of('maxReplicas: 1', version));
      check(of('minReplicas: 3\nmaxReplicas: 3', version));
      check(of('minReplicas: ${MIN}\nmaxReplicas: ${MAX}', version));
    }
  });

  const cases: readonly (readonly [string, string])[] = [
    ['minReplicas: «hpa-replicas-invalid 0»\nmaxReplicas: 3', 'spec.minReplicas'],
    ['minReplicas: 5\nmaxReplicas: «hpa-replicas-invalid 3»', 'spec.maxReplicas'],
    ['maxReplicas: «hpa-replicas-invalid 0»', 'spec.maxReplicas'],
    ['maxReplicas: «hpa-replicas-invalid -1»', 'spec.maxReplicas'],
  ];
  for (const [replicas, path] of cases) {
    test(replicas.replaceAll(/«[\w-]+ ([^»]*)»/g, '$1').replace('\n', ', '), () => {
      for (const version of ['v1', 'v2']) assert.equal(only(of(replicas, version)).path, path);
    });
  }

  test('maxReplicas is required', () => {
    const text = hpa(target).replace('spec:', '«hpa-replicas-invalid spec»:');
    assert.equal(only(text).path, 'spec.maxReplicas');
  });
});

describe('hpa-target-invalid', () => {
  const of = (reference: string): string => hpa(`scaleTargetRef: ${reference}\nmaxReplicas: 3`);

  test('only a ReplicationController has no group', () => {
    check(of('{ apiVersion: v1, kind: ReplicationController, name: web }'));
    check(of('{ kind: ReplicationController, name: web }'));
    const finding = only(of('{ apiVersion: «hpa-target-invalid v1», kind: Pod, name: web }'));
    assert.equal(finding.path, 'spec.scaleTargetRef.apiVersion');
    check(of('{ apiVersion: «hpa-target-invalid a/b/c», kind: Deployment, name: web }'));
    check(of('{ apiVersion: apps/v1, kind: «hpa-target-invalid a/b», name: web }'));
  });

  test('a target of the first version', () => {
    check(hpa(`${target}\nmaxReplicas: 3\ntargetCPUUtilizationPercentage: 500`, 'v1'));
    const spec = `${target}\nmaxReplicas: 3\ntargetCPUUtilizationPercentage: «hpa-target-invalid 0»`;
    assert.equal(only(hpa(spec, 'v1')).path, 'spec.metrics[0].resource.target.averageUtilization');
  });
});

describe('hpa-metric-invalid', () => {
  const of = (metric: string): string => hpa(`${target}\nmaxReplicas: 3\nmetrics:\n  - ${metric}`);
  const at = 'spec.metrics[0]';
  const utilization = 'target: { type: Utilization, averageUtilization: 70 }';

  test('takes what the server takes', () => {
    check(of(`{ type: Resource, resource: { name: any thing, ${utilization} } }`));
    check(of('{ type: Resource, resource: { name: cpu, target: { type: Value, averageValue: 1m } } }'));
    check(
      of(`{ type: ContainerResource, containerResource: { name: memory, container: a, ${utilization} } }`),
    );
    check(
      of('{ type: Pods, pods: { metric: { name: a }, target: { type: AverageValue, averageValue: 5 } } }'),
    );
    check(
      of(
        '{ type: Object, object: { describedObject: { kind: Ingress, name: a }, metric: { name: a }, target: { type: Value, value: 5, averageValue: 1 } } }',
      ),
    );
    check(of('{ type: External, external: { metric: { name: a }, target: { type: Value, value: 5 } } }'));
  });

  const cases: readonly (readonly [string, string])[] = [
    [`{ type: «hpa-metric-invalid resource», resource: { name: cpu, ${utilization} } }`, '.type'],
    [
      '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: «hpa-metric-invalid 0» } } }',
      '.resource.target.averageUtilization',
    ],
    [
      '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 5, averageValue: «hpa-metric-invalid 5» } } }',
      '.resource.target.averageValue',
    ],
    [
      '{ type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: «hpa-metric-invalid 0» } } }',
      '.resource.target.averageValue',
    ],
    [
      `{ type: Resource, resource: { name: cpu, ${utilization} }, «hpa-metric-invalid pods»: { metric: { name: a }, target: { type: AverageValue, averageValue: 5 } } }`,
      '.pods',
    ],
    [
      `{ type: ContainerResource, containerResource: { name: «hpa-metric-invalid disk», container: a, ${utilization} } }`,
      '.containerResource.name',
    ],
    [
      '{ type: External, external: { metric: { name: «hpa-metric-invalid a/b» }, target: { type: Value, value: 5 } } }',
      '.external.metric.name',
    ],
    [
      '{ type: External, external: { metric: { name: a }, target: { type: Value, averageValue: 1, value: «hpa-metric-invalid 5» } } }',
      '.external.target.value',
    ],
  ];
  for (const [metric, path] of cases) {
    test(metric.replaceAll(/«[\w-]+ ([^»]*)»/g, '$1'), () => {
      assert.equal(only(of(metric)).path, `${at}${path}`);
    });
  }

  test('what is missing', () => {
    assert.equal(only(of('{ «hpa-metric-invalid type»: Resource }')).path, `${at}.resource`);
    const { findings } = check(
      of('{ type: Resource, «hpa-metric-invalid+hpa-metric-invalid resource»: { name: cpu } }'),
    );
    assert.deepEqual(
      findings.map(({ path }) => path),
      [`${at}.resource.target.type`, `${at}.resource.target.averageUtilization`],
    );
  });
});

describe('hpa-behavior-invalid', () => {
  const of = (behavior: string): string => hpa(`${target}\nmaxReplicas: 3\nbehavior: ${behavior}`);
  const rule = 'spec.behavior.scaleDown';

  test('takes what the server takes', () => {
    check(of('{ scaleUp: {}, scaleDown: { selectPolicy: Disabled, stabilizationWindowSeconds: 3600 } }'));
    check(of('{ scaleUp: { policies: null, tolerance: 0 } }'));
    check(of('{ scaleUp: { policies: [{ type: Pods, value: 1, periodSeconds: 1800 }] } }'));
  });

  const cases: readonly (readonly [string, string])[] = [
    ['«hpa-behavior-invalid policies»: []', '.policies'],
    ['stabilizationWindowSeconds: «hpa-behavior-invalid 3601»', '.stabilizationWindowSeconds'],
    ['selectPolicy: «hpa-behavior-invalid max»', '.selectPolicy'],
    ['tolerance: «hpa-behavior-invalid -1m»', '.tolerance'],
    ['policies: [{ type: «hpa-behavior-invalid pods», value: 1, periodSeconds: 1 }]', '.policies[0].type'],
    ['policies: [{ type: Pods, value: «hpa-behavior-invalid 0», periodSeconds: 1 }]', '.policies[0].value'],
    [
      'policies: [{ type: Pods, value: 1, periodSeconds: «hpa-behavior-invalid 1801» }]',
      '.policies[0].periodSeconds',
    ],
  ];
  for (const [rules, path] of cases) {
    test(rules.replaceAll(/«[\w-]+ ([^»]*)»/g, '$1'), () => {
      assert.equal(only(of(`{ scaleDown: { ${rules} } }`)).path, `${rule}${path}`);
    });
  }
});

describe('pdb-invalid', () => {
  test('one of two', () => {
    check(budget('minAvailable: 1\nmaxUnavailable: null'));
    const finding = only(budget('minAvailable: 1\n«pdb-invalid maxUnavailable»: 1'));
    assert.equal(finding.path, 'spec');
    assert.deepEqual(titles(finding), ['Remove minAvailable', 'Remove maxUnavailable']);
    check(fixed(finding, 0));
    check(fixed(finding, 1));
  });

  test('counts and percentages', () => {
    check(budget('maxUnavailable: 100%'));
    assert.equal(only(budget('maxUnavailable: «pdb-invalid 101%»')).path, 'spec.maxUnavailable');
    check(budget('minAvailable: «pdb-invalid -1»'));
    check(budget('minAvailable: «pdb-invalid "5"»'));
  });

  test('policies', () => {
    check(budget('unhealthyPodEvictionPolicy: AlwaysAllow'));
    check(budget('unhealthyPodEvictionPolicy: «pdb-invalid Always»'));
  });
});
