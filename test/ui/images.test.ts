import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUSYBOX } from '../harness/images.ts';
import { sharedEngine, type SharedEngine } from '../harness/shared.ts';
import type { Workbench } from './driver.ts';
import { uiSuite } from './suite.ts';

const run = promisify(execFile);
const workspace = 'test/fixtures/images';
const dockerfile = 'app/Dockerfile';
const manifest = 'k8s/app.yaml';

/** The sample's Dockerfile up to where a test adds its own step. */
const base = [
  'FROM scratch',
  'COPY busybox /bin/busybox',
  'RUN ["/bin/busybox", "--install", "-s", "/bin"]',
  'ENV PATH=/bin',
];

let engine: SharedEngine;

uiSuite(
  'Images',
  {
    workspace,
    env: async () => {
      engine = await sharedEngine();
      return engine.env;
    },
    expectedErrors: [/nerdctl is not installed/],
    cleanUp: () => engine.release(),
  },
  (ui) => {
    ui.test('the lens Build asks for a name, suggests the one manifests use, and builds', async (vscode) => {
      await prepare(vscode, `${engine.registry}/shop/app:1.4`);
      await vscode.openFile(dockerfile);
      await vscode.editor.pressLens(/^Build$/);
      await vscode.quickInput.opened('Build image');
      assert.equal(await vscode.quickInput.value(), `${engine.registry}/shop/app:1.4`);
      await vscode.quickInput.type('Shop/App:1.4');
      await vscode.quickInput.message('Shop/App:1.4 is no image name');
      await vscode.quickInput.type('shop/app:1.4');
      await vscode.quickInput.accept();
      const shown = await vscode.panel.terminal(/Built shop\/app:1\.4/);
      assert.match(shown, /Step \d\/5 : |\[\d\/2\] RUN/);
      const { stdout } = await docker('image', 'inspect', '--format', '{{.Id}}', 'shop/app:1.4');
      const id = stdout.trim().slice(0, 'sha256:'.length + 12);
      assert.match(
        shown.replace(/\s+/g, ' '),
        new RegExp(`Built shop/app:1\\.4 \\(${id}…, [\\d.]+ MB\\) in [\\d.]+ s`),
      );
      await vscode.screenshot('build');
      assert.deepEqual(await vscode.notifications.all(), []);
    });

    ui.test('the name is remembered', async (vscode) => {
      await vscode.explorer.contextMenu('Dockerfile', 'Build image…');
      await vscode.quickInput.opened('Build image');
      assert.equal(await vscode.quickInput.value(), 'shop/app:1.4');
      await vscode.quickInput.cancel();
    });

    ui.test('a name without a registry cannot be pushed, which the box says', async (vscode) => {
      await vscode.openFile(dockerfile);
      await vscode.editor.pressLens('Build & push');
      await vscode.quickInput.opened('Build and push image');
      await vscode.quickInput.type('app:1.4');
      await vscode.quickInput.message('app:1.4 names no registry to push to');
      await vscode.quickInput.cancel();
    });

    ui.test(
      'Build & push on image: builds the Dockerfile of that name and tells the digest',
      async (vscode) => {
        const reference = `${engine.registry}/shop/app:1.5`;
        await prepare(vscode, reference);
        await vscode.openFile(manifest);
        await vscode.editor.pressLens('Build & push');
        const shown = await vscode.panel.terminal(/Pushed .*shop\/app:1\.5/);
        const answer = await fetch(`http://${engine.registry}/v2/shop/app/manifests/1.5`, {
          headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
        });
        const digest = answer.headers.get('docker-content-digest') ?? '';
        assert.match(digest, /^sha256:/);
        assert.ok(shown.replace(/\s+/g, '').includes(digest), shown);
        await vscode.screenshot('push');
      },
    );

    ui.test('several Dockerfiles: the one in the folder of that name is offered first', async (vscode) => {
      await vscode.write('aaa/Dockerfile', base.join('\n'));
      await vscode.openFile(manifest);
      await vscode.editor.pressLens('Build & push');
      await vscode.quickInput.opened(/which Dockerfile\?$/);
      assert.deepEqual(await vscode.quickInput.rows(), ['app/Dockerfile', 'aaa/Dockerfile']);
      await vscode.quickInput.cancel();
    });

    ui.test('a step that fails is told with its line, and one press leads there', async (vscode) => {
      await writeDockerfile(vscode, [...base, 'RUN nosuch-program']);
      await buildFromPalette(vscode, 'bench/fail:1');
      const text = await vscode.notifications.text('Line 5 failed');
      assert.match(text, /"RUN nosuch-program": exit code 127/);
      assert.match(await vscode.panel.terminal('✖ Line 5 failed'), /app\/Dockerfile:5/);
      await vscode.notifications.press('Line 5 failed', 'Go to line 5');
      await vscode.statusBar('Ln 5, Col 1');
    });

    ui.test('a Dockerfile that is not saved is saved first', async (vscode) => {
      await writeDockerfile(vscode, base);
      await vscode.openFile(dockerfile);
      await until(async () => {
        await vscode.editor.replaceAll([...base, 'RUN echo as typed'].join('\n'));
        return (await vscode.editor.text()).includes('as typed');
      });
      await buildFromPalette(vscode, 'bench/typed:1');
      await vscode.panel.terminal('Built bench/typed:1');
      assert.match(await vscode.read(dockerfile), /as typed/);
    });

    ui.test('Cancel in the status bar ends the build and leaves nothing running', async (vscode) => {
      const slow = await startSlowBuild(vscode, 'bench/slow:1');
      await (await vscode.statusBar('Build bench/slow:1')).click();
      await vscode.quickInput.pick('Cancel: Build bench/slow:1');
      await cancelled(vscode, slow);
    });

    ui.test('so does Ctrl+C in its terminal', async (vscode) => {
      const slow = await startSlowBuild(vscode, 'bench/slow:2');
      await vscode.page.locator('.terminal-wrapper.active .xterm').click();
      await vscode.page.keyboard.press('Control+c');
      await cancelled(vscode, slow);
    });

    ui.test('and so does closing the terminal', async (vscode) => {
      const slow = await startSlowBuild(vscode, 'bench/slow:3');
      await vscode.palette('Terminal: Kill the Active Terminal Instance');
      await ended(vscode, slow);
    });

    ui.test('a registry that refuses is one sentence', async (vscode) => {
      await writeDockerfile(vscode, base);
      await vscode.openFile(dockerfile);
      await vscode.editor.pressLens('Build & push');
      await vscode.quickInput.opened('Build and push image');
      await vscode.quickInput.type('127.0.0.1:9/shop/app:1');
      await vscode.quickInput.accept();
      await vscode.notifications.shown('Nothing listens at 127.0.0.1:9. Start the registry');
      await vscode.panel.terminal('✖ Nothing listens at 127.0.0.1:9');
      await vscode.notifications.clear();
    });

    ui.test('an engine that is chosen and not installed', async (vscode) => {
      await vscode.write('.vscode/settings.json', '{"elastic.images.engine": "nerdctl"}');
      await vscode.openFile(dockerfile);
      // VS Code reads the file when its watcher tells; until then the question for a name comes.
      await until(async () => {
        await vscode.editor.pressLens(/^Build$/);
        const question = vscode.quickInput.opened('Build image').then(() => 'question');
        const refusal = vscode.notifications.shown('nerdctl is not installed.').then(() => 'refusal');
        const answer = await Promise.race([question, refusal]);
        await Promise.allSettled(answer === 'question' ? [vscode.quickInput.cancel(), question] : [refusal]);
        return answer === 'refusal';
      });
    });
  },
);

uiSuite('Images without an engine', { workspace, env: () => ({ PATH: '/nowhere' }) }, (ui) => {
  ui.test('what to install is said before anything is asked', async (vscode) => {
    await vscode.openFile(dockerfile);
    await vscode.editor.pressLens(/^Build$/);
    await vscode.notifications.shown('No container engine is installed. Install docker, podman or nerdctl');
    await vscode.screenshot('no-engine');
  });
});

uiSuite('Images in a folder that is not trusted', { workspace, trusted: false }, (ui) => {
  ui.test('nothing is built', async (vscode) => {
    await vscode.openFile(dockerfile);
    await vscode.editor.pressLens(/^Build$/);
    await vscode.notifications.shown('Images are built and pushed in trusted workspaces only.');
  });
});

function docker(...args: readonly string[]): Promise<{ stdout: string }> {
  return run('docker', [...args], { env: engine.env });
}

/** What a repository cannot hold: a program of this machine, and the address of this run's registry. */
async function prepare(vscode: Workbench, reference: string): Promise<void> {
  await copyFile(BUSYBOX, join(vscode.folder, 'app/busybox'));
  await vscode.write(manifest, (await vscode.read(manifest)).replace(/image: .*/, `image: ${reference}`));
}

async function writeDockerfile(vscode: Workbench, lines: readonly string[]): Promise<void> {
  await vscode.closeEditors();
  await vscode.write(dockerfile, `${lines.join('\n')}\n`);
}

async function buildFromPalette(vscode: Workbench, name: string): Promise<void> {
  await vscode.openFile(dockerfile);
  await vscode.palette('Elastic: Build image…');
  await vscode.quickInput.opened('Build image');
  await vscode.quickInput.type(name);
  await vscode.quickInput.accept();
}

/** Starts a build that would sleep for hours; returns the number of seconds, by which its process is found. */
async function startSlowBuild(vscode: Workbench, name: string): Promise<string> {
  const seconds = `97${process.pid}${name.at(-1) ?? ''}`;
  await writeDockerfile(vscode, [...base, `RUN sleep ${seconds}`]);
  await buildFromPalette(vscode, name);
  await until(async () => (await processesWith(`sleep ${seconds}`)).length > 0);
  return seconds;
}

async function cancelled(vscode: Workbench, seconds: string): Promise<void> {
  await vscode.panel.terminal('Cancelled.');
  await ended(vscode, seconds);
}

async function ended(vscode: Workbench, seconds: string): Promise<void> {
  await until(async () => (await processesWith(`sleep ${seconds}`)).length === 0);
  await vscode.page
    .locator('.statusbar-item', { hasText: 'Build bench/slow' })
    .waitFor({ state: 'detached' });
  assert.deepEqual(await vscode.notifications.all(), []);
}

async function processesWith(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // One that ended while it was looked at has no command line any more.
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.map((line) => line.replaceAll('\0', ' ')).filter((line) => line.includes(text));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not come to pass.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
