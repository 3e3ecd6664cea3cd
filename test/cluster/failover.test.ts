/** A node that falls silent, on a real control plane: what the story tells is what became of its pods. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  Failovers,
  type FailoverStory,
  formatMessage,
  nodeHeartbeat,
  podSighting,
  summarize,
} from '../../src/core/index.ts';
import { sharedCluster } from '../harness/shared.ts';
import { TreeOfNodes } from './failover-tree.ts';
import { sessionOf, until } from './support.ts';

interface Item {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly nodeName?: string };
}

const cluster = await sharedCluster('full');
const session = await sessionOf(cluster.kubeconfig);
const place = `failover-${process.pid}`;
const [first, second] = [`${place}-a`, `${place}-b`];
/** Pods leave a lost node this soon after it was declared lost; five minutes by default. */
const tolerationSeconds = 2;
const pollMs = 500;

function node(name: string): object {
  const capacity = { cpu: '4', memory: '8Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { type: 'kwok', place, 'kubernetes.io/hostname': name } },
    spec: { taints: [{ key: 'place', value: place, effect: 'NoSchedule' }] },
    status: { allocatable: capacity, capacity },
  };
}

/** A workload whose pods start on the first node; `own`: they may run nowhere else. */
function workload(kind: string, name: string, own = false): object {
  const tolerations = [
    { key: 'place', operator: 'Exists' },
    ...['not-ready', 'unreachable'].map((cause) => ({
      ...{ key: `node.kubernetes.io/${cause}`, operator: 'Exists', effect: 'NoExecute' },
      ...(kind !== 'DaemonSet' && { tolerationSeconds }),
    })),
  ];
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: place },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas: 1 }),
      ...(kind === 'StatefulSet' && { serviceName: name }),
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          tolerations,
          nodeSelector: own ? { 'kubernetes.io/hostname': first } : { place },
          containers: [{ name: 'app', image: 'app:1' }],
        },
      },
    },
  };
}

async function list(path: string): Promise<readonly Item[]> {
  return (await session.request<{ items: readonly Item[] }>(path)).items;
}

/** Looks at nodes, Leases and pods over and over, and passes on what it sees. */
class Observer {
  readonly failovers = new Failovers();
  readonly #seen = new Map<string, string>();
  #renewed: { readonly time: string; readonly seenAt: number } | null = null;
  readonly #causes = new Set<'silent' | 'notReady'>();

  async look(): Promise<FailoverStory | null> {
    const [nodes, leases, pods] = await Promise.all([
      list(`/api/v1/nodes?labelSelector=place%3D${place}`),
      list(
        `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases?fieldSelector=metadata.name%3D${first}`,
      ),
      list(`/api/v1/namespaces/${place}/pods`),
    ]);
    const now = Date.now();
    this.#lookAtPods(pods, now);
    const lost = nodes.find(({ metadata }) => metadata.name === first);
    assert.ok(lost !== undefined);
    this.#lookAtNode(lost, leases[0], pods, now);
    return this.failovers.story(first, now);
  }

  async until(what: string, condition: (story: FailoverStory) => boolean): Promise<FailoverStory> {
    const deadline = Date.now() + 150_000;
    for (;;) {
      const story = await this.look();
      if (story !== null && condition(story)) return story;
      if (Date.now() > deadline) {
        const fates = story?.pods.map(({ pod, kind, text }) => `${pod.name} ${kind}: ${formatMessage(text)}`);
        throw new Error(`Waited in vain for ${what}: ${story?.phase ?? 'no story'}, ${fates?.join('; ')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  #lookAtPods(pods: readonly Item[], at: number): void {
    const uids = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const pod of pods) {
      const { uid } = pod.metadata;
      const text = JSON.stringify(pod);
      const isNew = !this.#seen.has(uid);
      if (this.#seen.get(uid) === text) continue;
      this.#seen.set(uid, text);
      this.failovers.observe({ type: 'pod', at, pod: podSighting(pod), isNew });
    }
    for (const uid of [...this.#seen.keys()].filter((known) => !uids.has(known))) {
      this.#seen.delete(uid);
      this.failovers.observe({ type: 'podGone', at, uid });
    }
  }

  #lookAtNode(item: Item, lease: Item | undefined, pods: readonly Item[], at: number): void {
    const object = { ...item, apiVersion: 'v1', kind: 'Node' };
    const time = (lease?.spec as { renewTime?: string } | undefined)?.renewTime ?? '';
    if (this.#renewed?.time !== time) this.#renewed = { time, seenAt: at };
    const beat = nodeHeartbeat(object, lease, at, this.#renewed.seenAt);
    const { health, reason } = summarize(object, at);
    const lose = (cause: 'silent' | 'notReady'): void => {
      if (this.#causes.has(cause)) return;
      this.#causes.add(cause);
      this.failovers.observe({
        ...{ type: 'nodeLost', at, node: first, cause, leaseDuration: beat.duration },
        lastBeat: beat.age === null ? null : at - beat.age,
        reason: reason === null ? null : formatMessage(reason),
        pods: pods.filter(({ spec }) => spec.nodeName === first).map((pod) => podSighting(pod)),
      });
    };
    if (!beat.late && health !== 'failed') {
      if (this.#causes.size > 0) this.failovers.observe({ type: 'nodeBack', at, node: first });
      this.#causes.clear();
    }
    if (beat.late) lose('silent');
    if (health === 'failed') lose('notReady');
  }
}

before(async () => {
  await cluster.kubectl(['create', 'namespace', place]);
  await cluster.kubectl(['create', '-f', '-'], JSON.stringify(node(first)));
  await cluster.kubectl(['wait', '--for=condition=Ready', `node/${first}`, '--timeout=60s']);
  const items = [
    workload('Deployment', 'web'),
    workload('Deployment', 'bound', true),
    workload('StatefulSet', 'db'),
    workload('DaemonSet', 'agent'),
  ];
  await cluster.kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  for (const name of ['deployment/web', 'deployment/bound', 'statefulset/db', 'daemonset/agent']) {
    await cluster.kubectl(['rollout', 'status', name, '-n', place, '--timeout=60s']);
  }
  await cluster.kubectl(['create', '-f', '-'], JSON.stringify(node(second)));
  await cluster.kubectl(['wait', '--for=condition=Ready', `node/${second}`, '--timeout=60s']);
});

after(async () => {
  await cluster.kubectl(['delete', 'namespace', place, '--wait=false']);
  await cluster.kubectl(['delete', 'node', first, second]);
  await cluster.release();
});

describe('a node falls silent', () => {
  const observer = new Observer();
  const tree = new TreeOfNodes(session, first);
  after(() => tree.dispose());
  const fate = (story: FailoverStory, app: string): string =>
    story.pods.find(({ pod }) => pod.name.startsWith(app))?.kind ?? 'not there';

  test('it is seen as soon as its Lease has run out, before the cluster itself declares it', async () => {
    await tree.open();
    assert.match(tree.row, new RegExp(`^${first} · Ready · cpu 0 % · .*4 pods`));
    assert.equal(await observer.look(), null);
    // Nobody plays its kubelet any more.
    await cluster.kubectl(['label', 'node', first, 'type-']);
    const story = await observer.until('the silence', ({ cause }) => cause === 'silent');
    assert.equal(story.leaseDuration, 40_000);
    assert.ok(story.noticedAt - story.lostAt < 40_000 + 4 * pollMs, `${story.noticedAt - story.lostAt} ms`);
    assert.deepEqual(story.pods.map(({ pod }) => pod.name.replace(/-.*/, '')).sort(), [
      'agent',
      'bound',
      'db',
      'web',
    ]);
    assert.equal(story.counts.waiting, 3);
    assert.equal(fate(story, 'agent'), 'stays');
  });

  test('the tree says so in its row as soon, by nothing but time', () => {
    assert.match(tree.row, /· Ready · no heartbeat for [45]\d s/);
    const story = tree.story;
    assert.ok(story !== null && tree.silentAt !== null);
    // What is left of a second is the way of the renewal to this computer.
    assert.ok(tree.silentAt - story.lostAt < 41_000, `${tree.silentAt - story.lostAt} ms`);
    assert.equal(story.counts.waiting, 3);
  });

  test('what moved, what found no node, what hangs and what stays', async () => {
    const story = await observer.until(
      'the evictions',
      ({ counts }) => counts.replaced === 1 && counts.unschedulable === 1 && counts.terminating === 1,
    );
    assert.deepEqual(
      ['web', 'bound', 'db', 'agent'].map((app) => fate(story, app)),
      ['replaced', 'unschedulable', 'terminating', 'stays'],
    );
    const texts = story.pods.map(({ text }) => formatMessage(text)).join('\n');
    assert.match(texts, new RegExp(`^web-\\S+ on ${second}, ready \\d+ (s|min) after the loss$`, 'm'));
    assert.match(texts, /^bound-\S+ finds no node: \d+\/\d+ nodes are available: .*untolerated taint/m);
    assert.match(texts, /StatefulSet db makes no new pod until the node is back/);
    assert.equal(story.reason, 'Kubelet stopped posting node status.');
    assert.equal(story.health, 'failed');
    await until('the tree to tell the same', () => {
      const { replaced, unschedulable } = tree.story?.counts ?? {};
      return replaced === 1 && unschedulable === 1;
    });
    const told = tree.story;
    assert.ok(told !== null);
    assert.deepEqual(
      ['web', 'bound', 'db', 'agent'].map((app) => fate(told, app)),
      ['replaced', 'unschedulable', 'terminating', 'stays'],
    );
    assert.match(tree.row, /NotReady .* · heartbeat \d+ (s|min)( \d+ s)? ago · .*running elsewhere: 1/);
  });

  test('it comes back: what hung is made anew, what found no node does again', async () => {
    await cluster.kubectl(['label', 'node', first, 'type=kwok']);
    const story = await observer.until(
      'the end',
      ({ phase, counts }) => phase === 'back' && counts.replaced === 3,
    );
    // A pod that stays is Ready again once its kubelet says so, which a simulated one does not.
    assert.deepEqual(
      ['web', 'bound', 'db', 'agent'].map((app) => fate(story, app)),
      ['replaced', 'replaced', 'replaced', 'starting'],
    );
    assert.equal(story.health, 'progressing');
    assert.ok(story.steps.some(({ text }) => formatMessage(text) === 'The node reports again'));
  });
});
