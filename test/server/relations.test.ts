import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { configMap, deployment, service } from '../core/rules/relations/around.ts';
import { capabilities, type TestClient } from './client.ts';
import { connected } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

const requests = 'resources: { requests: { cpu: 10m, memory: 10Mi } }';
const web = deployment({ container: `${requests}\nports: [{ name: http, containerPort: 80 }]` });
const svc = service('selector: { app: wbe }\nports: [{ port: 80, targetPort: http }]');

interface Started {
  readonly client: TestClient;
  readonly folder: WorkspaceFolder;
  /** Waits until a file has exactly these findings of those that look beyond it. */
  readonly until: (name: string, codes: readonly string[]) => Promise<void>;
}

const codes = new Set(['service-selects-nothing', 'config-map-missing', 'service-target-port-missing']);

async function started(t: TestContext, files: Readonly<Record<string, string>>): Promise<Started> {
  const folder = await WorkspaceFolder.create(t, files);
  const client = connected(t);
  await client.initialize(undefined, capabilities, folder.uri);
  return {
    client,
    folder,
    async until(name, expected) {
      await client.nextPublished(folder.uriOf(name), ({ diagnostics }) => {
        const found = diagnostics.map(({ code }) => String(code)).filter((code) => codes.has(code));
        return JSON.stringify(found) === JSON.stringify(expected);
      });
    },
  };
}

test('what a Service selects is looked for in the files of the folder, and shown there', async (t) => {
  const { client, folder, until } = await started(t, { 'web.yaml': web, 'svc.yaml': svc });
  const uri = folder.uriOf('svc.yaml');
  await client.open(uri, svc);
  await until('svc.yaml', ['service-selects-nothing']);
  const found = (await client.diagnostics(uri)).find(({ code }) => code === 'service-selects-nothing');
  assert.equal(found?.severity, DiagnosticSeverity.Warning);
  assert.equal(client.textAt(uri, found.range), 'wbe');
  const [place] = found.relatedInformation ?? [];
  assert.equal(place?.location.uri, folder.uriOf('web.yaml'));
  assert.equal(place.location.range.start.line, 9);

  const [action] = await client.codeActions(uri, found.range);
  assert.ok(action !== undefined);
  await client.apply(action);
  await until('svc.yaml', []);
  assert.deepEqual(client.errors, []);
});

test('findings come and go with what is typed in another file', async (t) => {
  const right = svc.replace('wbe', 'web');
  const { client, folder, until } = await started(t, { 'web.yaml': web, 'svc.yaml': right });
  await client.open(folder.uriOf('svc.yaml'), right);
  await client.open(folder.uriOf('web.yaml'), web);
  await until('svc.yaml', []);
  await client.replace(folder.uriOf('web.yaml'), 'name: http', 'name: htpp');
  await until('svc.yaml', ['service-target-port-missing']);
  await client.replace(folder.uriOf('web.yaml'), 'name: htpp', 'name: http');
  await until('svc.yaml', []);
});

test('findings come and go with files on the disk', async (t) => {
  const text = deployment({ container: `${requests}\nenvFrom: [{ configMapRef: { name: settings } }]` });
  const { client, folder, until } = await started(t, { 'web.yaml': text });
  await client.open(folder.uriOf('web.yaml'), text);
  await until('web.yaml', ['config-map-missing']);
  const told = async (): Promise<void> => {
    const changes = [{ uri: folder.uriOf('settings.yaml'), type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  };
  await folder.write('settings.yaml', configMap('settings'));
  await told();
  await until('web.yaml', []);
  await folder.remove('settings.yaml');
  await told();
  await until('web.yaml', ['config-map-missing']);
});

test('what stands in no file of the folder is known for as long as it is open', async (t) => {
  const { client, folder } = await started(t, { 'web.yaml': web });
  const known = async (): Promise<string> => {
    const found = await client.connection.sendRequest<{ name: string }[]>('workspace/symbol', {
      query: 'ConfigMap',
    });
    return found.map(({ name }) => name).join();
  };
  const elsewhere = 'file:///elsewhere/a.yaml';
  const unsaved = 'untitled:Untitled-1';
  await client.open(elsewhere, configMap('a'));
  await client.open(unsaved, configMap('b'));
  await client.diagnostics(elsewhere);
  await client.diagnostics(unsaved);
  assert.equal(await known(), 'ConfigMap/a,ConfigMap/b');
  await client.close(elsewhere);
  await client.close(unsaved);
  await folder.write('node_modules/chart/c.yaml', configMap('c'));
  const uri = folder.uriOf('node_modules/chart/c.yaml');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 1 }],
  });
  await folder.write('d.yaml', configMap('d'));
  const changes = [{ uri: folder.uriOf('d.yaml'), type: 1 }];
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  while ((await known()) !== 'ConfigMap/d') await new Promise((resolve) => setTimeout(resolve, 10));
});
