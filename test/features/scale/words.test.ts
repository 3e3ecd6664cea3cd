import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMessage } from '../../../src/core/index.ts';
import { shortTrouble } from '../../../src/core/index.ts';
import { scalableRow, type ScalePrompt, verdictOn } from '../../../src/features/scale/words.ts';

const prompt: ScalePrompt = { current: 3, kind: 'Deployment', autoscaler: null, autoscalerKnown: true };
const owned: ScalePrompt = { ...prompt, autoscaler: { name: 'web', min: 2, max: 10 } };

function said(input: string, facts: ScalePrompt): string {
  return verdictOn(input, facts)
    .parts.map((part) => formatMessage(part))
    .join(' · ');
}

test('a number says what it would change, and that no autoscaler is in the way', () => {
  const verdict = verdictOn('8', prompt);
  assert.equal(verdict.value, 8);
  assert.equal(verdict.severity, 'info');
  assert.equal(said('8', prompt), '3 now → 8 · HPA none');
});

test('the number there is now says that nothing would change', () => {
  assert.equal(said('3', prompt), 'It has 3 replicas already · HPA none');
});

test('what is no number of replicas cannot be sent', () => {
  for (const input of ['', '-1', '1.5', 'many', '2147483648']) {
    const { value, severity, parts } = verdictOn(input, prompt);
    assert.equal(value, null, input);
    assert.equal(severity, 'error', input);
    assert.equal(parts.length, 1, input);
  }
});

test('an autoscaler that owns the workload is named once, inside its bounds and outside', () => {
  assert.equal(said('5', owned), '3 now → 5 · HPA web decides: 2–10');
  assert.equal(said('3', owned), 'It has 3 replicas already · HPA web decides: 2–10');
  for (const input of ['5', '20', '0']) assert.equal(verdictOn(input, owned).severity, 'warning', input);
  for (const input of ['20', '0']) assert.match(said(input, owned), /^3 now → \d+ · [^·]*\bweb\b[^·]*$/);
});

test('an autoscaler that may not be read is not taken for none', () => {
  assert.match(said('8', { ...prompt, autoscalerKnown: false }), /HPA unknown: not allowed/);
});

test('what can be scaled is read from a list whose items do not say their kind', () => {
  const item = {
    metadata: { name: 'web', namespace: 'shop', uid: 'u1', generation: 1 },
    spec: { replicas: 3 },
    status: {
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 2,
      availableReplicas: 2,
    },
  };
  const row = scalableRow('apps/v1', 'Deployment', item);
  assert.deepEqual(
    { ...row, summary: row && formatMessage(row.summary) },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'web',
      namespace: 'shop',
      uid: 'u1',
      desired: 3,
      summary: '2/3 ready',
    },
  );
});

test('what a controller owns is scaled through its owner', () => {
  const metadata = { name: 'web-1', namespace: 'shop', uid: 'u2', ownerReferences: [{ controller: true }] };
  assert.equal(scalableRow('apps/v1', 'ReplicaSet', { metadata }), null);
});

test('the status bar names a trouble without its long tail', () => {
  assert.equal(shortTrouble('ErrImagePull: rpc error: code = NotFound'), 'ErrImagePull');
  assert.equal(shortTrouble('CrashLoopBackOff'), 'CrashLoopBackOff');
  assert.equal(shortTrouble('a'.repeat(60)).length, 40);
});
