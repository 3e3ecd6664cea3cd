import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';

const namespace = 'target-shop';
const command = 'Elastic: Select context and namespace…';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  await cluster.kubectl(['create', 'namespace', namespace]);
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev' },
    { name: 'prod', namespace },
    { name: 'visitor', token: 'reader-token' },
    { name: 'nowhere', server: 'https://127.0.0.1:9' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

uiSuite('Deploy target', { workspace: 'examples/shop', env: setTheScene, cleanUp: clear }, (ui) => {
  ui.test('is asked for in two steps, and shown in the status bar', async (vscode) => {
    await vscode.palette(command);
    await vscode.quickInput.opened('Deploy target: context');
    await vscode.quickInput.row(/prod.*protected/);
    await vscode.screenshot('target-context');
    await vscode.quickInput.pick('dev');
    await vscode.quickInput.opened('Deploy target: namespace in dev');
    await vscode.quickInput.row('kube-system');
    await vscode.screenshot('target-namespace');
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(`dev / ${namespace}`);
  });

  ui.test('a step back leads to the contexts, Escape changes nothing', async (vscode) => {
    await (await vscode.statusBar(`dev / ${namespace}`)).click();
    await vscode.quickInput.pick('prod');
    await vscode.quickInput.opened('namespace in prod');
    await vscode.quickInput.press('Back');
    await vscode.quickInput.opened('Deploy target: context');
    await vscode.quickInput.cancel();
    await vscode.statusBar(`dev / ${namespace}`);
  });

  ui.test('where namespaces may not be listed, or nobody answers, a name can be typed', async (vscode) => {
    for (const context of ['visitor', 'nowhere']) {
      await vscode.palette(command);
      await vscode.quickInput.pick(context);
      await vscode.quickInput.row('Namespaces cannot be listed: Retry');
      await vscode.screenshot(`target-${context}`);
      await vscode.quickInput.type('typed-name');
      await vscode.quickInput.pick('as typed');
      await vscode.statusBar(`${context} / typed-name`);
    }
  });

  ui.test('a protected one stands out', async (vscode) => {
    await vscode.palette(command);
    await vscode.quickInput.pick('prod');
    await vscode.quickInput.pick(namespace);
    const item = await vscode.statusBar(`prod / ${namespace}`);
    assert.match((await item.getAttribute('class')) ?? '', /warning-kind/);
  });

  ui.test('is set from a row of the tree', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/);
    await tree.contextMenu(namespace, 'Deploy to this namespace from now on');
    await vscode.statusBar(`dev / ${namespace}`);
    await tree.row(new RegExp(`${namespace}\\s*target`));
  });

  ui.test('is remembered, and never written to the kubeconfig', async (vscode) => {
    const before = await Promise.all(kubeconfigs.files.map((file) => readFile(file, 'utf8')));
    await vscode.palette(command);
    await vscode.quickInput.pick('prod');
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(`prod / ${namespace}`);
    await vscode.reload();
    await vscode.openFile('k8s/web.yaml');
    await vscode.statusBar(`prod / ${namespace}`);
    const after = await Promise.all(kubeconfigs.files.map((file) => readFile(file, 'utf8')));
    assert.deepEqual(after, before);
  });

  ui.test('a kubeconfig that breaks is named beside the others, and can be opened', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.row(/^\s*dev/);
    const file = kubeconfigs.files[0] ?? '';
    await appendFile(file, '\n{ broken');
    await tree.row(/dev\.yaml/);
    await vscode.screenshot('kubeconfig-broken');
    await (await tree.row(/dev\.yaml/)).click();
    await vscode.editor.shows('dev.yaml');
    await tree.contextMenu(/^\s*prod/, 'Open kubeconfig');
    await vscode.editor.shows('prod.yaml');
  });
});

uiSuite(
  'No cluster',
  { workspace: 'examples/shop', env: () => ({ KUBECONFIG: '/nowhere/config' }) },
  (ui) => {
    ui.test('the view says what to do', async (vscode) => {
      await vscode.openView('Elastic Containers');
      await vscode.welcome('No cluster is configured');
      await vscode.screenshot('clusters-none');
      assert.equal(await vscode.page.locator('.statusbar-item', { hasText: ' / ' }).count(), 0);
    });

    ui.test('so does a command that needs one', async (vscode) => {
      await vscode.palette(command);
      await vscode.notifications.shown('No cluster is configured');
    });
  },
);
