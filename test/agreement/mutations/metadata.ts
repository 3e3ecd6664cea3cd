import { absent, onField, onMapping, onList, type Mutation, onTree } from '../mutation.ts';
import { findTrees, isTree, raw, type Tree } from '../tree.ts';
import { counts, labelKeys, labelValues, moments, names } from './values.ts';

const ROOT = 'metadata';
/** The object's own, and those of templates. */
const ANY = ['metadata', '**.metadata'];

/** Every mapping that holds labels or selects by them. */
function labelMaps(tree: Tree): readonly Tree[] {
  return findTrees(tree, '**').filter(
    (mapping, index, all) => all.indexOf(mapping) === index && isLabelMap(tree, mapping),
  );
}

const labelKeysOf = ['labels', 'matchLabels', 'nodeSelector'];

function isLabelMap(tree: Tree, mapping: Tree): boolean {
  return labelKeysOf.some((key) => findTrees(tree, `**.${key}`).includes(mapping));
}

const owner = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'owner',
  uid: '6f1c7a2e-0c6e-4d4e-9a53-0d3f0c8d3c11',
};

const owners: readonly unknown[] = [
  owner,
  { ...owner, controller: true },
  { ...owner, controller: true, blockOwnerDeletion: true },
  { ...owner, uid: '' },
  { ...owner, uid: 'not a uid' },
  { ...owner, name: '' },
  { ...owner, kind: '' },
  { ...owner, apiVersion: '' },
  { ...owner, apiVersion: 'a/b/c' },
  { ...owner, apiVersion: 'v1', kind: 'Event' },
  { kind: 'Deployment', name: 'owner' },
  {},
  'owner',
  null,
];

export const metadataMutations: readonly Mutation[] = [
  onField('metadata', 'metadata-name', ROOT, 'name', names),
  onField(
    'metadata',
    'metadata-name-more',
    ROOT,
    'name',
    names.map((name) => (typeof name === 'string' ? `${name}.x` : name)),
  ),
  onMapping('metadata', 'metadata-generate-name', ROOT, (metadata, random) => {
    delete metadata.name;
    metadata.generateName = random.pick([
      'fine-',
      'fine',
      'Upper-',
      'a_b-',
      '',
      'a.b-',
      '-',
      'x'.repeat(250),
      'sp ace-',
      null,
      'a--',
      'a.',
    ]);
  }),
  onField('metadata', 'metadata-generate-name-too', ROOT, 'generateName', ['fine-', 'Upper-', 'a_b', '', 5]),
  onField('metadata', 'metadata-namespace', ROOT, 'namespace', [
    'default',
    'agreement',
    'kube-system',
    null,
    '',
  ]),
  onField('metadata', 'metadata-labels', ANY, 'labels', [{}, null, [], 'a=b', ['a=b'], { a: 'b' }, absent]),
  onField('metadata', 'metadata-annotations', ANY, 'annotations', [
    ...[
      {},
      null,
      [],
      'a',
      { a: '' },
      { 'sp ace': 'a' },
      { a: 5 },
      { a: true },
      { a: null },
      { a: { b: 'c' } },
      { a: 'x'.repeat(262_150) },
    ],
    ...[
      { 'Upper.com/X': 'a' },
      { 'a/b/c': 'a' },
      { 'example.com/x': 'any text: \u00e9 \n {}' },
      { '': 'a' },
      { ['x'.repeat(64)]: 'a' },
      { a: raw('yes') },
    ],
  ]),
  onMapping('metadata', 'metadata-annotation-pod', ANY, (metadata, random) => {
    const annotations = isTree(metadata.annotations) ? metadata.annotations : {};
    annotations[
      random.pick([
        'container.apparmor.security.beta.kubernetes.io/app',
        'seccomp.security.alpha.kubernetes.io/pod',
        'scheduler.alpha.kubernetes.io/preferred-zone',
        'controller.kubernetes.io/pod-deletion-cost',
        'batch.kubernetes.io/job-tracking',
        'kubernetes.io/config.mirror',
        'deprecated.daemonset.template.generation',
        'kubernetes.io/service-account.name',
        'service.kubernetes.io/topology-mode',
        'endpoints.kubernetes.io/over-capacity',
        'autoscaling.alpha.kubernetes.io/metrics',
        'kubernetes.io/ingress.class',
        'ingressclass.kubernetes.io/is-default-class',
        'api-approved.kubernetes.io',
      ])
    ] = random.pick([
      'runtime/default',
      'localhost/a',
      'unconfined',
      '5',
      '-5',
      '05',
      'abc',
      '',
      'Auto',
      '[]',
      '{',
      'true',
      'unapproved',
      'https://github.com/kubernetes/kubernetes/pull/1',
    ]);
    metadata.annotations = annotations;
  }),
  onMapping('metadata', 'label-key', labelMaps, (labels, random) => {
    labels[random.pick(labelKeys)] = 'x';
  }),
  onMapping('metadata', 'label-value', labelMaps, (labels, random) => {
    const keys = Object.keys(labels);
    labels[keys.length === 0 ? 'added' : random.pick(keys)] = random.pick(labelValues);
  }),
  onMapping('metadata', 'label-added', ROOT, (metadata, random) => {
    const labels = isTree(metadata.labels) ? metadata.labels : {};
    labels[random.pick(labelKeys)] = random.pick(labelValues);
    metadata.labels = labels;
  }),
  onList('metadata', 'metadata-owner', ROOT, 'ownerReferences', owners),
  onField('metadata', 'metadata-owners', ROOT, 'ownerReferences', [
    [
      { ...owner, controller: true },
      { ...owner, name: 'other', uid: '7f1c7a2e-0c6e-4d4e-9a53-0d3f0c8d3c11', controller: true },
    ],
    [owner, owner],
    [],
    null,
    owner,
  ]),
  onList('metadata', 'metadata-finalizer', ROOT, 'finalizers', [
    ...[
      'example.com/x',
      'kubernetes',
      'orphan',
      'foregroundDeletion',
      'plain',
      '',
      'a/b/c',
      'Upper.com/x',
      'example.com/',
      5,
      null,
    ],
    ...['kubernetes.io/pvc-protection', 'sp ace/x', 'example.com/sp ace', 'finalizers.example.com'],
  ]),
  onField('metadata', 'metadata-finalizers', ROOT, 'finalizers', [
    [],
    ['orphan', 'foregroundDeletion'],
    ['example.com/x', 'example.com/x'],
    'example.com/x',
    null,
  ]),
  onField('metadata', 'metadata-resource-version', ANY, 'resourceVersion', ['1', '', '0', 'abc', 5, null]),
  onField('metadata', 'metadata-uid', ANY, 'uid', ['6f1c7a2e-0c6e-4d4e-9a53-0d3f0c8d3c11', 'x', '', 5]),
  onField('metadata', 'metadata-generation', ANY, 'generation', [1, 0, -1, '1', 1.5, null]),
  onField('metadata', 'metadata-created', ANY, 'creationTimestamp', moments),
  onField('metadata', 'metadata-deleted', ROOT, 'deletionTimestamp', moments),
  onField('metadata', 'metadata-grace', ROOT, 'deletionGracePeriodSeconds', [0, 30, -1, '30', null]),
  onField('metadata', 'metadata-self-link', ROOT, 'selfLink', ['/api/v1/x', '', null, 5]),
  onField('metadata', 'metadata-managed-fields', ROOT, 'managedFields', [
    [],
    [
      {
        manager: 'me',
        operation: 'Apply',
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': {} },
      },
    ],
    [{ manager: 'me', operation: 'Create' }],
    [{ manager: 'me', operation: 'Update', fieldsType: 'FieldsV2' }],
    [{ manager: 'x'.repeat(129), operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: {} }],
    [
      {
        manager: 'me',
        operation: 'Update',
        apiVersion: 'v1',
        time: 'now',
        fieldsType: 'FieldsV1',
        fieldsV1: {},
      },
    ],
    [{}],
    {},
    null,
  ]),
  onField('metadata', 'metadata-itself', '', 'metadata', [
    absent,
    null,
    {},
    [],
    'name',
    { name: 5 },
    { name: 'alone' },
  ]),
  onField('metadata', 'metadata-unknown', ANY, 'clusterName', ['x', null, '']),
  onField('metadata', 'status-given', '', 'status', [
    {},
    null,
    [],
    { foo: 'bar' },
    { phase: 'Running' },
    { replicas: 3 },
    { replicas: 'three' },
    { conditions: [] },
    { loadBalancer: {} },
    { observedGeneration: -1 },
    'ready',
  ]),
  onField('metadata', 'spec-itself', '', 'spec', [absent, null, {}, [], 'spec']),
  onTree('metadata', 'selector-expression', (tree, random) => {
    const selectors = findTrees(tree, '**').filter(
      (mapping) => 'matchLabels' in mapping || Array.isArray(mapping.matchExpressions),
    );
    if (selectors.length === 0) return false;
    const selector = random.pick(selectors);
    selector.matchExpressions = [random.pick(expressions)];
    return true;
  }),
  onTree('metadata', 'selector-expression-part', (tree, random) => {
    const parts = findTrees(tree, '**.matchExpressions.*');
    if (parts.length === 0) return false;
    const part = random.pick(parts);
    Object.assign(part, random.pick(expressionParts));
    for (const [key, value] of Object.entries(part)) if (value === absent) delete part[key];
    return true;
  }),
  onField('metadata', 'metadata-length', ROOT, 'deletionGracePeriodSeconds', counts),
];

const expressionParts: readonly Tree[] = [
  ...['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'in', 'Equals', '', null].map((operator) => ({
    operator,
  })),
  ...[
    [],
    ['a'],
    ['a', 'a'],
    ['sp ace'],
    ['5'],
    [5],
    null,
    absent,
    'a',
    [''],
    ['x'.repeat(64)],
    ['5', '6'],
    [null],
  ].map((values) => ({ values })),
  ...[...labelKeys, null, absent].map((key) => ({ key })),
];

const expressions: readonly Tree[] = [
  { key: 'tier', operator: 'In', values: ['frontend'] },
  { key: 'tier', operator: 'In', values: [] },
  { key: 'tier', operator: 'In' },
  { key: 'tier', operator: 'NotIn', values: ['x'] },
  { key: 'tier', operator: 'Exists' },
  { key: 'tier', operator: 'Exists', values: ['x'] },
  { key: 'tier', operator: 'DoesNotExist' },
  { key: 'tier', operator: 'DoesNotExist', values: [] },
  { key: 'tier', operator: 'Gt', values: ['5'] },
  { key: 'tier', operator: 'exists' },
  { key: 'sp ace', operator: 'Exists' },
  { key: '', operator: 'Exists' },
  { operator: 'Exists' },
  { key: 'tier' },
  { key: 'tier', operator: 'In', values: ['sp ace'] },
  { key: 'tier', operator: 'In', value: 'x' },
  {},
];
