import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { nodeMetrics, podMetrics } from '../../src/cluster/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  deployment,
  fakeServer,
  freshNamespace,
  sessionOf,
  temporaryFolder,
  writeKubeconfig,
} from './support.ts';

const cluster = await sharedCluster('full');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

/** Waits longer than other things take: the metrics server measures twice before it answers. */
async function measured<T>(read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const answer = await read();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error('Nothing was measured.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test('nodes and pods tell what they use', async () => {
  const node = await measured(async () => {
    const answer = await nodeMetrics(session);
    return answer.state === 'measured' ? answer.rows.find(({ name }) => name === 'localhost') : undefined;
  });
  assert.ok(node.cpu.nano > 0n);
  assert.equal(node.memory.format, 'binary');
  const namespace = await freshNamespace(session);
  await session.request(`/apis/apps/v1/namespaces/${namespace}/deployments`, {
    method: 'POST',
    body: deployment('web', `${cluster.registry ?? ''}/app:1`),
  });
  const pod = await measured(async () => {
    const answer = await podMetrics(session, namespace);
    return answer.state === 'measured' ? answer.rows[0] : undefined;
  });
  assert.equal(pod.namespace, namespace);
  assert.match(pod.name, /^web-/);
  assert.deepEqual(
    pod.containers.map(({ name }) => name),
    ['app'],
  );
  assert.ok(pod.memory.nano > 0n);
  assert.equal(pod.memory.nano, pod.containers[0]?.memory.nano);
});

test('a cluster that measures nothing, and one whose metrics server is down, are states', async () => {
  for (const [status, state] of [
    [404, 'absent'],
    [503, 'down'],
  ] as const) {
    const server = await fakeServer((_request, response) => {
      response.statusCode = status;
      response.end(JSON.stringify({ kind: 'Status', message: 'no' }));
    });
    const file = await writeKubeconfig(`${await temporaryFolder()}/${state}.yaml`, { server });
    assert.deepEqual(await nodeMetrics(await sessionOf(file)), { state });
  }
});
