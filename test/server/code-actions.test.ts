import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, faulty } from './connected.ts';

const uri = 'file:///k8s/web.yaml';

test('a fix that is applied leaves the fixed text and no finding', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  for (const wrong of ['128m', '500Mb']) {
    const [action] = await client.codeActions(uri, client.rangeOf(uri, wrong));
    assert.ok(action);
    await client.apply(action);
  }
  assert.match(client.text(uri), /requests: \{ cpu: 100m, memory: 128Mi \}\n\s+limits: \{ memory: 500Mi \}/);
  assert.deepEqual(
    (await client.diagnostics(uri)).map(({ code }) => code),
    ['duplicate-key'],
  );
});

test('a certain fix is preferred and carries the diagnostic it removes', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const published = (await client.diagnostics(uri)).find(({ code }) => code === 'memory-millibytes');
  const [action] = await client.codeActions(uri, client.rangeOf(uri, '128m'));
  assert.equal(action?.isPreferred, true);
  assert.equal(action.kind, 'quickfix');
  assert.deepEqual(action.diagnostics, [published]);
});

test('a fix made for an older text says which version it was made for', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const [action] = await client.codeActions(uri, client.rangeOf(uri, '128m'));
  assert.ok(action);
  await client.replace(uri, 'replicas: 3', 'replicas: 30');
  await assert.rejects(client.apply(action), /version 1/);
});

test('a client without versioned edits gets plain ones', async (t) => {
  const client = connected(t);
  await client.initialize(undefined, {});
  await client.open(uri, faulty);
  const range = client.rangeOf(uri, '128m');
  const [action] = await client.codeActions(uri, range);
  assert.deepEqual(action?.edit, { changes: { [uri]: [{ range, newText: '128Mi' }] } });
});

test('there is nothing to fix where nothing is wrong, nor in kinds we do not have', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  assert.deepEqual(await client.codeActions(uri, client.rangeOf(uri, 'kind')), []);
  assert.deepEqual(await client.codeActions(uri, client.rangeOf(uri, '128m'), ['refactor']), []);
  assert.equal((await client.codeActions(uri, client.rangeOf(uri, '128m'), ['quickfix'])).length, 1);
});
