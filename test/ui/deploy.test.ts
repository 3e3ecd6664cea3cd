import assert from 'node:assert/strict';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { answerTarget } from './target-choice.ts';

const namespace = 'deploy-shop';
const title = `Deploy to dev / ${namespace}`;
const file = 'k8s/app.yaml';
/** A rollout of two pods takes some seconds on a busy machine. */
const patience = 60_000;

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  await cluster.kubectl(['create', 'namespace', namespace]);
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'prod-eu', namespace },
    { name: 'archive', namespace },
    { name: 'gone', namespace, server: 'https://127.0.0.1:9' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

interface App {
  readonly version?: string;
  readonly replicas?: number;
  /** Of the pods, and what is selected of them. */
  readonly labels?: string;
}

/** A Deployment and its Service, as a person writes them. */
function app({ version = '1', replicas = 2, labels = 'app: app' }: App = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  replicas: ${replicas}
  minReadySeconds: 2
  selector:
    matchLabels: { ${labels} }
  template:
    metadata:
      labels: { ${labels} }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: ${cluster.registry}/app:${version}
          resources:
            requests: { cpu: 10m, memory: 16Mi }
            limits: { memory: 32Mi }
---
apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  selector: { app: app }
  ports:
    - port: 80
      targetPort: 8080
`;
}

/** The file with this text in front, on disk and in the editor alike, whatever a test before left in it. */
async function opened(vscode: Workbench, text: string): Promise<void> {
  await vscode.write(file, text);
  await vscode.openFile(file);
  await vscode.palette('File: Revert File');
  await vscode.page.locator('.tab.dirty').waitFor({ state: 'detached' });
}

async function deploy(vscode: Workbench): Promise<void> {
  await vscode.palette('Elastic: Deploy…');
  await vscode.quickInput.opened(title);
  // What the resting mouse would explain covers the buttons.
  await vscode.page.mouse.move(5, 5);
}

/** What the cluster holds, by kubectl's JSONPath. */
function ask(what: string, path: string): Promise<string> {
  return cluster.kubectl(['get', '-n', namespace, what, '-o', `jsonpath=${path}`]);
}

const options = {
  workspace: 'examples/shop',
  env: setTheScene,
  cleanUp: clear,
  expectedErrors: [/archive is read-only/],
};

uiSuite('Deploy', options, (ui) => {
  ui.test(
    'from the Explorer: shows where it goes and what is new, and Escape changes nothing',
    async (vscode) => {
      await opened(vscode, app());
      // Until VS Code knows that the folder is trusted, what changes a cluster is greyed.
      await vscode.editor.lens(/^Deploy/);
      await vscode.explorer.contextMenu('app.yaml', 'Deploy…');
      await vscode.quickInput.opened(title);
      await vscode.quickInput.row('Deploy 2 changes');
      assert.deepEqual(await vscode.quickInput.rows(), [
        'Deploy 2 changes',
        '+ Service appnew',
        '+ Deployment appnew',
      ]);
      await vscode.quickInput.cancel();
      assert.equal(await cluster.kubectl(['get', 'all', '-n', namespace, '-o', 'name']), '');
    },
  );

  ui.test('Enter deploys; the status bar follows the rollout to its end', async (vscode) => {
    await opened(vscode, app());
    await deploy(vscode);
    await vscode.quickInput.row('Deploy 2 changes');
    await vscode.quickInput.accept();
    await vscode.statusBar(/app \d\/2/);
    const end = vscode.page.locator('.statusbar-item', { hasText: /app v1: 2\/2 ready after \d+ s/ });
    await end.first().waitFor({ timeout: patience });
    assert.equal(await ask('deployment/app', '{.status.readyReplicas}'), '2');
    assert.equal(
      await ask('deployment/app', '{.metadata.managedFields[?(@.operation=="Apply")].manager}'),
      'elastic-containers',
    );
  });

  ui.test('what is as written needs no deploy', async (vscode) => {
    await opened(vscode, app());
    await deploy(vscode);
    await vscode.quickInput.row('Nothing to deploy');
    assert.deepEqual((await vscode.quickInput.rows()).slice(1), [
      '= Service appunchanged',
      '= Deployment appunchanged',
    ]);
    await vscode.quickInput.cancel();
  });

  ui.test('the text in the editor counts, also unsaved; a row shows its diff beside', async (vscode) => {
    await opened(vscode, app());
    await vscode.editor.replaceAll(app({ version: '2', replicas: 3 }));
    await vscode.page.locator('.tab.dirty').waitFor();
    await deploy(vscode);
    await vscode.quickInput.row(/~ Deployment app\s*2 fields/);
    await vscode.page.keyboard.press('ArrowDown');
    await vscode.page.keyboard.press('ArrowDown');
    const diff = vscode.page.locator('.monaco-diff-editor');
    await diff.locator('.modified .view-line', { hasText: /replicas:\s3/ }).waitFor();
    await diff
      .locator('.view-line', { hasText: /replicas:\s2/ })
      .first()
      .waitFor();
    const hint = await vscode.page.locator('.quick-input-widget input.input').getAttribute('placeholder');
    assert.equal(hint, 'app.yaml is not saved: its text in the editor is deployed');
    await vscode.quickInput.press('Save the files');
    await vscode.page.locator('.tab.dirty').waitFor({ state: 'detached' });
    assert.match(await vscode.read(file), /replicas: 3/);
    await vscode.quickInput.press('Deploy');
    await vscode.page
      .locator('.statusbar-item', { hasText: /app v2: 3\/3 ready after/ })
      .first()
      .waitFor({ timeout: patience });
    assert.equal(await diff.count(), 0);
  });

  ui.test(
    'an error of the API lands on the line it names, and goes when the text changes',
    async (vscode) => {
      await opened(vscode, app({ labels: 'app: app, tier: web' }));
      await deploy(vscode);
      await vscode.quickInput.row(/✖ Deployment app\s*refused\s*spec\.selector: .*field is immutable/);
      await vscode.quickInput.cancel();
      const problem = await vscode.panel.problem('field is immutable');
      assert.match((await problem.innerText()).replace(/\s+/g, ' '), /elastic deploy.*Ln 8, /);
      await vscode.panel.close();
      await vscode.openFile(file);
      const wrong = (await vscode.editor.squiggles()).filter(({ severity }) => severity === 'error');
      assert.deepEqual(wrong, [{ severity: 'error', line: 8, text: 'selector' }]);
      await vscode.screenshot('deploy-error');
      await vscode.editor.replaceAll(app({ version: '2', replicas: 3 }));
      await vscode.editor.underlines([]);
      await vscode.editor.save();
    },
  );

  ui.test('what the checks have told is not told again by the server', async (vscode) => {
    await opened(vscode, app({ replicas: -1 }));
    await vscode.panel.problem(/Ln 6, /);
    await deploy(vscode);
    await vscode.quickInput.row('Nothing can be deployed');
    await vscode.quickInput.cancel();
    const errors = (await vscode.panel.problems()).filter((row) => row.includes('Ln 6, '));
    assert.equal(errors.length, 1, errors.join('\n'));
    await vscode.panel.close();
  });

  ui.test('fields of others are taken over only when the person says so', async (vscode) => {
    await cluster.kubectl(['scale', '-n', namespace, 'deployment/app', '--replicas=1']);
    await opened(vscode, app({ version: '2', replicas: 3 }));
    await deploy(vscode);
    await vscode.quickInput.pick('Deploy 1 change');
    const dialog = await vscode.notifications.dialog('others manage fields');
    assert.match(await dialog.innerText(), /Deployment app: spec\.replicas belongs to kubectl/);
    await vscode.screenshot('deploy-conflict');
    await vscode.notifications.answer('others manage fields', 'Cancel');
    assert.equal(await ask('deployment/app', '{.spec.replicas}'), '1');

    await deploy(vscode);
    await vscode.quickInput.pick('Deploy 1 change');
    await vscode.notifications.answer('others manage fields', 'Take over these fields');
    await vscode.page
      .locator('.statusbar-item', { hasText: /app v2: 3\/3 ready/ })
      .first()
      .waitFor({ timeout: patience });
    assert.equal(await ask('deployment/app', '{.spec.replicas}'), '3');
  });

  ui.test('Cancel stops waiting and says what goes on', async (vscode) => {
    await opened(vscode, app({ version: 'missing', replicas: 3 }));
    await deploy(vscode);
    await vscode.quickInput.pick('Deploy 1 change');
    const following = await vscode.statusBar(/app \d\/3/);
    await vscode.statusBar(/ImagePull|ErrImage/);
    await vscode.screenshot('deploy-rollout');
    await following.click();
    await vscode.quickInput.pick('Cancel: Rollout of app');
    await vscode.statusBar(/Stopped waiting; app keeps rolling out: \d\/3 ready/);
    await vscode.page.locator('.statusbar-item', { hasText: /^app \d\/3/ }).waitFor({ state: 'detached' });
  });

  ui.test('a rollout that fails gives its reason and a way to look', async (vscode) => {
    const text = app({ version: 'missing', replicas: 3 }).replace(
      'spec:\n',
      'spec:\n  progressDeadlineSeconds: 5\n',
    );
    await opened(vscode, text);
    await deploy(vscode);
    await vscode.quickInput.pick('Deploy 1 change');
    await vscode.notifications.shown(/ImagePull|ErrImage/, patience);
    await vscode.screenshot('deploy-failed');
    await vscode.notifications.press(/ImagePull|ErrImage/, 'Show');
    const page = await vscode.webview('elastic-replicas .verdict');
    await page.locator('.verdict', { hasText: /ImagePull|ErrImage/ }).waitFor();
    await vscode.closeEditors();
  });

  ui.test('a file without an object says so in one sentence', async (vscode) => {
    await vscode.write('k8s/empty.yaml', '# nothing here yet\n');
    await vscode.openFile('k8s/empty.yaml');
    await vscode.palette('Elastic: Deploy…');
    await vscode.notifications.shown('empty.yaml holds no Kubernetes object. Choose a manifest.');
    await vscode.notifications.clear();
  });

  ui.test('a manifest that cannot be read is not deployed', async (vscode) => {
    await vscode.openFile('k8s/cart.yaml');
    await vscode.palette('Elastic: Deploy…');
    await vscode.notifications.shown(/cart\.yaml, line 12: .*Correct it, then deploy again\./);
    await vscode.notifications.clear();
  });

  ui.test('a lens deploys its document alone', async (vscode) => {
    await opened(vscode, app({ version: '2', replicas: 3 }));
    await vscode.editor.lens(/^Deploy/);
    await vscode.page
      .locator('.codelens-decoration a:visible', { hasText: /^Deploy/ })
      .nth(1)
      .click();
    await vscode.quickInput.opened(title);
    await vscode.quickInput.row('= Service app');
    assert.equal((await vscode.quickInput.rows()).length, 2);
    await vscode.quickInput.cancel();
  });

  ui.test('reads well in every theme', async (vscode) => {
    for (const theme of themes) {
      // A pick closes when the theme changes under it.
      await vscode.setTheme(theme);
      await opened(vscode, app({ version: '1', replicas: 2 }).replace('port: 80\n', 'port: 99999\n'));
      await deploy(vscode);
      await vscode.quickInput.row(/Deploy 1 change\s*leaves out the object that was refused/);
      await vscode.quickInput.row(/✖ Service app\s*refused/);
      await vscode.page.keyboard.press('ArrowDown');
      await vscode.page.keyboard.press('ArrowDown');
      await vscode.page
        .locator('.monaco-diff-editor .view-line', { hasText: /replicas:/ })
        .first()
        .waitFor();
      await vscode.screenshot(`deploy-${theme}`);
      await vscode.quickInput.cancel();
      await vscode.closeEditors();
    }
  });

  ui.test('a protected context wants its name typed, a read-only one refuses', async (vscode) => {
    await vscode.set({ 'elastic.clusters.readOnly': ['archive'] });
    await opened(vscode, app({ version: '2', replicas: 2 }));
    await chooseContext(vscode, 'prod-eu');
    await vscode.palette('Elastic: Deploy…');
    await vscode.quickInput.opened(`Deploy to prod-eu / ${namespace}`);
    await vscode.quickInput.pick('Deploy 1 change');
    await vscode.quickInput.message('prod-eu is protected. Type its name to go on.');
    await vscode.quickInput.cancel();
    assert.equal(await ask('deployment/app', '{.spec.replicas}'), '3');

    await chooseContext(vscode, 'archive');
    await vscode.palette('Elastic: Deploy…');
    await vscode.notifications.shown(/archive is read-only/);
    await vscode.notifications.clear();
  });

  ui.test('a cluster that does not answer is one sentence, and nothing is left running', async (vscode) => {
    await opened(vscode, app({ version: '1', replicas: 2 }));
    await chooseContext(vscode, 'gone');
    await vscode.palette('Elastic: Deploy…');
    await vscode.notifications.shown(
      /gone does not run: nothing answers at .*Start the cluster, then Retry\./,
    );
    await vscode.quickInput.closed();
    assert.equal((await vscode.notifications.all()).length, 1);
    const running = vscode.page.locator('.statusbar-item', { hasText: /Deploy to|Rollout|\d\/\d/ });
    assert.equal(await running.count(), 0);
  });
});

async function chooseContext(vscode: Workbench, context: string): Promise<void> {
  await vscode.palette('Elastic: Select context and namespace…');
  await answerTarget(vscode, context, namespace);
}
