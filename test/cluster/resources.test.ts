import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { stringify } from 'yaml';
import type { Session } from '../../src/cluster/index.ts';
import {
  clusterUse,
  containersOf,
  customKindFacts,
  describeObject,
  endpointsOf,
  eventFacts,
  formatMessage,
  formatQuantity,
  helmRelease,
  keysOf,
  type Message,
  nodeHeartbeat,
  nodeUse,
  podSighting,
  quotaUse,
  summarize,
  tableCells,
} from '../../src/core/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import { objectsOfEveryKind } from './objects-of-every-kind.ts';
import { sessionOf, until } from './support.ts';

type Item = Readonly<Record<string, unknown>> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

const cluster = await sharedCluster('node');
const session: Session = await sessionOf(cluster.kubeconfig);
const namespace = `kinds-${process.pid}`;
const image = `${cluster.registry ?? 'registry'}/app:1`;

/** `kubectl get -o json` of one object. */
async function live(resource: string, name: string): Promise<Item> {
  return JSON.parse(await cluster.kubectl(['get', resource, name, '-n', namespace, '-o', 'json'])) as Item;
}

async function all(resource: string): Promise<readonly Item[]> {
  const list = await cluster.kubectl(['get', resource, '-A', '-o', 'json']);
  return (JSON.parse(list) as { items: readonly Item[] }).items;
}

/** All that a summary or a description says must be words a person can read. */
function assertReadable(said: Message, about: string): void {
  const text = formatMessage(said);
  assert.notEqual(text.trim(), '', `${about} says an empty word`);
  assert.doesNotMatch(text, /\{\d+\}|undefined|NaN|\[object|null/, about);
}

function assertDescribed(item: Item, about: string): void {
  const sections = describeObject(item, { events: [], pods: [], now: now() });
  assert.ok(sections.length > 0, `${about} is not described`);
  for (const { title, facts, table } of sections) {
    assertReadable(title, about);
    for (const { name, value } of facts) [name, value].forEach((one) => assertReadable(one, about));
    for (const cells of table?.rows ?? []) assert.equal(cells.length, table?.columns.length, about);
  }
}

const now = (): number => Date.now();

function row(object: unknown): readonly string[] {
  const { health, words } = summarize(object, now());
  return [health, ...words.map((word) => formatMessage(word))];
}

function fact(object: unknown, name: string): string | null {
  const found = summarize(object, now()).facts.find((one) => formatMessage(one.name) === name);
  return found === undefined ? null : formatMessage(found.value);
}

before(async () => {
  await cluster.kubectl(['create', 'namespace', namespace]);
  const objects = objectsOfEveryKind(namespace, image);
  const [definition, ...others] = objects;
  await cluster.kubectl(['apply', '-f', '-'], stringify(definition));
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', `cranes.${namespace}.example.com`]);
  await cluster.kubectl(['apply', '-f', '-'], others.map((one) => stringify(one)).join('---\n'));
  await cluster.kubectl(['rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=60s']);
  await cluster.kubectl(['rollout', 'status', 'statefulset/db', '-n', namespace, '--timeout=60s']);
  await cluster.kubectl(['wait', '--for=condition=Complete', 'job/once', '-n', namespace, '--timeout=60s']);
  const condition = { type: 'Ready', status: 'False', reason: 'Overloaded', message: 'It lifts too much' };
  await cluster.kubectl([
    ...['patch', 'crane', 'big', '-n', namespace, '--subresource=status', '--type=merge', '-p'],
    JSON.stringify({ status: { load: 7, conditions: [condition] } }),
  ]);
});

after(async () => {
  const scoped =
    'crd,pv,storageclass,ingressclass,clusterrole,clusterrolebinding,priorityclass,validatingwebhookconfiguration';
  await cluster.kubectl(['delete', scoped, '-l', `made-for=${namespace}`, '--wait=false']);
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
});

describe('objects of a real server', () => {
  test('of every kind it serves can be summarized and described in words', async () => {
    const resources = await cluster.kubectl(['api-resources', '--verbs=list', '-o', 'name']);
    const items = await all(resources.trim().split('\n').join(','));
    for (const item of items) {
      const about = `${String(item.kind)} ${item.metadata.name}`;
      const { words, facts, reason } = summarize(item, now());
      assert.ok(words.length <= 4, `${about} says too much`);
      for (const said of [...words, ...facts.flatMap(({ name, value }) => [name, value])]) {
        assertReadable(said, about);
      }
      if (reason !== null) assertReadable(reason, about);
      assertDescribed(item, about);
    }
    const kinds = new Set(items.map(({ kind }) => kind));
    for (const kind of ['Node', 'Pod', 'EndpointSlice', 'Event', 'Lease', 'Crane', 'FlowSchema']) {
      assert.ok(kinds.has(kind), `there was no ${kind}`);
    }
  });

  test('workloads and what runs in them', async () => {
    assert.deepEqual(row(await live('deployment', 'web')), ['healthy', '2/2 ready']);
    assert.deepEqual(row(await live('job', 'once')), ['idle', '1/1 succeeded']);
    assert.deepEqual(row(await live('cronjob', 'nightly')), ['healthy', '0 3 * * *']);
    const pod = await live('pod', 'db-0');
    assert.deepEqual(row(pod).slice(0, 3), ['healthy', 'Running', '2/2']);
    assert.deepEqual(
      containersOf(pod).map(({ name, type, text, health }) => [name, type, text, health]),
      [
        ['prepare', 'init', 'Completed', 'idle'],
        ['watcher', 'sidecar', 'Running', 'healthy'],
        ['app', 'app', 'Running', 'healthy'],
      ],
    );
    const { owner, node, toleratesFor, ready } = podSighting(pod);
    assert.deepEqual([owner?.kind, node, toleratesFor, ready], ['StatefulSet', 'localhost', 300, true]);
  });

  test('a node, its heartbeat and its use', async () => {
    const node = await live('node', 'localhost');
    // On a machine at its limits it may be under pressure, and says so.
    const printed = await cluster.kubectl(['get', 'node', 'localhost', '--no-headers']);
    const [, status] = printed.split(/\s+/);
    assert.deepEqual([row(node)[1], fact(node, 'State')], [status, status], row(node).join(', '));
    const lease = JSON.parse(
      await cluster.kubectl(['get', 'lease', 'localhost', '-n', 'kube-node-lease', '-o', 'json']),
    ) as unknown;
    const heartbeat = nodeHeartbeat(node, lease, now());
    assert.equal(heartbeat.duration, 40_000);
    assert.equal(heartbeat.late, false);
    // Pods that other tests made may be on their way out: both sides look until they saw the same.
    let pods: readonly unknown[] = [];
    await until('both to count the same pods', async () => {
      pods = await all('pods');
      const cpu = nodeUse(node, pods).resources.find(({ name }) => name === 'cpu');
      assert.ok(cpu !== undefined && cpu.allocatable.nano > 0n);
      const described = await cluster.kubectl(['describe', 'node', 'localhost']);
      const [, requested = '', percent = ''] = /^ {2}cpu +(\S+) \((\d+)%\)/m.exec(described) ?? [];
      return formatQuantity(cpu.requested) === requested && String(cpu.requestedPercent) === percent;
    });
    assert.equal(clusterUse([node], pods).pods, nodeUse(node, pods).pods);
  });

  test('networking', async () => {
    assert.deepEqual(row(await live('service', 'public')), [
      'progressing',
      'LoadBalancer',
      fact(await live('service', 'public'), 'Cluster address') ?? '',
      'external address pending',
      '80→8080/TCP',
    ]);
    assert.deepEqual(row(await live('service', 'headless')), ['healthy', 'headless', '5432/TCP']);
    assert.deepEqual(row(await live('service', 'elsewhere')), ['healthy', 'ExternalName', 'db.example.com']);
    const slices = (await all('endpointslices')).filter(
      (one) => one.metadata.namespace === namespace && one.metadata.name.startsWith('public-'),
    );
    const endpoints = slices.flatMap((slice) => endpointsOf(slice));
    assert.equal(
      endpoints.filter(({ ready, pod }) => ready && pod?.name.startsWith('web-') === true).length,
      2,
    );
    assert.deepEqual(row(await live('ingress', 'shop')), [
      'progressing',
      `nginx-${namespace}`,
      'shop.example.com, *',
      'no address yet',
    ]);
    assert.deepEqual(row(await live('networkpolicy', 'closed')), [
      'healthy',
      'all pods',
      'in: denied',
      'out: 1 rule',
    ]);
  });

  test('configuration, without any value', async () => {
    const map = await live('configmap', 'settings');
    assert.deepEqual(row(map), ['healthy', '3 keys', '18 B']);
    assert.deepEqual(keysOf(map), [
      { name: 'a.txt', bytes: 5, binary: false },
      { name: 'b.txt', bytes: 9, binary: false },
      { name: 'c.bin', bytes: 4, binary: true },
    ]);
    const secret = await live('secret', 'login');
    assert.deepEqual(row(secret).slice(0, 3), ['healthy', 'basic-auth', '2 keys']);
    const said = JSON.stringify([
      summarize(secret, now()),
      describeObject(secret, { events: [], pods: [], now: now() }),
    ]);
    assert.doesNotMatch(said, /hunter2|aHVudGVyMg/);
    const release = helmRelease(await live('secret', 'sh.helm.release.v1.shop.v3'));
    assert.deepEqual(release && [release.name, release.revision, release.status], ['shop', 3, 'deployed']);
  });

  test('policy: quotas, limits, budgets, autoscalers', async () => {
    await until(
      'the quota to be counted',
      async () => quotaUse(await live('quota', 'team'))[0]?.percent !== 0,
    );
    const quota = await live('quota', 'team');
    assert.match(row(quota)[1] ?? '', /^\S+ \d+\S*\/\d+ \(\d+ %\)$/);
    assert.deepEqual(row(await live('limitrange', 'defaults')), ['healthy', 'Container']);
    assert.match(fact(await live('limitrange', 'defaults'), 'Container') ?? '', /memory max 1Gi/);
    await until(
      'the budget to be counted',
      async () => row(await live('pdb', 'web'))[1]?.startsWith('1 ') === true,
    );
    assert.deepEqual(row(await live('pdb', 'web')), [
      'healthy',
      '1 disruption allowed',
      'min 1',
      '2/2 healthy',
    ]);
    await until('the autoscaler to look', async () => row(await live('hpa', 'web'))[0] === 'warning');
    assert.deepEqual(row(await live('hpa', 'web')).slice(2), ['2–4', 'cpu ? of 80 %']);
  });

  test('storage', async () => {
    assert.deepEqual(row(await live('pvc', 'data')), [
      'progressing',
      'Pending',
      '1Gi',
      `slow-${namespace}`,
      'RWO',
    ]);
    const volume = await live('pv', `disk-${namespace}`);
    assert.deepEqual(row(volume).slice(0, 3), ['idle', 'Available', '2Gi']);
    assert.equal(fact(volume, 'Source'), 'hostPath /tmp/disk');
    assert.deepEqual(row(await live('storageclass', `slow-${namespace}`)).slice(1), [
      'example.com/slow',
      'Delete',
      'WaitForFirstConsumer',
    ]);
  });

  test('access', async () => {
    assert.deepEqual(row(await live('role', 'reader')), [
      'healthy',
      '2 rules',
      'pods, pods/log, deployments.apps',
    ]);
    assert.equal(fact(await live('role', 'reader'), 'Rule 1'), 'get, list: pods, pods/log');
    assert.deepEqual(row(await live('rolebinding', 'reader')).slice(1), [
      'Role reader',
      `⇒ ServiceAccount ${namespace}/robot, User alice`,
    ]);
  });

  test('events tell what happened to what', async () => {
    const events = (await all('events'))
      .filter((one) => one.metadata.namespace === namespace)
      .map(eventFacts);
    const created = events.find(
      ({ object, reason }) => object.name === 'web' && reason === 'ScalingReplicaSet',
    );
    assert.ok(created !== undefined);
    assert.equal(created.object.kind, 'Deployment');
    assert.ok(created.lastSeen !== null && Math.abs(now() - created.lastSeen) < 600_000);
  });

  test('custom objects have the cells the server prints', async () => {
    const definition = await live('crd', `cranes.${namespace}.example.com`);
    const facts = customKindFacts(definition);
    assert.ok(facts !== null);
    assert.deepEqual([facts.kind, facts.version, facts.namespaced], ['Crane', 'v1', true]);
    for (const name of ['big', 'small']) {
      const crane = await live('crane', name);
      const printed = await session.request<{
        rows: readonly { cells: readonly (string | number | null)[] }[];
      }>(`/apis/${namespace}.example.com/v1/namespaces/${namespace}/cranes/${name}`, {
        headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
      });
      const [, ...expected] = printed.rows[0]?.cells ?? [];
      assert.deepEqual(
        tableCells(facts.columns, crane, now()).slice(0, -1),
        expected.slice(0, -1).map((cell) => (cell === null ? '' : String(cell))),
        name,
      );
    }
    const { words, reason, health } = summarize(await live('crane', 'big'), now(), facts.columns);
    assert.equal(health, 'warning');
    assert.deepEqual(
      words.map((word) => formatMessage(word)),
      ['Overloaded', '40t', 'Load 7', 'steel'],
    );
    assert.equal(reason && formatMessage(reason), 'It lifts too much');
  });
});
