import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { configMap, deployment } from '../core/rules/relations/around.ts';
import { capabilities, type TestClient } from './client.ts';
import { connected } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

const requests = 'resources: { requests: { cpu: 10m, memory: 10Mi } }';
const web = deployment({ container: `${requests}\nenvFrom: [{ configMapRef: { name: settings } }]` });

const following = { ...capabilities, workspace: { ...capabilities.workspace, workspaceFolders: true } };

async function started(t: TestContext, folder: WorkspaceFolder): Promise<TestClient> {
  const client = connected(t);
  const { capabilities: offered } = await client.initialize(undefined, following, folder.uri);
  assert.deepEqual(offered.workspace?.workspaceFolders, { supported: true, changeNotifications: true });
  return client;
}

/** Waits until a file has the finding that its ConfigMap is nowhere, or has not. */
async function untilMissing(client: TestClient, uri: string, isMissing: boolean): Promise<void> {
  await client.nextPublished(
    uri,
    ({ diagnostics }) => diagnostics.some(({ code }) => code === 'config-map-missing') === isMissing,
  );
}

/** References are looked for in all files of the folders. */
async function untilRead(client: TestClient, uri: string): Promise<void> {
  await client.connection.sendRequest('textDocument/references', {
    textDocument: { uri },
    position: { line: 0, character: 0 },
    context: { includeDeclaration: true },
  });
}

async function change(
  client: TestClient,
  added: readonly WorkspaceFolder[],
  removed: readonly WorkspaceFolder[],
): Promise<void> {
  const named = (folders: readonly WorkspaceFolder[]): object[] =>
    folders.map(({ uri }) => ({ uri, name: 'folder' }));
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: named(added), removed: named(removed) },
  });
}

async function tell(client: TestClient, type: number, ...uris: readonly string[]): Promise<void> {
  const changes = uris.map((uri) => ({ uri, type }));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
}

async function symbols(client: TestClient, query: string): Promise<readonly string[]> {
  const found = await client.connection.sendRequest<{ location: { uri: string } }[]>('workspace/symbol', {
    query,
  });
  return found.map(({ location }) => location.uri).sort();
}

test('a folder that is added is read, and forgotten when it is removed', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'web.yaml': web });
  const other = await WorkspaceFolder.create(t, { 'a/settings.yaml': configMap('settings') });
  const client = await started(t, folder);
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, web);
  await untilMissing(client, uri, true);
  await change(client, [other], []);
  await untilMissing(client, uri, false);
  await change(client, [], [other]);
  await untilMissing(client, uri, true);
  // Both at once, before the first was read.
  await change(client, [other], []);
  await change(client, [], [other]);
  await change(client, [other], []);
  await untilMissing(client, uri, false);
  assert.deepEqual(client.errors, []);
});

test('settings of a folder that is removed no longer count', async (t) => {
  const settings = 'rules: { config-map-missing: off }\n';
  const folder = await WorkspaceFolder.create(t, { 'web.yaml': web });
  const inner = await WorkspaceFolder.create(t, { '.elastic.yaml': settings, 'web.yaml': web });
  const client = await started(t, folder);
  await change(client, [inner], []);
  const uri = inner.uriOf('web.yaml');
  await client.open(uri, web);
  await untilMissing(client, uri, false);
  await change(client, [], [inner]);
  await untilMissing(client, uri, true);
});

test('a folder that is deleted takes its files with it, and one that is moved brings them', async (t) => {
  const folder = await WorkspaceFolder.create(t, {
    'web.yaml': web,
    'shop/deep/settings.yaml': configMap('settings'),
    'shopping/other.yaml': configMap('other'),
  });
  const client = await started(t, folder);
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, web);
  await untilRead(client, uri);
  await untilMissing(client, uri, false);
  await rename(join(folder.path, 'shop'), join(folder.path, 'store'));
  await tell(client, 3, folder.uriOf('shop'));
  await untilMissing(client, uri, true);
  await tell(client, 1, folder.uriOf('store'));
  await untilMissing(client, uri, false);
  await rm(join(folder.path, 'store'), { recursive: true });
  await tell(client, 3, folder.uriOf('store'));
  await untilMissing(client, uri, true);
  assert.deepEqual(await symbols(client, 'ConfigMap'), [folder.uriOf('shopping/other.yaml')]);
  assert.deepEqual(client.errors, []);
});

test('links that lead in circles are not followed, and no file is read twice', async (t) => {
  const folder = await WorkspaceFolder.create(t, { 'web.yaml': web, 'a/one.yaml': configMap('one') });
  const elsewhere = await WorkspaceFolder.create(t, { 'settings.yaml': configMap('settings') });
  await mkdir(join(folder.path, 'a/b'));
  await symlink('..', join(folder.path, 'a/b/up'));
  await symlink(folder.path, join(folder.path, 'a/top'));
  await symlink('one.yaml', join(folder.path, 'a/same.yaml'));
  await symlink(join(elsewhere.path, 'settings.yaml'), join(folder.path, 'linked.yaml'));
  await symlink('/nowhere', join(folder.path, '.#lock.yaml'));
  const client = await started(t, folder);
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, web);
  await untilRead(client, uri);
  assert.deepEqual(await symbols(client, 'ConfigMap'), [
    folder.uriOf('a/one.yaml'),
    folder.uriOf('linked.yaml'),
  ]);
  assert.deepEqual(client.errors, []);
});

test('addresses with spaces and percent signs are those of the files', async (t) => {
  const folder = await WorkspaceFolder.create(t, {
    'a b/50%/web.yaml': web,
    'a b/50%/sett ings.yaml': configMap('settings'),
  });
  const client = await started(t, folder);
  // Editors differ in what they escape.
  const uri = folder.uriOf('a b/50%/web.yaml').replace('web', '%77eb');
  await client.open(uri, web);
  await untilRead(client, uri);
  await untilMissing(client, uri, false);
  assert.deepEqual(await symbols(client, 'Deployment'), [uri]);
  await folder.remove('a b/50%/sett ings.yaml');
  await tell(client, 3, folder.uriOf('a b/50%/sett ings.yaml'));
  await untilMissing(client, uri, true);
});

test('a large file that nobody edits is known as a small one is, and may be a bundle of any size', async (t) => {
  const filler = (count: number): string =>
    Array.from({ length: count }, (_, at) => `---\n${configMap(`filler-${at}`)}`).join('');
  const folder = await WorkspaceFolder.create(t, {
    'web.yaml': web,
    'large.yaml': `${filler(600)}---\n${configMap('settings')}`,
  });
  const client = await started(t, folder);
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, web);
  const definition = (): Promise<{ uri: string }[]> =>
    client.connection.sendRequest('textDocument/definition', {
      textDocument: { uri },
      position: client.rangeOf(uri, 'settings').start,
    });
  assert.deepEqual(
    (await definition()).map((place) => place.uri),
    [folder.uriOf('large.yaml')],
  );
  // Of a huge one the names are taken, so that nothing in it is called missing.
  await folder.write('large.yaml', `${filler(30_000)}---\n${configMap('settings')}`);
  await tell(client, 2, folder.uriOf('large.yaml'));
  while ((await definition()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await untilMissing(client, uri, false);
  await folder.write('large.yaml', filler(600));
  await tell(client, 2, folder.uriOf('large.yaml'));
  await untilMissing(client, uri, true);
  assert.deepEqual(client.errors, []);
});

test('what a kustomization makes of files on the disk follows what is typed in it', async (t) => {
  const kustomization = 'kind: Kustomization\nresources: []\n';
  const folder = await WorkspaceFolder.create(t, {
    'web.yaml': web,
    'settings.yaml': configMap('settings'),
    'kustomization.yaml': kustomization,
  });
  const client = await started(t, folder);
  const [uri, describing] = [folder.uriOf('web.yaml'), folder.uriOf('kustomization.yaml')];
  await client.open(uri, web);
  await untilRead(client, uri);
  await untilMissing(client, uri, false);
  await client.open(describing, kustomization);
  // A patch is no object: the one it changes is nowhere.
  await client.replace(describing, 'resources: []', 'patches: [{ path: settings.yaml }]');
  await untilMissing(client, uri, true);
  await client.replace(describing, 'patches: [{ path: settings.yaml }]', 'resources: []');
  await untilMissing(client, uri, false);
  assert.deepEqual(client.errors, []);
});
