import assert from 'node:assert/strict';
import { type Cluster, startCluster } from '../harness/cluster.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { chooseTarget } from './target-choice.ts';
import { deployment, listOf, openShop } from './workloads.ts';

const namespace = 'objects-shop';
const where = `dev / ${namespace}`;

let cluster: Cluster;
let kubeconfigs: MadeKubeconfigs;

/** A cluster of its own: its node is drained. */
async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await startCluster({ parts: 'full' });
  const image = `${cluster.registry ?? ''}/app:1`;
  await openShop(
    cluster,
    namespace,
    deployment('web', image, { replicas: 2 }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'plain' } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login' },
      stringData: { user: 'shop', password: 'hunter2-secret' },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'keep-web' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
    },
  );
  await cluster.kubectl(
    ['apply', '-n', namespace, '-f', '-'],
    listOf(
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'look' },
        rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] }],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'look' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'look' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }],
      },
    ),
  );
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'visitor', namespace, token: 'reader-token' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.stop();
}

function read(object: string, path: string): Promise<string> {
  return cluster.kubectl(['get', '-n', namespace, object, '-o', `jsonpath=${path}`]);
}

/** Opens the YAML of an object from the palette, with nothing in front that names another. */
async function openYaml(vscode: Workbench, kind: string, name: string): Promise<void> {
  await vscode.closeEditors();
  await vscode.palette('Elastic: Show YAML');
  await vscode.quickInput.opened(`YAML in ${where}`);
  await vscode.quickInput.type(kind);
  await vscode.quickInput.pick(kind);
  await vscode.quickInput.pick(name);
  await vscode.editor.shows(`${name}.yaml`);
}

const options = {
  workspace: 'examples/shop',
  env: setTheScene,
  cleanUp: clear,
  expectedErrors: [/Failed to save/, /field is immutable/],
};

uiSuite('Objects', options, (ui) => {
  ui.test('the YAML of a live object is edited and saved', async (vscode) => {
    await openYaml(vscode, 'ConfigMap', 'settings');
    const text = await vscode.editor.text();
    assert.match(text, /mode: plain/);
    assert.doesNotMatch(text, /managedFields|resourceVersion|uid/);
    await vscode.screenshot('objects-yaml');
    await vscode.editor.replaceAll(text.replace('mode: plain', 'mode: fancy'));
    await vscode.editor.save();
    await vscode.statusBar(`ConfigMap settings saved to ${where}`);
    assert.equal(await read('configmap/settings', '{.data.mode}'), 'fancy');
  });

  ui.test('it follows the cluster while nobody edits it', async (vscode) => {
    await cluster.kubectl(['label', '-n', namespace, 'configmap/settings', 'tier=one']);
    await vscode.editor.contains('tier: one');
  });

  ui.test('what somebody else changed meanwhile is told before anything is written', async (vscode) => {
    const text = await vscode.editor.text();
    await vscode.editor.replaceAll(text.replace('mode: fancy', 'mode: mine'));
    await cluster.kubectl(['label', '-n', namespace, 'configmap/settings', 'theirs=yes']);
    await vscode.page.keyboard.press('Control+s');
    await vscode.notifications.dialog('it was changed in the cluster since you opened it');
    await vscode.screenshot('objects-conflict');
    assert.equal(await read('configmap/settings', '{.data.mode}'), 'fancy');
    await vscode.notifications.answer('it was changed in the cluster', 'Save both changes');
    await vscode.statusBar(`ConfigMap settings saved to ${where}`);
    assert.equal(await read('configmap/settings', '{.data.mode}'), 'mine');
    assert.equal(await read('configmap/settings', '{.metadata.labels.theirs}'), 'yes');
  });

  ui.test('from the live object to the manifest that defines it', async (vscode) => {
    const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { mode: plain }\n';
    await vscode.write('k8s/defined-here.yaml', manifest);
    await vscode.palette('Elastic: Go to manifest');
    await vscode.editor.shows('defined-here.yaml');
    await openYaml(vscode, 'Secret', 'login');
    await vscode.palette('Elastic: Go to manifest');
    await vscode.notifications.shown('No manifest of the workspace defines Secret login');
    await vscode.notifications.clear();
  });

  ui.test('what the server refuses stands on its line', async (vscode) => {
    await openYaml(vscode, 'Deployment', 'web');
    const object = JSON.parse(
      await cluster.kubectl(['get', '-n', namespace, 'deployment/web', '-o', 'json']),
    ) as {
      spec: object;
    };
    const edited = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: { ...object.spec, selector: { matchLabels: { app: 'web', more: 'x' } } },
    };
    const text = JSON.stringify(edited, null, 2);
    await vscode.editor.replaceAll(text);
    await vscode.page.keyboard.press('Control+s');
    await vscode.notifications.shown(/Failed to save 'web.yaml'/);
    const line = text.split('\n').findIndex((one) => one.includes('"selector"')) + 1;
    await vscode.panel.openProblems();
    await vscode.panel.problem(new RegExp(`field is immutable.*Ln ${line}`, 's'));
    await vscode.screenshot('objects-refused');
    await vscode.notifications.clear();
    await vscode.palette('File: Revert File');
    await vscode.panel.close();
  });

  ui.test(
    'a Secret is masked in its YAML, keeps what was not touched, and is shown for a while',
    async (vscode) => {
      await openYaml(vscode, 'Secret', 'login');
      const text = await vscode.editor.text();
      assert.match(text, /password: .*hidden/);
      await vscode.editor.replaceAll(
        text.replace(/user: .*/, `user: ${Buffer.from('admin').toString('base64')}`),
      );
      await vscode.editor.save();
      await vscode.statusBar(`Secret login saved to ${where}`);
      const values = await read('secret/login', '{.data.user} {.data.password}');
      const decoded = values.split(' ').map((value) => Buffer.from(value, 'base64').toString());
      assert.deepEqual(decoded, ['admin', 'hunter2-secret']);
      await vscode.palette('Elastic: Reveal value');
      await vscode.quickInput.opened(`Values of Secret login (${where})`);
      await vscode.quickInput.row(/password.*••••/s);
      await vscode.screenshot('objects-secret');
      await vscode.quickInput.cancel();
    },
  );

  ui.test('a description is live', async (vscode) => {
    await vscode.closeEditors();
    await vscode.palette('Elastic: Describe');
    await vscode.quickInput.opened(`Describe in ${where}`);
    await vscode.quickInput.pick('Deployment');
    await vscode.quickInput.pick('web');
    await vscode.editor.shows(`web (Deployment, ${where.replaceAll('/', '∕')})`);
    await vscode.editor.contains('Deployment web');
    await vscode.editor.contains('live');
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await vscode.screenshot(`objects-describe-${theme}`);
    }
    await vscode.setTheme('dark');
  });

  ui.test('top sorts by use and says the share', async (vscode) => {
    await vscode.closeEditors();
    await vscode.palette('Elastic: Top');
    await vscode.quickInput.opened('Top in dev');
    await vscode.quickInput.pick('Nodes');
    await vscode.quickInput.opened('Top nodes of dev');
    await vscode.quickInput.row(/localhost.*cpu .*% of allocatable/s);
    await vscode.screenshot('objects-top');
    await vscode.quickInput.cancel();
  });

  ui.test('deleting names what goes along', async (vscode) => {
    await cluster.kubectl(
      ['apply', '-n', namespace, '-f', '-'],
      listOf(deployment('old', `${cluster.registry ?? ''}/app:1`)),
    );
    await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/old', '--timeout=60s']);
    await vscode.palette('Elastic: Delete…');
    await vscode.quickInput.opened(`Delete in ${where}`);
    await vscode.quickInput.pick('Deployment');
    await vscode.quickInput.pick('old');
    await vscode.quickInput.opened(`Delete Deployment old (${where})`);
    await vscode.quickInput.row(/Delete.*With it go 1 × ReplicaSet, 1 × Pod/s);
    await vscode.screenshot('objects-delete');
    await vscode.quickInput.pick('Delete');
    await vscode.statusBar(`Deployment old deleted from ${where}`);
  });

  ui.test('two pods of the tree are deleted in one prompt', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/, namespace);
    await tree.expand(/^\s*web\s*2\/2/);
    await tree.expand(/^\s*v1\s*2 pods/);
    const pods = await tree.chooseTwo(/web-\S*\w{5}\s*Running/);
    await pods.click({ button: 'right' });
    await vscode.screenshot('objects-menu');
    await vscode.menu.pick('Delete…');
    await vscode.quickInput.opened(`Delete 2 objects of kind Pod (${where})`);
    await vscode.quickInput.row('Delete at once');
    await vscode.screenshot('objects-delete-pods');
    await vscode.quickInput.accept();
    await vscode.statusBar(`2 of 2 deleted from ${where}`);
    await cluster.kubectl(['rollout', 'status', '-n', namespace, 'deployment/web', '--timeout=60s']);
  });

  ui.test('a person who may only look is told what is missing', async (vscode) => {
    await chooseTarget(vscode, 'visitor', namespace);
    await vscode.palette('Elastic: Show YAML');
    await vscode.quickInput.pick('ConfigMap');
    await vscode.quickInput.pick('settings');
    await vscode.editor.shows('settings.yaml');
    await vscode.screenshot('objects-read-only');
    await vscode.palette('Elastic: Delete…');
    await vscode.notifications.shown(
      `You may not delete configmaps in visitor / ${namespace}: no role gives reader the verb delete on configmaps.`,
    );
    await vscode.notifications.clear();
    await vscode.closeEditors();
    await chooseTarget(vscode, 'dev', namespace);
  });

  ui.test(
    'a drain says what blocks it, waits for it, and tells what stays when cancelled',
    async (vscode) => {
      await vscode.palette('Elastic: Drain…');
      await vscode.quickInput.pick('localhost');
      await vscode.quickInput.opened('Drain localhost (dev)');
      await vscode.quickInput.row(
        'Budget objects-shop / keep-web blocks 2 pods: it wants 2 healthy and has 2',
      );
      await vscode.quickInput.row(/Cordon it and move 2 pods/);
      await vscode.screenshot('nodes-drain');
      await vscode.quickInput.accept();
      const running = await vscode.statusBar(/localhost 0\/\d+ · .* waits for budget keep-web/);
      await vscode.screenshot('nodes-draining');
      await running.click();
      await vscode.quickInput.pick('Cancel: Drain localhost (dev)');
      await vscode.notifications.press(/Draining localhost was cancelled/, 'Show why');
      await vscode.quickInput.row(/disruption budget keep-web needs 2 healthy pods/);
      await vscode.screenshot('nodes-stays');
      await vscode.quickInput.cancel();
      await vscode.palette('Elastic: Uncordon');
      await vscode.quickInput.pick('localhost');
      await vscode.statusBar('localhost in dev takes new pods again');
    },
  );
});
