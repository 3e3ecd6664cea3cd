import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { autoscaler, deployment, openShop } from './workloads.ts';

const namespace = 'replicas-shop';
const patience = 60_000;

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app:1`;
  await openShop(
    cluster,
    namespace,
    deployment('web', image, { replicas: 3 }),
    deployment('api', image, { replicas: 2, command: ['/bin/sh', '-c', 'exit 3'] }),
    autoscaler('web'),
  );
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [
    { name: 'dev', namespace },
    { name: 'visitor', namespace, token: 'reader-token' },
  ]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

/** Opens the page of a workload from the palette and waits until it shows what it found. */
async function open(vscode: Workbench, name: string): Promise<Frame> {
  await vscode.palette('Elastic: Show replica status');
  await vscode.quickInput.opened(`Replica status of a workload in dev / ${namespace}`);
  await vscode.quickInput.pick(name);
  return page(vscode, name);
}

async function page(vscode: Workbench, name: string, timeout = 15_000): Promise<Frame> {
  const frame = await vscode.webview('elastic-replicas h1', timeout);
  await frame.locator('h1', { hasText: name }).waitFor();
  return frame;
}

/** Puts the focus outside the page: keys pressed inside reach VS Code by a detour, and late. */
async function leave(vscode: Workbench): Promise<void> {
  await vscode.page.locator('.tab.active').first().click();
}

async function verdict(frame: Frame, text: string | RegExp, timeout = 15_000): Promise<void> {
  await frame.locator('.verdict', { hasText: text }).waitFor({ timeout });
}

async function facts(frame: Frame): Promise<string> {
  return (await frame.locator('dl.facts').innerText()).replace(/\s+/g, ' ').trim();
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear, height: 1000 };

uiSuite('Replica status', options, (ui) => {
  ui.test('shows the verdict, the counts, the autoscaler and each pod', async (vscode) => {
    const frame = await open(vscode, 'web');
    await verdict(frame, /Healthy: 3 of 3 ready, v1\s+for \d+/);
    assert.match(
      await facts(frame),
      /^desired 3 current 3 updated 3 ready 3 available 3 HPA web: 2–10 · cpu \S+ of 80 %$/,
    );
    const pods = await frame.locator('tr.pod').allInnerTexts();
    assert.equal(pods.length, 3);
    for (const pod of pods) {
      assert.match(pod.replace(/\s+/g, ' '), /^ ?web-\S+ Running 0 \d+ (s|min) localhost app:1 ?$/);
    }
    await frame.locator('.events', { hasText: 'ScalingReplicaSet' }).waitFor();
    await frame.locator('.freshness', { hasText: /^live · / }).waitFor();
  });

  ui.test('follows a change live, without being asked', async (vscode) => {
    const frame = await page(vscode, 'web');
    await cluster.kubectl(['scale', '-n', namespace, 'deployment/web', '--replicas=4']);
    await verdict(frame, /Healthy: 4 of 4 ready/, patience);
    assert.equal(await frame.locator('tr.pod').count(), 4);
    await frame.locator('.events', { hasText: /from 3 to 4/ }).waitFor();
  });

  ui.test('Scale… on the page opens the scale prompt for this workload', async (vscode) => {
    const frame = await page(vscode, 'web');
    await frame.locator('vscode-button', { hasText: 'Scale…' }).click();
    await vscode.quickInput.opened(`Scale web (dev / ${namespace})`);
    await vscode.quickInput.cancel();
    await leave(vscode);
  });

  ui.test('a second page says why pods fail, and how each container ended', async (vscode) => {
    await vscode.closeEditors();
    const frame = await open(vscode, 'api');
    await verdict(frame, /2 pods: CrashLoopBackOff.*exit 3|2 pods: Error/, patience);
    const first = frame.locator('tr.pod').first();
    await first.locator('button').press('Enter');
    await frame.locator('tr.details', { hasText: /Error, exit 3/ }).waitFor();
    await frame.locator('.events', { hasText: 'BackOff' }).waitFor({ timeout: patience });
    await leave(vscode);
  });

  ui.test('the keyboard walks the grid', async (vscode) => {
    const frame = await page(vscode, 'api');
    await frame.locator('table.pods button').first().focus();
    await vscode.page.keyboard.press('ArrowRight');
    const focused = await frame.evaluate(() => document.activeElement?.textContent ?? '');
    assert.match(focused, /CrashLoopBackOff|Error/);
    await leave(vscode);
  });

  ui.test('survives a reload of the window', async (vscode) => {
    // VS Code writes down what is open when it is the one that reloads.
    const reloaded = vscode.page.waitForEvent('load');
    await vscode.palette('Developer: Reload Window');
    await reloaded;
    const frame = await page(vscode, 'api', patience);
    await verdict(frame, /0 of 2 ready/, patience);
    await frame.locator('tr.details').waitFor();
    assert.equal(await frame.locator('tr.details').count(), 1);
  });

  ui.test('reads well in every theme', async (vscode) => {
    for (const theme of themes) {
      await vscode.setTheme(theme);
      const frame = await page(vscode, 'api');
      await verdict(frame, 'ready');
      await vscode.screenshot(`replicas-${theme}`);
    }
    await vscode.setTheme('dark');
    await page(vscode, 'api');
  });

  ui.test('a deleted workload says so and its page stays', async (vscode) => {
    const frame = await page(vscode, 'api');
    await cluster.kubectl(['delete', '-n', namespace, 'deployment/api']);
    await frame.locator('.trouble', { hasText: 'Deployment api was deleted.' }).waitFor();
    await verdict(frame, 'ready');
    await vscode.closeEditors();
  });

  ui.test(
    'the tree opens the page too, and opening it again goes to the one that is open',
    async (vscode) => {
      await vscode.openView('Elastic Containers');
      const tree = vscode.tree('Clusters');
      await tree.path(/^\s*dev/, namespace);
      await tree.press(/^\s*web\s*4\/4/, 'Show replica status');
      await verdict(await page(vscode, 'web'), /Healthy: 4 of 4 ready/);
      await tree.press(/^\s*web\s*4\/4/, 'Show replica status');
      assert.equal(await vscode.page.locator('.tab', { hasText: 'web · Replica status' }).count(), 1);
      await vscode.screenshot('replicas');
      await vscode.closeEditors();
    },
  );

  ui.test('who may not look is told what is missing', async (vscode) => {
    await vscode.palette('Elastic: Select context and namespace…');
    await vscode.quickInput.pick('visitor');
    await vscode.quickInput.type(namespace);
    await vscode.quickInput.pick(namespace);
    await vscode.statusBar(`visitor / ${namespace}`);
    await vscode.palette('Elastic: Show replica status');
    await vscode.notifications.shown(/visitor does not allow this: .*cannot list/);
    await vscode.notifications.clear();
  });
});
