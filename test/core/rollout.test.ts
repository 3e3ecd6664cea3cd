import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatMessage, rolloutVerdict, workloadStatus } from '../../src/core/index.ts';

type Row = readonly [object: object, verdict: string, health: string, summary: string, reason: string | null];

const object = (kind: string, spec: object, status: object, metadata: object = {}): object => ({
  kind,
  metadata: { generation: 2, ...metadata },
  spec,
  status: { observedGeneration: 2, ...status },
});
const counts = (
  replicas: number,
  updatedReplicas: number,
  readyReplicas: number,
  availableReplicas: number,
): object => ({
  replicas,
  updatedReplicas,
  readyReplicas,
  availableReplicas,
});
const progressing = (reason: string): object => ({ conditions: [{ type: 'Progressing', reason }] });
const deployment = (status: object, spec: object = {}, metadata: object = {}): object =>
  object('Deployment', { replicas: 3, ...spec }, status, metadata);

const cases: Record<string, Row> = {
  'a Deployment that is done': [deployment(counts(3, 3, 3, 3)), 'complete', 'healthy', '3/3 ready', null],
  'replicas default to one': [
    object('Deployment', {}, counts(1, 1, 1, 1)),
    'complete',
    'healthy',
    '1/1 ready',
    null,
  ],
  'a change the controller has not seen': [
    deployment({ ...counts(3, 3, 3, 3), observedGeneration: 1 }),
    'progressing',
    'progressing',
    '3/3 ready',
    'The controller has not acted on the change yet',
  ],
  'new pods are missing': [
    deployment(counts(3, 1, 3, 3)),
    'progressing',
    'progressing',
    '3/3 ready',
    '1 of 3 new pods are created',
  ],
  'old pods are left': [
    deployment(counts(5, 3, 3, 3)),
    'progressing',
    'progressing',
    '3/3 ready',
    'Old pods still to end: 2',
  ],
  'new pods are not available': [
    deployment(counts(3, 3, 2, 2)),
    'progressing',
    'progressing',
    '2/3 ready',
    '2 of 3 new pods are available',
  ],
  'no progress in time': [
    deployment(
      { ...counts(4, 1, 3, 3), ...progressing('ProgressDeadlineExceeded') },
      { progressDeadlineSeconds: 5 },
    ),
    'failed',
    'failed',
    '3/3 ready',
    'The rollout made no progress in its time of 5 s',
  ],
  'a deadline missed before the newest change': [
    deployment({ ...counts(3, 1, 3, 3), ...progressing('ProgressDeadlineExceeded'), observedGeneration: 1 }),
    'progressing',
    'progressing',
    '3/3 ready',
    'The controller has not acted on the change yet',
  ],
  'a deadline missed and made up for': [
    deployment({ ...counts(3, 3, 3, 3), ...progressing('ProgressDeadlineExceeded') }),
    'complete',
    'healthy',
    '3/3 ready',
    null,
  ],
  'pods lost after the rollout': [
    deployment({ ...counts(3, 3, 1, 1), ...progressing('NewReplicaSetAvailable') }),
    'progressing',
    'warning',
    '1/3 ready',
    '1 of 3 new pods are available',
  ],
  'pods that may not be created': [
    deployment({
      ...counts(0, 0, 0, 0),
      conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: small' }],
    }),
    'progressing',
    'warning',
    '0/3 ready',
    'exceeded quota: small',
  ],
  'a paused rollout': [
    deployment(counts(3, 1, 3, 3), { paused: true }),
    'progressing',
    'warning',
    '3/3 ready',
    'The rollout is paused; resume it to go on',
  ],
  'scaled to zero': [
    deployment(counts(0, 0, 0, 0), { replicas: 0 }),
    'complete',
    'idle',
    'scaled to zero',
    null,
  ],
  'on its way to zero': [
    deployment(counts(2, 2, 2, 2), { replicas: 0 }),
    'progressing',
    'progressing',
    '2/0 ready',
    'Pods still to end: 2',
  ],
  'a Deployment being deleted': [
    deployment(counts(3, 3, 3, 3), {}, { deletionTimestamp: '2024-01-01T00:00:00Z' }),
    'progressing',
    'progressing',
    '3/3 ready',
    'It is being deleted',
  ],
  'a StatefulSet that is done': [
    object(
      'StatefulSet',
      { replicas: 2 },
      { ...counts(2, 2, 2, 2), currentRevision: 'a', updateRevision: 'a' },
    ),
    'complete',
    'healthy',
    '2/2 ready',
    null,
  ],
  'a StatefulSet half way': [
    object(
      'StatefulSet',
      { replicas: 2 },
      { ...counts(2, 1, 2, 2), currentRevision: 'a', updateRevision: 'b' },
    ),
    'progressing',
    'progressing',
    '2/2 ready',
    '1 of 2 new pods are created',
  ],
  'a StatefulSet up to its partition': [
    object(
      'StatefulSet',
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      { ...counts(3, 1, 3, 3), currentRevision: 'a', updateRevision: 'b' },
    ),
    'complete',
    'healthy',
    '3/3 ready',
    null,
  ],
  'a StatefulSet short of its partition': [
    object(
      'StatefulSet',
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 1 } } },
      { ...counts(3, 1, 3, 3), currentRevision: 'a', updateRevision: 'b' },
    ),
    'progressing',
    'progressing',
    '3/3 ready',
    '1 of 2 new pods are created',
  ],
  'a StatefulSet whose pods somebody must delete': [
    object(
      'StatefulSet',
      { replicas: 1, updateStrategy: { type: 'OnDelete' } },
      { ...counts(1, 0, 1, 1), currentRevision: 'a', updateRevision: 'b' },
    ),
    'complete',
    'healthy',
    '1/1 ready',
    null,
  ],
  'a StatefulSet whose pods are not ready': [
    object(
      'StatefulSet',
      { replicas: 2 },
      { ...counts(2, 2, 1, 1), currentRevision: 'a', updateRevision: 'a' },
    ),
    'progressing',
    'progressing',
    '1/2 ready',
    '1 of 2 pods are ready',
  ],
  'a DaemonSet that is done': [
    object(
      'DaemonSet',
      {},
      {
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberReady: 2,
        numberAvailable: 2,
      },
    ),
    'complete',
    'healthy',
    '2/2 ready',
    null,
  ],
  'a DaemonSet half way': [
    object(
      'DaemonSet',
      {},
      {
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 1,
        numberReady: 2,
        numberAvailable: 2,
      },
    ),
    'progressing',
    'progressing',
    '2/2 ready',
    '1 of 2 new pods are created',
  ],
  'a DaemonSet that no node matches': [
    object('DaemonSet', {}, { desiredNumberScheduled: 0 }),
    'complete',
    'idle',
    'no node matches',
    null,
  ],
  'a ReplicaSet that grows': [
    object('ReplicaSet', { replicas: 2 }, { replicas: 2, readyReplicas: 1, availableReplicas: 1 }),
    'progressing',
    'progressing',
    '1/2 ready',
    '1 of 2 pods are available',
  ],
  'an old ReplicaSet': [
    object('ReplicaSet', { replicas: 0 }, { replicas: 0 }),
    'complete',
    'idle',
    'scaled to zero',
    null,
  ],
  'a ReplicationController that is done': [
    object('ReplicationController', { replicas: 1 }, { replicas: 1, readyReplicas: 1, availableReplicas: 1 }),
    'complete',
    'healthy',
    '1/1 ready',
    null,
  ],
  'a Job at work': [
    object('Job', { completions: 3 }, { active: 1, succeeded: 1, ready: 1 }),
    'progressing',
    'progressing',
    '1/3 succeeded',
    'Pods at work: 1',
  ],
  'a Job that is done': [
    object('Job', { completions: 3 }, { succeeded: 3, conditions: [{ type: 'Complete', status: 'True' }] }),
    'complete',
    'idle',
    '3/3 succeeded',
    null,
  ],
  'a Job that failed': [
    object(
      'Job',
      {},
      {
        failed: 7,
        conditions: [
          { type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' },
        ],
      },
    ),
    'failed',
    'failed',
    'failed',
    'Job has reached the specified backoff limit',
  ],
  'a Job that waits for somebody': [
    object('Job', { suspend: true }, {}),
    'complete',
    'idle',
    'suspended',
    null,
  ],
  'a Pod that is ready': [
    object(
      'Pod',
      { containers: [{ name: 'a' }] },
      {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [{ name: 'a', ready: true, state: { running: {} } }],
      },
    ),
    'complete',
    'healthy',
    'Running',
    null,
  ],
  'a Pod that failed': [object('Pod', {}, { phase: 'Failed' }), 'failed', 'failed', 'Failed', null],
  'a Service has nothing to roll out': [object('Service', {}, {}), 'complete', 'healthy', 'applied', null],
};

describe('workloadStatus', () => {
  for (const [name, [value, verdict, health, summary, reason]] of Object.entries(cases)) {
    test(name, () => {
      const status = workloadStatus(value);
      assert.deepEqual(
        [
          rolloutVerdict(status),
          status.health,
          formatMessage(status.summary),
          status.reason === null ? null : formatMessage(status.reason),
        ],
        [verdict, health, summary, reason],
      );
    });
  }

  test('counts are told apart', () => {
    assert.deepEqual(workloadStatus(deployment(counts(4, 3, 2, 1))).counts, {
      desired: 3,
      current: 4,
      updated: 3,
      ready: 2,
      available: 1,
    });
  });

  test('whatever it is given', () => {
    for (const value of [
      null,
      undefined,
      3,
      [],
      { kind: 'Deployment', status: { conditions: 'x' } },
      { kind: 'toString' },
    ]) {
      workloadStatus(value);
    }
  });
});
