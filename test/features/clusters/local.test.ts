import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parse } from 'yaml';
import { keepingCurrentContext } from '../../../src/cluster/index.ts';
import {
  type InstalledTool,
  installedTools,
  type LiveRun,
  localClusters,
  ownersOf,
  runTool,
} from '../../../src/features/clusters/local-runner.ts';
import {
  freeName,
  isClusterName,
  localClusterOf,
  type LocalToolName,
  localTools,
  readKubernetesVersion,
} from '../../../src/features/clusters/local-tools.ts';
import { explain } from '../../../src/platform/failure.ts';
import { type FakeTools, fakeTools } from './fake-tools.ts';

const root = await mkdtemp(join(tmpdir(), 'elastic-local-test-'));
after(() => rm(root, { recursive: true, force: true }));
let folders = 0;

async function fakes(...tools: readonly string[]): Promise<FakeTools> {
  folders += 1;
  const folder = join(root, String(folders));
  await mkdir(folder);
  return tools.length === 0 ? fakeTools(folder) : fakeTools(folder, tools);
}

async function installed(fake: FakeTools, name: LocalToolName): Promise<InstalledTool> {
  const found = (await installedTools(fake.env)).find(({ tool }) => tool.name === name);
  assert.ok(found);
  return found;
}

function live(fake: FakeTools, more: Partial<LiveRun> = {}): LiveRun {
  return {
    kubeconfig: join(fake.bin, '../kubeconfig'),
    onOutput: () => undefined,
    signal: new AbortController().signal,
    ...more,
  };
}

const names = localTools.map(({ name }) => name);
const wish = { name: 'dev', version: null, nodes: 1 };

describe('programs on the PATH', () => {
  test('are found with the versions they print', async () => {
    const found = await installedTools((await fakes()).env);
    assert.deepEqual(
      found.map(({ tool, version }) => [tool.name, version]),
      [
        ['kind', '0.30.0'],
        ['k3d', '5.8.3'],
        ['minikube', '1.37.0'],
      ],
    );
    const [only, ...others] = await installedTools((await fakes('k3d')).env);
    assert.deepEqual([only?.tool.name, others.length], ['k3d', 0]);
    assert.deepEqual(await installedTools({ PATH: '/nowhere' }), []);
  });

  test('own the clusters their contexts are named after, and none of another program', async () => {
    const found = await installedTools((await fakes('kind', 'minikube')).env);
    const { tools, cluster } = ownersOf('kind-dev', found);
    assert.deepEqual([tools.map(({ tool }) => tool.name), cluster], [['kind'], 'dev']);
    assert.throws(() => ownersOf('k3d-dev', found), /k3d/);
    for (const context of ['aks-dev', undefined])
      assert.deepEqual(ownersOf(context, found), { tools: found, cluster: null });
  });

  test('of the login shell are found where the editor has a poorer one', async () => {
    const fake = await fakes('kind');
    const shell = join(fake.bin, '../shell');
    await writeFile(
      shell,
      `#!/bin/sh\necho 'Welcome, PATH=/wrong'\nPATH="${fake.bin}:$PATH" exec /bin/sh -c "$2"\n`,
    );
    await chmod(shell, 0o755);
    const [found] = await installedTools({ PATH: '/usr/bin:/bin', SHELL: shell });
    assert.equal(found?.command, join(fake.bin, 'kind'));
  });

  test('that cannot say their version are there all the same', async () => {
    const fake = await fakes('kind');
    await writeFile(join(fake.bin, 'kind'), '#!/bin/sh\nexit 3\n');
    assert.equal((await installed(fake, 'kind')).version, null);
  });
});

describe('clusters that are there', () => {
  for (const name of names) {
    test(`are listed by ${name}, hostile names as they are`, async () => {
      const fake = await fakes();
      const tool = await installed(fake, name);
      assert.deepEqual(await localClusters(tool), []);
      const hostile = ['dev', '--all', '$(reboot)', '; rm -rf ~', '$(bug) x'];
      await fake.have(name, hostile);
      assert.deepEqual(
        (await localClusters(tool)).map((cluster) => cluster.name),
        hostile,
      );
    });
  }

  test('that cannot be listed are told in the words of the program', async () => {
    const fake = await fakes('kind', 'k3d');
    await writeFile(
      join(fake.bin, 'kind'),
      '#!/bin/sh\necho "ERROR: failed to list clusters: Cannot connect to the Docker daemon" >&2\nexit 1\n',
    );
    await assert.rejects(
      localClusters(await installed(fake, 'kind')),
      /^LocalToolError: kind cannot list.*Cannot connect to the Docker daemon/,
    );
    await writeFile(join(fake.bin, 'k3d'), '#!/bin/sh\necho "NAME SERVERS"\n');
    await assert.rejects(localClusters(await installed(fake, 'k3d')), /in a form that is not known/);
  });
});

describe('making and deleting', () => {
  const expected: Readonly<Record<LocalToolName, readonly [plain: string, full: string, removed: string]>> = {
    kind: [
      'kind create cluster --name=dev',
      'kind create cluster --name=dev --image=kindest/node:v1.33.1 --config=-',
      'kind delete cluster --name=dev',
    ],
    k3d: [
      'k3d cluster create dev --kubeconfig-update-default --kubeconfig-switch-context=false',
      'k3d cluster create dev --kubeconfig-update-default --kubeconfig-switch-context=false --image=rancher/k3s:v1.33.1-k3s1 --agents=2',
      'k3d cluster delete -- dev',
    ],
    minikube: [
      'minikube start --profile=dev --interactive=false --keep-context',
      'minikube start --profile=dev --interactive=false --keep-context --kubernetes-version=v1.33.1 --nodes=3',
      'minikube delete --profile=dev',
    ],
  };

  for (const name of names) {
    test(`by ${name}: arguments, output as it comes, and the context in the kubeconfig`, async () => {
      const fake = await fakes();
      const tool = await installed(fake, name);
      let output = '';
      const run = live(fake, { onOutput: (chunk) => (output += chunk) });
      await runTool(tool, tool.tool.create(wish), run);
      assert.deepEqual(await fake.clusters(name), ['dev']);
      assert.match(output, /dev/);
      assert.match(await readFile(run.kubeconfig, 'utf8'), new RegExp(`"${tool.tool.context('dev')}"`));
      await runTool(tool, tool.tool.delete('dev'), run);
      assert.deepEqual(await fake.clusters(name), []);
      await runTool(tool, tool.tool.create({ name: 'dev', version: '1.33.1', nodes: 3 }), run);
      await runTool(tool, tool.tool.delete('dev'), run);
      const [plain, full, removed] = expected[name];
      const calls = (await fake.calls()).filter((call) => !/ (?:version|list|get) ?/.test(call));
      assert.deepEqual(calls, [plain, removed, full, removed]);
    });

    test(`by ${name}: what fails is told in its words`, async () => {
      const fake = await fakes();
      await fake.behave('fail');
      const tool = await installed(fake, name);
      const words = {
        kind: /kind failed: failed to create cluster: command "docker run.*exit status 125$/,
        k3d: /^k3d failed: Cluster creation FAILED/,
        minikube: /minikube failed: Exiting due to PROVIDER_DOCKER_NOT_RUNNING.*Docker daemon$/,
      }[name];
      await assert.rejects(runTool(tool, tool.tool.create(wish), live(fake)), (error) =>
        words.test(explain(error)),
      );
    });

    test(`by ${name}: Cancel ends it and all it started`, async () => {
      const fake = await fakes();
      await fake.behave('hang');
      const tool = await installed(fake, name);
      const cancel = new AbortController();
      const pidFile = join(fake.bin, '../hanging.pid');
      const work = runTool(tool, tool.tool.create(wish), live(fake, { signal: cancel.signal }));
      const pid = await appears(pidFile);
      cancel.abort();
      await assert.rejects(work, { name: 'CancelledError' });
      assert.ok(await isEnded(pid));
      // What it made so far is there, and can be cleaned up.
      assert.deepEqual(
        (await localClusters(tool)).map((cluster) => cluster.name),
        ['dev'],
      );
      await runTool(tool, tool.tool.delete('dev'), live(fake));
      assert.deepEqual(await localClusters(tool), []);
    });

    test(`by ${name}: a hostile name in its list can be deleted, and is no option`, async () => {
      const fake = await fakes();
      const tool = await installed(fake, name);
      const marker = join(fake.bin, '../marker');
      for (const hostile of ['--all', `$(touch ${marker})`, `;touch ${marker}`, 'a b']) {
        await fake.have(name, [hostile, 'other']);
        await runTool(tool, tool.tool.delete(hostile), live(fake));
        assert.deepEqual(await fake.clusters(name), ['other'], hostile);
      }
      await assert.rejects(readFile(marker), { code: 'ENOENT' });
    });
  }

  test('kind reads the nodes from standard input', async () => {
    const fake = await fakes('kind');
    const tool = await installed(fake, 'kind');
    await runTool(tool, tool.tool.create({ ...wish, nodes: 3 }), live(fake));
    assert.deepEqual(parse(await fake.input()), {
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
    });
  });

  test('the current context stays what it was, whatever the program does to it', async () => {
    for (const name of names) {
      const fake = await fakes();
      const tool = await installed(fake, name);
      const run = live(fake);
      const mine = { contexts: [{ name: 'prod', context: {} }], 'current-context': 'prod' };
      await writeFile(run.kubeconfig, JSON.stringify(mine));
      const current = async (): Promise<string> =>
        (parse(await readFile(run.kubeconfig, 'utf8')) as Record<string, string>)['current-context'] ?? '';
      await keepingCurrentContext(run.kubeconfig, () => runTool(tool, tool.tool.create(wish), run));
      assert.equal(await current(), 'prod', name);
      assert.match(await readFile(run.kubeconfig, 'utf8'), new RegExp(tool.tool.context('dev')));
      await keepingCurrentContext(run.kubeconfig, () => runTool(tool, tool.tool.delete('dev'), run));
      assert.equal(await current(), 'prod', name);
    }
  });

  test('where there was no current context, the new one may be it', async () => {
    const fake = await fakes('kind');
    const tool = await installed(fake, 'kind');
    const run = live(fake);
    await keepingCurrentContext(run.kubeconfig, () => runTool(tool, tool.tool.create(wish), run));
    assert.match(await readFile(run.kubeconfig, 'utf8'), /"current-context":"kind-dev"/);
  });
});

test('names are those that all three take', () => {
  for (const name of ['dev', 'a1', 'my-cluster-2', 'a'.repeat(32)]) assert.ok(isClusterName(name), name);
  for (const name of ['', 'a', '-a', 'a-', 'A1', 'a.b', 'a_b', 'a b', '--all', 'a'.repeat(33), 'ä1', 'a\n']) {
    assert.ok(!isClusterName(name), name);
  }
  assert.equal(freeName([]), 'dev');
  assert.equal(freeName(['dev', 'dev-2']), 'dev-3');
});

test('versions are read as people write them', () => {
  for (const [text, full, version] of [
    ['1.33', false, '1.33'],
    ['v1.33.1 ', true, '1.33.1'],
    ['1.33', true, null],
    ['', false, null],
    ['latest', false, null],
    ['1.33.1 --flag', false, null],
    ['1.33.1-k3s1', false, null],
  ] as const) {
    assert.equal(readKubernetesVersion(text, full), version, text);
  }
});

test('a context says which program made it', () => {
  const of = (context: string): string | null => {
    const found = localClusterOf(context);
    return found === null ? null : `${found.tool.name} ${found.name}`;
  };
  assert.equal(of('kind-dev'), 'kind dev');
  assert.equal(of('k3d-my-1'), 'k3d my-1');
  assert.equal(of('minikube'), 'minikube minikube');
  for (const other of ['kind-', 'kind', 'prod', 'my-kind-dev']) assert.equal(of(other), null, other);
});

/** Whether a process has ended, or is about to be cleared away by whoever has to. */
async function isEnded(pid: number): Promise<boolean> {
  for (const end = Date.now() + 5_000; Date.now() < end;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null || / Z /.test(stat)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** The number in a file that is about to be written. */
async function appears(file: string): Promise<number> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const number = Number(await readFile(file, 'utf8').catch(() => ''));
    if (number > 0) return number;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Waited in vain for ${file}.`);
}
