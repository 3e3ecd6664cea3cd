import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { type FakeTools, fakeTools } from '../features/clusters/fake-tools.ts';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { appears } from './parts/waits.ts';
import { uiSuite } from './suite.ts';

const namespace = `clusters-shop-${process.pid}`;
const fresh = `clusters-fresh-${process.pid}`;
const view = 'Clusters';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;
let tools: FakeTools;
let folder: string;
/** Stands where a cluster could be, and counts who comes. */
let silent: Server;
let visits = 0;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('api');
  await cluster.kubectl(['create', 'namespace', namespace]);
  silent = createServer((socket) => {
    visits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const server = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev' },
    { name: 'second' },
    { name: 'silent', server },
  ]);
  folder = await realpath(await mkdtemp(join(tmpdir(), 'elastic-clusters-')));
  tools = await fakeTools(folder, ['kind', 'minikube']);
  await tools.serve(server);
  const path = [kubeconfigs.path, await loginFile()].join(delimiter);
  return { KUBECONFIG: path, PATH: [tools.bin, process.env['PATH']].join(delimiter) };
}

/** A context whose login program fails until somebody logs in, that is until `signed-in` is there. */
async function loginFile(): Promise<string> {
  const [file = ''] = kubeconfigs.files;
  const config = parse(await readFile(file, 'utf8')) as {
    clusters: { name: string }[];
    users: { user: { token: string } }[];
  };
  const [{ user: { token } = { token: '' } } = {}] = config.users;
  const login = join(folder, 'login.sh');
  await writeFile(
    login,
    `#!/bin/sh
if [ ! -f "$(dirname "$0")/signed-in" ]; then echo "SSO session expired: run cloud login" >&2; exit 1; fi
echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"${token}"}}'
`,
  );
  await chmod(login, 0o755);
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: './login.sh',
    interactiveMode: 'Never',
  };
  const made = join(folder, 'cloud.yaml');
  const contexts = [{ name: 'cloud', context: { cluster: config.clusters[0]?.name, user: 'cloud' } }];
  await writeFile(made, JSON.stringify({ contexts, users: [{ name: 'cloud', user: { exec } }] }));
  return made;
}

async function clear(): Promise<void> {
  silent.close();
  await kubeconfigs.remove();
  await rm(folder, { recursive: true, force: true });
  await cluster.kubectl(['delete', 'namespace', namespace, fresh, '--wait=false']);
  await cluster.release();
}

async function clusters(vscode: Workbench) {
  await vscode.openView('Elastic Containers');
  return vscode.tree(view);
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear, height: 1000 };

uiSuite('Clusters', options, (ui) => {
  ui.test(
    'the view in sight from the start, and a manifest beside it, connect to nothing',
    async (vscode) => {
      const tree = await clusters(vscode);
      await tree.row(/^\s*silent/);
      await vscode.reload();
      await tree.row(/^\s*silent/);
      await vscode.openFile('k8s/web.yaml');
      assert.deepEqual(
        (await tree.rows()).map((row) => row.replace(/ · .*/, '')),
        ['cloud not connected', 'dev not connected', 'second not connected', 'silent not connected'],
      );
      assert.equal(visits, 0);
    },
  );

  ui.test('two are open at once, and one that fails does not hurt them', async (vscode) => {
    const tree = await clusters(vscode);
    await tree.path(/^\s*dev/);
    await tree.path(/^\s*second/);
    await tree.expand(/^\s*silent/);
    await tree.row(/^\s*silent\s*cannot connect/);
    assert.ok(visits > 0);
    await cluster.kubectl(['create', 'namespace', fresh]);
    await tree.row(fresh);
    await vscode.page.waitForFunction(
      (name) =>
        [...document.querySelectorAll('.monaco-list-row')].filter((row) => row.textContent?.includes(name))
          .length === 2,
      fresh,
    );
    await tree.contextMenu(/^\s*silent/, 'Disconnect');
    await tree.contextMenu(/^\s*second/, 'Disconnect');
    await tree.contextMenu(/^\s*dev/, 'Disconnect');
    await tree.row(/^\s*dev\s*not connected/);
  });

  ui.test('a login that fails shows the words of its program, and Retry', async (vscode) => {
    const tree = await clusters(vscode);
    await tree.expand(/^\s*cloud/);
    await tree.row(/SSO session expired: run cloud login/);
    await vscode.screenshot('clusters-signed-out');
    await writeFile(join(folder, 'signed-in'), '');
    await tree.press(/^\s*cloud/, 'Retry');
    await tree.row(namespace);
    await tree.contextMenu(/^\s*cloud/, 'Disconnect');
    await tree.row(/^\s*cloud\s*not connected/);
  });

  ui.test('a context gets a colour, and may be made read-only', async (vscode) => {
    const tree = await clusters(vscode);
    for (const [context, color] of [
      ['dev', 'green'],
      ['second', 'red'],
      ['silent', 'purple'],
    ] as const) {
      await tree.contextMenu(new RegExp(`^\\s*${context}`), 'Set colour…');
      await vscode.quickInput.opened(`Colour of ${context}`);
      await vscode.quickInput.pick(color);
    }
    await tree.contextMenu(/^\s*second/, 'Make read-only');
    await tree.row(/^\s*second\s*not connected · read-only/);
    await tree.contextMenu(/^\s*dev/, 'Protect');
    await tree.row(/^\s*dev\s*not connected · protected/);
    assert.match(await tree.tooltip(/^\s*second/), /Colour: red/);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`clusters-colours-${theme}`);
    }
    await vscode.setTheme('dark');
    await tree.contextMenu(/^\s*second/, 'Allow changes');
    await tree.contextMenu(/^\s*dev/, 'Stop asking');
    await tree.row(/^\s*dev\s*not connected\s*$/);
  });

  ui.test('a kubeconfig is changed by one value when somebody asks for it', async (vscode) => {
    const tree = await clusters(vscode);
    const [dev = '', second = ''] = kubeconfigs.files;
    const before = await readFile(second, 'utf8');
    await tree.contextMenu(/^\s*second/, 'Set namespace of context…');
    await vscode.quickInput.opened('Namespace of second');
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(`second goes to namespace ${namespace}`);
    const after = await readFile(second, 'utf8');
    assert.equal(after.replace(`      namespace: ${namespace}\n`, ''), before);
    await tree.contextMenu(/^\s*second/, 'Use as current context');
    await vscode.statusBar('second is the current context');
    assert.match(await readFile(dev, 'utf8'), /^current-context: second$/m);
    assert.match(await readFile(second, 'utf8'), /^current-context: second$/m);
  });

  ui.test('a kubeconfig is pasted into a file of its own, and removed with it', async (vscode) => {
    const tree = await clusters(vscode);
    const dev = await readFile(kubeconfigs.files[0] ?? '', 'utf8');
    const text = dev.replaceAll(/\b(name|cluster|user): dev\b/g, '$1: pasted');
    await paste(vscode, 'hello');
    await vscode.notifications.shown('is not a kubeconfig');
    await vscode.notifications.shown('Copy the whole text of a kubeconfig');
    await vscode.notifications.clear();
    await paste(vscode, text);
    await vscode.notifications.dialog('Add one context from the clipboard?');
    await vscode.screenshot('kubeconfig-paste');
    await vscode.notifications.answer('Add one context', 'Add');
    await tree.row(/^\s*pasted/);
    await tree.row(/^\s*cloud/);
    await tree.contextMenu(/^\s*pasted/, 'Open kubeconfig');
    await vscode.editor.shows('pasted.yaml');
    assert.equal((await vscode.editor.text()).trim(), text.trim());
    await tree.contextMenu(/^\s*pasted/, 'Remove kubeconfig…');
    await vscode.notifications.answer('Remove pasted.yaml', 'Remove and delete file');
    await tree.row(/^\s*cloud/);
    await vscode.page.locator('.monaco-list-row', { hasText: /^\s*pasted/ }).waitFor({ state: 'detached' });
  });

  ui.test(
    'a local cluster is made with its output in sight, is shown and chosen, and deleted',
    async (vscode) => {
      const [dev = ''] = kubeconfigs.files;
      // The stand-ins write JSON, which is YAML too; the first file is the one kubectl would write to.
      await writeFile(dev, JSON.stringify(parse(await readFile(dev, 'utf8'))));
      await vscode.palette('Elastic: Create local cluster…');
      await vscode.quickInput.row(/minikube\s*1\.37\.0/);
      await vscode.screenshot('local-cluster-programs');
      await vscode.quickInput.pick(/kind\s*0\.30\.0/);
      await vscode.quickInput.type('My Cluster');
      await vscode.quickInput.message(/lower case letters/);
      await vscode.quickInput.type('try-1');
      await vscode.quickInput.accept();
      await vscode.quickInput.opened('(2/3)');
      await vscode.quickInput.accept();
      await vscode.quickInput.opened('(3/3)');
      await vscode.quickInput.type('2');
      await vscode.quickInput.accept();
      await vscode.panel.terminal(/Creating cluster "try-1"[\s\S]*try-1 is there: context kind-try-1/);
      await vscode.statusBar('kind-try-1 / default');
      const tree = await clusters(vscode);
      // Nothing answers there, so it was asked: the row is open.
      await tree.row(/^\s*kind-try-1\s*cannot connect/);
      await vscode.screenshot('local-cluster');
      assert.match(await readFile(dev, 'utf8'), /"current-context":"second"/);
      assert.equal((await stat(dev)).mode & 0o777, 0o644);
      await tree.contextMenu(/^\s*kind-try-1/, 'Delete local cluster…');
      await vscode.quickInput.opened('Delete try-1 with kind');
      await vscode.quickInput.type('try');
      await vscode.quickInput.message(/Type try-1 to go on/);
      await vscode.quickInput.type('try-1');
      await vscode.quickInput.accept();
      await vscode.panel.terminal(/try-1 is deleted/);
      await vscode.page
        .locator('.monaco-list-row', { hasText: /^\s*kind-try-1/ })
        .waitFor({ state: 'detached' });
      assert.deepEqual(await tools.clusters('kind'), []);
    },
  );

  ui.test('Cancel ends the program, and what it left can be deleted', async (vscode) => {
    await tools.behave('hang');
    // The view whose row has just gone may take the keyboard once more, which ends a question.
    const asked = vscode.page.locator('.quick-input-widget', { hasText: 'minikube' });
    for (let attempt = 0; attempt < 3; attempt++) {
      await vscode.palette('Elastic: Create local cluster…');
      if (await appears(asked, 3_000)) break;
    }
    await vscode.quickInput.pick(/minikube/);
    for (const step of ['(1/3)', '(2/3)', '(3/3)']) {
      await vscode.quickInput.opened(step);
      await vscode.quickInput.accept();
    }
    await vscode.panel.terminal(/\[dev\] minikube v1\.37\.0/);
    await (await vscode.statusBar('Create dev with minikube')).click();
    await vscode.quickInput.pick('Cancel: Create dev with minikube');
    await vscode.notifications.press('dev was cancelled while minikube made it', 'Delete what is left');
    await vscode.panel.terminal(/dev is deleted/);
    assert.deepEqual(await tools.clusters('minikube'), []);
  });
});

async function paste(vscode: Workbench, text: string): Promise<void> {
  await vscode.page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await vscode.palette('Elastic: Add kubeconfig…');
  await vscode.quickInput.pick('Paste from the clipboard');
}
