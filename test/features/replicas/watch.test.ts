import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ClusterError } from '../../../src/cluster/errors.ts';
import type { Lease, LiveStore, Session, StoreQuery, StoreState } from '../../../src/cluster/index.ts';
import { formatMessage, message } from '../../../src/core/index.ts';
import { type ClusterLink, ReplicaWatch } from '../../../src/features/replicas/watch.ts';
import { Listeners } from '../../../src/platform/disposables.ts';
import { deploymentObject, podObject, replicaSetObject, shopWeb } from './objects.ts';

const fail = (error: unknown): never => {
  throw error;
};

/** A store whose rows and state the test decides. */
class FakeStore<Row extends { readonly uid: string }> implements LiveStore<Row> {
  readonly rows = new Map<string, Row>();
  readonly ready = Promise.resolve();
  state: StoreState = { phase: 'connecting' };
  holders = 0;
  retries = 0;
  readonly #project: (object: unknown) => Row;
  readonly #changes = new Listeners<{ changed: ReadonlySet<string>; removed: ReadonlySet<string> }>(fail);
  readonly #states = new Listeners<StoreState>(fail);

  constructor(project: (object: unknown) => Row) {
    this.#project = project;
  }

  onDidChange = this.#changes.on;
  onDidChangeState = this.#states.on;

  retry(): void {
    this.retries += 1;
  }

  put(...objects: readonly object[]): void {
    this.rows.clear();
    for (const object of objects) {
      const row = this.#project(object);
      this.rows.set(row.uid, row);
    }
    this.#changes.fire({ changed: new Set(this.rows.keys()), removed: new Set() });
  }

  become(state: StoreState): void {
    this.state = state;
    this.#states.fire(state);
  }

  lease(): Lease<LiveStore<Row>> {
    this.holders += 1;
    return { value: this, dispose: () => void (this.holders -= 1) };
  }
}

class FakeCluster {
  readonly stores = new Map<string, FakeStore<{ readonly uid: string }>>();
  readonly closing = new AbortController();
  connects = 0;
  refuse: ClusterError | null = null;

  readonly connect = (): Promise<ClusterLink> => {
    this.connects += 1;
    if (this.refuse !== null) return Promise.reject(this.refuse);
    const session = {
      context: { name: 'dev' },
      closed: this.closing.signal,
      resource: () => Promise.resolve({ apiVersion: 'apps/v1', plural: 'deployments' }),
    } as unknown as Session;
    return Promise.resolve({
      session,
      openStore: (query, project) => this.#store(keyOf(query), project).lease(),
      eventsOf: ({ uid }) => this.#store(`events ${uid}`, (object) => object as never).lease(),
    });
  };

  store(key: string): FakeStore<{ readonly uid: string }> {
    const found = this.stores.get(key);
    assert.ok(found, `${key} is not open: ${[...this.stores.keys()].join(', ')}`);
    return found;
  }

  get holders(): number {
    return [...this.stores.values()].reduce((sum, { holders }) => sum + holders, 0);
  }

  #store<Row extends { readonly uid: string }>(
    key: string,
    project: (object: unknown) => Row,
  ): FakeStore<Row> {
    const store = this.stores.get(key) ?? new FakeStore(project);
    this.stores.set(key, store);
    return store as FakeStore<Row>;
  }
}

function keyOf({ plural, labelSelector, fieldSelector }: StoreQuery): string {
  return [plural, fieldSelector, labelSelector].filter((part) => part !== undefined).join(' ');
}

const live: StoreState = { phase: 'live', since: 1 };
const workloadKey = 'deployments metadata.name=web';

async function watched(cluster = new FakeCluster()): Promise<{ cluster: FakeCluster; watch: ReplicaWatch }> {
  const watch = new ReplicaWatch({
    workload: shopWeb,
    connect: cluster.connect,
    say: formatMessage,
    changed: () => undefined,
    now: () => 5,
  });
  await new Promise((resolve) => setImmediate(resolve));
  return { cluster, watch };
}

/** The workload with its ReplicaSet and a pod, all of it live. */
async function shown(): Promise<{ cluster: FakeCluster; watch: ReplicaWatch }> {
  const { cluster, watch } = await watched();
  cluster.store(workloadKey).put(deploymentObject());
  cluster.store(workloadKey).become(live);
  cluster.store('replicasets app=web').put(replicaSetObject('rs1', 'd1'));
  cluster.store('pods app=web').put(podObject('web-a'));
  cluster.store('pods app=web').become(live);
  return { cluster, watch };
}

describe('following a workload', () => {
  test('loads, then shows the workload with its pods', async () => {
    const { cluster, watch } = await watched();
    assert.deepEqual(watch.page().connection, { phase: 'loading' });
    cluster.store(workloadKey).put(deploymentObject());
    cluster.store(workloadKey).become(live);
    assert.deepEqual(watch.page().connection, { phase: 'loading' });
    cluster.store('replicasets app=web').put(replicaSetObject('rs1', 'd1'));
    cluster.store('pods app=web').put(podObject('web-a'));
    cluster.store('pods app=web').become(live);
    assert.deepEqual(watch.page().connection, { phase: 'live', at: 5 });
    assert.equal(watch.page().pods[0]?.name, 'web-a');
    assert.equal(watch.uid, 'd1');
    watch.dispose();
  });

  test('a workload that is not there says so', async () => {
    const { cluster, watch } = await watched();
    cluster.store(workloadKey).become(live);
    assert.deepEqual(watch.page().connection, {
      phase: 'missing',
      text: 'There is no Deployment web in dev / shop.',
    });
    watch.dispose();
  });

  test('a deleted one says so and keeps what was known', async () => {
    const { cluster, watch } = await shown();
    cluster.store(workloadKey).put();
    const { connection, verdict, pods } = watch.page();
    assert.equal(connection.phase, 'missing');
    assert.match('text' in connection ? connection.text : '', /^Deployment web was deleted/);
    assert.notEqual(verdict, null);
    assert.equal(pods.length, 1);
    watch.dispose();
  });

  test('one that takes the name of another brings parts of its own', async () => {
    const { cluster, watch } = await shown();
    cluster.store(workloadKey).put(deploymentObject({ uid: 'd2' }));
    assert.equal(watch.uid, 'd2');
    assert.equal(cluster.store('events d1').holders, 0);
    assert.equal(cluster.store('events d2').holders, 1);
    assert.deepEqual(watch.page().pods, []);
    watch.dispose();
  });

  test('stale, forbidden and failed keep the rows and carry the sentence', async () => {
    const { cluster, watch } = await shown();
    const error = new ClusterError('unreachable', message('dev cannot be reached. Retry.'));
    cluster.store(workloadKey).become({ phase: 'stale', since: 2, error });
    assert.deepEqual(watch.page().connection, {
      phase: 'stale',
      since: 2,
      text: 'dev cannot be reached. Retry.',
    });
    assert.equal(watch.page().pods.length, 1);
    cluster.store(workloadKey).become(live);
    cluster.store('pods app=web').become({ phase: 'forbidden', error });
    assert.equal(watch.page().connection.phase, 'forbidden');
    watch.dispose();
  });

  test('Retry asks every open store at once', async () => {
    const { cluster, watch } = await shown();
    watch.retry();
    assert.ok([...cluster.stores.values()].every(({ retries }) => retries === 1));
    assert.equal(cluster.connects, 1);
    watch.dispose();
  });

  test('a connection that fails is told, and Retry connects anew', async () => {
    const cluster = new FakeCluster();
    cluster.refuse = new ClusterError('kubeconfigMissing', message('No kubeconfig defines the context dev.'));
    const { watch } = await watched(cluster);
    assert.deepEqual(watch.page().connection, {
      phase: 'failed',
      text: 'No kubeconfig defines the context dev.',
    });
    cluster.refuse = null;
    watch.retry();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(watch.page().connection, { phase: 'loading' });
    watch.dispose();
  });

  test('a session that is closed leaves the page stale, with the rows', async () => {
    const { cluster, watch } = await shown();
    cluster.closing.abort();
    const { connection, pods } = watch.page();
    assert.equal(connection.phase, 'stale');
    assert.equal(pods.length, 1);
    watch.dispose();
  });

  test('gives every lease back, also one that arrives after the end', async () => {
    const { cluster, watch } = await shown();
    assert.equal(cluster.holders, 5);
    watch.dispose();
    assert.equal(cluster.holders, 0);

    const late = new FakeCluster();
    const early = new ReplicaWatch({
      workload: shopWeb,
      connect: late.connect,
      say: formatMessage,
      changed: () => undefined,
      now: () => 5,
    });
    early.dispose();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(late.holders, 0);
  });
});
