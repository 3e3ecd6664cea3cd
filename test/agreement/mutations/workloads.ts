import { absent, type Mutation, onField, onList, onMapping, onParts } from '../mutation.ts';
import { isTree } from '../tree.ts';
import { counts, flags, labelKeys, labelValues, names, portions, schedules, zones } from './values.ts';
import { ofKind, podSpecs, specOf, templates, under, withKey } from './where.ts';

const replicated = specOf('Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController');
const rolled = specOf('Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController');
const deployments = specOf('Deployment');
const statefulSets = specOf('StatefulSet');
const daemonSets = specOf('DaemonSet');
const cronJobs = specOf('CronJob');
const jobs = withKey('template');

function jobSpecs(tree: Parameters<typeof jobs>[0]): ReturnType<typeof jobs> {
  return ['Job', 'CronJob'].includes(String(tree.kind)) ? jobs(tree) : [];
}

const strategies: readonly unknown[] = [
  ...[
    { type: 'Recreate' },
    { type: 'RollingUpdate' },
    { type: 'recreate' },
    { type: 'OnDelete' },
    {},
    null,
    'Recreate',
    { type: '' },
  ],
  ...[
    { type: 'Recreate', rollingUpdate: {} },
    { type: 'Recreate', rollingUpdate: null },
    { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
    { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
  ],
  ...[
    { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } },
    { rollingUpdate: { maxSurge: 0 } },
    { rollingUpdate: { maxUnavailable: 0 } },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  ],
  ...[
    { type: 'OnDelete', rollingUpdate: { partition: 1 } },
    { rollingUpdate: { partition: 1 } },
    { rollingUpdate: { partition: -1 } },
    { maxSurge: 1 },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
  ],
];

const exits: readonly unknown[] = [
  ...[
    { operator: 'In', values: [1] },
    { operator: 'In', values: [] },
    { operator: 'In', values: [0] },
    { operator: 'NotIn', values: [0] },
    { operator: 'In', values: [2, 1] },
    { operator: 'In', values: [1, 1] },
    { operator: 'In', values: ['1'] },
  ],
  ...[
    { operator: 'Is', values: [1] },
    { values: [1] },
    { operator: 'In' },
    { operator: 'In', values: [1], containerName: 'nowhere' },
    { operator: 'In', values: [300] },
    { operator: 'In', values: [-1] },
    {},
  ],
];

const indexes: readonly unknown[] = [
  '0',
  '0-2',
  '0,2-3',
  '2-0',
  '0,0',
  '',
  'a',
  '0-',
  '-1',
  '3,1',
  '0-100',
  ' 0',
  '0, 1',
  '0-2-4',
  '01',
  '1-1',
  absent,
];

export const workloadMutations: readonly Mutation[] = [
  onField('workloads', 'replicas', replicated, 'replicas', counts),
  onField('workloads', 'min-ready', rolled, 'minReadySeconds', counts),
  onField('workloads', 'revision-history', rolled, 'revisionHistoryLimit', counts),
  onField('workloads', 'progress-deadline', deployments, 'progressDeadlineSeconds', [...counts, 10, 11, 600]),
  onField('workloads', 'paused', deployments, 'paused', flags),
  onField('workloads', 'strategy', deployments, 'strategy', strategies),
  onField('workloads', 'strategy-stateful', statefulSets, 'updateStrategy', strategies),
  onField('workloads', 'strategy-daemon', daemonSets, 'updateStrategy', strategies),
  onField('workloads', 'strategy-misplaced', rolled, 'strategy', [{ type: 'Recreate' }, null]),
  onField('workloads', 'surge', deployments, 'strategy.rollingUpdate.maxSurge', portions),
  onField('workloads', 'unavailable', deployments, 'strategy.rollingUpdate.maxUnavailable', portions),
  onMapping('workloads', 'surge-and-unavailable', deployments, (spec, random) => {
    const some = [0, 1, '0', '0%', '1%', '25%', 2, null, '00%'];
    spec.strategy = {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: random.pick(some), maxUnavailable: random.pick(some) },
    };
  }),
  onField('workloads', 'daemon-surge', daemonSets, 'updateStrategy.rollingUpdate.maxSurge', portions),
  onField(
    'workloads',
    'daemon-unavailable',
    daemonSets,
    'updateStrategy.rollingUpdate.maxUnavailable',
    portions,
  ),
  onField(
    'workloads',
    'stateful-unavailable',
    statefulSets,
    'updateStrategy.rollingUpdate.maxUnavailable',
    portions,
  ),
  onField('workloads', 'partition', statefulSets, 'updateStrategy.rollingUpdate.partition', counts),
  onField('workloads', 'stateful-service-name', statefulSets, 'serviceName', [...names]),
  onField('workloads', 'pod-management', statefulSets, 'podManagementPolicy', [
    'OrderedReady',
    'Parallel',
    'parallel',
    '',
    null,
    absent,
  ]),
  onField('workloads', 'ordinals', statefulSets, 'ordinals', [
    { start: 0 },
    { start: -1 },
    { start: 5 },
    {},
    null,
    { start: '1' },
    { end: 5 },
  ]),
  onField('workloads', 'claim-retention', statefulSets, 'persistentVolumeClaimRetentionPolicy', [
    ...[
      {},
      null,
      { whenDeleted: 'Delete' },
      { whenDeleted: 'Remove' },
      { whenScaled: 'Retain', whenDeleted: 'Retain' },
      { whenScaled: 'delete' },
      { whenDeleted: '' },
      'Delete',
    ],
  ]),
  onList('workloads', 'claim-template', statefulSets, 'volumeClaimTemplates', [
    ...[
      {},
      { metadata: { name: 'x' } },
      { metadata: { name: 'x' }, spec: {} },
      { metadata: { name: 'x' }, spec: { accessModes: ['ReadWriteOnce'] } },
      {
        metadata: { name: 'x' },
        spec: { accessModes: ['RWO'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
    ...[
      {
        metadata: { name: 'x' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
      { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
    ...[
      {
        metadata: { name: 'A_' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '0' } } },
      },
      {
        metadata: { name: 'x' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { cpu: '1' } } },
      },
      {
        metadata: { name: 'x', labels: { 'a b': 'c' } },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
    ...[
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'x' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
      { name: 'x' },
    ],
  ]),
  onField('workloads', 'selector', rolled, 'selector', [
    ...[
      absent,
      null,
      {},
      [],
      { matchLabels: {} },
      { matchLabels: { app: 'other' } },
      { app: 'web' },
      { app: 'rc' },
      { matchLabels: null },
      { matchExpressions: [] },
      { matchLabels: { app: true } },
      'app=web',
      { matchlabels: { app: 'web' } },
    ],
    ...[
      { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      { matchExpressions: [{ key: 'gone', operator: 'DoesNotExist' }] },
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['other'] }] },
      { matchExpressions: [{ key: 'app', operator: 'Is' }] },
    ],
  ]),
  onMapping(
    'workloads',
    'selector-label-more',
    (tree) =>
      under(rolled, 'selector')(tree).flatMap((each) => (isTree(each.matchLabels) ? [each.matchLabels] : [])),
    (labels, random) => {
      labels[random.pick(['added', 'app', 'tier', 'role'])] = random.pick(['x', 'web', 'db', 'primary', '']);
    },
  ),
  onMapping('workloads', 'template-label', templates, (template, random) => {
    const metadata = isTree(template.metadata) ? template.metadata : (template.metadata = {});
    if (!isTree(metadata)) return false;
    const labels = isTree(metadata.labels) ? metadata.labels : (metadata.labels = {});
    if (!isTree(labels)) return false;
    const keys = Object.keys(labels);
    const key = random.pick([...keys, ...keys, random.pick(labelKeys)]);
    labels[key] = random.pick(labelValues);
    return true;
  }),
  onField('workloads', 'template-labels', templates, 'metadata.labels', [
    {},
    null,
    absent,
    { app: 'other' },
    { app: 'web', more: 'x' },
    [],
  ]),
  onField('workloads', 'template-metadata', templates, 'metadata', [
    {},
    null,
    absent,
    { name: 'x' },
    { namespace: 'other' },
    { generateName: 'X_' },
    { annotations: { 'a b': 'c' } },
  ]),
  onField('workloads', 'template-spec', templates, 'spec', [{}, null, absent, { container: [] }]),
  onField('workloads', 'template-itself', withKey('template'), 'template', [
    {},
    null,
    absent,
    { containers: [] },
    { spec: { containers: [{ name: 'a', image: 'a' }] } },
  ]),
  onField('workloads', 'template-restart', podSpecs, 'restartPolicy', [
    'Never',
    'OnFailure',
    'Always',
    '',
    'never',
  ]),
  onField('workloads', 'job-completions', jobSpecs, 'completions', counts),
  onField('workloads', 'job-parallelism', jobSpecs, 'parallelism', [...counts, 100_001]),
  onField('workloads', 'job-mode', jobSpecs, 'completionMode', [
    'Indexed',
    'NonIndexed',
    'indexed',
    '',
    null,
    absent,
  ]),
  onField('workloads', 'job-backoff', jobSpecs, 'backoffLimit', counts),
  onField('workloads', 'job-backoff-index', jobSpecs, 'backoffLimitPerIndex', counts),
  onField('workloads', 'job-failed-indexes', jobSpecs, 'maxFailedIndexes', [...counts, 10, 11, 100_001]),
  onField('workloads', 'job-deadline', jobSpecs, 'activeDeadlineSeconds', counts),
  onField('workloads', 'job-ttl', jobSpecs, 'ttlSecondsAfterFinished', counts),
  onField('workloads', 'job-suspend', jobSpecs, 'suspend', flags),
  onField('workloads', 'job-manual-selector', jobSpecs, 'manualSelector', [true, false, null, 'true']),
  onField('workloads', 'job-selector', jobSpecs, 'selector', [
    { matchLabels: { job: 'mine' } },
    {},
    null,
    { matchLabels: { job: 'other' } },
    { job: 'mine' },
  ]),
  onField('workloads', 'job-managed-by', jobSpecs, 'managedBy', [
    'example.com/x',
    'kubernetes.io/job-controller',
    'plain',
    '',
    'a/b/c',
    `example.com/${'x'.repeat(64)}`,
    null,
  ]),
  onField('workloads', 'job-replacement', jobSpecs, 'podReplacementPolicy', [
    'Failed',
    'TerminatingOrFailed',
    'failed',
    '',
    null,
    'Never',
  ]),
  onField('workloads', 'job-failure-policy', jobSpecs, 'podFailurePolicy', [
    ...[
      null,
      {},
      { rules: [] },
      { rules: [{}] },
      { rules: [{ action: 'Ignore' }] },
      { rules: [{ action: 'Stop', onExitCodes: { operator: 'In', values: [1] } }] },
    ],
    ...exits.map((onExitCodes) => ({ rules: [{ action: 'FailJob', onExitCodes }] })),
    ...['FailIndex', 'Count', 'Ignore', 'failJob', ''].map((action) => ({
      rules: [{ action, onExitCodes: { operator: 'In', values: [1] } }],
    })),
    ...[
      { type: 'DisruptionTarget' },
      { type: 'DisruptionTarget', status: 'True' },
      { type: 'DisruptionTarget', status: 'true' },
      { type: 'DisruptionTarget', status: true },
      { type: '', status: 'True' },
      { type: 'a b', status: 'True' },
      {},
    ].map((condition) => ({
      rules: [{ action: 'Ignore', onPodConditions: [condition] }],
    })),
    {
      rules: [
        {
          action: 'Ignore',
          onExitCodes: { operator: 'In', values: [1] },
          onPodConditions: [{ type: 'A', status: 'True' }],
        },
      ],
    },
  ]),
  onField('workloads', 'job-success-policy', jobSpecs, 'successPolicy', [
    ...[
      null,
      {},
      { rules: [] },
      { rules: [{}] },
      ...indexes
        .filter((each) => each !== absent)
        .map((succeededIndexes) => ({ rules: [{ succeededIndexes }] })),
    ],
    ...counts.filter((each) => each !== absent).map((succeededCount) => ({ rules: [{ succeededCount }] })),
    { rules: [{ succeededIndexes: '0-1', succeededCount: 3 }] },
  ]),
  onField('workloads', 'job-success-indexes', '**.successPolicy.rules.*', 'succeededIndexes', indexes),
  onField('workloads', 'cron-schedule', cronJobs, 'schedule', schedules),
  onField('workloads', 'cron-schedule-again', cronJobs, 'schedule', schedules.slice().reverse()),
  onField('workloads', 'cron-zone', cronJobs, 'timeZone', zones),
  onField('workloads', 'cron-concurrency', cronJobs, 'concurrencyPolicy', [
    'Allow',
    'Forbid',
    'Replace',
    'allow',
    '',
    null,
    absent,
    'Never',
  ]),
  onField('workloads', 'cron-deadline', cronJobs, 'startingDeadlineSeconds', counts),
  onField('workloads', 'cron-history', cronJobs, 'successfulJobsHistoryLimit', counts),
  onField('workloads', 'cron-history-failed', cronJobs, 'failedJobsHistoryLimit', counts),
  onField('workloads', 'cron-template', cronJobs, 'jobTemplate', [
    {},
    null,
    absent,
    { spec: {} },
    { template: {} },
  ]),
  onField('workloads', 'cron-name', (tree) => under(ofKind('CronJob'), 'metadata')(tree), 'name', [
    'x'.repeat(52),
    'x'.repeat(53),
    'x'.repeat(63),
    'a.b',
    'Upper',
  ]),
  onParts(
    'workloads',
    'cron-as-job',
    cronJobs,
    ['jobTemplate'],
    [{ template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }] } } }],
  ),
  onField(
    'workloads',
    'job-restart-policy',
    (tree) => (['Job', 'CronJob'].includes(String(tree.kind)) ? podSpecs(tree) : []),
    'restartPolicy',
    ['Always', absent, 'Never', 'OnFailure', 'onFailure', null],
  ),
  onField('workloads', 'revision-number', ofKind('ControllerRevision'), 'revision', counts),
  onField('workloads', 'revision-data', ofKind('ControllerRevision'), 'data', [
    absent,
    null,
    {},
    'text',
    [],
    5,
    { a: [1, { b: null }] },
  ]),
];
