import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  AmountTotal,
  allocatableOf,
  clusterUse,
  formatQuantity,
  nodeHeartbeat,
  nodeUse,
  PodUses,
  quotaUse,
  useOf,
  useSentence,
  UseTotal,
  useWords,
} from '../../../src/core/index.ts';
import type { Use } from '../../../src/core/index.ts';
import { Random } from '../random.ts';
import { now, say } from './support.ts';

const node = (allocatable: object, name = 'n-1'): object => ({
  kind: 'Node',
  metadata: { name },
  status: { allocatable, capacity: { cpu: '64', memory: '1Ti', pods: '250' } },
});

function pod(cpu: string, memory: string, more: object = {}): object {
  const resources = { requests: { cpu, memory }, limits: { memory } };
  return {
    kind: 'Pod',
    spec: { nodeName: 'n-1', containers: [{ name: 'app', resources }] },
    status: { phase: 'Running' },
    ...more,
  };
}

const shown = (use: Use): readonly string[] =>
  use.resources.map(
    (one) =>
      `${one.name} ${formatQuantity(one.requested)}/${formatQuantity(one.allocatable)} ${one.requestedPercent} %`,
  );

describe('nodeUse', () => {
  test('requests of pods that have not ended against what is allocatable', () => {
    const use = nodeUse(node({ cpu: '4', memory: '8Gi', pods: '110' }), [
      pod('1', '1Gi'),
      pod('250m', '512Mi'),
      pod('2', '4Gi', { status: { phase: 'Succeeded' } }),
      pod('100m', '64Mi', { metadata: { deletionTimestamp: '2026-11-21T09:00:00Z' } }),
    ]);
    assert.deepEqual(shown(use), ['cpu 1.35/4 33 %', 'memory 1.56Gi/8Gi 19 %']);
    assert.deepEqual([use.pods, use.podsAllowed], [3, 110]);
    assert.deepEqual(useWords(use).map(say), ['cpu 33 %', 'mem 19 %', '3 pods']);
    assert.equal(
      say(useSentence(use.resources[1] ?? assert.fail())),
      '1.6 of 8 GiB requested (19 %), limits 1.6 GiB (19 %)',
    );
  });

  test('extended resources, and what pods ask for beyond the usual', () => {
    const gpu = {
      requests: { 'nvidia.com/gpu': '1', 'ephemeral-storage': '1Gi' },
      limits: { 'nvidia.com/gpu': '1' },
    };
    const use = nodeUse(
      node({ cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '2', 'example.com/none': '0', 'hugepages-2Mi': '0' }),
      [{ spec: { containers: [{ name: 'a', resources: gpu }] } }],
    );
    assert.deepEqual(shown(use), [
      'cpu 0/4 0 %',
      'memory 0/8Gi 0 %',
      'ephemeral-storage 1Gi/0 null %',
      'nvidia.com/gpu 1/2 50 %',
    ]);
    assert.equal(use.podsAllowed, null);
  });

  test('limits may be far more than there is', () => {
    const use = nodeUse(node({ cpu: '1', memory: '1Gi' }), [pod('1', '3Gi')]);
    assert.equal(use.resources[1]?.limitsPercent, 300);
  });

  test('a node that has only said its capacity', () => {
    assert.equal(formatQuantity(allocatableOf(node({})).get('memory') ?? assert.fail()), '1Ti');
  });

  test('exact beyond 2^53', () => {
    const use = nodeUse(node({ cpu: '1', memory: '7Ei' }), [pod('1', '7Ei')]);
    assert.equal(use.resources[1]?.requestedPercent, 100);
  });
});

describe('clusterUse', () => {
  test('nodes against the pods that have one', () => {
    const pending = pod('1', '1Gi', {
      spec: { containers: [{ name: 'a', resources: { requests: { cpu: '9' } } }] },
    });
    const use = clusterUse(
      [node({ cpu: '4', memory: '8Gi' }), node({ cpu: '2', memory: '4Gi' }, 'n-2')],
      [pod('3', '6Gi'), pending],
    );
    assert.deepEqual(shown(use), ['cpu 3/6 50 %', 'memory 6Gi/12Gi 50 %']);
    assert.equal(use.pods, 1);
  });

  test('nothing at all', () => {
    assert.deepEqual(shown(clusterUse([], [])), ['cpu 0/0 null %', 'memory 0/0 null %']);
  });
});

describe('sums kept up to date', () => {
  test('equal those made anew, whatever comes and goes', () => {
    const random = new Random(7);
    const uses = new PodUses();
    const total = new UseTotal();
    const live: object[] = [];
    for (let step = 0; step < 3_000; step++) {
      if (live.length > 0 && random.next() < 0.45) {
        const [gone] = live.splice(random.below(live.length), 1);
        total.subtract(uses.of(gone));
      } else {
        const phase = random.pick(['Running', 'Pending', 'Succeeded']);
        const one = pod(`${random.below(5)}m`, `${random.below(4)}Mi`, { status: { phase } });
        live.push(one);
        total.add(uses.of(one));
      }
    }
    const anew = useOf(live);
    const amounts = (sum: UseTotal): readonly unknown[] =>
      [sum.requests, sum.limits].map((part) =>
        [...part.amounts]
          .filter(([, { nano }]) => nano !== 0n)
          .map(([name, { nano }]) => `${name} ${nano}`)
          .sort(),
      );
    assert.deepEqual(amounts(total), amounts(anew));
    assert.equal(total.pods, anew.pods);
  });

  test('pods of one workload share what they take', () => {
    const uses = new PodUses();
    assert.equal(uses.of(pod('1', '1Gi')), uses.of(pod('1', '1Gi')));
    assert.notEqual(uses.of(pod('1', '1Gi')), uses.of(pod('1', '2Gi')));
    assert.equal(uses.of(pod('1', '1Gi', { status: { phase: 'Failed' } })), null);
  });

  test('what is taken away leaves nothing behind', () => {
    const total = new AmountTotal();
    total.add(allocatableOf(node({ cpu: '1' })));
    total.subtract(allocatableOf(node({ cpu: '1' })));
    assert.equal(total.amounts.size, 0);
  });
});

describe('quotaUse', () => {
  test('the fullest first, what allows nothing last', () => {
    const entries = quotaUse({
      status: { hard: { a: '0', b: '10', c: '4Gi', d: '1' }, used: { b: '5', c: '4Gi', d: '2' } },
    });
    assert.deepEqual(
      entries.map(({ name, percent, isFull }) => [name, percent, isFull]),
      [
        ['d', 200, true],
        ['c', 100, true],
        ['b', 50, false],
        ['a', null, true],
      ],
    );
  });

  test('a quota nobody has counted yet', () => {
    assert.deepEqual(
      quotaUse({ spec: { hard: { pods: '3' } } }).map(({ percent }) => percent),
      [0],
    );
  });
});

describe('nodeHeartbeat', () => {
  const lease = (ago: number, spec: object = {}): object => ({
    spec: {
      renewTime: new Date(now - ago * 1000).toISOString().replace('Z', '000Z'),
      leaseDurationSeconds: 40,
      ...spec,
    },
  });
  const cases: Record<
    string,
    readonly [lease: unknown, seenAt: number | null, age: number | null, late: boolean]
  > = {
    'in time': [lease(39), null, 39_000, false],
    'at the edge': [lease(40), null, 40_000, false],
    late: [lease(41), null, 41_000, true],
    'another length': [lease(41, { leaseDurationSeconds: 60 }), null, 41_000, false],
    'of no sensible length': [lease(41, { leaseDurationSeconds: -1 }), null, 41_000, true],
    'a clock ahead of this one': [lease(-300), null, 0, false],
    'a clock far behind, seen to renew': [lease(900), now - 5_000, 5_000, false],
    'a clock ahead, seen to be silent': [lease(-900), now - 50_000, 50_000, true],
    'no Lease': [null, null, null, false],
    'a Lease never renewed': [
      { spec: { acquireTime: new Date(now - 9_000).toISOString() } },
      null,
      9_000,
      false,
    ],
  };
  for (const [name, [value, seenAt, age, late]] of Object.entries(cases)) {
    test(name, () => {
      const beat = nodeHeartbeat({}, value, now, seenAt);
      assert.deepEqual([beat.age, beat.late], [age, late]);
    });
  }

  test('from the status where there is no Lease, which proves nothing', () => {
    const at = new Date(now - 240_000).toISOString();
    const beat = nodeHeartbeat(
      { status: { conditions: [{ type: 'Ready', lastHeartbeatTime: at }] } },
      undefined,
      now,
    );
    assert.deepEqual([beat.age, beat.late, beat.duration], [240_000, false, null]);
    assert.equal(beat.words && say(beat.words), 'heartbeat 4 min ago');
  });
});
