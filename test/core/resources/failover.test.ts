import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failovers, failoverStory, formatMessage, podSighting } from '../../../src/core/index.ts';
import type { FailoverObservation, FailoverStory, PodSighting } from '../../../src/core/index.ts';

const t0 = Date.parse('2026-11-21T10:00:00Z');
const second = 1_000;
const at = (seconds: number): number => t0 + seconds * second;
const iso = (seconds: number): string => new Date(at(seconds)).toISOString();

interface PodOptions {
  readonly uid?: string;
  readonly owner?: string | null;
  readonly node?: string | null;
  readonly ready?: boolean;
  readonly created?: number;
  readonly deleted?: boolean;
  readonly phase?: string;
  readonly unschedulable?: string;
  readonly tolerations?: readonly object[];
}

/** What the admission plugin DefaultTolerationSeconds adds to every pod. */
const usual = ['not-ready', 'unreachable'].map((name) => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));
/** What the DaemonSet controller adds to its own. */
const forEver = ['not-ready', 'unreachable'].map((name) => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect: 'NoExecute',
}));

/** A Pod as the API server sends it; `owner` is `Kind/name`. */
function pod(name: string, options: PodOptions = {}): PodSighting {
  const { owner = 'ReplicaSet/web-7d9f', node = 'n-4', ready = true, created = -3600 } = options;
  const [kind = '', ownerName = ''] = (owner ?? '').split('/');
  return podSighting({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      uid: options.uid ?? `uid-${name}`,
      namespace: 'shop',
      name,
      creationTimestamp: iso(created),
      ...(options.deleted === true && { deletionTimestamp: iso(350), deletionGracePeriodSeconds: 30 }),
      ...(owner !== null && {
        ownerReferences: [
          { apiVersion: 'apps/v1', kind, name: ownerName, uid: `uid-${owner}`, controller: true },
        ],
      }),
    },
    spec: {
      containers: [{ name: 'app', image: 'app:1' }],
      ...(node !== null && { nodeName: node }),
      tolerations: options.tolerations ?? usual,
    },
    status: {
      phase: options.phase ?? (ready ? 'Running' : 'Pending'),
      conditions: [
        options.unschedulable === undefined
          ? { type: 'PodScheduled', status: 'True' }
          : {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message: options.unschedulable,
            },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses: ready
        ? [{ name: 'app', ready: true, restartCount: 0, state: { running: {} } }]
        : [
            {
              name: 'app',
              ready: false,
              restartCount: 0,
              state: { waiting: { reason: 'ContainerCreating' } },
            },
          ],
    },
  });
}

type Loss = Extract<FailoverObservation, { type: 'nodeLost' }>;

function lost(seconds: number, pods: readonly PodSighting[]): Loss {
  return {
    type: 'nodeLost',
    at: at(seconds),
    node: 'n-4',
    cause: 'silent',
    lastBeat: at(0),
    leaseDuration: 40 * second,
    reason: null,
    pods,
  };
}

const declared = (seconds: number): Loss => ({
  type: 'nodeLost',
  at: at(seconds),
  node: 'n-4',
  cause: 'notReady',
  lastBeat: null,
  leaseDuration: null,
  reason: 'Kubelet stopped posting node status.',
  pods: [],
});
const removed = (seconds: number, pods: readonly PodSighting[] = []): Loss => ({
  ...lost(seconds, pods),
  cause: 'removed',
});
const back = (seconds: number): FailoverObservation => ({ type: 'nodeBack', at: at(seconds), node: 'n-4' });
const seen = (seconds: number, one: PodSighting): Extract<FailoverObservation, { type: 'pod' }> => ({
  type: 'pod',
  at: at(seconds),
  pod: one,
});
const gone = (seconds: number, name: string): FailoverObservation => ({
  type: 'podGone',
  at: at(seconds),
  uid: `uid-${name}`,
});

function tell(observations: readonly FailoverObservation[], seconds: number): FailoverStory {
  const story = failoverStory(observations, at(seconds));
  assert.ok(story !== null, 'no story');
  return story;
}

function fates(story: FailoverStory): Record<string, string> {
  return Object.fromEntries(story.pods.map(({ pod: one, kind }) => [one.name, kind]));
}

function textOf(story: FailoverStory, name: string): string {
  const fate = story.pods.find((one) => one.pod.name === name);
  assert.ok(fate !== undefined);
  return formatMessage(fate.text);
}

const steps = (story: FailoverStory): readonly string[] =>
  story.steps.map((step) => `${(step.at - t0) / second} ${formatMessage(step.text)}`);

describe('a node that falls silent', () => {
  const web = [pod('web-a'), pod('web-b')];

  test('nothing was lost: no story', () => {
    assert.equal(failoverStory([seen(1, pod('web-a'))], at(2)), null);
    assert.equal(new Failovers().observe(seen(1, pod('web-a'))), false);
  });

  test('is told with when it was heard of last, and how soon that was noticed', () => {
    const story = tell([lost(41, web)], 52);
    assert.equal(formatMessage(story.headline), 'n-4 has not been heard of for 52 s');
    assert.equal(story.noticedAt - story.lostAt, 41 * second);
    assert.equal(story.health, 'failed');
    assert.deepEqual(fates(story), { 'web-a': 'waiting', 'web-b': 'waiting' });
    assert.match(textOf(story, 'web-a'), /5 min after/);
    assert.deepEqual(steps(story), [
      '0 n-4 was heard of last',
      '41 Its silence was noticed after 41 s (a heartbeat is good for 40 s); pods on it: 2',
    ]);
  });

  test('and comes back before its pods are moved', () => {
    const story = tell(
      [
        lost(41, web),
        declared(50),
        ...['web-a', 'web-b'].map((name) => seen(50, pod(name, { ready: false, phase: 'Running' }))),
        back(70),
        seen(71, pod('web-a')),
        seen(72, pod('web-b')),
      ],
      100,
    );
    assert.equal(story.phase, 'back');
    assert.equal(formatMessage(story.headline), 'n-4 is back after 1 min');
    assert.deepEqual(fates(story), { 'web-a': 'back', 'web-b': 'back' });
    assert.equal(story.health, 'healthy');
    assert.equal(story.settled, true);
    assert.equal(story.reason, 'Kubelet stopped posting node status.');
  });

  test('its pods are evicted after 300 s: one runs elsewhere, one finds no node', () => {
    const noRoom = '0/3 nodes are available: 1 node(s) had untolerated taint, 2 Insufficient cpu.';
    const story = tell(
      [
        lost(41, web),
        declared(50),
        seen(350, pod('web-a', { ready: false, deleted: true, phase: 'Running' })),
        seen(350, pod('web-b', { ready: false, deleted: true, phase: 'Running' })),
        seen(351, pod('web-c', { node: null, ready: false, created: 350 })),
        seen(351, pod('web-d', { node: null, ready: false, created: 351 })),
        seen(352, pod('web-c', { node: 'n-2', ready: false, created: 350 })),
        seen(352, pod('web-d', { node: null, ready: false, created: 351, unschedulable: noRoom })),
        seen(360, pod('web-c', { node: 'n-2', created: 350 })),
      ],
      400,
    );
    assert.deepEqual(fates(story), { 'web-a': 'replaced', 'web-b': 'unschedulable' });
    assert.equal(textOf(story, 'web-a'), 'web-c on n-2, ready 6 min after the loss');
    assert.equal(textOf(story, 'web-b'), `web-d finds no node: ${noRoom}`);
    assert.equal(story.pods[0]?.after, 360 * second);
    assert.deepEqual(
      story.outcome.map((part) => formatMessage(part)),
      ['no node for: 1', 'running elsewhere: 1'],
    );
    assert.equal(story.settled, false);
    assert.deepEqual(steps(story).slice(2), [
      '50 The cluster declared it not ready',
      '350 Its pods began to be deleted',
      '351 The first new pod was made',
    ]);
  });

  test('what became of a replacement later does not change the story', () => {
    const story = tell(
      [
        lost(41, [pod('web-a')]),
        seen(350, pod('web-a', { ready: false, deleted: true })),
        seen(351, pod('web-c', { node: 'n-2', created: 350 })),
        gone(500, 'web-c'),
        seen(501, pod('web-e', { node: 'n-3', ready: false, created: 500 })),
      ],
      600,
    );
    assert.deepEqual(fates(story), { 'web-a': 'replaced' });
    assert.equal(story.pods[0]?.replacement?.name, 'web-c');
  });

  test('a replacement that is refused and gone makes room for the next', () => {
    const story = tell(
      [
        lost(41, [pod('web-a')]),
        seen(350, pod('web-a', { ready: false, deleted: true })),
        seen(351, pod('web-c', { node: null, ready: false, created: 350 })),
        gone(352, 'web-c'),
        seen(353, pod('web-d', { node: 'n-2', created: 352 })),
      ],
      360,
    );
    assert.equal(story.pods[0]?.replacement?.name, 'web-d');
  });

  test('also for one that came before it was gone, and nothing more than that', () => {
    const before = [
      lost(41, [pod('web-a')]),
      seen(350, pod('web-a', { ready: false, deleted: true })),
      seen(351, pod('web-c', { node: 'n-2', ready: false, created: 350 })),
      seen(352, pod('web-d', { node: 'n-3', ready: false, created: 351 })),
      { ...seen(353, pod('web-e', { node: 'n-3', created: 352 })), isNew: true },
    ];
    assert.equal(tell(before, 354).pods[0]?.replacement?.name, 'web-c');
    const after = [
      ...before,
      gone(355, 'web-c'),
      { ...seen(356, pod('web-d', { node: 'n-3' })), isNew: false },
    ];
    const story = tell(after, 360);
    assert.equal(story.pods[0]?.replacement?.name, 'web-d');
    assert.deepEqual(fates(story), { 'web-a': 'replaced' });
    assert.equal(tell([...after, gone(361, 'web-e')], 370).pods[0]?.replacement?.name, 'web-d');
  });

  test('siblings that ran elsewhere all along are no replacements', () => {
    const story = tell(
      [lost(41, [pod('web-a')]), seen(60, pod('web-z', { node: 'n-2' })), gone(61, 'web-a')],
      70,
    );
    assert.deepEqual(fates(story), { 'web-a': 'gone' });
    assert.equal(textOf(story, 'web-a'), 'Gone: ReplicaSet web-7d9f has made no new pod yet');
  });
});

describe('whoever looks late, or by another clock', () => {
  const evicted = pod('web-a', { ready: false, deleted: true });

  test('finds what was made already', () => {
    const siblings = [pod('web-z', { node: 'n-2' }), pod('web-c', { node: 'n-2', created: 350 }), evicted];
    const story = tell([{ ...lost(600, [evicted]), siblings }], 601);
    assert.deepEqual(fates(story), { 'web-a': 'replaced' });
    assert.equal(story.pods[0]?.replacement?.name, 'web-c');
  });

  test('ten minutes ahead of the cluster: what is seen to come is new, what was there is not', () => {
    const ahead = 600;
    const story = tell(
      [
        { ...lost(ahead + 41, [pod('web-a')]), lastBeat: at(ahead) },
        { ...seen(ahead + 42, pod('web-y', { node: 'n-3', created: ahead + 1 })), isNew: false },
        seen(ahead + 350, evicted),
        { ...seen(ahead + 351, pod('web-z', { node: 'n-2' })), isNew: true },
        { ...seen(ahead + 352, pod('web-c', { node: 'n-2', created: 351 })), isNew: true },
      ],
      ahead + 360,
    );
    assert.equal(story.pods[0]?.replacement?.name, 'web-c');
  });

  test('its status is read before its Lease', () => {
    const first = { ...declared(600), lastBeat: at(50), pods: [pod('web-a')] };
    const story = tell([first, lost(601, [])], 610);
    assert.deepEqual([story.cause, story.lostAt, story.leaseDuration], ['silent', at(0), 40 * second]);
    assert.deepEqual(fates(story), { 'web-a': 'waiting' });
  });
});

describe('what is not moved', () => {
  const database = pod('db-0', { owner: 'StatefulSet/db' });
  const hanging = pod('db-0', { owner: 'StatefulSet/db', ready: false, deleted: true });

  test('a pod of a StatefulSet hangs in its deletion until its node confirms it', () => {
    const story = tell([lost(41, [database]), seen(350, hanging)], 900);
    assert.deepEqual(fates(story), { 'db-0': 'terminating' });
    assert.match(textOf(story, 'db-0'), /StatefulSet db makes no new pod until .*out-of-service/);
  });

  test('and is made anew under its name when it is gone', () => {
    const anew = pod('db-0', { uid: 'uid-new', owner: 'StatefulSet/db', node: 'n-1', created: 901 });
    const story = tell(
      [lost(41, [database]), seen(350, hanging), removed(900), gone(900, 'db-0'), seen(903, anew)],
      950,
    );
    assert.deepEqual(fates(story), { 'db-0': 'replaced' });
    assert.equal(story.pods[0]?.replacement?.uid, 'uid-new');
    assert.equal(story.phase, 'removed');
    assert.equal(story.settled, true);
    assert.equal(formatMessage(story.headline), 'n-4 was removed from the cluster');
  });

  test('and on the same node, which is seen before the node itself is back', () => {
    const anew = (ready: boolean): PodSighting =>
      pod('db-0', { uid: 'uid-new', owner: 'StatefulSet/db', created: 901, ready });
    const story = tell(
      [
        ...[lost(41, [database]), declared(45), seen(350, hanging)],
        ...[{ ...seen(902, anew(false)), isNew: true }, gone(902, 'db-0'), back(903)],
        { ...seen(904, anew(true)), isNew: false },
      ],
      950,
    );
    assert.deepEqual(fates(story), { 'db-0': 'replaced' });
  });

  test('pods of DaemonSets, mirror pods and pods that tolerate everything stay', () => {
    const agent = pod('agent-x', { owner: 'DaemonSet/agent', tolerations: forEver });
    const proxy = pod('kube-proxy-n-4', { owner: 'Node/n-4', tolerations: [{ operator: 'Exists' }] });
    const stubborn = pod('web-a', { tolerations: [{ operator: 'Exists' }] });
    const other = pod('agent-y', { owner: 'DaemonSet/agent', node: 'n-5', created: 400 });
    const story = tell([lost(41, [agent, proxy, stubborn]), seen(401, other)], 900);
    assert.deepEqual(fates(story), { 'agent-x': 'stays', 'kube-proxy-n-4': 'stays', 'web-a': 'stays' });
    assert.match(textOf(story, 'agent-x'), /DaemonSet agent/);
    assert.match(textOf(story, 'web-a'), /for ever/);
  });

  test('a pod nobody owns is lost; one that had done its work is not', () => {
    const story = tell(
      [
        lost(41, [
          pod('bare', { owner: null }),
          pod('job-x', { owner: 'Job/job' }),
          pod('done', { owner: 'Job/job', phase: 'Succeeded', ready: false }),
        ]),
        seen(50, pod('job-x', { owner: 'Job/job', phase: 'Succeeded', ready: false })),
        seen(350, pod('bare', { owner: null, deleted: true, ready: false })),
        gone(400, 'bare'),
      ],
      500,
    );
    assert.deepEqual(fates(story), { bare: 'lost', 'job-x': 'ended' });
    assert.equal(story.health, 'failed');
  });
});

describe('several losses', () => {
  test('a node that is lost again has another story, the latest first', () => {
    const failovers = new Failovers();
    const sequence = [
      lost(41, [pod('web-a')]),
      back(60),
      { ...lost(200, [pod('web-a')]), lastBeat: at(159) },
    ];
    for (const one of sequence) assert.equal(failovers.observe(one), true);
    assert.equal(failovers.observe(lost(201, [])), false, 'the same loss is no news');
    assert.deepEqual(
      failovers.stories(at(210)).map(({ phase }) => phase),
      ['lost', 'back'],
    );
    assert.equal(failovers.story('n-4', at(210))?.lostAt, at(159));
    assert.equal(failovers.story('n-5', at(210)), null);
  });

  test('a removed node is no loss again until it is back', () => {
    const failovers = new Failovers();
    failovers.observe(removed(10, [pod('web-a')]));
    assert.equal(failovers.observe(declared(11)), false);
    assert.equal(failovers.observe(back(60)), true);
    assert.equal(failovers.observe(lost(200, [])), true);
  });

  test('a node that says itself that it is not ready', () => {
    const story = tell([{ ...declared(5), pods: [pod('web-a')] }], 10);
    assert.equal(formatMessage(story.headline), 'n-4 has not been ready for 5 s');
    assert.deepEqual(fates(story), { 'web-a': 'waiting' });
  });

  test('a node that joins is no loss: nothing runs on it', () => {
    const failovers = new Failovers();
    assert.equal(failovers.observe(declared(5)), false);
    assert.equal(failovers.observe(back(9)), false);
    assert.deepEqual(failovers.stories(at(10)), []);
  });

  test('the oldest that is over goes first, and there is a limit', () => {
    const failovers = new Failovers();
    for (let index = 0; index < 120; index++) {
      failovers.observe({ ...lost(index, []), node: `n-${index}` });
      if (index % 2 === 0) failovers.observe({ type: 'nodeBack', at: at(index), node: `n-${index}` });
    }
    const kept = failovers.stories(at(200));
    assert.equal(kept.length, 50);
    assert.equal(kept[0]?.node, 'n-119');
  });
});

describe('podSighting', () => {
  const cases: Record<string, readonly [tolerations: readonly object[], seconds: number | null]> = {
    'the usual five minutes': [usual, 300],
    'none: at once': [[], 0],
    'for ever': [forEver, null],
    'everything for a minute': [[{ operator: 'Exists', tolerationSeconds: 60 }], 60],
    'the least of two': [[...usual, { ...usual[1], tolerationSeconds: 5 }], 5],
    'another effect does not count': [
      [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoSchedule' }],
      0,
    ],
    'below zero is at once': [[{ ...usual[1], tolerationSeconds: -5 }], 0],
  };
  for (const [name, [tolerations, expected]] of Object.entries(cases)) {
    test(name, () => assert.equal(pod('x', { tolerations }).toleratesFor, expected));
  }
});
