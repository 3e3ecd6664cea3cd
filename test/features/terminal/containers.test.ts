import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerChoices } from '../../../src/features/terminal/containers.ts';

const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
const status = (name: string, state: object = running): object => ({ name, state, ready: true });

/** A pod with one container of each sort. */
function pod(annotations: Readonly<Record<string, string>> = {}): object {
  return {
    metadata: { name: 'web', annotations },
    spec: {
      initContainers: [{ name: 'prepare' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'app' }, { name: 'metrics' }, { name: 'broken' }],
      ephemeralContainers: [{ name: 'debugger' }],
    },
    status: {
      initContainerStatuses: [
        status('prepare', { terminated: { exitCode: 0, reason: 'Completed' } }),
        status('proxy'),
      ],
      containerStatuses: [
        status('app'),
        status('metrics'),
        status('broken', { waiting: { reason: 'CrashLoopBackOff' } }),
      ],
      ephemeralContainerStatuses: [status('debugger')],
    },
  };
}

const names = (choices: readonly { readonly name: string }[]): readonly string[] =>
  choices.map(({ name }) => name);

test('what runs is offered, the pod’s own first, then debug containers, then sidecars', () => {
  assert.deepEqual(names(containerChoices(pod(), true).running), ['app', 'metrics', 'debugger', 'proxy']);
});

test('the container that the pod names stands first', () => {
  const named = pod({ 'kubectl.kubernetes.io/default-container': 'metrics' });
  assert.equal(containerChoices(named, true).running[0]?.name, 'metrics');
  const gone = pod({ 'kubectl.kubernetes.io/default-container': 'broken' });
  assert.equal(containerChoices(gone, true).running[0]?.name, 'app');
});

test('a debug container is no target of another', () => {
  assert.deepEqual(names(containerChoices(pod(), false).running), ['app', 'metrics', 'proxy']);
  assert.deepEqual(names(containerChoices(pod(), false).all), [
    'prepare',
    'proxy',
    'app',
    'metrics',
    'broken',
  ]);
});
