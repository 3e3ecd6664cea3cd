import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CompletionItem,
  CompletionList,
  DocumentSymbol,
  Hover,
  Position,
  SymbolInformation,
} from 'vscode-languageserver/node';
import type { TestClient } from './client.ts';
import { connected } from './connected.ts';

const uri = 'file:///k8s/web.yaml';
const snippetClient = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };

/** Opens a text and tells where its `¦` was. */
async function opened(client: TestClient, marked: string, at = uri): Promise<Position> {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  await client.open(at, marked.replace('¦', ''));
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function complete(
  client: TestClient,
  position: Position,
  triggerCharacter?: string,
): Promise<CompletionList | null> {
  return client.connection.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position,
    ...(triggerCharacter === undefined ? {} : { context: { triggerKind: 2, triggerCharacter } }),
  });
}

async function itemsAt(client: TestClient, marked: string): Promise<readonly CompletionItem[]> {
  const list = await complete(client, await opened(client, marked));
  return list?.items ?? [];
}

test('fields are proposed, and explained when one is looked at', async (t) => {
  const client = connected(t);
  const { capabilities } = await client.initialize({}, snippetClient);
  assert.deepEqual(capabilities.completionProvider?.resolveProvider, true);
  const items = await itemsAt(client, 'apiVersion: v1\nkind: Pod\nspec:\n  res¦\n');
  const found = items.find(({ label }) => label === 'restartPolicy');
  assert.ok(found !== undefined);
  assert.deepEqual(found.textEdit, {
    range: { start: { line: 3, character: 2 }, end: { line: 3, character: 5 } },
    newText: 'restartPolicy: ${1|Always,Never,OnFailure|}',
  });
  assert.equal(found.documentation, undefined);
  const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', found);
  assert.match(JSON.stringify(resolved.documentation), /Restart policy for all containers/);
});

test('an editor without snippets gets plain text', async (t) => {
  const client = connected(t);
  await client.initialize({}, {});
  const items = await itemsAt(client, 'apiVersion: v1\nkind: Pod\nspec:\n  ¦\n');
  assert.ok(items.length > 10);
  assert.ok(items.every(({ textEdit }) => !textEdit?.newText.includes('$')));
});

test('where the editor can, values are asked for once their key is accepted, and words stand beside each row', async (t) => {
  const client = connected(t);
  const completionItem = { snippetSupport: true, labelDetailsSupport: true };
  await client.initialize(
    { suggestCommand: 'test.suggest' },
    { textDocument: { completion: { completionItem } } },
  );
  const limits =
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources:\n        limits:\n          ¦\n';
  const cpu = (await itemsAt(client, limits)).find(({ label }) => label === 'cpu');
  assert.equal(cpu?.command?.command, 'test.suggest');
  const items = await itemsAt(client, 'apiVersion: v1\nkind: Service\nspec:\n  type: ¦\n');
  assert.deepEqual(
    items.map(({ label, labelDetails }) => [label, labelDetails?.description]),
    [
      ['ClusterIP', 'default'],
      ['ExternalName', undefined],
      ['LoadBalancer', undefined],
      ['NodePort', undefined],
    ],
  );
  assert.match(JSON.stringify(items[0]?.documentation), /inside the cluster/);
});

test('names come from the whole workspace', async (t) => {
  const client = connected(t);
  await client.initialize({}, snippetClient);
  const settings = 'file:///k8s/settings.yaml';
  await client.open(
    settings,
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { colour: red }\n',
  );
  await client.diagnostics(settings);
  const pod = (lines: string): string =>
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - valueFrom:\n            configMapKeyRef:\n${lines}`;
  const names = await itemsAt(client, pod('              name: ¦\n'));
  assert.deepEqual(
    names.map(({ label, detail }) => [label, detail]),
    [['settings', 'ConfigMap']],
  );
  await client.close(uri);
  const keys = await itemsAt(client, pod('              name: settings\n              key: "¦"\n'));
  assert.deepEqual(
    keys.map(({ textEdit }) => textEdit?.newText),
    ['"colour"'],
  );
});

test('a space asks only behind a colon or a dash', async (t) => {
  const client = connected(t);
  await client.initialize({}, snippetClient);
  const position = await opened(client, 'apiVersion: v1\nkind: ¦\n \n');
  assert.ok((await complete(client, position, ' ')) !== null);
  assert.equal(await complete(client, { line: 2, character: 1 }, ' '), null);
});

test('a kind brings its API version along', async (t) => {
  const client = connected(t);
  await client.initialize({}, snippetClient);
  const items = await itemsAt(client, '# web\nkind: Depl¦\n');
  const found = items.find(({ label }) => label === 'Deployment');
  const start = { line: 1, character: 0 };
  assert.deepEqual(found?.additionalTextEdits, [
    { range: { start, end: start }, newText: 'apiVersion: apps/v1\n' },
  ]);
});

test('tells of fields and amounts', async (t) => {
  const client = connected(t);
  await client.initialize({ translations: { '{0} bytes': '{0} 字节' } });
  const position = await opened(
    client,
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources:\n        limits: { memory: 1¦Gi }\n',
  );
  const ask = (at: Position): Promise<Hover | null> =>
    client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: at });
  assert.deepEqual(await ask(position), {
    contents: { kind: 'markdown', value: '`1Gi` = 1,073,741,824 字节 = 1.07 GB' },
    range: { start: { line: 5, character: 26 }, end: { line: 5, character: 29 } },
  });
  assert.match(
    JSON.stringify(await ask({ line: 3, character: 4 })),
    /\*\*containers\*\* · list of Container · required/,
  );
  assert.equal(await ask({ line: 5, character: 0 }), null);
});

test('outlines a file, and finds objects of the workspace', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(
    uri,
    'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec:\n  containers:\n    - name: main\n      image: web:1\n',
  );
  await client.diagnostics(uri);
  const [pod] = await client.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
    textDocument: { uri },
  });
  assert.equal(pod?.name, 'Pod/web');
  assert.deepEqual(
    pod.children?.map(({ name, detail }) => [name, detail]),
    [['main', 'web:1']],
  );
  const search = (query: string): Promise<SymbolInformation[]> =>
    client.connection.sendRequest('workspace/symbol', { query });
  assert.deepEqual(
    (await search('podweb')).map(({ name, containerName, location }) => [
      name,
      containerName,
      location.range.start.line,
    ]),
    [['Pod/web', 'shop', 2]],
  );
  assert.deepEqual(await search('service'), []);
});

test('kinds that a definition in the workspace brings', async (t) => {
  const client = connected(t);
  await client.initialize({}, snippetClient);
  const definition = 'file:///k8s/definition.yaml';
  await client.open(
    definition,
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: carts.shop.example }
spec:
  group: shop.example
  scope: Namespaced
  names: { kind: Cart, plural: carts }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { wheels: { type: integer }, colour: { type: string, enum: [red, blue] } } }
`,
  );
  await client.diagnostics(definition);
  const fields = await itemsAt(client, 'apiVersion: shop.example/v1\nkind: Cart\nspec:\n  ¦\n');
  assert.deepEqual(fields.map(({ label }) => label).toSorted(), ['colour', 'wheels']);
});

test('large files are completed in their own thread', async (t) => {
  const client = connected(t);
  await client.initialize({}, snippetClient);
  const large = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: |\n${'    a line of text\n'.repeat(9000)}---\n`;
  const position = await opened(
    client,
    `${large}apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ty¦\n`,
  );
  const list = await complete(client, position);
  assert.ok(list?.items.some(({ label }) => label === 'type'));
  assert.deepEqual(client.errors, []);
});
