import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import { connected, faulty } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

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
  const asked = await client.codeActions(uri, client.rangeOf(uri, '128m'), ['quickfix']);
  assert.deepEqual(
    asked.map(({ title }) => title),
    ['Change to 128Mi', 'Ignore memory-millibytes here'],
  );
});

test('what the API server refuses is mended, not ignored; every way to ignore is there for who asks', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const titles = async (text: string, only?: readonly string[]): Promise<readonly string[]> =>
    (await client.codeActions(uri, client.rangeOf(uri, text), only)).map(({ title }) => title);
  assert.deepEqual(await titles('500Mb'), ['Change to 500Mi', 'Change to 500M']);
  assert.deepEqual(await titles('500Mb', ['quickfix.ignore']), [
    'Ignore quantity-invalid here',
    'Ignore quantity-invalid in this object',
    'Ignore quantity-invalid in this file',
  ]);
});

/** Amounts that each have one safe fix, and one that has two. */
const amounts = `${faulty.replace('  name: web\n  name: web', '  name: web').replace('500Mb', '500m')}---
apiVersion: v1
kind: Pod
metadata: { name: one }
spec:
  volumes: [{ name: tmp, emptyDir: { sizeLimit: 64m } }]
  containers: []
`;

test('all that is safe is fixed at once, when that is asked for', async (t) => {
  const client = connected(t);
  const { capabilities } = await client.initialize();
  assert.deepEqual(capabilities.codeActionProvider, {
    codeActionKinds: ['quickfix', 'source.fixAll.elastic'],
    resolveProvider: false,
  });
  await client.open(uri, amounts);
  const start = { line: 0, character: 0 };
  const nowhere = { start, end: start };
  assert.deepEqual(await client.codeActions(uri, nowhere), []);
  assert.deepEqual(await client.codeActions(uri, nowhere, ['source.organizeImports']), []);
  const [fixAll, ...more] = await client.codeActions(uri, nowhere, ['source.fixAll']);
  assert.equal(fixAll?.kind, 'source.fixAll.elastic');
  assert.deepEqual(more, []);
  await client.apply(fixAll);
  assert.match(client.text(uri), /128Mi[^]*500Mi[^]*64Mi/);
  assert.deepEqual(await client.codeActions(uri, nowhere, ['source']), []);
});

test('all findings of a kind are fixed, from one of them', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, amounts);
  const actions = await client.codeActions(uri, client.rangeOf(uri, '64m'));
  const all = actions.find(({ title }) => title === 'Fix all memory-millibytes in this file');
  assert.ok(all);
  await client.apply(all);
  assert.match(client.text(uri), /128Mi[^]*500Mi[^]*64Mi/);
});

test('a finding is ignored with a reason, which clients without snippets are then asked for', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const find = async (title: string): Promise<CodeAction> => {
    const actions = await client.codeActions(uri, client.rangeOf(uri, '128m'));
    const found = actions.find((one) => one.title === title);
    assert.ok(found, title);
    return found;
  };
  await client.apply(await find('Ignore memory-millibytes here'));
  assert.match(client.text(uri), /\n {12}# elastic-ignore memory-millibytes:\n {12}requests:/);
  const codes = async (): Promise<readonly unknown[]> =>
    (await client.diagnostics(uri)).map(({ code }) => code);
  assert.ok((await codes()).includes('suppression-invalid'));
  await client.replace(uri, 'memory-millibytes:', 'memory-millibytes: measured');
  assert.deepEqual(await codes(), ['duplicate-key', 'quantity-invalid']);
});

test('where the client has snippets, the reason is selected', async (t) => {
  const client = connected(t);
  const workspaceEdit = { documentChanges: true, snippetEditSupport: true };
  await client.initialize(undefined, { workspace: { workspaceEdit } });
  await client.open(uri, faulty);
  const actions = await client.codeActions(uri, client.rangeOf(uri, '128m'), ['quickfix.ignore']);
  const ignore = actions.find(({ title }) => title === 'Ignore memory-millibytes in this file');
  const start = { line: 0, character: 0 };
  const value = '# elastic-ignore-file memory-millibytes: ${1:reason}\n';
  assert.deepEqual(ignore?.edit?.documentChanges, [
    {
      textDocument: { uri, version: 1 },
      edits: [{ range: { start, end: start }, snippet: { kind: 'snippet', value } }],
    },
  ]);
});

test('a rule is explained by its page, where the client can open one', async (t) => {
  const client = connected(t);
  await client.initialize({ rulesUrl: 'file:///pages', openCommand: 'test.open' });
  await client.open(uri, faulty);
  const actions = await client.codeActions(uri, client.rangeOf(uri, '128m'));
  const explain = actions.find(({ title }) => title === 'Explain memory-millibytes');
  assert.equal(explain?.command?.command, 'test.open');
  assert.deepEqual(explain.command.arguments, ['file:///pages/memory-millibytes.md']);
});

test('a rule is turned off in the workspace file, which is made if there is none', async (t) => {
  const folder = await WorkspaceFolder.create(t, {});
  const client = connected(t);
  const workspaceEdit = { documentChanges: true, resourceOperations: ['create'] };
  const codeAction = { dataSupport: true, resolveSupport: { properties: ['edit'] } };
  const given = { textDocument: { codeAction }, workspace: { workspaceEdit } };
  await client.initialize(undefined, given, folder.uri);
  const [manifest, settings] = [folder.uriOf('apps/web.yaml'), folder.uriOf('.elastic.yaml')];
  await client.open(manifest, faulty);
  const resolved = async (): Promise<CodeAction> => {
    const actions = await client.codeActions(manifest, client.rangeOf(manifest, '128m'));
    const action = actions.find(({ title }) => title === 'Turn memory-millibytes off in .elastic.yaml');
    assert.ok(action);
    assert.equal(action.edit, undefined);
    return client.connection.sendRequest('codeAction/resolve', action);
  };
  const start = { line: 0, character: 0 };
  assert.deepEqual((await resolved()).edit?.documentChanges, [
    { kind: 'create', uri: settings, options: { ignoreIfExists: true } },
    {
      textDocument: { uri: settings, version: null },
      edits: [{ range: { start, end: start }, newText: 'rules:\n  memory-millibytes: off\n' }],
    },
  ]);
  await client.open(settings, 'preset: strict\n');
  await client.apply(await resolved());
  assert.equal(client.text(settings), 'preset: strict\nrules:\n  memory-millibytes: off\n');
  const left = await client.nextPublished(
    manifest,
    ({ diagnostics }) => !diagnostics.some(({ code }) => code === 'memory-millibytes'),
  );
  assert.ok(left.diagnostics.length > 0);
});
