import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster } from './cluster.ts';
import { cgroupFolders, mountsBelow, RUN_MARK } from './leftovers.ts';
import { CommandError, processesMarked, run } from './processes.ts';

/** What a cluster leaves on the machine while it is up, and must not when it is gone. */
function traces(folder: string): string[] {
  const id = folder.slice(-6);
  return [
    ...processesMarked(RUN_MARK, folder).map((pid) => `process ${pid}`),
    ...mountsBelow(folder).map((mount) => `mount ${mount}`),
    ...cgroupFolders(`elastic-bench-${id}`).filter(existsSync),
    ...[`/sys/class/net/eb-${id}`, folder].filter(existsSync),
  ];
}

describe('a cluster', () => {
  let cluster: Cluster;
  before(async () => {
    cluster = await startCluster({ parts: 'full' });
  });
  after(() => cluster.stop());

  test('rolls out a Deployment of two real pods', async () => {
    const image = `--image=${cluster.registry}/app:1`;
    await cluster.kubectl(['create', 'deployment', 'web', image, '--replicas=2']);
    await cluster.kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s']);
    const shell = ['exec', 'deployment/web', '--', 'wget', '-qO-', 'http://127.0.0.1:8080'];
    assert.equal((await cluster.kubectl(shell)).trim(), '1');
    assert.match(await cluster.kubectl(['logs', 'deployment/web']), /app 1 is up/);
  });

  test('runs simulated pods on simulated nodes', async () => {
    await cluster.addNodes(3);
    const tolerations = [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }];
    const spec = { nodeSelector: { type: 'kwok' }, tolerations, containers: [{ name: 'a', image: 'none' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'simulated' }, spec };
    await cluster.kubectl(['create', '-f', '-'], JSON.stringify(pod));
    await cluster.kubectl(['wait', '--for=condition=Ready', 'pod/simulated', '--timeout=60s']);
  });

  test('refuses the reader everything', async () => {
    const asReader = cluster.kubectl(['--kubeconfig', cluster.readerKubeconfig, 'get', 'pods']);
    await assert.rejects(asReader, (error: unknown) => {
      assert.ok(error instanceof CommandError);
      assert.match(error.output, /Forbidden.*"reader"/);
      return true;
    });
  });

  test('stands beside another one, which leaves nothing when it stops', async () => {
    const other = await startCluster({ parts: 'node' });
    await other.kubectl(['run', 'app', `--image=${other.registry}/app:2`]);
    await other.kubectl(['wait', '--for=condition=Ready', 'pod/app', '--timeout=60s']);
    assert.ok(traces(other.folder).some((trace) => trace.startsWith('process')));
    await other.stop();
    assert.deepEqual(traces(other.folder), []);
    await cluster.kubectl(['get', 'nodes']);
  });
});

test('a cluster is gone soon after its owner was killed', async () => {
  const owner = spawn(process.execPath, [join(import.meta.dirname, 'fixtures', 'owner.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = await new Promise<string>((resolve, reject) => {
    owner.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
    owner.once('exit', (code) => reject(new Error(`The owner ended with ${code}`)));
  });
  assert.ok(traces(folder).length > 0);
  owner.kill('SIGKILL');
  for (let waited = 0; waited < 900 && traces(folder).length > 0; waited++) await sleep(100);
  assert.deepEqual(traces(folder), []);
});

test('a command that takes too long is ended with all that it started', async () => {
  const mark = randomUUID();
  const env = { ...process.env, ELASTIC_TEST_MARK: mark };
  const command = run('sh', ['-c', 'sleep 600 & sleep 600'], { timeoutMs: 200, env });
  await assert.rejects(command, CommandError);
  assert.deepEqual(processesMarked('ELASTIC_TEST_MARK', mark), []);
});
