import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContextInfo, StoreState } from '../../../src/cluster/index.ts';
import { formatMessage } from '../../../src/core/index.ts';
import { contextFace, type ContextSetting } from '../../../src/features/explorer/faces/places.ts';

const context: ContextInfo = {
  name: 'kind-dev',
  cluster: 'c',
  user: 'u',
  namespace: 'default',
  server: 'https://c',
  file: '/config',
};

const calm: ContextSetting = {
  state: { phase: 'connected', version: 'v1.36.3' },
  listing: { phase: 'live', since: 0 },
  protection: 'none',
  color: 'red',
  now: 0,
  figures: [],
  unhealthy: 0,
};

test('the colour of a context is in its icon, its tooltip and what is spoken of it', () => {
  for (const state of [calm.state, { phase: 'disconnected' }, { phase: 'connecting' }] as const) {
    const face = contextFace(context, { ...calm, state });
    assert.equal(face.icon?.color, 'charts.red');
    assert.ok(face.spoken.some((word) => formatMessage(word) === 'red'));
    const facts = face
      .tooltip()
      ?.facts.map(({ name, value }) => `${formatMessage(name)}: ${formatMessage(value)}`);
    assert.ok(facts?.includes('Colour: red'));
  }
  assert.equal(contextFace(context, { ...calm, color: null }).icon?.color, 'testing.iconPassed');
});

test('what needs attention keeps its own colour', () => {
  const error = { explanation: { template: '', args: [] } } as never;
  const listings: readonly StoreState[] = [
    { phase: 'signedOut', error },
    { phase: 'stale', since: 0, error },
    { phase: 'failed', error },
  ];
  for (const listing of listings) {
    assert.match(contextFace(context, { ...calm, listing }).icon?.color ?? '', /^list\./);
  }
});

test('menus know protection and local clusters', () => {
  const words = (name: string, protection: ContextSetting['protection']): readonly string[] =>
    contextFace({ ...context, name }, { ...calm, protection }).contextValue.split(' ');
  assert.deepEqual(words('kind-dev', 'readOnly'), ['context', 'named', 'connected', 'readOnly', 'local']);
  assert.deepEqual(words('prod', 'protected'), ['context', 'named', 'connected', 'protected']);
  assert.deepEqual(words('dev', 'none'), ['context', 'named', 'connected']);
});
