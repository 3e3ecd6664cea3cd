import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { connected, faulty, lensCommands } from './connected.ts';

const uri = 'file:///k8s/web.yaml';

const garbage: readonly string[] = [
  '',
  '\0\0\0\uFFFF\uD800',
  '\t\t- {[}]',
  '%YAML 9.9\n%TAG\n--- !!map &a *a',
  'a: &a [*a, *a]\nkind: *a',
  '<<<<<<< ours\nkind: Pod\n=======\nkind: Job\n>>>>>>> theirs\n',
  `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(20_000)}`,
  `apiVersion: v1\nkind: Pod\n${'  '.repeat(5_000)}deep: 1`,
  'kind: Deployment\nspec: []\napiVersion: {}\nmetadata: 7\n',
  'kind: List\nitems: {}\napiVersion: v1\n---\nkind: List\napiVersion: v1\nitems: [1, null, [], {kind: Pod}]',
  '{{ if .Values.x }}\nkind: Pod\n{{ end }}',
];

test('whatever is typed, everything is still answered', async (t) => {
  const client = connected(t);
  await client.initialize({ lenses: lensCommands });
  await client.open(uri, faulty);
  for (const text of garbage) {
    const whole = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
    await client.change(uri, { range: whole, newText: text });
    await client.diagnostics(uri);
    assert.ok(Array.isArray(await client.codeActions(uri, whole)));
    assert.ok(Array.isArray(await client.codeLenses(uri)));
    await client.connection.sendRequest('elastic/objects', { uri });
    await client.connection.sendRequest('elastic/locate', { uri, document: 0, object: '', field: '[[].]..' });
  }
  assert.deepEqual(client.errors, []);
});

test('requests that make no sense are refused, and the server lives on', async (t) => {
  const client = connected(t);
  await client.initialize({ lenses: 7, translations: ['x'], rulesUrl: {} });
  for (const params of [undefined, null, 7, [], {}, { uri: 7 }]) {
    await assert.rejects(client.connection.sendRequest('elastic/objects', params));
    await assert.rejects(client.connection.sendRequest('elastic/locate', params));
    await client.connection.sendNotification('elastic/target', params);
  }
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: 'file:///never/opened.yaml', version: 2 },
    contentChanges: [{ text: 'kind: Pod' }],
  });
  await client.open(uri, faulty);
  assert.equal((await client.diagnostics(uri)).length, 3);
});

test('a request that is taken back is not answered', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest('elastic/objects', { uri }, source.token);
  source.cancel();
  await assert.rejects(answer, /Cancelled/);
});

test('typing in a large file does not hold up other files, and ends with the findings of the last text', async (t) => {
  const client = connected(t);
  await client.initialize();
  const large = 'file:///k8s/large.yaml';
  const healthy = faulty.replace('  name: web\n  name: web\n', '  name: web\n').replace('128m', '128Mi');
  await client.open(large, `${`${healthy}---\n`.repeat(3_000)}${healthy}`);
  for (let replicas = 4; replicas < 9; replicas++) {
    await client.replace(large, 'replicas: 3', `replicas: ${replicas}`);
  }
  await client.open(uri, faulty);
  const order: string[] = [];
  await Promise.all([
    client.diagnostics(large).then(() => order.push('large')),
    client.diagnostics(uri).then(() => order.push('small')),
  ]);
  assert.deepEqual(order, ['small', 'large']);
  assert.match((await client.diagnostics(large))[0]?.message ?? '', /6001 findings/);
  const { range } =
    (await client.codeActions(large, client.rangeOf(large, '500Mb')))[0]?.diagnostics?.[0] ?? {};
  assert.ok(range);
  assert.equal(client.textAt(large, range), '500Mb');
  await client.replace(large, '500Mb', '500Mi');
  assert.match((await client.diagnostics(large))[0]?.message ?? '', /6000 findings/);
  assert.deepEqual(client.errors, []);
});

test('a file beyond the limit gets one sentence instead of findings', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, `${faulty}---\n`.repeat(25_000));
  const diagnostics = await client.diagnostics(uri);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['file-too-large'],
  );
});
