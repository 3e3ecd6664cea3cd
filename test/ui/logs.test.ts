import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SharedCluster, sharedCluster } from '../harness/shared.ts';
import { themes } from '../harness/vscode/editions.ts';
import type { Workbench } from './driver.ts';
import { type MadeKubeconfigs, makeKubeconfigs } from './kubeconfigs.ts';
import { uiSuite } from './suite.ts';
import { deployment, listOf, openShop } from './workloads.ts';

const namespace = `logs-shop-${process.pid}`;
const where = `(dev ∕ ${namespace})`;

let cluster: SharedCluster;
let kubeconfigs: MadeKubeconfigs;

/** Lines of every kind once, then a number each tenth of a second. */
const talk = (greeting: string): readonly string[] => [
  '/bin/sh',
  '-c',
  [
    `echo 'I1121 22:00:00.123456       1 server.go:123] "${greeting}" port=8080'`,
    `echo '10.1.2.3 - - [21/Nov/2026:22:00:00 +0000] "GET /index.html HTTP/1.1" 200 612 "-" "curl/8.0"'`,
    `echo '10.1.2.3 - - [21/Nov/2026:22:00:01 +0000] "POST /pay HTTP/1.1" 502 153 "-" "curl/8.0"'`,
    `echo '2026-11-21T22:00:00.123Z  WARN 1 --- [shop] o.s.web.servlet.PageNotFound : No mapping for GET /x'`,
    `echo '{"level":50,"time":1795298400123,"pid":1,"msg":"request failed","url":"https://shop.example/pay"}'`,
    `echo 'time=2026-11-21T22:00:00.123Z level=DEBUG msg="slow query" duration=1.5s rows=10'`,
    `echo 'Traceback (most recent call last):'`,
    `echo '  File "/app/main.py", line 12, in <module>'`,
    `echo "ValueError: invalid literal for int() with base 10: 'x'"`,
    `i=0; while true; do echo "count $i"; i=$((i+1)); sleep 0.1; done`,
  ].join('; '),
];

async function setTheScene(): Promise<NodeJS.ProcessEnv> {
  cluster = await sharedCluster('node');
  const image = `${cluster.registry}/app:1`;
  await openShop(
    cluster,
    namespace,
    deployment('web', image, { replicas: 2, command: talk('Starting') }),
    deployment('crash', image, {
      command: ['/bin/sh', '-c', 'echo "the run begins"; sleep 1; echo "FATAL: out of luck"; exit 3'],
    }),
  );
  kubeconfigs = await makeKubeconfigs(cluster.kubeconfig, [{ name: 'dev', namespace }]);
  return { KUBECONFIG: kubeconfigs.path };
}

async function clear(): Promise<void> {
  await kubeconfigs.remove();
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
}

/** Waits until a line in sight fits. */
async function line(vscode: Workbench, text: string | RegExp): Promise<void> {
  await vscode.page.locator('.editor-group-container.active .view-line', { hasText: text }).first().waitFor();
}

async function open(vscode: Workbench, name: string): Promise<void> {
  await vscode.palette('Elastic: Show logs');
  await vscode.quickInput.opened(`Show logs in dev / ${namespace}`);
  await vscode.quickInput.pick(name);
  await vscode.editor.shows(`${name} logs ${where}`);
}

const options = { workspace: 'examples/shop', env: setTheScene, cleanUp: clear };

uiSuite('Logs', options, (ui) => {
  ui.test('all pods of a workload in one document, whose end is followed', async (vscode) => {
    await open(vscode, 'web');
    await vscode.statusBar('Log: live, 2 followed');
    await line(vscode, /^\w+-\w{5}\s│\scount\s\d+$/);
    const first = await lastNumber(vscode);
    await vscode.page.waitForFunction(() => document.querySelectorAll('.view-line').length > 30);
    await eventually('higher numbers', async () => (await lastNumber(vscode)) > first + 30);
    await vscode.screenshot('logs-live');
  });

  ui.test(
    'whoever goes to the top stays there, though the end was on its way to the window',
    async (vscode) => {
      const { keyboard } = vscode.page;
      const follow = vscode.page.getByRole('button', { name: 'Follow the end of the log' });
      for (let attempt = 0; attempt < 10; attempt++) {
        await keyboard.press('Control+End');
        await follow.waitFor({ state: 'detached' });
        await lastNumber(vscode);
        await keyboard.press('Control+Home');
        await follow.waitFor();
        await line(vscode, /Deployment\sweb\s·/);
      }
      await vscode.openFile('README.md');
      await vscode.editor.shows('README.md');
      await keyboard.press('Control+PageUp');
      await vscode.editor.shows(`web logs ${where}`);
      await follow.waitFor();
      await line(vscode, /Deployment\sweb\s·/);
      await keyboard.press('Control+End');
      await follow.waitFor({ state: 'detached' });
    },
  );

  ui.test('a filter shows only some of the lines, those to come as well', async (vscode) => {
    await vscode.palette('Elastic: Filter log…');
    await vscode.quickInput.opened(`Filter web logs ${where}`);
    await vscode.quickInput.type('/count [0-9/');
    await vscode.quickInput.message('This is no pattern');
    await vscode.quickInput.type('/count \\d*5$/');
    await vscode.quickInput.accept();
    await vscode.statusBar('filter: /count \\d*5$/');
    await line(vscode, /count\s\d*5$/);
    const others = vscode.page.locator('.view-line', { hasText: /count\s\d*[^5]$/ });
    await others.first().waitFor({ state: 'detached' });
    const next = Math.floor((await lastNumber(vscode)) / 10) * 10 + 15;
    await line(vscode, new RegExp(`count\\s${next}$`));
    assert.equal(await others.count(), 0);
    await vscode.screenshot('logs-filter');
    await vscode.palette('Elastic: Filter log…');
    await vscode.quickInput.type('');
    await vscode.quickInput.accept();
  });

  ui.test('a rollout is followed', async (vscode) => {
    await cluster.kubectl(
      ['apply', '-n', namespace, '-f', '-'],
      listOf(
        deployment('web', `${cluster.registry}/app:1`, { replicas: 2, command: talk('Second version') }),
      ),
    );
    await vscode.palette('Elastic: Filter log…');
    await vscode.quickInput.type('second version');
    await vscode.quickInput.accept();
    await line(vscode, '"Second version"');
    await vscode.palette('Elastic: Filter log…');
    await vscode.quickInput.type('');
    await vscode.quickInput.accept();
    await line(vscode, /count\s\d+$/);
  });

  ui.test('what is shown is saved', async (vscode) => {
    await vscode.palette('Elastic: Save log…');
    await vscode.quickInput.opened();
    const file = join(vscode.folder, 'saved.log');
    await vscode.quickInput.file(file);
    await eventually('the file', async () =>
      /^web-\w+-\w{5} count \d+$/m.test(await readFile(file, 'utf8').catch(() => '')),
    );
  });

  ui.test('it can be read in every theme', async (vscode) => {
    await vscode.palette('Elastic: Pause the log');
    // The palette may have the keyboard for a moment still.
    await eventually('the first lines', async () => {
      await vscode.page.keyboard.press('Control+Home');
      return (await vscode.page.locator('.view-line', { hasText: 'Traceback' }).count()) > 0;
    });
    for (const theme of themes) {
      await vscode.setTheme(theme);
      await line(vscode, 'Traceback');
      await vscode.screenshot(`logs-${theme}`);
    }
    await vscode.setTheme('dark');
  });

  ui.test('it comes back after the window was loaded anew, and is read when asked for', async (vscode) => {
    await vscode.palette('Elastic: Filter log…');
    await vscode.quickInput.type('/count \\d*7$/');
    await vscode.quickInput.accept();
    await vscode.statusBar('filter: /count \\d*7$/');
    await vscode.reload();
    await vscode.editor.shows(`web logs ${where}`);
    await (await vscode.statusBar('Log: not read')).click();
    await vscode.statusBar('Log: live, 2 followed · filter: /count \\d*7$/');
    await line(vscode, /count\s\d*7$/);
    assert.equal(await vscode.page.locator('.view-line', { hasText: /count\s\d*[^7]$/ }).count(), 0);
    await vscode.closeEditors();
  });

  ui.test('what was chosen is forgotten with the tab', async (vscode) => {
    await open(vscode, 'web');
    await vscode.statusBar('Log: live, 2 followed');
    await line(vscode, /count\s\d*[^7]$/);
    await vscode.closeEditors();
  });

  ui.test(
    'a workload that is deleted is said to be gone, and goes on when it is made again',
    async (vscode) => {
      await open(vscode, 'web');
      await vscode.statusBar('Log: live, 2 followed');
      await cluster.kubectl(['delete', '-n', namespace, 'deployment', 'web', '--wait=false']);
      await vscode.statusBar('Log: Deployment web is gone');
      await line(vscode, /Deployment\sweb\sis\sgone/);
      await cluster.kubectl(
        ['apply', '-n', namespace, '-f', '-'],
        listOf(
          deployment('web', `${cluster.registry}/app:1`, { replicas: 1, command: talk('Third version') }),
        ),
      );
      await vscode.statusBar('Log: live, 1 followed');
      await line(vscode, /count\s\d+$/);
      await vscode.closeEditors();
    },
  );

  ui.test('from the tree; the run before of a container that crashed', async (vscode) => {
    await vscode.openView('Elastic Containers');
    const tree = vscode.tree('Clusters');
    await tree.path(/^\s*dev/, namespace);
    await tree.contextMenu(/^\s*crash/, 'Show logs');
    await vscode.editor.shows(`crash logs ${where}`);
    await line(vscode, 'ended: Error, exit 3');
    await vscode.palette('Elastic: Log of the previous run: on, off');
    await line(vscode, 'the run before');
    await line(vscode, 'FATAL: out of luck');
    await vscode.statusBar('Log: ended');
    await vscode.closeEditors();
  });
});

/** The highest number in sight; there is none while the lines are drawn anew. */
async function lastNumber(vscode: Workbench): Promise<number> {
  await line(vscode, /count\s\d+$/);
  const numbers = [...(await vscode.editor.text()).matchAll(/count (\d+)/g)].map(([, digits]) =>
    Number(digits),
  );
  return numbers.length === 0 ? lastNumber(vscode) : Math.max(...numbers);
}

async function eventually(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
