import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { podStatus } from '../../../src/core/index.ts';

interface Case {
  readonly pod: object;
  readonly shows: readonly [text: string, ready: string, restarts: number];
  readonly health: string;
  readonly reason?: string | null;
}

const running = (name: string, more: object = {}): object => ({
  name,
  ready: true,
  restartCount: 0,
  state: { running: {} },
  ...more,
});
const waiting = (name: string, reason: string, more: object = {}): object => ({
  name,
  ready: false,
  restartCount: 0,
  state: { waiting: { reason } },
  ...more,
});
const ended = (name: string, terminated: object, more: object = {}): object => ({
  name,
  ready: false,
  restartCount: 0,
  state: { terminated },
  ...more,
});
const spec = { containers: [{ name: 'a' }, { name: 'b' }] };
const one = { containers: [{ name: 'a' }] };
const withInit = { ...one, initContainers: [{ name: 'i' }, { name: 'j' }] };
const withSidecar = { ...one, initContainers: [{ name: 's', restartPolicy: 'Always' }] };

const cases: Record<string, Case> = {
  'all ready': {
    pod: {
      spec,
      status: { phase: 'Running', containerStatuses: [running('a'), running('b', { restartCount: 2 })] },
    },
    shows: ['Running', '2/2', 2],
    health: 'healthy',
  },
  'one not ready yet': {
    pod: {
      spec,
      status: { phase: 'Running', containerStatuses: [running('a'), running('b', { ready: false })] },
    },
    shows: ['Running', '1/2', 0],
    health: 'progressing',
  },
  'a crash loop': {
    pod: {
      spec,
      status: {
        phase: 'Running',
        containerStatuses: [
          waiting('a', 'CrashLoopBackOff', {
            restartCount: 5,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 2m40s' } },
            lastState: { terminated: { reason: 'Error', exitCode: 3 } },
          }),
          running('b'),
        ],
      },
    },
    shows: ['CrashLoopBackOff', '1/2', 5],
    health: 'failed',
    reason: 'exit 3',
  },
  'a crash loop for want of memory': {
    pod: {
      spec: one,
      status: {
        phase: 'Running',
        containerStatuses: [
          waiting('a', 'CrashLoopBackOff', {
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
          }),
        ],
      },
    },
    shows: ['CrashLoopBackOff', '0/1', 0],
    health: 'failed',
    reason: 'OOMKilled, exit 137',
  },
  'the first container in trouble has the say': {
    pod: {
      spec,
      status: {
        phase: 'Pending',
        containerStatuses: [waiting('a', 'ImagePullBackOff'), waiting('b', 'ContainerCreating')],
      },
    },
    shows: ['ImagePullBackOff', '0/2', 0],
    health: 'failed',
  },
  'being created': {
    pod: { spec: one, status: { phase: 'Pending', containerStatuses: [waiting('a', 'ContainerCreating')] } },
    shows: ['ContainerCreating', '0/1', 0],
    health: 'progressing',
  },
  'no room on any node': {
    pod: {
      spec: one,
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
          },
        ],
      },
    },
    shows: ['Pending', '0/1', 0],
    health: 'warning',
    reason: '0/3 nodes are available',
  },
  'held back by a gate': {
    pod: {
      spec: one,
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
    },
    shows: ['SchedulingGated', '0/1', 0],
    health: 'progressing',
  },
  'killed for memory': {
    pod: {
      spec: one,
      status: { phase: 'Failed', containerStatuses: [ended('a', { reason: 'OOMKilled', exitCode: 137 })] },
    },
    shows: ['OOMKilled', '0/1', 0],
    health: 'failed',
  },
  'ended by a signal': {
    pod: {
      spec: one,
      status: { phase: 'Failed', containerStatuses: [ended('a', { signal: 9, exitCode: 137 })] },
    },
    shows: ['Signal:9', '0/1', 0],
    health: 'failed',
  },
  'ended with a code': {
    pod: { spec: one, status: { phase: 'Failed', containerStatuses: [ended('a', { exitCode: 2 })] } },
    shows: ['ExitCode:2', '0/1', 0],
    health: 'failed',
  },
  completed: {
    pod: {
      spec: one,
      status: { phase: 'Succeeded', containerStatuses: [ended('a', { reason: 'Completed', exitCode: 0 })] },
    },
    shows: ['Completed', '0/1', 0],
    health: 'idle',
  },
  'one of two completed, the other ready': {
    pod: {
      spec,
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [ended('a', { reason: 'Completed', exitCode: 0 }), running('b')],
      },
    },
    shows: ['Running', '1/2', 0],
    health: 'progressing',
  },
  'one of two completed, the pod not ready': {
    pod: {
      spec,
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [ended('a', { reason: 'Completed', exitCode: 0 }), running('b')],
      },
    },
    shows: ['NotReady', '1/2', 0],
    health: 'progressing',
  },
  'the second init container runs': {
    pod: {
      spec: withInit,
      status: {
        phase: 'Pending',
        initContainerStatuses: [ended('i', { exitCode: 0 }), waiting('j', 'PodInitializing')],
        containerStatuses: [waiting('a', 'PodInitializing')],
      },
    },
    shows: ['Init:1/2', '0/1', 0],
    health: 'progressing',
  },
  'an init container failed': {
    pod: {
      spec: withInit,
      status: {
        phase: 'Pending',
        initContainerStatuses: [ended('i', { reason: 'Error', exitCode: 1 }, { restartCount: 1 })],
      },
    },
    shows: ['Init:Error', '0/1', 1],
    health: 'failed',
  },
  'an init container failed without a reason': {
    pod: {
      spec: withInit,
      status: { phase: 'Pending', initContainerStatuses: [ended('i', { exitCode: 4 })] },
    },
    shows: ['Init:ExitCode:4', '0/1', 0],
    health: 'failed',
  },
  'an init container crashes again and again': {
    pod: {
      spec: withInit,
      status: {
        phase: 'Pending',
        initContainerStatuses: [waiting('i', 'CrashLoopBackOff', { restartCount: 3 })],
        containerStatuses: [waiting('a', 'PodInitializing')],
      },
    },
    shows: ['Init:CrashLoopBackOff', '0/1', 3],
    health: 'failed',
  },
  'a sidecar counts among the ready': {
    pod: {
      spec: withSidecar,
      status: {
        phase: 'Running',
        initContainerStatuses: [running('s', { started: true, restartCount: 2 })],
        containerStatuses: [running('a', { restartCount: 1 })],
      },
    },
    shows: ['Running', '2/2', 3],
    health: 'healthy',
  },
  'a sidecar that has not started holds the pod up': {
    pod: {
      spec: withSidecar,
      status: {
        phase: 'Pending',
        initContainerStatuses: [waiting('s', 'ImagePullBackOff', { started: false })],
        containerStatuses: [waiting('a', 'PodInitializing')],
      },
    },
    shows: ['Init:ImagePullBackOff', '0/2', 0],
    health: 'failed',
  },
  'being deleted': {
    pod: {
      metadata: { deletionTimestamp: '2024-01-01T00:00:00Z' },
      spec: one,
      status: { phase: 'Running', containerStatuses: [running('a')] },
    },
    shows: ['Terminating', '1/1', 0],
    health: 'progressing',
  },
  'deleted after it failed': {
    pod: {
      metadata: { deletionTimestamp: '2024-01-01T00:00:00Z' },
      spec: one,
      status: { phase: 'Failed', containerStatuses: [ended('a', { reason: 'Error', exitCode: 1 })] },
    },
    shows: ['Error', '0/1', 0],
    health: 'failed',
    reason: 'exit 1',
  },
  'its node is lost': {
    pod: {
      metadata: { deletionTimestamp: '2024-01-01T00:00:00Z' },
      spec: one,
      status: { phase: 'Running', reason: 'NodeLost', containerStatuses: [running('a')] },
    },
    shows: ['Unknown', '1/1', 0],
    health: 'unknown',
  },
  evicted: {
    pod: {
      spec: one,
      status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' },
    },
    shows: ['Evicted', '0/1', 0],
    health: 'failed',
    reason: 'The node was low on memory.',
  },
  'nothing known yet': { pod: {}, shows: ['Unknown', '0/0', 0], health: 'unknown' },
};

describe('podStatus shows what `kubectl get pods` shows', () => {
  for (const [name, { pod, shows, health, reason }] of Object.entries(cases)) {
    test(name, () => {
      const status = podStatus(pod);
      assert.deepEqual([status.text, status.ready, status.restarts], shows);
      assert.equal(status.health, health);
      if (reason !== undefined) assert.equal(status.reason, reason);
    });
  }

  test('whatever it is given', () => {
    for (const value of [null, undefined, 'x', [], { status: { containerStatuses: [null, 1, {}] } }])
      podStatus(value);
  });
});
