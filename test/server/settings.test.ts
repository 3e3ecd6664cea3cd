import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { connected } from './connected.ts';
import { capabilities, type TestClient } from './client.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

/** Lacks requests, and has an amount no server reads. */
const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web:1
      resources: { limits: { memory: 500Mb } }
`;

const both = ['quantity-invalid', 'requests-missing'];

interface Started {
  readonly client: TestClient;
  readonly folder: WorkspaceFolder;
  /** Changes a setting, for one scope or for all others. */
  readonly set: (settings: object, scope?: string) => Promise<void>;
  readonly changed: (name: string) => Promise<void>;
}

async function started(t: TestContext, files: Readonly<Record<string, string>>): Promise<Started> {
  const folder = await WorkspaceFolder.create(t, files);
  const client = connected(t);
  const settings = new Map<string, object>();
  client.connection.onRequest(
    'workspace/configuration',
    ({ items }: { items: readonly { readonly section: string; readonly scopeUri?: string }[] }) =>
      items.map(({ section, scopeUri }) => {
        assert.equal(section, 'test.checks');
        return settings.get(scopeUri ?? '') ?? settings.get('') ?? {};
      }),
  );
  const workspace = { ...capabilities.workspace, configuration: true };
  await client.initialize({ checksSection: 'test.checks' }, { ...capabilities, workspace }, folder.uri);
  return {
    client,
    folder,
    async set(given, scope = '') {
      settings.set(scope, given);
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    async changed(name) {
      const changes = [{ uri: folder.uriOf(name), type: 2 }];
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    },
  };
}

/** Waits until the file has these findings, in any order. */
async function become(client: TestClient, uri: string, codes: readonly string[]): Promise<void> {
  await client.nextPublished(uri, ({ diagnostics }) => {
    const found = diagnostics.map(({ code }) => String(code)).sort();
    return found.join() === [...codes].sort().join();
  });
}

test('settings change what is found in open files, and win over the workspace file', async (t) => {
  const { client, folder, set } = await started(t, { '.elastic.yaml': 'rules: { requests-missing: off }\n' });
  const uri = folder.uriOf('web.yaml');
  await client.open(uri, pod);
  await become(client, uri, ['quantity-invalid']);
  await set({ rules: { 'requests-missing': 'hint' } });
  await become(client, uri, both);
  await set({ preset: 'server-only' });
  await become(client, uri, ['quantity-invalid']);
  await set({ preset: '', kubernetesVersion: '', limitRatio: null, registries: [], rules: {} });
  await set({ preset: 7, rules: { 'quantity-invalid': 'off', 'requests-missing': 'never' } });
  await become(client, uri, []);
  assert.deepEqual(client.errors, []);
});

test('a folder has its own settings', async (t) => {
  const { client, folder, set } = await started(t, {});
  const inside = folder.uriOf('web.yaml');
  const outside = 'file:///elsewhere/web.yaml';
  await client.open(inside, pod);
  await client.open(outside, pod);
  await set({ preset: 'server-only' });
  await become(client, inside, ['quantity-invalid']);
  await become(client, outside, ['quantity-invalid']);
  await set({ preset: 'recommended' }, folder.uri);
  await become(client, inside, both);
  assert.deepEqual(
    client.published.get(outside)?.diagnostics.map(({ code }) => code),
    ['quantity-invalid'],
  );
});

test('a workspace file that changes on the disk changes what is found', async (t) => {
  const { client, folder, changed } = await started(t, {});
  const uri = folder.uriOf('apps/web.yaml');
  await client.open(uri, pod);
  await become(client, uri, both);
  await folder.write('.elastic.yaml', 'preset: server-only\n');
  await changed('.elastic.yaml');
  await become(client, uri, ['quantity-invalid']);
  await folder.write('.elastic.yaml', 'exclude: ["apps/**"]\n');
  await changed('.elastic.yaml');
  await become(client, uri, []);
  await folder.remove('.elastic.yaml');
  await changed('.elastic.yaml');
  await become(client, uri, both);
});

test('what is wrong in a workspace file is told in it, open or not, and the rest of it counts', async (t) => {
  const settings = 'preset: strikt\nrules:\n  requests-mising: off\n  quantity-invalid: off\n';
  const { client, folder, changed } = await started(t, { '.elastic.yaml': settings });
  const [manifest, file] = [folder.uriOf('web.yaml'), folder.uriOf('.elastic.yaml')];
  await client.open(manifest, pod);
  await become(client, manifest, ['requests-missing']);
  const told = await client.nextPublished(file, ({ diagnostics }) => diagnostics.length === 2);
  assert.equal(told.version, undefined);
  await client.open(file, settings);
  const [first, second] = await client.diagnostics(file);
  assert.ok(first && second);
  assert.deepEqual(
    [first, second].map(({ range }) => client.textAt(file, range)),
    ['strikt', 'requests-mising'],
  );
  await client.replace(file, 'strikt', 'server-only');
  await client.replace(file, 'requests-mising', 'requests-missing');
  assert.deepEqual(await client.diagnostics(file), []);
  await become(client, manifest, []);
  // The editor gives the file back to the disk, where it is as it was.
  await client.close(file);
  await client.nextPublished(file, ({ diagnostics }) => diagnostics.length === 2);
  await folder.remove('.elastic.yaml');
  await changed('.elastic.yaml');
  await client.nextPublished(file, ({ diagnostics }) => diagnostics.length === 0);
  await become(client, manifest, both);
});

test('a file with the other ending counts too, unless one with the first stands beside it', async (t) => {
  const { client, folder, changed } = await started(t, { '.elastic.yml': 'preset: server-only\n' });
  const [manifest, file] = [folder.uriOf('web.yaml'), folder.uriOf('.elastic.yml')];
  await client.open(manifest, pod);
  await become(client, manifest, ['quantity-invalid']);
  await folder.write('.elastic.yaml', 'rules: { quantity-invalid: off }\n');
  await changed('.elastic.yaml');
  await become(client, manifest, ['requests-missing']);
  await client.nextPublished(file, ({ diagnostics }) => diagnostics.length === 1);
  await folder.remove('.elastic.yaml');
  await changed('.elastic.yaml');
  await become(client, manifest, ['quantity-invalid']);
  await client.nextPublished(file, ({ diagnostics }) => diagnostics.length === 0);
  assert.deepEqual(client.errors, []);
});

test('a pattern that is not followed is told, and the others count', async (t) => {
  const settings = 'exclude:\n  - "+(a|aa)+(a|aa)"\n  - other/**\n';
  const { client, folder } = await started(t, { '.elastic.yaml': settings });
  const [one, other] = [folder.uriOf('aaaa.yaml'), folder.uriOf('other/web.yaml')];
  await client.open(one, pod);
  await client.open(other, pod);
  await become(client, other, []);
  await become(client, one, both);
  const told = await client.nextPublished(folder.uriOf('.elastic.yaml'), () => true);
  assert.deepEqual(
    told.diagnostics.map(({ range }) => range.start.line),
    [1],
  );
});
