import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DocumentLink,
  Location,
  LocationLink,
  Position,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { capabilities, type TestClient } from './client.ts';
import { connected } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\ndata: { url: x }\n';
const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      envFrom: [{ configMapRef: { name: "app" } }]
`;

interface Place {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

function placeOf(client: TestClient, uri: string, text: string): Place {
  return { textDocument: { uri }, position: client.rangeOf(uri, text).end };
}

function definition<T extends Location | LocationLink>(client: TestClient, place: Place): Promise<T[]> {
  return client.connection.sendRequest('textDocument/definition', place);
}

test('a definition in a file that is not open, with links for clients that know them', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'config.yaml': configMap, 'web.yaml': pod });
  const [config, web] = [folder.uriOf('config.yaml'), folder.uriOf('web.yaml')];
  const range = { start: { line: 2, character: 18 }, end: { line: 2, character: 21 } };
  const plain = connected(t);
  await plain.initialize(undefined, {}, folder.uri);
  await plain.open(web, pod);
  const place = placeOf(plain, web, '"app"');
  assert.deepEqual(await definition(plain, place), [{ uri: config, range }]);
  const linked = connected(t);
  const textDocument = { ...capabilities.textDocument, definition: { linkSupport: true } };
  await linked.initialize(undefined, { ...capabilities, textDocument }, folder.uri);
  await linked.open(web, pod);
  const [link] = await definition<LocationLink>(linked, place);
  assert.deepEqual([link?.targetUri, link?.targetSelectionRange], [config, range]);
  assert.deepEqual(link?.originSelectionRange, linked.rangeOf(web, '"app"'));
  assert.deepEqual(await definition(linked, placeOf(linked, web, 'kind')), []);
});

test('references in files that are not open, as they are on the disk now', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'web.yaml': pod });
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  const config = folder.uriOf('config.yaml');
  await client.open(config, configMap);
  const find = async (includeDeclaration: boolean): Promise<readonly string[]> => {
    const params = { ...placeOf(client, config, 'name: app'), context: { includeDeclaration } };
    const found: Location[] = await client.connection.sendRequest('textDocument/references', params);
    return found
      .map(({ uri, range }) => `${uri.slice(folder.uri.length + 1)}:${range.start.line + 1}`)
      .sort();
  };
  assert.deepEqual(await find(false), ['web.yaml:8']);
  assert.deepEqual(await find(true), ['config.yaml:3', 'web.yaml:8']);
  await folder.write('job.yaml', pod.replace('name: web }', 'name: job }'));
  const changes = [{ uri: folder.uriOf('job.yaml'), type: 1 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  while ((await find(false)).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(await find(false), ['job.yaml:8', 'web.yaml:8']);
});

test('a rename changes what is open and what is not, with the text that was just typed', async (t) => {
  const folder = await WorkspaceFolder.create(t, {
    'web.yaml': pod,
    'sub dir/@job.yaml': pod.replace('name: web }', 'name: job }'),
    'kustomization.yaml': 'patches:\n  - path: patch.yaml\n',
    'patch.yaml': configMap,
  });
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  const config = folder.uriOf('config.yaml');
  // Editors escape more in addresses than Node does.
  const job = folder.uriOf('sub dir/@job.yaml').replace('@', '%40');
  await client.open(config, configMap);
  await client.open(job, pod.replace('name: web }', 'name: job }'));
  await client.replace(config, 'name: app', 'name: settings');
  await client.replace(job, '"app"', 'settings');
  const place = placeOf(client, config, 'name: settings');
  const prepared: unknown = await client.connection.sendRequest('textDocument/prepareRename', place);
  assert.deepEqual(prepared, {
    range: { start: { line: 2, character: 18 }, end: place.position },
    placeholder: 'settings',
  });
  const edit: WorkspaceEdit = await client.connection.sendRequest('textDocument/rename', {
    ...place,
    newName: 'web-settings',
  });
  const changed = (edit.documentChanges ?? []).map((change) => {
    assert.ok('edits' in change);
    const { uri, version } = change.textDocument;
    return [uri, version, change.edits.length];
  });
  assert.deepEqual(
    changed.sort(),
    [
      [config, 2, 1],
      [job, 2, 1],
    ].sort(),
  );
});

test('a refused rename says why', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'other.yaml': configMap });
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  const uri = folder.uriOf('config.yaml');
  await client.open(uri, configMap);
  const ask = (method: string, text: string): Promise<unknown> =>
    client.connection.sendRequest(method, { ...placeOf(client, uri, text), newName: 'b' });
  await assert.rejects(ask('textDocument/prepareRename', 'name: app'), /more than one ConfigMap app/);
  await assert.rejects(ask('textDocument/rename', 'url'), /more than one ConfigMap app/);
  await assert.rejects(ask('textDocument/rename', 'kind'), /no name here/);
});

test('a place that is written in another way is not renamed by halves', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'config.yaml': configMap });
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, pod.replace('{ name: "app" }', '{ name: "\\u0061pp" }'));
  const place = placeOf(client, uri, '"\\u0061pp"');
  const rename = client.connection.sendRequest('textDocument/rename', { ...place, newName: 'b' });
  await assert.rejects(rename, /Line 8 of web\.yaml writes app in another way/);
});

test('the files a kustomization names are links', async (t) => {
  const kustomization = 'resources:\n  - web.yaml\n  - base\n  - gone.yaml\n  - https://example.com/x.yaml\n';
  const folder = await WorkspaceFolder.create(t, {
    'kustomization.yaml': kustomization,
    'web.yaml': pod,
    'base/kustomization.yaml': 'resources: []\n',
  });
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  const uri = folder.uriOf('kustomization.yaml');
  await client.open(uri, kustomization);
  const ask = (): Promise<DocumentLink[]> =>
    client.connection.sendRequest('textDocument/documentLink', { textDocument: { uri } });
  const wanted = [
    folder.uriOf('web.yaml'),
    folder.uriOf('base/kustomization.yaml'),
    'https://example.com/x.yaml',
  ];
  const links = await ask();
  assert.deepEqual(
    links.map(({ target }) => target),
    wanted,
  );
  const [found] = await definition<Location>(client, placeOf(client, uri, '  - base'));
  assert.equal(found?.uri, folder.uriOf('base/kustomization.yaml'));
});
