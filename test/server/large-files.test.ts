import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { AnalysisCache, analyze, defaultSettings, type RuleSettings } from '../../src/core/index.ts';
import type { ObjectsResult, RenderedParams, RenderedResult } from '../../src/core/protocol.ts';
import { AnalysisWorker } from '../../src/server/analysis-worker.ts';
import { defaultOptions } from '../../src/server/options.ts';
import type { ProviderContext } from '../../src/server/providers/context.ts';
import { FactsReceiver, FactsSender } from '../../src/server/sent-facts.ts';
import { configMap } from '../core/rules/relations/around.ts';
import type { TestClient } from './client.ts';
import { connected } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

const uri = 'file:///k8s/large.yaml';

/** Enough for a thread of its own. */
function bundle(first: string): string {
  const maps = Array.from({ length: 3_000 }, (_, at) => configMap(`map-${at}`));
  return [configMap(first), ...maps].join('---\n');
}

async function opened(t: TestContext): Promise<TestClient> {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, bundle('first'));
  await client.diagnostics(uri);
  return client;
}

test('of facts only those travel that have changed, and the others are the very same', () => {
  const cache = new AnalysisCache();
  const sender = new FactsSender();
  const receiver = new FactsReceiver();
  const send = (text: string) => {
    const sent = structuredClone(sender.pack(analyze(text, { cache }).facts, receiver.known));
    return { sent, received: receiver.unpack(sent) };
  };
  const text = [configMap('a'), configMap('b'), configMap('c')].join('---\n');
  const first = send(text);
  const second = send(`# moved\n${text.replace('name: b', 'name: x')}`);
  const whole = second.sent.documents.filter(({ objects }) => typeof objects !== 'number');
  assert.equal(whole.length, 2, 'the one with the comment and the one with the name');
  assert.equal(second.received.documents[2]?.objects, first.received.documents[2]?.objects);
  assert.notEqual(second.received.documents[2]?.start, first.received.documents[2]?.start);
  assert.deepEqual(
    second.received.documents.map(({ objects }) => objects[0]?.name),
    ['a', 'x', 'c'],
  );
  // Another thread took the place of the first: it sends everything.
  const other = new FactsSender().pack(analyze(text).facts, receiver.known);
  assert.deepEqual(receiver.unpack(structuredClone(other)).documents, analyze(text).facts.documents);
});

test('after a failure nobody gets the answer for another text', async (t) => {
  const worker = new AnalysisWorker();
  t.after(() => worker.dispose());
  const context = (settings: RuleSettings): ProviderContext => ({
    uri,
    version: 1,
    options: defaultOptions,
    target: null,
    check: { settings, role: 'manifest', completion: null, kubernetesVersion: null },
  });
  const names = async (name: string, settings: RuleSettings): Promise<readonly string[]> => {
    const { objects } = await worker.ask('objects', configMap(name), context(settings), undefined);
    return objects.map((object) => object.name);
  };
  const broken = null as unknown as RuleSettings;
  assert.deepEqual(await names('a', defaultSettings), ['a']);
  await assert.rejects(names('b', broken));
  await assert.rejects(names('b', broken));
  assert.deepEqual(await names('b', defaultSettings), ['b']);
});

test('of several edits the findings of the last text are published last, and none of a text before it after it', async (t) => {
  const client = await opened(t);
  const versions: number[] = [];
  client.connection.onNotification('textDocument/publishDiagnostics', (params: { version?: number }) => {
    versions.push(params.version ?? -1);
  });
  for (const [old, newText] of [
    ['name: first', 'name: First'],
    ['name: First', 'name: second'],
    ['name: second', 'name: Third'],
  ] as const)
    await client.replace(uri, old, newText);
  while (versions.at(-1) !== 4) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(
    versions,
    versions.toSorted((one, other) => one - other),
  );
  // The test's own listener took the place of the client's.
  const objects = await client.connection.sendRequest<ObjectsResult>('elastic/objects', { uri });
  assert.equal(objects.version, 4);
  assert.equal(objects.objects[0]?.name, 'Third');
  assert.deepEqual(client.errors, []);
});

test('a question that is taken back is neither answered nor worked on, and the next one is answered', async (t) => {
  const client = await opened(t);
  await client.replace(uri, 'name: first', 'name: Second');
  const position = client.rangeOf(uri, 'ConfigMap').start;
  const textDocument = { uri };
  const range = client.rangeOf(uri, 'Second');
  const questions: readonly (readonly [string, object])[] = [
    ['textDocument/completion', { textDocument, position }],
    ['textDocument/hover', { textDocument, position }],
    ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
  ];
  const source = new CancellationTokenSource();
  const answers = questions.map(([method, params]) =>
    client.connection.sendRequest(method, params, source.token),
  );
  const refused = Promise.all(answers.map((answer) => assert.rejects(answer, { code: -32800 })));
  setTimeout(() => source.cancel(), 5);
  await refused;
  const actions = await client.codeActions(uri, range);
  assert.ok(actions.some(({ diagnostics }) => diagnostics?.[0]?.code === 'name-invalid'));
  assert.deepEqual(client.errors, []);
});

test('questions about an older text are refused as such, and nothing is logged', async (t) => {
  const client = await opened(t);
  const hover = client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: 0, character: 2 },
  });
  const refused = assert.rejects(hover, { code: -32801 });
  await client.replace(uri, 'name: first', 'name: second');
  await refused;
  await client.diagnostics(uri);
  assert.deepEqual(client.errors, []);
});

test('questions about a file that is not open do not end each other', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'large.yaml': bundle('first') });
  const client = connected(t);
  await client.initialize();
  const params = { uri: folder.uriOf('large.yaml') };
  const ask = (): Promise<ObjectsResult> => client.connection.sendRequest('elastic/objects', params);
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.deepEqual(
    answers.map(({ objects }) => objects.length),
    [3_001, 3_001, 3_001],
  );
  const render = (name: string): Promise<RenderedResult> =>
    client.connection.sendRequest('elastic/rendered', {
      output: bundle(name),
      by: 'kustomize',
      root: '/shop',
      files: [['/shop/kustomization.yaml', 'resources: [all.yaml]\n']],
      values: [],
      origins: null,
    } satisfies RenderedParams);
  const [one, other] = await Promise.all([render('One'), render('other')]);
  assert.notEqual(one?.files.length, other?.files.length);
  assert.deepEqual(client.errors, []);
});
