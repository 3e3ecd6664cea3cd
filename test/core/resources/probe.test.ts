import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMessage, probeFailure } from '../../../src/core/index.ts';

const read = (message: string, reason = 'Unhealthy') =>
  probeFailure({
    reason,
    message,
    involvedObject: { kind: 'Pod', uid: 'p', fieldPath: 'spec.containers{app}' },
    lastTimestamp: '2026-01-01T00:00:00Z',
  });
const words = (message: string): string | null => {
  const failure = read(message);
  return failure === null ? null : formatMessage(failure.words);
};

test('a failing probe says which, of which container, and why in few words', () => {
  const failure = read('Liveness probe failed: HTTP probe failed with statuscode: 503');
  assert.deepEqual(
    { pod: failure?.pod, container: failure?.container, lastSeen: failure?.lastSeen },
    { pod: 'p', container: 'app', lastSeen: Date.parse('2026-01-01T00:00:00Z') },
  );
  assert.equal(
    words('Liveness probe failed: HTTP probe failed with statuscode: 503'),
    'Liveness probe failed: HTTP 503',
  );
  const address = '10.244.0.5:8080';
  const get = `Readiness probe failed: Get "http://${address}/healthz":`;
  assert.equal(
    words(`${get} dial tcp ${address}: connect: connection refused`),
    'Readiness probe failed: connection refused',
  );
  assert.equal(
    words(`${get} context deadline exceeded (Client.Timeout exceeded while awaiting headers)`),
    'Readiness probe failed: timeout',
  );
  assert.equal(
    words(`Startup probe failed: dial tcp ${address}: connect: connection refused`),
    'Startup probe failed: connection refused',
  );
  assert.equal(
    words("Liveness probe failed: cat: can't open '/tmp/ok': No such file or directory\n"),
    "Liveness probe failed: cat: can't open '/tmp/ok': No such file or directory",
  );
});

test('all of it is said in the language of the reader', () => {
  const chinese = new Map([
    ['Readiness probe failed: {0}', '就绪探针失败：{0}'],
    ['timeout', '超时'],
  ]);
  const failure = read('Readiness probe failed: Get "http://10.0.0.1/": context deadline exceeded');
  assert.ok(failure);
  assert.equal(
    formatMessage(failure.words, (text) => chinese.get(text) ?? text),
    '就绪探针失败：超时',
  );
});

test('what is too long for a row is kept for the tooltip', () => {
  const long = `Readiness probe failed: ${'x'.repeat(200)}`;
  assert.equal(words(long), 'Readiness probe failed');
  assert.equal(read(long)?.said, long);
  assert.equal(words('Readiness probe failed: '), 'Readiness probe failed');
});

test('other events are about no probe', () => {
  assert.equal(words('Node is not ready'), null);
  assert.equal(read('Readiness probe failed: no', 'BackOff'), null);
  assert.equal(probeFailure(null), null);
});
