import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import {
  type DrainProgress,
  drainNode,
  planDrain,
  readObject,
  setSchedulable,
} from '../../src/cluster/index.ts';
import { drainPod } from '../../src/cluster/drain/pods.ts';
import { formatMessage } from '../../src/core/index.ts';
import { startCluster } from '../harness/cluster.ts';
import { deployment, failureOf, freshNamespace, sessionOf, until } from './support.ts';

// A cluster of its own: a node that is drained is no place for the pods of other suites.
const cluster = await startCluster({ parts: 'node' });
after(() => cluster.stop());
const session = await sessionOf(cluster.kubeconfig);
const image = `${cluster.registry ?? ''}/app:1`;
const node = { apiVersion: 'v1', kind: 'Node', name: 'localhost', namespace: null };

const post = (path: string, body: unknown): Promise<unknown> =>
  session.request(path, { method: 'POST', body });
const container = { name: 'app', image };

afterEach(async () => {
  await setSchedulable(session, { ref: node, seen: await readObject(session, node) }, true);
});

const isCordoned = async (): Promise<boolean> =>
  ((await readObject(session, node)).spec as { unschedulable?: boolean }).unschedulable === true;

/** A namespace with a Deployment of two pods that run. */
async function running(name = 'web'): Promise<string> {
  // Pods of the test before may have come to the node once more, on their way out.
  const isEmpty = async (): Promise<boolean> => (await planDrain(session, 'localhost')).pods.length === 0;
  await until('the node to be empty', isEmpty, 60_000);
  const namespace = await freshNamespace(session);
  await post(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment(name, image, { replicas: 2 }));
  await ready(namespace, name, 2);
  return namespace;
}

async function ready(namespace: string, name: string, count: number): Promise<void> {
  await until(`${name} to run`, async () => {
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
    const { status } = await session.request<{ status?: { readyReplicas?: number } }>(path);
    return status?.readyReplicas === count;
  });
}

/** A budget of the Deployment's pods that the controllers have counted. */
async function budget(namespace: string, minAvailable: number): Promise<void> {
  const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
  await post(path, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'keep' },
    spec: { minAvailable, selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } },
  });
  await until('the budget to be counted', async () => {
    const { status } = await session.request<{ status?: { currentHealthy?: number } }>(`${path}/keep`);
    return status?.currentHealthy === 2;
  });
}

const nobody = { unmanaged: false, emptyDir: false };
const forever = (): AbortSignal => AbortSignal.timeout(60_000);

describe('draining a node', () => {
  test('moves what somebody makes again, skips what is the node’s, and leaves what would be lost', async () => {
    const namespace = await running();
    const bare = { terminationGracePeriodSeconds: 0, containers: [container] };
    await post(`/api/v1/namespaces/${namespace}/pods`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare' },
      spec: bare,
    });
    await post(`/apis/apps/v1/namespaces/${namespace}/daemonsets`, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: { metadata: { labels: { app: 'agent' } }, spec: bare },
      },
    });
    await post(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment('cache', image, {
        template: {
          metadata: { labels: { app: 'cache' } },
          spec: { ...bare, volumes: [{ name: 'data', emptyDir: {} }] },
        },
      }),
    );
    await ready(namespace, 'cache', 1);
    await until('all pods to be placed', async () => {
      const { pods } = await planDrain(session, 'localhost');
      return pods.filter((pod) => pod.namespace === namespace).length === 5;
    });
    const plan = await planDrain(session, 'localhost');
    assert.deepEqual(plan.tight, []);
    const outcome = await drainNode(session, plan, { consent: nobody, signal: forever() });
    assert.equal(outcome.result, 'incomplete');
    const owners = (pods: readonly { owner: { kind: string } | null }[]): (string | undefined)[] =>
      pods.map(({ owner }) => owner?.kind);
    assert.deepEqual(owners(outcome.gone), ['ReplicaSet', 'ReplicaSet']);
    assert.deepEqual(owners(outcome.skipped), ['DaemonSet']);
    const stayed = outcome.stayed.map(({ pod, why }) => `${pod.lot}: ${formatMessage(why)}`).sort();
    assert.deepEqual(stayed, [
      'emptyDir: what it keeps in emptyDir volumes would be lost',
      'unmanaged: no controller would make it again',
    ]);
    assert.equal(await isCordoned(), true);

    // Agreed to, they go as well.
    const again = await planDrain(session, 'localhost');
    const rest = await drainNode(session, again, {
      consent: { unmanaged: true, emptyDir: true },
      signal: forever(),
    });
    assert.deepEqual([rest.result, rest.gone.length, rest.stayed.length], ['drained', 2, 0]);
  });

  test('names the budget that holds pods back before and while it waits, and goes on once it is released', async () => {
    const namespace = await running();
    await budget(namespace, 2);
    const plan = await planDrain(session, 'localhost');
    const tight = plan.tight?.map(({ budget: one, pods }) => [one.name, one.allowed, pods.length]);
    assert.deepEqual(tight, [['keep', 0, 2]]);
    const waiting: DrainProgress[] = [];
    let released = false;
    const outcome = await drainNode(session, plan, {
      consent: nobody,
      signal: forever(),
      onProgress: (progress) => {
        if (progress.step.step !== 'waiting') return;
        waiting.push(progress);
        if (released) return;
        released = true;
        void session.request(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/keep`, {
          method: 'DELETE',
        });
      },
    });
    const [first] = waiting;
    assert.ok(first?.step.step === 'waiting');
    assert.equal(first.step.budget, 'keep');
    assert.match(formatMessage(first.step.why), /needs 2 healthy pods and has 2 currently/);
    assert.deepEqual([outcome.result, outcome.gone.length], ['drained', 2]);
  });

  test('that is cancelled leaves the node cordoned and says what is still there', async () => {
    const namespace = await running();
    await budget(namespace, 1);
    const cancel = new AbortController();
    const outcome = await drainNode(session, await planDrain(session, 'localhost'), {
      consent: nobody,
      signal: cancel.signal,
      onProgress: ({ gone, step }) => {
        // The budget lets one go; its successor has nowhere to run.
        if (gone === 1 && step.step === 'waiting') cancel.abort();
      },
    });
    assert.deepEqual([outcome.result, outcome.gone.length, outcome.stayed.length], ['cancelled', 1, 1]);
    assert.match(formatMessage(outcome.stayed[0]?.why ?? { template: '', args: [] }), /budget keep/);
    assert.equal(await isCordoned(), true);
  });

  test('ends when its time is up', async () => {
    const namespace = await running();
    await budget(namespace, 2);
    const outcome = await drainNode(session, await planDrain(session, 'localhost'), {
      consent: nobody,
      signal: forever(),
      timeoutMs: 1_500,
    });
    assert.deepEqual([outcome.result, outcome.stayed.length], ['timeout', 2]);
  });

  test('is no business of a person without the right', async () => {
    const reader = await sessionOf(cluster.readerKubeconfig);
    const plan = await planDrain(session, 'localhost');
    const error = await failureOf(drainNode(reader, plan, { consent: nobody, signal: forever() }));
    assert.equal(error.code, 'forbidden');
    assert.equal(await isCordoned(), false);
  });
});

test('what becomes of a pod', () => {
  const owned = (kind: string) => ({ ownerReferences: [{ kind, name: 'o', uid: 'u', controller: true }] });
  const lot = (metadata: object, more: object = {}): string =>
    drainPod({ metadata: { name: 'p', namespace: 'n', uid: '1', ...metadata }, ...more }).lot;
  const scratch = { spec: { volumes: [{ name: 's', emptyDir: {} }] } };
  const done = { status: { phase: 'Succeeded' } };
  assert.equal(lot(owned('ReplicaSet')), 'evict');
  assert.equal(lot(owned('ReplicaSet'), scratch), 'emptyDir');
  assert.equal(lot(owned('DaemonSet'), scratch), 'daemonSet');
  assert.equal(lot({}), 'unmanaged');
  assert.equal(lot({}, { ...scratch, ...done }), 'evict');
  assert.equal(lot({ annotations: { 'kubernetes.io/config.mirror': 'x' } }, done), 'mirror');
});
