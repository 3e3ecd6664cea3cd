import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { containersOf } from '../../../src/core/index.ts';
import { read } from './support.ts';

const pod = read(`
apiVersion: v1
kind: Pod
metadata: { name: web-1 }
spec:
  initContainers:
    - { name: migrate, image: app:1 }
    - { name: proxy, image: envoy:1, restartPolicy: Always }
  containers:
    - { name: app, image: app:1, ports: [{ name: http, containerPort: 8080 }, { containerPort: 53, protocol: UDP }] }
    - { name: worker, image: app:1 }
    - { name: fresh, image: app:2 }
  ephemeralContainers: [{ name: debug-1, image: busybox }]
status:
  initContainerStatuses:
    - { name: migrate, restartCount: 0, ready: true, state: { terminated: { exitCode: 0, reason: Completed, finishedAt: "2026-11-21T09:00:00Z" } } }
    - { name: proxy, restartCount: 1, ready: true, started: true, state: { running: { startedAt: "2026-11-21T09:00:01Z" } }, lastState: { terminated: { exitCode: 2, reason: Error } } }
  containerStatuses:
    - { name: app, restartCount: 5, ready: false, imageID: "registry/app@sha256:abc", state: { waiting: { reason: CrashLoopBackOff, message: back-off } }, lastState: { terminated: { exitCode: 137, reason: OOMKilled } } }
    - { name: worker, restartCount: 0, ready: false, state: { terminated: { exitCode: 3, reason: Error, message: "no such file" } } }
  ephemeralContainerStatuses:
    - { name: debug-1, restartCount: 0, ready: false, state: { running: {} } }`);

describe('containersOf', () => {
  const rows = containersOf(pod);
  const told = (name: string): readonly unknown[] => {
    const row = rows.find((one) => one.name === name);
    return [row?.type, row?.text, row?.health, row?.restarts, row?.reason, row?.last];
  };

  test('in the order in which they start', () => {
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['migrate', 'proxy', 'app', 'worker', 'fresh', 'debug-1'],
    );
  });

  const cases: Record<string, readonly unknown[]> = {
    migrate: ['init', 'Completed', 'idle', 0, null, null],
    proxy: ['sidecar', 'Running', 'healthy', 1, null, 'Error, exit 2'],
    app: ['app', 'CrashLoopBackOff', 'failed', 5, 'OOMKilled, exit 137', 'OOMKilled, exit 137'],
    worker: ['app', 'Error, exit 3', 'failed', 0, 'no such file', null],
    fresh: ['app', 'Waiting', 'progressing', 0, null, null],
    'debug-1': ['ephemeral', 'Running', 'healthy', 0, null, null],
  };
  for (const [name, expected] of Object.entries(cases)) {
    test(name, () => assert.deepEqual(told(name), expected));
  }

  test('ports, image and times', () => {
    const app = rows.find(({ name }) => name === 'app');
    assert.deepEqual(app?.ports, [
      { name: 'http', port: 8080, protocol: 'TCP' },
      { name: '', port: 53, protocol: 'UDP' },
    ]);
    assert.equal(app?.imageId, 'registry/app@sha256:abc');
    assert.equal(rows[0]?.since, Date.parse('2026-11-21T09:00:00Z'));
    assert.equal(rows[1]?.since, Date.parse('2026-11-21T09:00:01Z'));
  });

  const states: Record<string, readonly [state: object, text: string, health: string]> = {
    'a readiness probe that fails': [{ state: { running: {} }, ready: false }, 'Running', 'progressing'],
    'an image that cannot be pulled': [
      { state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } },
      'ImagePullBackOff',
      'failed',
    ],
    'a signal': [{ state: { terminated: { exitCode: 143, signal: 15 } } }, 'Signal:15, exit 143', 'failed'],
    'an end without a word': [{ state: { terminated: { exitCode: 7 } } }, 'ExitCode:7', 'failed'],
    'being created': [
      { state: { waiting: { reason: 'ContainerCreating' } } },
      'ContainerCreating',
      'progressing',
    ],
    'no state at all': [{}, 'Waiting', 'progressing'],
  };
  for (const [name, [status, text, health]] of Object.entries(states)) {
    test(name, () => {
      const [row] = containersOf({
        spec: { containers: [{ name: 'app' }] },
        status: { containerStatuses: [{ name: 'app', ...status }] },
      });
      assert.deepEqual([row?.text, row?.health], [text, health]);
    });
  }
});
