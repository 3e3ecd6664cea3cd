import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, openShop } from './workloads.ts';

const namespace = 'streams-shop';
const where = `dev / ${namespace}`;
const forwards = 'Port forwards';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app:1`;
  await openShop(
    cluster,
    namespace,
    pod('single', [{ name: 'app', image }]),
    pod('double', [
      { name: 'first', image, command: ['sleep', '1d'] },
      { name: 'second', image, command: ['sleep', '1d'] },
    ]),
    pod('bare', [{ name: 'app', image: `${cluster.registry}/bare:1` }]),
    deployment('web', image),
    service('web'),
  );
  await cluster.kubectl(['wait', '-n', namespace, 'pod', '--all', '--for=condition=Ready', '--timeout=60s']);
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'archive', namespace },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

function pod(name: string, containers: readonly object[]): object {
  const annotations = { 'kubectl.kubernetes.io/default-container': 'second' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, annotations },
    spec: { terminationGracePeriodSeconds: 0, containers },
  };
}

function service(name: string): object {
  const ports = [{ name: 'http', port: 8080 }];
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: name }, ports } };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

async function openTerminal(vscode: Workbench, name: string): Promise<void> {
  await vscode.palette('Elastic: Open terminal');
  await vscode.quickInput.opened(`Open terminal in ${where}`);
  await vscode.quickInput.pick(name);
}

/** Types into the terminal in front, once it shows a prompt. */
async function enter(vscode: Workbench, command: string): Promise<void> {
  await vscode.page.keyboard.type(`${command}\n`);
}

/** Chooses a port of the Service and returns the port of this machine that leads to it. */
async function forward(vscode: Workbench, port: string): Promise<number> {
  await vscode.palette('Elastic: Forward port…');
  await vscode.quickInput.pick('Service');
  await vscode.quickInput.pick('web');
  return choosePort(vscode, 'Service', port);
}

async function choosePort(vscode: Workbench, kind: string, port: string): Promise<number> {
  await vscode.quickInput.opened(`Forward a port of ${kind} web (${where})`);
  await vscode.quickInput.type(port);
  await vscode.quickInput.pick(port);
  const row = await vscode.tree(forwards).row(`→ web:${port}`);
  const [, local = ''] = /(\d+) → web/.exec(await row.innerText()) ?? [];
  return Number(local);
}

/** Waits until the clipboard holds this. */
async function copied(vscode: Workbench, text: string): Promise<void> {
  for (let attempt = 0; attempt < 50 && (await vscode.clipboard()) !== text; attempt++) {
    await vscode.page.waitForTimeout(100);
  }
  assert.equal(await vscode.clipboard(), text);
}

const options = {
  workspace: 'examples/shop',
  env: setTheScene,
  cleanUp: clear,
  settings: {
    'elastic.clusters.readOnly': ['archive'],
    'terminal.integrated.gpuAcceleration': 'off',
  },
  expectedErrors: [/has no shell/],
};

uiSuite('Terminals and port-forwards', options, (ui) => {
  ui.test('a terminal runs commands in the container and closes when its shell is left', async (vscode) => {
    await openTerminal(vscode, 'single');
    await vscode.panel.terminal(/[#$]/);
    await enter(vscode, 'echo version $VERSION in $(hostname)');
    await vscode.panel.terminal('version 1 in single');
    await vscode.page
      .locator('.terminal-tabs-entry, .single-terminal-tab', { hasText: 'single / app' })
      .first()
      .waitFor();
    await vscode.screenshot('terminal');
    await enter(vscode, 'exit');
    await vscode.page.locator('.terminal-wrapper.active').waitFor({ state: 'detached' });
  });

  ui.test(
    'of several containers one is chosen, the one the pod names first; an exit code is told',
    async (vscode) => {
      await openTerminal(vscode, 'double');
      await vscode.quickInput.opened(`Open terminal in double (${where})`);
      assert.deepEqual(
        (await vscode.quickInput.rows()).map((row) => /^(first|second)/.exec(row)?.[0]),
        ['second', 'first'],
      );
      await vscode.screenshot('terminal-container');
      await vscode.quickInput.pick('first');
      await vscode.panel.terminal(/[#$]/);
      await enter(vscode, 'exit 3');
      await vscode.panel.terminal(/sh ended with exit code 3\. Enter starts it again/);
      await enter(vscode, '');
      await vscode.panel.terminal(/Enter starts it again[\s\S]*[#$]/);
      await enter(vscode, 'echo again $((20 + 2))');
      await vscode.panel.terminal('again 22');
      await vscode.palette('Terminal: Kill the Active Terminal Instance');
    },
  );

  ui.test('a container without a shell says what helps, and a debug container does', async (vscode) => {
    await openTerminal(vscode, 'bare');
    await vscode.notifications.press(/app in dev has no shell/, 'Debug container…');
    await vscode.quickInput.opened(`Debug bare (${where})`);
    await vscode.quickInput.type('no image');
    await vscode.quickInput.message('no image is no image');
    await vscode.quickInput.type(`${cluster.registry}/shell:1`);
    await vscode.quickInput.accept();
    await vscode.panel.terminal(/Press Enter if no prompt shows/);
    await enter(vscode, 'ps');
    await vscode.panel.terminal(/busybox-alone sleep/);
    await vscode.screenshot('terminal-debug');
    await vscode.palette('Terminal: Kill the Active Terminal Instance');
  });

  ui.test('a read-only context refuses terminals', async (vscode) => {
    await (await vscode.statusBar(where)).click();
    await vscode.quickInput.pick('archive');
    await vscode.quickInput.type(namespace);
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(`archive / ${namespace}`);
    await vscode.palette('Elastic: Open terminal');
    await vscode.quickInput.pick('single');
    await vscode.notifications.shown('archive is read-only');
    await vscode.notifications.clear();
    await (await vscode.statusBar(`archive / ${namespace}`)).click();
    await vscode.quickInput.pick('dev');
    await vscode.quickInput.type(namespace);
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(where);
  });

  ui.test('a port of a Service leads here, to the next pod as well, until it is stopped', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const port = await forward(vscode, '8080');
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), '1\n');
    await vscode.tree(forwards).row(/live · web-\S+ · .*↓\d+ B · dev/);
    await cluster.kubectl(['delete', 'pod', '-n', namespace, '-l', 'app=web', '--wait=false']);
    assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), '1\n');
    await vscode.tree(forwards).press(/→ web:8080/, 'Copy address of port-forward');
    await copied(vscode, `http://127.0.0.1:${port}`);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`forwards-${theme}`);
    }
    await vscode.setTheme('dark');
  });

  ui.test('from a row of the tree; a port nobody listens on says so', async (vscode) => {
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/, namespace);
    await tree.contextMenu(/^\s*web\s*\d\/1/, 'Forward port…');
    const port = await choosePort(vscode, 'Deployment', '9999');
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
    await vscode.notifications.shown('Nothing listens on port 9999 of web-');
    await vscode.tree(forwards).row(/→ web:9999\s*Nothing listens/);
    await vscode.screenshot('forwards-failed');
    await vscode.notifications.clear();
    await vscode.palette('Elastic: Stop all port-forwards');
    await vscode.page.locator('.pane-header[aria-label^="Port forwards"]').waitFor({ state: 'detached' });
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  });
});
