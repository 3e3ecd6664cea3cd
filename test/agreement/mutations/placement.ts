import { absent, type Mutation, onField, onList, onMapping } from '../mutation.ts';
import { labelKeys, labelValues } from './values.ts';
import { ofPods, podSpecs, withKey } from './where.ts';

const requirements: readonly unknown[] = [
  ...[
    { key: 'a', operator: 'In', values: ['x'] },
    { key: 'a', operator: 'In', values: [] },
    { key: 'a', operator: 'Exists', values: ['x'] },
    { key: 'a', operator: 'Gt', values: ['5'] },
    { key: 'a', operator: 'Gt', values: ['5', '6'] },
  ],
  ...[
    { key: 'a', operator: 'Gt', values: ['abc'] },
    { key: 'a', operator: 'Gt', values: [5] },
    { key: 'a', operator: 'in', values: ['x'] },
    { key: 'sp ace', operator: 'Exists' },
    { operator: 'Exists' },
    { key: 'a' },
    {},
    { key: 'a', operator: 'NotIn', values: ['sp ace'] },
  ],
];

export const placementMutations: readonly Mutation[] = [
  onField('pods', 'pod-node-name', podSpecs, 'nodeName', ['node-1', 'Node_1', '', null, 'a.b', 5]),
  onList('pods', 'pod-toleration', podSpecs, 'tolerations', [
    ...[
      {},
      { operator: 'Exists' },
      { key: 'a' },
      { key: 'a', operator: 'Equal', value: 'b' },
      { key: 'a', operator: 'Exists', value: 'b' },
      { operator: 'Equal' },
      { operator: 'Equal', value: 'b' },
      { key: 'a', operator: 'exists' },
      { key: 'a', operator: 'Gt', value: '5' },
      { key: 'a', operator: 'In', value: 'x' },
    ],
    ...[
      { key: 'a', effect: 'NoSchedule' },
      { key: 'a', effect: 'noSchedule' },
      { key: 'a', effect: '' },
      { key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 },
      { key: 'a', effect: 'NoExecute', tolerationSeconds: 5 },
      { key: 'a', effect: 'NoExecute', tolerationSeconds: -1 },
      { key: 'a', tolerationSeconds: 5 },
    ],
    ...[
      { key: 'sp ace' },
      { key: 'a', value: 'sp ace' },
      { key: 'a', value: 5 },
      { key: 'a', value: true },
      { key: 'a', effect: 'NoExecute', tolerationSeconds: '60' },
      'a=b:NoSchedule',
      { key: 'a/b/c', operator: 'Exists' },
    ],
  ]),
  onMapping('pods', 'pod-node-selector', podSpecs, (spec, random) => {
    spec.nodeSelector = { [random.pick(labelKeys)]: random.pick(labelValues) };
  }),
  onField('pods', 'node-selector-shape', podSpecs, 'nodeSelector', [
    {},
    null,
    [],
    'a=b',
    { a: null },
    { a: true },
    { a: 'b' },
    [{ a: 'b' }],
    { matchLabels: { a: 'b' } },
  ]),
  onList('pods', 'node-requirement', withKey('nodeSelectorTerms'), 'nodeSelectorTerms', [
    ...requirements.map((each) => ({ matchExpressions: [each] })),
    {},
    null,
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] },
    { matchFields: [{ key: 'metadata.namespace', operator: 'In', values: ['a'] }] },
    { matchFields: [{ key: 'metadata.name', operator: 'Exists' }] },
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }] },
    { matchLabels: { a: 'b' } },
  ]),
  onField('pods', 'node-affinity', podSpecs, 'affinity.nodeAffinity', [
    ...[
      {},
      null,
      { requiredDuringSchedulingIgnoredDuringExecution: {} },
      { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } },
      { requiredDuringSchedulingIgnoredDuringExecution: [] },
      { requiredDuringSchedulingIgnoredDuringExecution: null },
    ],
    ...requirements.map((each) => ({
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [each] }] },
    })),
    ...[0, 1, 100, 101, -1, '5', null].map((weight) => ({
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      ],
    })),
    ...[
      { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] },
      { preferredDuringSchedulingIgnoredDuringExecution: [{ preference: {} }] },
      { preferredDuringSchedulingIgnoredDuringExecution: {} },
    ],
  ]),
  onList('pods', 'topology-spread', podSpecs, 'topologySpreadConstraints', [
    ...[
      {},
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'Never' },
      { maxSkew: 1, topologyKey: '', whenUnsatisfiable: 'ScheduleAnyway' },
    ],
    ...[
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 },
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', minDomains: 0 },
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', nodeAffinityPolicy: 'honor' },
    ],
    ...[
      { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule', matchLabelKeys: ['a'] },
      {
        maxSkew: 1,
        topologyKey: 'a',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { a: 'b' } },
        matchLabelKeys: ['a'],
      },
    ],
    ...[
      { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: '1', topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
      { maxSkew: -1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
    ],
  ]),
  onField('pods', 'topology-spread-part', ofPods('topologySpreadConstraints'), 'whenUnsatisfiable', [
    'DoNotSchedule',
    'ScheduleAnyway',
    '',
    null,
    absent,
    'doNotSchedule',
  ]),
];
