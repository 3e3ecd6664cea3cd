import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, listOf } from './workloads.ts';

const namespace = 'explorer-shop';
const empty = 'explorer-empty';
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
      'visitor not connected',
      'expired not connected',
      'prod not connected · protected',
    ]);
    await vscode.statusBar(`dev / ${namespace}`);
  });

  ui.test('a context opens to namespaces, Deployments, ReplicaSets and pods', async (vscode) => {
    const tree = await shop(vscode);
    await tree.row(/^\s*web\s*3\/3 · v1 · /);
    await tree.row(/^\s*batch\s*0 · scaled to zero/);
    await tree.expand(/^\s*web\s*3\/3/);
    await tree.expand(/^\s*v1\s*3 pods · app:1/);
    await tree.row(/web-\S+\s*Running · localhost · \d+ (s|min)/);
    assert.equal((await tree.rows()).filter((row) => /^web-\S+ Running/.test(row)).length, 3);
  });

  ui.test('a change in the cluster shows without asking, and what was open stays open', async (vscode) => {
    const tree = await shop(vscode);
    await (await tree.row(/^\s*v1\s/)).click();
    await cluster.kubectl(['scale', '-n', namespace, 'deployment/web', '--replicas=2']);
    await tree.row(/^\s*web\s*2\/2/);
    await tree.row(/^\s*v1\s*2 pods/);
    assert.equal(await (await tree.row(/^\s*v1\s/)).getAttribute('aria-selected'), 'true');
    await vscode.screenshot('clusters');
  });
});
