import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  findAutoscaler,
  readScale,
  type Session,
  setScale,
  type WorkloadRef,
} from '../../src/cluster/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import { configMap, deployment, failureOf, freshNamespace, sessionOf } from './support.ts';

const cluster = await sharedCluster('api');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

/** A Deployment that runs nothing and never needs to. */
async function paused(through: Session = session): Promise<WorkloadRef> {
  const namespace = await freshNamespace(through);
  await through.request(`/apis/apps/v1/namespaces/${namespace}/deployments`, {
    method: 'POST',
    body: deployment('web', 'app:1', { replicas: 0, paused: true }),
  });
  return { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace };
}

const pathOf = ({ namespace, name }: WorkloadRef): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

async function patch(path: string, body: unknown): Promise<void> {
  await session.request(path, { method: 'PATCH', contentType: 'application/merge-patch+json', body });
}

describe('scaling', () => {
  test('reads zero, sets, and says what the server made of it', async () => {
    const ref = await paused();
    const before = await readScale(session, ref);
    assert.deepEqual([before.desired, before.current, before.selector], [0, 0, 'app=web']);
    const scaled = await setScale(session, ref, 3, { expected: before });
    assert.equal(scaled.desired, 3);
    assert.notEqual(scaled.resourceVersion, before.resourceVersion);
    assert.equal((await readScale(session, ref)).desired, 3);
  });

  test('a workload somebody scaled in the meantime is a conflict, and keeps their number', async () => {
    const ref = await paused();
    const seen = await readScale(session, ref);
    await patch(pathOf(ref), { spec: { replicas: 7 } });
    const error = await failureOf(setScale(session, ref, 3, { expected: seen }));
    assert.equal(error.code, 'conflict');
    assert.match(error.message, /since you looked/);
    assert.equal((await readScale(session, ref)).desired, 7);
  });

  test('a workload whose status moved is scaled all the same', async () => {
    const ref = await paused();
    const seen = await readScale(session, ref);
    await patch(`${pathOf(ref)}/status`, { status: { observedGeneration: 1, unavailableReplicas: 1 } });
    assert.equal((await setScale(session, ref, 2, { expected: seen })).desired, 2);
  });

  test('a workload somebody replaced is not touched', async () => {
    const ref = await paused();
    const seen = await readScale(session, ref);
    await session.request(pathOf(ref), { method: 'DELETE' });
    assert.equal((await failureOf(setScale(session, ref, 3, { expected: seen }))).code, 'notFound');
    await session.request(pathOf(ref).replace(/\/web$/, ''), {
      method: 'POST',
      body: deployment('web', 'app:1', { replicas: 0, paused: true }),
    });
    const error = await failureOf(setScale(session, ref, 3, { expected: seen }));
    assert.ok(['notFound', 'conflict'].includes(error.code), error.code);
    assert.equal((await readScale(session, ref)).desired, 0);
    assert.equal((await failureOf(readScale(session, { ...ref, uid: seen.uid }))).code, 'notFound');
  });

  test('a number the server refuses, and a kind that does not scale', async () => {
    const ref = await paused();
    const seen = await readScale(session, ref);
    assert.equal((await failureOf(setScale(session, ref, -1, { expected: seen }))).code, 'invalid');
    await session.request(`/api/v1/namespaces/${ref.namespace}/configmaps`, {
      method: 'POST',
      body: configMap('c'),
    });
    const error = await failureOf(
      readScale(session, { ...ref, apiVersion: 'v1', kind: 'ConfigMap', name: 'c' }),
    );
    assert.equal(error.code, 'notFound');
    assert.match(error.message, /ConfigMap cannot be scaled/);
  });
});

test('the autoscaler of a workload is found by kind, name and group', async () => {
  const ref = await paused();
  assert.equal(await findAutoscaler(session, ref), null);
  const hpa = (name: string, target: object): Promise<unknown> =>
    session.request(`/apis/autoscaling/v2/namespaces/${ref.namespace}/horizontalpodautoscalers`, {
      method: 'POST',
      body: {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name },
        spec: { scaleTargetRef: target, minReplicas: 2, maxReplicas: 10 },
      },
    });
  await hpa('other-name', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web2' });
  await hpa('other-kind', { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' });
  await hpa('other-group', { apiVersion: 'example.org/v1', kind: 'Deployment', name: 'web' });
  assert.equal(await findAutoscaler(session, ref), null);
  // The version may be another one of the same group.
  await hpa('mine', { apiVersion: 'apps/v1beta1', kind: 'Deployment', name: 'web' });
  const { name, min, max } = (await findAutoscaler(session, ref)) ?? {};
  assert.deepEqual([name, min, max], ['mine', 2, 10]);
});
