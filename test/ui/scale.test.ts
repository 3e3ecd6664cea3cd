import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { chooseTarget } from './target-choice.ts';
import { autoscaler, deployment, listOf, openShop } from './workloads.ts';

const namespace = 'scale-shop';
const where = `(dev / ${namespace})`;
const command = 'Elastic: Scale…';
const manifest = 'k8s/scaled.yaml';

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app:1`;
  await openShop(
    cluster,
    namespace,
    deployment('web', image, { replicas: 1 }),
    deployment('auto', image, { replicas: 2 }),
    autoscaler('auto'),
  );
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'prod', namespace },
    { name: 'archive', namespace },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

async function replicas(name: string): Promise<number> {
  const path = 'jsonpath={.spec.replicas}';
  return Number(await cluster.kubectl(['get', '-n', namespace, `deployment/${name}`, '-o', path]));
}

/** Puts web at a number of replicas behind the window's back, so that a test does not hang on the one before. */
async function given(count: number): Promise<void> {
  await cluster.kubectl(['scale', '-n', namespace, 'deployment/web', `--replicas=${count}`]);
  await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=60s']);
}

const options = {
  workspace: 'examples/shop',
  env: setTheScene,
  cleanUp: clear,
  settings: { 'elastic.clusters.readOnly': ['archive'] },
};

uiSuite('Scale', options, (ui) => {
  ui.test(
    'from the palette: pick a workload with its replicas, type a number, see it happen',
    async (vscode) => {
      await vscode.palette(command);
      await vscode.quickInput.opened(`Scale in dev / ${namespace}`);
      await vscode.quickInput.row(/^auto\s*Deployment · 2\/2 ready/);
      await vscode.quickInput.row(/^web\s*Deployment · 1\/1 ready/);
      assert.equal((await vscode.quickInput.rows()).length, 2);
      await vscode.screenshot('scale-pick');
      await vscode.quickInput.pick('web');
      await vscode.quickInput.opened(`Scale web ${where}`);
      await vscode.quickInput.message('It has 1 replica already');
      await vscode.quickInput.type('3');
      await vscode.quickInput.message('1 now → 3 · HPA none');
      await vscode.screenshot('scale-prompt');
      await vscode.quickInput.accept();
      await vscode.statusBar(/web: 3\/3 ready after \d+ s/);
      assert.equal(await replicas('web'), 3);
      assert.deepEqual(await vscode.notifications.all(), []);
    },
  );

  ui.test('what is no number of replicas is refused while it is typed', async (vscode) => {
    await given(3);
    await vscode.palette(command);
    await vscode.quickInput.pick('web');
    await vscode.quickInput.opened(`Scale web ${where}`);
    await vscode.quickInput.message('already');
    await vscode.quickInput.type('-1');
    await vscode.quickInput.message('Replicas cannot be negative');
    await vscode.quickInput.accept();
    await vscode.quickInput.message('Replicas cannot be negative');
    await vscode.quickInput.type('2.5');
    await vscode.quickInput.message('2.5 is not a whole number');
    await vscode.quickInput.cancel();
    assert.equal(await replicas('web'), 3);
  });

  ui.test('an HPA that owns the workload is named before anything is changed', async (vscode) => {
    await vscode.palette(command);
    await vscode.quickInput.pick('auto');
    await vscode.quickInput.opened(`Scale auto ${where}`);
    await vscode.quickInput.message('HPA auto decides: 2–10');
    await vscode.quickInput.type('5');
    await vscode.quickInput.accept();
    await vscode.notifications.dialog('HPA auto decides: 2–10; it will undo this.');
    await vscode.screenshot('scale-hpa');
    assert.equal(await replicas('auto'), 2);
    await vscode.notifications.answer('HPA auto decides', 'Cancel');
    assert.equal(await replicas('auto'), 2);
    await vscode.palette(command);
    await vscode.quickInput.pick('auto');
    await vscode.quickInput.message('HPA auto decides');
    await vscode.quickInput.type('3');
    await vscode.quickInput.accept();
    await vscode.notifications.answer('HPA auto decides', 'Scale anyway');
    await vscode.statusBar(/auto: 3\/3 ready after/);
  });

  ui.test('from a row of the tree', async (vscode) => {
    await given(3);
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/, namespace);
    await tree.row(/^\s*web\s*3\/3/);
    await tree.press(/^\s*web\s*3\/3/, 'Scale…');
    await vscode.quickInput.opened(`Scale web ${where}`);
    await vscode.quickInput.message('already');
    await vscode.quickInput.type('2');
    await vscode.quickInput.accept();
    await tree.row(/^\s*web\s*2\/2/);
  });

  ui.test('from the line of a manifest', async (vscode) => {
    await given(2);
    await vscode.write(manifest, JSON.stringify(deployment('web', `${cluster.registry}/app:1`), null, 2));
    await vscode.openFile(manifest);
    await vscode.editor.pressLens('Scale…');
    await vscode.quickInput.opened(`Scale web ${where}`);
    await vscode.quickInput.message('It has 2 replicas already');
    await vscode.quickInput.cancel();
  });

  ui.test('a number no node has room for is followed, says why, and can be let go', async (vscode) => {
    const image = `${cluster.registry}/missing:1`;
    await cluster.kubectl(
      ['apply', '-n', namespace, '-f', '-'],
      listOf(deployment('broken', image, { replicas: 0 })),
    );
    await vscode.palette(command);
    await vscode.quickInput.pick('broken');
    await vscode.quickInput.message('already');
    await vscode.quickInput.type('1');
    await vscode.quickInput.accept();
    const running = await vscode.statusBar(/broken 0\/1 · .*(ErrImagePull|ImagePullBackOff)/);
    await vscode.screenshot('scale-following');
    await running.click();
    await vscode.quickInput.pick(`Cancel: Scale broken ${where}`);
    await vscode.statusBar('broken: no longer followed; scaling goes on in the cluster');
    assert.equal(await replicas('broken'), 1);
  });

  ui.test('a protected context wants its name typed', async (vscode) => {
    await given(2);
    await chooseTarget(vscode, 'prod', namespace);
    await vscode.palette(command);
    await vscode.quickInput.pick('web');
    await vscode.quickInput.message('already');
    await vscode.quickInput.type('3');
    await vscode.quickInput.accept();
    await vscode.quickInput.opened(`Scale web (prod / ${namespace})`);
    await vscode.quickInput.message('prod is protected. Type its name to go on.');
    await vscode.screenshot('scale-protected');
    await vscode.quickInput.cancel();
    assert.equal(await replicas('web'), 2);
  });

  ui.test('a read-only context refuses before anything is asked', async (vscode) => {
    await given(2);
    await chooseTarget(vscode, 'archive', namespace);
    await vscode.palette(command);
    await vscode.notifications.shown('archive is read-only');
    assert.equal(await replicas('web'), 2);
    await vscode.notifications.clear();
    await chooseTarget(vscode, 'dev', namespace);
  });

  ui.test('it can be read in every theme', async (vscode) => {
    await chooseTarget(vscode, 'dev', namespace);
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.palette(command);
      await vscode.quickInput.pick('web');
      await vscode.quickInput.message('already');
      await vscode.quickInput.type('0');
      await vscode.quickInput.message('scales to zero');
      await vscode.screenshot(`scale-${theme}`);
      await vscode.quickInput.cancel();
    }
    await vscode.setTheme('dark');
  });
});
