import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  applyPlan,
  eventsOf,
  followRollout,
  planDeploy,
  readScale,
  type RolloutOutcome,
  type Session,
  setScale,
  type WorkloadRef,
} from '../../src/cluster/index.ts';
import { formatMessage, type WorkloadStatus } from '../../src/core/index.ts';
import { FaultProxy } from '../harness/proxy.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  clustersOf,
  deployment,
  failureOf,
  freshNamespace,
  manifestObject,
  sessionOf,
  temporaryFolder,
  until,
  writeKubeconfig,
} from './support.ts';

const folder = await temporaryFolder();
const cluster = await sharedCluster('node');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);
const image = `${cluster.registry ?? 'registry'}/app:1`;
const missingImage = `${cluster.registry ?? 'registry'}/no-such-image:1`;

async function deploy(object: Record<string, unknown>, namespace: string): Promise<WorkloadRef> {
  const [plan] = await planDeploy(session, [manifestObject(object)], { namespace });
  assert.ok(plan);
  const { uid } = (await applyPlan(session, plan)).metadata as { uid: string };
  return {
    apiVersion: plan.object.apiVersion,
    kind: plan.object.kind,
    name: plan.object.name,
    namespace,
    uid,
  };
}

interface Followed {
  readonly outcome: RolloutOutcome;
  readonly seen: readonly WorkloadStatus[];
  readonly troubles: readonly string[];
}

async function follow(
  ref: WorkloadRef,
  {
    through = session,
    signal = AbortSignal.timeout(60_000),
  }: { through?: Session; signal?: AbortSignal } = {},
  onProgress: (trouble: string | null) => void = () => undefined,
): Promise<Followed> {
  const seen: WorkloadStatus[] = [];
  const troubles: string[] = [];
  const outcome = await followRollout(through, ref, {
    signal,
    onProgress: (status, trouble) => {
      seen.push(status);
      if (trouble !== null) troubles.push(trouble);
      onProgress(trouble);
    },
  });
  return { outcome, seen, troubles };
}

const job = (name: string, exitCode: number): Record<string, unknown> => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'app', image, command: ['/bin/busybox', 'sh', '-c', `exit ${exitCode}`] }],
      },
    },
  },
});

describe('a rollout is followed to its end', () => {
  test('a good Deployment completes, and so does its scaling', async () => {
    const namespace = await freshNamespace(session);
    const ref = await deploy(deployment('web', image, { replicas: 2 }), namespace);
    const { outcome } = await follow(ref);
    assert.ok(outcome.result === 'complete', JSON.stringify(outcome));
    assert.deepEqual(outcome.status.counts, { desired: 2, current: 2, updated: 2, ready: 2, available: 2 });
    await setScale(session, ref, 1, { expected: await readScale(session, ref) });
    const scaled = await follow(ref);
    assert.ok(scaled.outcome.result === 'complete');
    assert.equal(scaled.outcome.status.counts.desired, 1);
  });

  test('an update right after another is not taken for complete', async () => {
    const namespace = await freshNamespace(session);
    const ref = await deploy(deployment('web', image), namespace);
    await follow(ref);
    const labelled = deployment('web', image, { minReadySeconds: 1 });
    await deploy(labelled, namespace);
    const changed = structuredClone(labelled) as { spec: { template: { metadata: { labels: object } } } };
    Object.assign(changed.spec.template.metadata.labels, { round: 'two' });
    await deploy(changed, namespace);
    const { outcome } = await follow(ref);
    assert.ok(outcome.result === 'complete');
    const { items } = await session.request<{ items: { metadata: { labels: { round?: string } } }[] }>(
      `/api/v1/namespaces/${namespace}/pods`,
      { query: { labelSelector: 'round=two' } },
    );
    assert.equal(items.length, 1);
  });

  test('an image that cannot be pulled is told while it lasts, and is the reason in the end', async () => {
    const namespace = await freshNamespace(session);
    const ref = await deploy(deployment('web', missingImage, { progressDeadlineSeconds: 4 }), namespace);
    const { outcome, troubles } = await follow(ref);
    assert.ok(outcome.result === 'failed', JSON.stringify(outcome));
    assert.match(formatMessage(outcome.reason), /ErrImagePull|ImagePullBackOff/);
    assert.match(troubles.join('\n'), /no-such-image/);
  });

  test('a pod that crashes and one that fits nowhere are told', async () => {
    const namespace = await freshNamespace(session);
    // A pod that is ready for an instant would do for a Deployment that asks for no more.
    const crashing = deployment('crash', image, { minReadySeconds: 10 }) as {
      spec: { template: { spec: { containers: Record<string, unknown>[] } } };
    };
    Object.assign(crashing.spec.template.spec.containers[0] ?? {}, {
      command: ['/bin/busybox', 'sh', '-c', 'exit 3'],
    });
    const huge = structuredClone(crashing) as typeof crashing & {
      metadata: { name: string };
      spec: { selector: object; template: { metadata: object } };
    };
    huge.metadata.name = 'huge';
    huge.spec.selector = { matchLabels: { app: 'huge' } };
    huge.spec.template.metadata = { labels: { app: 'huge' } };
    Object.assign(huge.spec.template.spec.containers[0] ?? {}, { resources: { requests: { cpu: '1000' } } });
    const cases = [
      [crashing, /CrashLoopBackOff|Error/],
      [huge, /Unschedulable.*cpu/i],
    ] as const;
    for (const [object, words] of cases) {
      const ref = await deploy(object, namespace);
      const cancel = new AbortController();
      const { outcome, troubles } = await follow(ref, { signal: cancel.signal }, (trouble) => {
        if (trouble !== null && words.test(trouble)) cancel.abort();
      });
      assert.equal(outcome.result, 'cancelled');
      assert.match(troubles.join('\n'), words);
    }
  });

  test('a Job completes, and one that fails is a failure', async () => {
    const namespace = await freshNamespace(session);
    const good = await follow(await deploy(job('good', 0), namespace));
    assert.equal(good.outcome.result, 'complete');
    const bad = await follow(await deploy(job('bad', 1), namespace));
    assert.equal(bad.outcome.result, 'failed');
  });

  test('what has no rollout is complete at once', async () => {
    const namespace = await freshNamespace(session);
    const object = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's' },
      spec: { ports: [{ port: 80 }] },
    };
    assert.equal((await follow(await deploy(object, namespace))).outcome.result, 'complete');
  });

  test('one that is deleted, or replaced, is a failure; one that never was is not found', async () => {
    const namespace = await freshNamespace(session);
    const ref = await deploy(deployment('web', missingImage), namespace);
    let deleted = false;
    const { outcome } = await follow(ref, {}, () => {
      if (deleted) return;
      deleted = true;
      void session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, { method: 'DELETE' });
    });
    assert.ok(outcome.result === 'failed', JSON.stringify(outcome));
    await deploy(deployment('web', image), namespace);
    assert.equal((await failureOf(follow(ref))).code, 'notFound');
    assert.equal((await failureOf(follow({ ...ref, name: 'nope' }))).code, 'notFound');
  });
});

test('cancelling ends the following at once', async () => {
  const namespace = await freshNamespace(session);
  const ref = await deploy(deployment('web', missingImage), namespace);
  assert.equal((await follow(ref, { signal: AbortSignal.abort() })).outcome.result, 'cancelled');
  const cancel = new AbortController();
  const { outcome } = await follow(ref, { signal: cancel.signal }, () => cancel.abort());
  assert.equal(outcome.result, 'cancelled');
});

test('a rollout is followed through drops of the connection', async () => {
  const proxy = await FaultProxy.start(cluster.kubeconfig);
  after(() => proxy.stop());
  const file = await writeKubeconfig(join(folder, 'dropping'), { context: 'dropping', server: proxy.url });
  const dropping = await clustersOf([file]).session('dropping');
  const namespace = await freshNamespace(session);
  // Slow enough to be dropped on the way.
  const ref = await deploy(deployment('web', image, { replicas: 2, minReadySeconds: 3 }), namespace);
  const dropper = setInterval(() => proxy.cut(), 400);
  try {
    const { outcome } = await follow(ref, { through: dropping });
    assert.equal(outcome.result, 'complete');
  } finally {
    clearInterval(dropper);
  }
});

test('events of a workload are those of its ReplicaSets and pods as well, and of no other', async () => {
  const namespace = await freshNamespace(session);
  await deploy(deployment('web-other', missingImage), namespace);
  const ref = await deploy(deployment('web', missingImage), namespace);
  const lease = eventsOf(session, ref);
  after(() => lease.dispose());
  await lease.value.ready;
  const kinds = (): Set<string> => new Set([...lease.value.rows.values()].map(({ object }) => object.kind));
  await until('events of all three', () =>
    ['Deployment', 'ReplicaSet', 'Pod'].every((kind) => kinds().has(kind)),
  );
  await until('the pull to fail', () =>
    [...lease.value.rows.values()].some(({ type, reason }) => type === 'Warning' && reason === 'Failed'),
  );
  for (const { object, reason, message, count, lastSeen } of lease.value.rows.values()) {
    assert.match(object.name, /^web(-[a-z0-9]{5,10}(-[a-z0-9]{5})?)?$/);
    assert.ok(reason !== '' && message !== '' && count >= 1 && lastSeen !== null);
  }
  // A pod that is gone keeps its events, also for who looks only then.
  await session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, { method: 'DELETE' });
  const pods = lease.value.rows.size;
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(lease.value.rows.size >= pods);
});
