import { absent, type Mutation, onField, onList, onMapping } from '../mutation.ts';
import { counts, portions, quantities } from './values.ts';
import { inKind, specOf, under } from './where.ts';

const autoscalers = specOf('HorizontalPodAutoscaler');
const metrics = inKind('HorizontalPodAutoscaler', 'spec.metrics.*');
const targets = inKind('HorizontalPodAutoscaler', '**.target');
const scaleRules = inKind('HorizontalPodAutoscaler', 'spec.behavior.*');
const policies = inKind('HorizontalPodAutoscaler', 'spec.behavior.*.policies.*');
const budgets = specOf('PodDisruptionBudget');

const types = ['Resource', 'ContainerResource', 'Pods', 'Object', 'External', 'resource', '', null, absent];
const target = { type: 'AverageValue', averageValue: '1' };

export const scalingMutations: readonly Mutation[] = [
  onField('scaling', 'hpa-minimum', autoscalers, 'minReplicas', counts),
  onField('scaling', 'hpa-maximum', autoscalers, 'maxReplicas', [...counts, absent]),
  onMapping('scaling', 'hpa-range', autoscalers, (spec, random) => {
    spec.minReplicas = random.pick([0, 1, 3, 10, 21, null]);
    spec.maxReplicas = random.pick([0, 1, 3, 10, 20, null]);
  }),
  onField('scaling', 'hpa-target', autoscalers, 'scaleTargetRef', [
    ...[
      absent,
      null,
      {},
      { kind: 'Deployment', name: 'web' },
      { apiVersion: 'apps/v1', name: 'web' },
      { apiVersion: 'apps/v1', kind: 'Deployment' },
      { apiVersion: 'v1', kind: 'Deployment', name: 'web' },
      { apiVersion: 'v1', kind: 'ReplicationController', name: 'web' },
    ],
    ...[
      { apiVersion: 'apps/v1', kind: 'deployment', name: 'web' },
      { apiVersion: 'apps/v1', kind: 'a/b', name: 'web' },
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a/b' },
      { apiVersion: 'a/b/c', kind: 'Deployment', name: 'web' },
      { apiVersion: '', kind: 'Deployment', name: 'web' },
      'web',
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'x' },
      { apiVersion: '/v1', kind: 'D', name: 'w' },
    ],
  ]),
  onField('scaling', 'hpa-cpu', specOf('HorizontalPodAutoscaler'), 'targetCPUUtilizationPercentage', counts),
  onField('scaling', 'metric-type', metrics, 'type', types),
  onList('scaling', 'metric-added', autoscalers, 'metrics', [
    ...[
      {},
      { type: 'Resource' },
      { type: 'Resource', resource: { name: 'cpu' } },
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
      { type: 'Resource', resource: { name: '', target } },
      { type: 'Resource', resource: { target } },
      { type: 'Resource', pods: { metric: { name: 'a' }, target } },
    ],
    ...[
      { type: 'Pods', pods: { metric: { name: 'a' }, target } },
      { type: 'Pods', pods: { metric: {}, target } },
      { type: 'Pods', pods: { metric: { name: 'a/b' }, target } },
      { type: 'Pods', pods: { metric: { name: 'a', selector: { matchLabels: { 'a b': 'c' } } }, target } },
      { type: 'Pods', pods: { metricName: 'a', targetAverageValue: 1 } },
    ],
    ...[
      { type: 'External', external: { metric: { name: 'a' }, target: { type: 'Value', value: '1' } } },
      {
        type: 'External',
        external: { metric: { name: 'a' }, target: { type: 'Value', value: '1', averageValue: '1' } },
      },
      {
        type: 'External',
        external: { metric: { name: 'a' }, target: { type: 'Utilization', averageUtilization: 5 } },
      },
      { type: 'External', external: { metric: { name: '' }, target } },
    ],
    ...[
      { type: 'Object', object: { metric: { name: 'a' }, target } },
      {
        type: 'Object',
        object: { describedObject: { kind: 'Service', name: 'a' }, metric: { name: 'a' }, target },
      },
      { type: 'Object', object: { describedObject: { kind: 'Service' }, metric: { name: 'a' }, target } },
      {
        type: 'Object',
        object: {
          describedObject: { kind: 'Service', name: 'a' },
          metric: { name: 'a' },
          target: { type: 'Value' },
        },
      },
    ],
    ...[
      {
        type: 'ContainerResource',
        containerResource: {
          name: 'cpu',
          container: 'app',
          target: { type: 'Utilization', averageUtilization: 50 },
        },
      },
      { type: 'ContainerResource', containerResource: { name: 'cpu', target } },
      { type: 'ContainerResource', containerResource: { container: 'app', target } },
    ],
    ...[
      { type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 50 } },
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } },
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50, averageValue: '1' } },
      },
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'AverageValue', averageUtilization: 50 } },
      },
    ],
  ]),
  onField('scaling', 'metric-target-type', targets, 'type', [
    'Utilization',
    'Value',
    'AverageValue',
    'utilization',
    '',
    null,
    absent,
  ]),
  onField('scaling', 'metric-utilization', targets, 'averageUtilization', counts),
  onField('scaling', 'metric-average', targets, 'averageValue', quantities),
  onField('scaling', 'metric-value', targets, 'value', quantities),
  onField('scaling', 'metric-name', inKind('HorizontalPodAutoscaler', '**.metric'), 'name', [
    'a',
    '',
    null,
    absent,
    'a/b',
    'a b',
    '%',
    5,
    '..',
  ]),
  onField('scaling', 'behavior', autoscalers, 'behavior', [
    ...[
      {},
      null,
      { scaleUp: {} },
      { scaleDown: null },
      { scaleUp: { policies: [] } },
      { scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } },
      { up: {} },
      { scaleUp: { selectPolicy: 'max' } },
      { scaleDown: { tolerance: '0.1' } },
      { scaleDown: { tolerance: '-0.1' } },
      { scaleUp: [] },
    ],
  ]),
  onField('scaling', 'behavior-window', scaleRules, 'stabilizationWindowSeconds', [...counts, 3600, 3601]),
  onField('scaling', 'behavior-select', scaleRules, 'selectPolicy', [
    'Max',
    'Min',
    'Disabled',
    'max',
    '',
    null,
    absent,
  ]),
  onField('scaling', 'behavior-tolerance', scaleRules, 'tolerance', quantities),
  onField('scaling', 'behavior-policies', scaleRules, 'policies', [
    [],
    null,
    absent,
    [{}],
    {},
    [{ type: 'Pods', value: 1 }],
    [{ type: 'Pods', value: 1, periodSeconds: 60 }],
  ]),
  onField('scaling', 'policy-type', policies, 'type', ['Pods', 'Percent', 'pods', '', null, absent]),
  onField('scaling', 'policy-value', policies, 'value', counts),
  onField('scaling', 'policy-period', policies, 'periodSeconds', [...counts, 1800, 1801]),
  onField('scaling', 'budget-minimum', budgets, 'minAvailable', portions),
  onField('scaling', 'budget-maximum', budgets, 'maxUnavailable', portions),
  onField('scaling', 'budget-eviction', budgets, 'unhealthyPodEvictionPolicy', [
    'AlwaysAllow',
    'IfHealthyBudget',
    'Always',
    '',
    null,
  ]),
  onField('scaling', 'budget-selector', budgets, 'selector', [
    absent,
    null,
    {},
    { app: 'x' },
    { matchLabels: { app: 'x' } },
    { matchLabels: { app: 'a b' } },
    { matchExpressions: [{ key: 'a', operator: 'In' }] },
    [],
  ]),
  onField(
    'scaling',
    'metric-selector',
    under(inKind('HorizontalPodAutoscaler', '**.metric'), 'selector'),
    'matchLabels',
    [{}, null, { a: 'b' }, { 'a b': 'c' }, { a: 'b c' }, { a: 1 }],
  ),
  onField('scaling', 'described-object', inKind('HorizontalPodAutoscaler', '**.object'), 'describedObject', [
    absent,
    null,
    {},
    { kind: 'Service', name: 'a' },
    { kind: 'Service' },
    { name: 'a' },
    { apiVersion: 'a/b/c', kind: 'S', name: 'a' },
  ]),
];
