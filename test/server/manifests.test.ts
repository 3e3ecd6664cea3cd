import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ManifestsParams, ManifestsResult } from '../../src/core/protocol.ts';
import { Surroundings } from '../../src/server/surroundings.ts';
import { deployment } from '../core/rules/relations/around.ts';
import { capabilities, type TestClient } from './client.ts';
import { connected } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

/** One file of a folder, and a server that was started this moment. */
async function started(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): Promise<{ client: TestClient; folder: WorkspaceFolder }> {
  const folder = await WorkspaceFolder.create(t, files);
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  return { client, folder };
}

function configMap(name: string, namespace?: string): string {
  const place = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${place} }\n`;
}

async function ask(client: TestClient, wanted: ManifestsParams): Promise<ManifestsResult['manifests']> {
  const { manifests } = await client.connection.sendRequest<ManifestsResult>('elastic/manifests', wanted);
  return manifests;
}

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'settings',
  namespace: 'shop',
  schemes: ['file'],
};

test('manifests that define an object are found by the first question already', async (t) => {
  const { client, folder } = await started(t, {
    'a/settings.yaml': `${configMap('other')}---\n${configMap('settings')}`,
    'b/settings.yaml': configMap('settings', 'shop'),
    'c/settings.yaml': configMap('settings', 'elsewhere'),
    'd/settings.yaml': configMap('settings-too'),
  });
  const found = await ask(client, settings);
  assert.deepEqual(found.map(({ uri, range }) => [uri, range.start.line]).sort(), [
    [folder.uriOf('a/settings.yaml'), 6],
    [folder.uriOf('b/settings.yaml'), 2],
  ]);
});

test('a file the disk has, and nobody has told of, is found', async (t) => {
  const { client, folder } = await started(t, {});
  assert.deepEqual(await ask(client, settings), []);
  await folder.write('new/settings.yaml', configMap('settings'));
  assert.deepEqual(
    (await ask(client, settings)).map(({ uri }) => uri),
    [folder.uriOf('new/settings.yaml')],
  );
});

test('the live object itself does not count, should it be open', async (t) => {
  const { client, folder } = await started(t, {});
  await client.open('elastic-object:/dev/shop/ConfigMap/settings.yaml?v1', configMap('settings', 'shop'));
  assert.deepEqual(await ask(client, settings), []);
  await folder.write('settings.yaml', configMap('settings'));
  assert.deepEqual(
    (await ask(client, settings)).map(({ uri }) => uri),
    [folder.uriOf('settings.yaml')],
  );
});

test('what is open counts as it is; another version of a kind is the same kind, another group is not', async (t) => {
  const { client, folder } = await started(t, { 'web.yaml': configMap('settings') });
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, deployment({ container: '' }));
  assert.deepEqual(await ask(client, settings), []);
  const web = { ...settings, apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web' };
  assert.equal((await ask(client, web)).length, 1);
  assert.deepEqual(await ask(client, { ...web, apiVersion: 'extensions/v1beta1' }), []);
});

test('a question that says nothing is refused, and the next is answered', async (t) => {
  const { client } = await started(t, { 'settings.yaml': configMap('settings') });
  await assert.rejects(
    client.connection.sendRequest('elastic/manifests', { kind: 'ConfigMap' }),
    /"apiVersion"/,
  );
  assert.equal((await ask(client, settings)).length, 1);
});

test('questions that come at once share one look at the disk, and the next one looks again', async (t) => {
  const folder = await WorkspaceFolder.create(t, {});
  const surroundings = new Surroundings({ isOpen: () => false, onDidChange: () => undefined });
  t.after(() => surroundings.dispose());
  await surroundings.open([folder.path]);
  const look = surroundings.lookAgain();
  assert.equal(surroundings.lookAgain(), look);
  await look;
  await folder.write('settings.yaml', configMap('settings'));
  const next = surroundings.lookAgain();
  assert.notEqual(next, look);
  await next;
  assert.equal([...surroundings.workspace.objects()].length, 1);
});
