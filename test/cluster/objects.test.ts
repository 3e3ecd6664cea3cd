import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  deleteObject,
  dependentsOf,
  type KubeObject,
  metaOf,
  ObjectChangedError,
  type ObjectRef,
  readObject,
  replaceObject,
  restartWorkload,
  runCronJob,
  setPaused,
  setSchedulable,
  setSuspended,
  untilGone,
} from '../../src/cluster/index.ts';
import { formatMessage } from '../../src/core/index.ts';
import { FaultProxy } from '../harness/proxy.ts';
import { sharedCluster } from '../harness/shared.ts';
import {
  configMap,
  deployment,
  failureOf,
  freshNamespace,
  sessionOf,
  sessionWithoutRights,
  temporaryFolder,
  until,
  writeKubeconfig,
} from './support.ts';

const cluster = await sharedCluster('node');
after(() => cluster.release());
const session = await sessionOf(cluster.kubeconfig);

const plurals: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  CronJob: 'cronjobs',
  Job: 'jobs',
  DaemonSet: 'daemonsets',
  Pod: 'pods',
};

interface Made {
  readonly ref: ObjectRef;
  readonly seen: KubeObject;
}

async function make(namespace: string, object: KubeObject): Promise<Made> {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const path = `${root}/namespaces/${namespace}/${plurals[kind] ?? ''}`;
  const seen = await session.request<KubeObject>(path, { method: 'POST', body: object });
  const { name, uid = '' } = metaOf(seen);
  return { ref: { apiVersion, kind, name, namespace, uid }, seen };
}

/** Somebody else's hand. */
async function elsewhere({ ref }: Made, body: unknown, subresource = ''): Promise<void> {
  const resource = await session.resource(ref.apiVersion, ref.kind);
  const { resourcePath } = await import('../../src/cluster/index.ts');
  const path = resourcePath(resource, ref.namespace, ref.name) + subresource;
  await session.request(path, { method: 'PATCH', contentType: 'application/merge-patch+json', body });
}

const live = ({ ref }: Made): Promise<KubeObject> => readObject(session, ref);
const at = (object: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);

const paused = (name: string): KubeObject => deployment(name, 'app:1', { replicas: 0, paused: true });

describe('saving an edited object', () => {
  test('changes what was changed and keeps what was not shown', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, { ...configMap('c', { a: '1' }) });
    await elsewhere(made, {
      metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
    });
    const seen = await live(made);
    const edited = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', labels: { app: 'test', tier: 'x' } },
      data: { a: '2' },
    };
    const dry = await replaceObject(session, made.ref, edited, { seen, dryRun: true });
    assert.deepEqual(dry.data, { a: '2' });
    assert.deepEqual((await live(made)).data, { a: '1' });
    const saved = await replaceObject(session, made.ref, edited, { seen });
    assert.deepEqual(saved.data, { a: '2' });
    assert.equal(metaOf(saved).uid, made.ref.uid);
    assert.deepEqual(at(saved, 'metadata', 'labels'), { app: 'test', tier: 'x' });
    assert.deepEqual(at(saved, 'metadata', 'annotations'), {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    });
  });

  test('of which somebody changed something brings their object along, and changes nothing', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, configMap('c', { a: '1' }));
    await elsewhere(made, { data: { b: 'theirs' } });
    const edited = { ...made.seen, data: { a: 'mine' } };
    const error = await failureOf(replaceObject(session, made.ref, edited, { seen: made.seen }));
    assert.ok(error instanceof ObjectChangedError);
    assert.equal(error.code, 'conflict');
    assert.deepEqual(error.newer.data, { a: '1', b: 'theirs' });
    assert.deepEqual((await live(made)).data, { a: '1', b: 'theirs' });
  });

  test('whose status alone moved goes through, and does not take the status back', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, paused('web'));
    await elsewhere(made, { status: { observedGeneration: 1, unavailableReplicas: 1 } }, '/status');
    const edited = {
      ...made.seen,
      spec: { ...(made.seen.spec as object), replicas: 0, revisionHistoryLimit: 3 },
    };
    const saved = await replaceObject(session, made.ref, edited, { seen: made.seen });
    assert.equal(at(saved, 'spec', 'revisionHistoryLimit'), 3);
  });

  test('with a field the server does not know, or a value it refuses, is refused with the field', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, paused('web'));
    const put = (spec: object) =>
      failureOf(
        replaceObject(
          session,
          made.ref,
          { ...made.seen, spec: { ...(made.seen.spec as object), ...spec } },
          { seen: made.seen, dryRun: true },
        ),
      );
    const unknown = await put({ replica: 3 });
    assert.equal(unknown.code, 'invalid');
    assert.deepEqual(
      unknown.details.map(({ field }) => field),
      ['spec.replica'],
    );
    const refused = await put({ replicas: -1 });
    assert.equal(refused.code, 'invalid');
    assert.deepEqual(
      refused.details.map(({ field }) => field),
      ['spec.replicas'],
    );
  });

  test('as another object, or one that was replaced, is refused', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, configMap('c'));
    const renamed = { ...made.seen, metadata: { ...(made.seen.metadata as object), name: 'd' } };
    const error = await failureOf(replaceObject(session, made.ref, renamed, { seen: made.seen }));
    assert.deepEqual([error.code, error.details[0]?.field], ['invalid', 'metadata.name']);
    await deleteObject(session, made.ref, { seen: made.seen });
    await make(namespace, configMap('c', { new: 'one' }));
    const other = await failureOf(replaceObject(session, made.ref, made.seen, { seen: made.seen }));
    assert.equal(other.code, 'notFound');
  });
});

describe('deleting', () => {
  test('what somebody changed since it was seen is refused; what is gone is no error', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, configMap('c'));
    await elsewhere(made, { data: { b: 'theirs' } });
    const error = await failureOf(deleteObject(session, made.ref, { seen: made.seen }));
    assert.ok(error instanceof ObjectChangedError);
    await deleteObject(session, made.ref, { seen: error.newer });
    await untilGone(session, made.ref, { signal: AbortSignal.timeout(10_000) });
    await deleteObject(session, made.ref, { seen: error.newer });
  });

  test('says so where the kind is not served any more, and does not take the object for gone', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, configMap('c'));
    const ref = { ...made.ref, apiVersion: 'gone.example/v1', kind: 'Gadget' };
    assert.equal((await failureOf(deleteObject(session, ref, { seen: made.seen }))).code, 'notFound');
  });

  test('spares an object of the same name that came since', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, configMap('c'));
    await deleteObject(session, made.ref, { seen: made.seen });
    const next = await make(namespace, configMap('c'));
    await deleteObject(session, made.ref, { seen: made.seen });
    assert.equal(metaOf(await live(next)).uid, next.ref.uid);
  });

  test('says which finalizers hold it, until they let go', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, {
      ...configMap('c'),
      metadata: { name: 'c', finalizers: ['example.org/keep'] },
    });
    await deleteObject(session, made.ref, { seen: made.seen });
    const held: string[] = [];
    await untilGone(session, made.ref, {
      signal: AbortSignal.timeout(10_000),
      onHeld: (by) => {
        held.push(by === null ? '' : formatMessage(by));
        void elsewhere(made, { metadata: { finalizers: null } });
      },
    });
    assert.match(held[0] ?? '', /example\.org\/keep/);
  });

  test('is waited for through an outage, which is told', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, {
      ...configMap('c'),
      metadata: { name: 'c', finalizers: ['example.org/keep'] },
    });
    await deleteObject(session, made.ref, { seen: made.seen });
    const proxy = await FaultProxy.start(cluster.kubeconfig);
    after(() => proxy.stop());
    const folder = await temporaryFolder();
    const proxied = await sessionOf(await writeKubeconfig(join(folder, 'proxied'), { server: proxy.url }));
    const held: string[] = [];
    const gone = untilGone(proxied, made.ref, {
      signal: AbortSignal.timeout(60_000),
      paceMs: 200,
      onHeld: (by) => held.push(by === null ? '' : formatMessage(by)),
    });
    await until('the finalizer to be told', () => held.length === 1);
    proxy.fail({ kind: 'reset' }, () => true);
    proxy.cut();
    await until('the outage to be told', () => held.length === 2);
    // What happens meanwhile is seen afterwards.
    const busy = { kind: 'answer', status: 503, headers: { 'retry-after': '1' }, body: '{}' } as const;
    proxy.heal();
    proxy.fail(busy, () => true, 3);
    await until('it to be seen again', () => held.length >= 4);
    proxy.fail({ kind: 'reset' }, () => true);
    proxy.cut();
    await elsewhere(made, { metadata: { finalizers: null } });
    proxy.heal();
    await gone;
    assert.match(held[0] ?? '', /example\.org\/keep/);
    assert.match(held[1] ?? '', /Check the network or VPN/);
    assert.match(held.at(-1) ?? '', /example\.org\/keep|Check the network/);
  });

  test('takes what it owns along, or leaves it', async () => {
    const namespace = await freshNamespace(session);
    const owned = async (): Promise<number> => {
      const path = `/apis/apps/v1/namespaces/${namespace}/replicasets`;
      return (await session.request<{ items: unknown[] }>(path)).items.length;
    };
    const settle = async (count: number): Promise<void> => {
      const deadline = Date.now() + 15_000;
      while ((await owned()) !== count) {
        if (Date.now() > deadline) throw new Error(`There are still ${await owned()} ReplicaSets.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const remove = async (made: Made, propagation: 'Orphan' | 'Foreground'): Promise<void> => {
      await settle(1);
      await deleteObject(session, made.ref, { seen: await live(made), propagation });
      await untilGone(session, made.ref, { signal: AbortSignal.timeout(15_000) });
    };
    const idle = deployment('web', 'app:1', { replicas: 0 });
    await remove(await make(namespace, idle), 'Orphan');
    assert.equal(await owned(), 1);
    const again = await make(namespace, idle);
    await settle(1);
    const { counts, complete } = await dependentsOf(session, [await live(again)]);
    assert.deepEqual([counts, complete], [[{ kind: 'ReplicaSet', count: 1 }], true]);
    await remove(again, 'Foreground');
    await settle(0);
  });

  test('a namespace tells what is left in it', async () => {
    // Not a fresh one: this is deleted here.
    const namespace = `leaving-${process.pid}`;
    await session.request('/api/v1/namespaces', {
      method: 'POST',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    });
    const made = await make(namespace, {
      ...configMap('c'),
      metadata: { name: 'c', finalizers: ['example.org/keep'] },
    });
    const ref: ObjectRef = { apiVersion: 'v1', kind: 'Namespace', name: namespace, namespace: null };
    const seen = await readObject(session, ref);
    const { counts } = await dependentsOf(session, [seen]);
    assert.ok((counts.find(({ kind }) => kind === 'ConfigMap')?.count ?? 0) >= 1);
    await deleteObject(session, ref, { seen });
    let words = '';
    await untilGone(
      session,
      { ...ref, uid: metaOf(seen).uid ?? '' },
      {
        signal: AbortSignal.timeout(30_000),
        onHeld: (by) => {
          const held = by === null ? '' : formatMessage(by);
          words += held;
          if (/example\.org\/keep/.test(held)) void elsewhere(made, { metadata: { finalizers: null } });
        },
      },
    );
    assert.match(words, /example\.org\/keep/);
  });
});

describe('changing one thing', () => {
  test('a restart is what kubectl makes of it, and needs a workload that is not paused', async () => {
    const namespace = await freshNamespace(session);
    const held = await make(namespace, paused('held'));
    assert.match((await failureOf(restartWorkload(session, held, Date.now()))).message, /is paused/);
    const made = await make(namespace, deployment('web', 'app:1', { replicas: 0 }));
    const now = Date.parse('2026-03-01T10:00:00.123Z');
    const restarted = await restartWorkload(session, made, now);
    const template = at(restarted, 'spec', 'template', 'metadata', 'annotations');
    assert.deepEqual(template, { 'kubectl.kubernetes.io/restartedAt': '2026-03-01T10:00:00Z' });
    const error = await failureOf(restartWorkload(session, made, now + 1_000));
    assert.ok(error instanceof ObjectChangedError);
  });

  test('a DaemonSet that waits for its pods to be deleted is not restarted', async () => {
    const namespace = await freshNamespace(session);
    const { spec } = deployment('d', 'app:1') as { spec: { replicas: number } };
    const { replicas: _replicas, ...rest } = spec;
    const made = await make(namespace, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'd' },
      spec: { ...rest, updateStrategy: { type: 'OnDelete' } },
    });
    assert.match((await failureOf(restartWorkload(session, made, Date.now()))).message, /OnDelete/);
  });

  test('pause and resume a Deployment', async () => {
    const namespace = await freshNamespace(session);
    const made = await make(namespace, deployment('web', 'app:1', { replicas: 0 }));
    const stopped = await setPaused(session, made, true);
    assert.equal(at(stopped, 'spec', 'paused'), true);
    const going = await setPaused(session, { ref: made.ref, seen: stopped }, false);
    assert.equal(at(going, 'spec', 'paused'), undefined);
  });

  test('suspend a CronJob, let it go on, and run it now as kubectl does', async () => {
    const namespace = await freshNamespace(session);
    const job = {
      metadata: { labels: { app: 'report' }, annotations: { note: 'x' } },
      spec: {
        backoffLimit: 2,
        template: {
          spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1', command: ['true'] }] },
        },
      },
    };
    const name = `report-${'x'.repeat(45)}`;
    const made = await make(namespace, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name },
      spec: { schedule: '0 0 1 1 *', jobTemplate: job },
    });
    const suspended = await setSuspended(session, made, true);
    assert.equal(at(suspended, 'spec', 'suspend'), true);
    const now = Date.now();
    const one = await runCronJob(session, { ref: made.ref, seen: suspended }, now);
    const two = await runCronJob(session, { ref: made.ref, seen: suspended }, now);
    assert.notEqual(metaOf(one).name, metaOf(two).name);
    assert.ok(metaOf(one).name.length <= 63, metaOf(one).name);
    const printed = await cluster.kubectl([
      ...['-n', namespace, 'create', 'job', metaOf(one).name, `--from=cronjob/${name}`],
      ...['--dry-run=client', '-o', 'json'],
    ]);
    const expected = JSON.parse(printed) as KubeObject;
    for (const field of ['labels', 'annotations', 'ownerReferences']) {
      assert.deepEqual(at(one, 'metadata', field), at(expected, 'metadata', field), field);
    }
    assert.equal(at(one, 'spec', 'backoffLimit'), 2);
    const going = await setSuspended(session, { ref: made.ref, seen: await live(made) }, false);
    assert.equal(at(going, 'spec', 'suspend'), false);
  });

  test('cordon and uncordon a node', async (t) => {
    // One of the test's own, which no pod is on.
    const name = `spare-${process.pid}`;
    const ref: ObjectRef = { apiVersion: 'v1', kind: 'Node', name, namespace: null };
    const body = { apiVersion: 'v1', kind: 'Node', metadata: { name } };
    await session.request<KubeObject>('/api/v1/nodes', { method: 'POST', body });
    t.after(() => session.request(`/api/v1/nodes/${name}`, { method: 'DELETE' }));
    // The controllers of a cluster have something to add to a new node.
    const set = async (schedulable: boolean): Promise<KubeObject> => {
      const seen = await readObject(session, ref);
      return setSchedulable(session, { ref, seen }, schedulable).catch((error: unknown) => {
        if (error instanceof ObjectChangedError) return set(schedulable);
        throw error;
      });
    };
    assert.equal(at(await set(false), 'spec', 'unschedulable'), true);
    assert.equal(at(await set(true), 'spec', 'unschedulable'), undefined);
  });

  test('what may not be changed is refused with the right that is missing', async () => {
    const reader = await sessionWithoutRights(session, cluster.kubeconfig);
    const namespace = await freshNamespace(session);
    const made = await make(namespace, paused('web'));
    const error = await failureOf(setPaused(reader, made, false));
    assert.equal(error.code, 'forbidden');
    assert.match(error.message, /cannot patch resource "deployments"/);
    assert.equal((await failureOf(deleteObject(reader, made.ref, { seen: made.seen }))).code, 'forbidden');
  });
});
