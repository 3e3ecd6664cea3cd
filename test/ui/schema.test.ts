import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';

const namespace = 'schema-shop';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: kettles.kitchen.example.com }
spec:
  group: kitchen.example.com
  scope: Namespaced
  names: { kind: Kettle, plural: kettles, singular: kettle, listKind: KettleList }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { litres: { type: integer, maximum: 3 } } }
`;

const limits = `apiVersion: v1
kind: LimitRange
metadata: { name: small, namespace: ${namespace} }
spec: { limits: [{ type: Container, max: { memory: 1Gi } }] }
`;

const manifest = `apiVersion: kitchen.example.com/v1
kind: Kettle
metadata: { name: blue }
spec: { litres: 5 }
---
apiVersion: v1
kind: Pod
metadata: { name: cook }
spec:
  containers:
    - name: cook
      image: example.com/cook:1
      resources: { requests: { cpu: 1, memory: 2Gi }, limits: { memory: 2Gi } }
`;

const tooMuch = { severity: 'error', line: 4, text: '5' } as const;
/** Of the request and of the limit. */
const overLimit = { severity: 'warning', line: 13, text: '2Gi' } as const;
const inShop = [tooMuch, overLimit, overLimit];

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;
/** Stands where a cluster could be, and counts who comes. */
let silent: Server;
let visits = 0;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('api');
  await cluster.kubectl(['create', 'namespace', namespace]);
  await cluster.kubectl(['apply', '-f', '-'], definition);
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd/kettles.kitchen.example.com']);
  await cluster.kubectl(['apply', '-f', '-'], limits);
  silent = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'silent', server: `https://127.0.0.1:${port}` },
    { name: 'dev', namespace },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  silent.close();
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', '-f', '-'], definition);
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear };

uiSuite('Schema of a cluster', options, (ui) => {
  ui.test('a file that is opened is checked by what is built in', async (vscode) => {
    await vscode.write('k8s/kitchen.yaml', manifest);
    await vscode.openFile('k8s/kitchen.yaml');
    await schemaIs(vscode, /Schema: built in \d/);
    await vscode.editor.underlines([]);
  });

  ui.test('seeing which clusters there are asks none of them', async (vscode) => {
    await vscode.openView('Elastic Containers');
    await vscode.tree('Clusters').row('silent');
    await vscode.statusBar('silent / default');
    await schemaIs(vscode, /Schema: built in \d/);
    assert.equal(visits, 0);
  });

  ui.test('the one that is chosen tells its own kinds, and the limits of the namespace', async (vscode) => {
    await choose(vscode, 'dev');
    await vscode.editor.underlines(inShop, 20_000);
    await schemaIs(vscode, /Schema: dev \(v\d+\.\d+\.\d+\)\s*\d+ kinds, [1-9]\d* of them custom/);
    await vscode.screenshot('schema-cluster');
  });

  ui.test('its limits count as they are now', async (vscode) => {
    await cluster.kubectl(['delete', 'limitrange', '-n', namespace, 'small']);
    await vscode.editor.underlines([tooMuch]);
    await cluster.kubectl(['apply', '-f', '-'], limits);
    await vscode.editor.underlines(inShop);
  });

  ui.test('another one, which does not answer, leaves nothing of it', async (vscode) => {
    await choose(vscode, 'silent');
    await vscode.editor.underlines([], 20_000);
    await schemaIs(vscode, /Schema: built in \d/);
    assert.ok(visits > 0);
    await choose(vscode, 'dev');
    await vscode.editor.underlines(inShop, 20_000);
  });

  ui.test('without a connection its kinds stay as they were, and no limits count', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/);
    await tree.row(namespace);
    await tree.contextMenu(/^\s*dev/, 'Disconnect');
    await vscode.editor.underlines([tooMuch], 20_000);
    await schemaIs(vscode, /Schema: dev \(v.*as it was when it was last connected: \d+ kinds/);
  });

  ui.test('a window opened anew connects to nothing, and knows what was kept', async (vscode) => {
    await vscode.reload();
    await vscode.openFile('k8s/kitchen.yaml');
    await vscode.editor.underlines([tooMuch], 20_000);
    await schemaIs(vscode, /Schema: dev \(v.*as it was when it was last connected: \d+ kinds/);
    await choose(vscode, 'silent');
    await vscode.editor.underlines([], 20_000);
    await vscode.reload();
    const before = visits;
    await vscode.openFile('k8s/kitchen.yaml');
    await vscode.statusBar('silent / typed');
    await schemaIs(vscode, /Schema: built in \d/);
    assert.equal(visits, before);
  });
});

/** Makes a namespace of a context the target. */
async function choose(vscode: Workbench, context: string): Promise<void> {
  const own = context === 'dev' ? namespace : 'typed';
  await vscode.palette('Elastic: Select context and namespace…');
  await vscode.quickInput.pick(context);
  if (context === 'silent') {
    await vscode.quickInput.row('Namespaces cannot be listed: Retry');
    await vscode.quickInput.type(own);
    await vscode.quickInput.pick('as typed');
  } else await vscode.quickInput.pick(own);
  await vscode.statusBar(`${context} / ${own}`);
}

/** Waits until the entry beside the language says so when a person looks at it. */
async function schemaIs(vscode: Workbench, expected: RegExp): Promise<void> {
  const { page } = vscode;
  const entry = page.locator('[id="status.languageStatus"]');
  const shown = page.locator('.monaco-hover:visible', { hasText: expected });
  for (const end = Date.now() + 20_000; ;) {
    await page.mouse.move(5, 5);
    await entry.hover();
    try {
      await shown.first().waitFor({ timeout: 1_500 });
      break;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
  await page.mouse.move(5, 5);
}
