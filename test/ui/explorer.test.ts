import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, listOf } from './workloads.ts';

// Fresh names: those of the run before may still be going.
const namespace = `explorer-shop-${process.pid}`;
const empty = `explorer-empty-${process.pid}`;
const view = 'Clusters';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app`;
  for (const name of [namespace, empty]) await cluster.kubectl(['create', 'namespace', name]);
  await cluster.kubectl(
    ['apply', '-n', namespace, '-f', '-'],
    listOf(
      deployment('web', `${image}:1`, { replicas: 3 }),
      deployment('batch', `${image}:1`, { replicas: 0 }),
    ),
  );
  await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=60s']);
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'visitor', namespace, token: 'reader-token' },
    { name: 'expired', token: 'no-longer-valid' },
    { name: 'prod', server: 'https://127.0.0.1:9' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, empty, '--wait=false']);
  await cluster.release();
}

/** The tree, on the screen, with the shop's Deployments open. */
async function shop(vscode: Workbench) {
  await vscode.openView('Elastic Containers');
  const tree = vscode.tree(view);
  await tree.path(/^\s*dev/, namespace);
  return tree;
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear, height: 1000 };

uiSuite('Clusters view', options, (ui) => {
  ui.test('opening the view shows the contexts of all kubeconfigs and connects to none', async (vscode) => {
    assert.equal(await vscode.page.locator('.statusbar-item', { hasText: 'dev / ' }).count(), 0);
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree(view);
    await tree.row('dev');
    assert.deepEqual(await tree.rows(), [
      'dev not connected',
      'expired not connected',
      'prod not connected · protected',
      'visitor not connected',
    ]);
    await vscode.statusBar(`dev / ${namespace}`);
  });

  ui.test('a context opens to namespaces, Deployments, ReplicaSets and pods', async (vscode) => {
    const tree = await shop(vscode);
    await tree.row(/^\s*web\s*3\/3 · v1 · /);
    await tree.row(/^\s*batch\s*0 · scaled to zero/);
    await tree.expand(/^\s*web\s*3\/3/);
    await tree.expand(/^\s*v1\s*3 pods · app:1/);
    await tree.row(/web-…-\w{5}\s*Running · localhost · \d+ (s|min)/);
    assert.equal((await tree.rows()).filter((row) => /^web-…-\w{5} Running/.test(row)).length, 3);
  });

  ui.test('a change in the cluster shows without asking, and what was open stays open', async (vscode) => {
    const tree = await shop(vscode);
    await (await tree.row(/^\s*v1(?=\d+ pods)/)).click();
    await cluster.kubectl(['scale', '-n', namespace, 'deployment/web', '--replicas=2']);
    await tree.row(/^\s*web\s*2\/2/);
    await tree.row(/^\s*v1\s*2 pods/);
    assert.equal(await (await tree.row(/^\s*v1(?=\d+ pods)/)).getAttribute('aria-selected'), 'true');
    await vscode.screenshot('clusters');
  });

  ui.test('a new revision stands above, the old one is put by', async (vscode) => {
    const tree = await shop(vscode);
    await cluster.kubectl([
      'set',
      'image',
      '-n',
      namespace,
      'deployment/web',
      `app=${cluster.registry}/app:2`,
    ]);
    await tree.row(/^\s*web\s*2\/2 · v2/);
    await tree.row(/^\s*v2\s*2 pods · app:2/);
    await tree.expand(/^\s*Older revisions\s*1/);
    await tree.row(/^\s*v1\s*0 pods · app:1/);
  });

  ui.test('trouble is said in the row, and on the namespace', async (vscode) => {
    const tree = await shop(vscode);
    const crash = deployment('api', `${cluster.registry}/app:1`, { command: ['sh', '-c', 'exit 3'] });
    await cluster.kubectl(
      ['apply', '-n', namespace, '-f', '-'],
      listOf(crash, deployment('gone', `${cluster.registry}/missing:1`)),
    );
    // Between two runs the kubelet says Error, then CrashLoopBackOff, for as long as it likes.
    await tree.row(/^\s*api\s*0\/1 · (Error|CrashLoopBackOff), exit 3 ×\d/);
    await tree.row(/^\s*gone\s*0\/1 · (ErrImagePull|ImagePullBackOff)/);
    await tree.row(new RegExp(`${namespace}\\s*2 unhealthy · target`));
    const story = await tree.tooltip(/^\s*api\s*0\/1/);
    assert.match(story, /Deployment api/);
    assert.match(story, /Trouble: (Error|CrashLoopBackOff), exit 3 in pod api-/);
    assert.match(story, /Available: False, MinimumReplicasUnavailable, Deployment does not/);
    await vscode.screenshot('clusters-tooltip');
  });

  ui.test('an empty namespace says so', async (vscode) => {
    const tree = await shop(vscode);
    await tree.expand(empty);
    await tree.row(`No deployments in ${empty}`);
  });

  ui.test('what is not allowed is named, and the rest is shown', async (vscode) => {
    const tree = await shop(vscode);
    await tree.expand('visitor');
    await tree.row('Not allowed to list namespaces');
  });

  ui.test('a refused login and a server that does not answer each say so and offer Retry', async (vscode) => {
    const tree = await shop(vscode);
    await tree.expand('expired');
    await tree.row(/^\s*Signed out/);
    await tree.row(/^\s*expired\s*signed out/);
    await tree.expand('prod');
    await tree.row('Unreachable');
    await tree.row(/^\s*prod\s*cannot connect · protected/);
    await tree.press('Unreachable', 'Retry');
    await tree.row('Unreachable');
    await vscode.screenshot('clusters-states');
  });

  ui.test('it can be read in every theme', async (vscode) => {
    await shop(vscode);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`clusters-${theme}`);
    }
    await vscode.setTheme('dark');
  });

  ui.test('disconnecting collapses the context and lets go of it', async (vscode) => {
    const tree = await shop(vscode);
    await tree.contextMenu(/^\s*dev/, 'Disconnect');
    await tree.row(/^\s*dev\s*not connected/);
    assert.equal(await (await tree.row(/^\s*dev/)).getAttribute('aria-expanded'), 'false');
    await tree.expand(/^\s*dev/);
    await tree.row(/^\s*dev.*v1\./);
    await tree.row(namespace);
  });
});
