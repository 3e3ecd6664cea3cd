import { formatDuration } from '../../durations.ts';
import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Health } from '../../workload/health.ts';
import { fatesOf } from './fate.ts';
import type { FateKind, PodFate } from './fate.ts';
import type { FailoverRecord } from './record.ts';
import type { LossCause } from './sightings.ts';

/** Something that happened in a story, and when: milliseconds since 1970, by the observer's clock. */
export interface FailoverStep {
  readonly at: number;
  readonly text: Message;
}

/** The loss of a node as one story: what moved where, and what could not. */
export interface FailoverStory {
  readonly node: string;
  readonly cause: LossCause;
  /** Whether the node is still lost, reports again, or was taken away. */
  readonly phase: 'lost' | 'back' | 'removed';
  /** When it was last heard of; when the loss was noticed, if that is not known. */
  readonly lostAt: number;
  readonly noticedAt: number;
  /** How long a heartbeat is good for, in milliseconds; null: not known. */
  readonly leaseDuration: number | null;
  /** Back or removed; null: still lost. */
  readonly endedAt: number | null;
  /** In the cluster's words; null: it said nothing. */
  readonly reason: string | null;
  readonly health: Health;
  /** One sentence about the node. */
  readonly headline: Message;
  /** What became of its pods, a few words each: `10 run elsewhere`, `1 finds no node`. */
  readonly outcome: readonly Message[];
  readonly pods: readonly PodFate[];
  readonly counts: Readonly<Record<FateKind, number>>;
  /** In order of time. */
  readonly steps: readonly FailoverStep[];
  /** Nothing more is to be waited for. */
  readonly settled: boolean;
}

export function tell(record: FailoverRecord, now: number): FailoverStory {
  const pods = fatesOf(record);
  const counts = countsOf(pods);
  const phase = record.backAt !== null ? 'back' : record.removedAt !== null ? 'removed' : 'lost';
  return {
    node: record.node,
    cause: record.cause,
    phase,
    lostAt: record.lostAt,
    noticedAt: record.noticedAt,
    leaseDuration: record.leaseDuration,
    endedAt: record.backAt ?? record.removedAt,
    reason: record.reason,
    health: healthOf(phase, counts),
    headline: headlineOf(record, now),
    outcome: outcomeOf(counts),
    pods,
    counts,
    steps: stepsOf(record, pods),
    settled: phase !== 'lost' && unsettled.every((kind) => counts[kind] === 0),
  };
}

const unsettled: readonly FateKind[] = [
  'starting',
  'pending',
  'unschedulable',
  'waiting',
  'terminating',
  'gone',
];

function countsOf(pods: readonly PodFate[]): Record<FateKind, number> {
  const counts: Record<FateKind, number> = {
    replaced: 0,
    starting: 0,
    pending: 0,
    unschedulable: 0,
    waiting: 0,
    terminating: 0,
    stays: 0,
    back: 0,
    gone: 0,
    lost: 0,
    ended: 0,
  };
  for (const { kind } of pods) counts[kind]++;
  return counts;
}

function healthOf(phase: FailoverStory['phase'], counts: Readonly<Record<FateKind, number>>): Health {
  if (counts.unschedulable + counts.lost > 0 || phase === 'lost') return 'failed';
  if (counts.terminating + counts.waiting + counts.gone > 0) return 'warning';
  return counts.starting + counts.pending > 0 ? 'progressing' : 'healthy';
}

function headlineOf({ node, cause, lostAt, backAt, removedAt }: FailoverRecord, now: number): Message {
  if (backAt !== null) return message('{0} is back after {1}', node, formatDuration(backAt - lostAt));
  if (removedAt !== null) return message('{0} was removed from the cluster', node);
  const span = formatDuration(now - lostAt);
  return cause === 'silent'
    ? message('{0} has not been heard of for {1}', node, span)
    : message('{0} has not been ready for {1}', node, span);
}

function outcomeOf(counts: Readonly<Record<FateKind, number>>): readonly Message[] {
  const told: readonly (readonly [kind: FateKind, text: Message])[] = [
    ['unschedulable', message('no node for: {0}', counts.unschedulable)],
    ['lost', message('lost for good: {0}', counts.lost)],
    ['terminating', message('hanging in deletion: {0}', counts.terminating)],
    ['waiting', message('not moved yet: {0}', counts.waiting)],
    ['gone', message('not replaced yet: {0}', counts.gone)],
    ['pending', message('waiting for a node: {0}', counts.pending)],
    ['starting', message('starting: {0}', counts.starting)],
    ['replaced', message('running elsewhere: {0}', counts.replaced)],
    ['back', message('back: {0}', counts.back)],
    ['ended', message('had done their work: {0}', counts.ended)],
    ['stays', message('staying with the node: {0}', counts.stays)],
  ];
  return told.flatMap(([kind, text]) => (counts[kind] === 0 ? [] : [text]));
}

/** The turns of the story; what became of each pod is told pod by pod. */
function stepsOf(record: FailoverRecord, pods: readonly PodFate[]): readonly FailoverStep[] {
  const steps: FailoverStep[] = [];
  const add = (at: number | null, text: Message): void => {
    if (at !== null) steps.push({ at, text });
  };
  const lost = [...record.before.values()];
  const fresh = [...record.after.values()];
  add(record.lastBeat, message('{0} was heard of last', record.node));
  add(record.noticedAt, noticed(record));
  if (record.cause === 'silent') add(record.declaredAt, message('The cluster declared it not ready'));
  add(least(lost.map(({ deletingAt }) => deletingAt)), message('Its pods began to be deleted'));
  add(least(fresh.map(({ seenAt }) => seenAt)), message('The first new pod was made'));
  if (
    pods.length > 0 &&
    pods.every(({ kind }) => kind === 'replaced' || kind === 'stays' || kind === 'ended')
  ) {
    add(greatest(fresh.map(({ readyAt }) => readyAt)), message('All that can move runs elsewhere'));
  }
  add(record.removedAt, message('The node was removed'));
  add(record.backAt, message('The node reports again'));
  return steps.sort((a, b) => a.at - b.at);
}

function noticed({ cause, noticedAt, lastBeat, leaseDuration, before }: FailoverRecord): Message {
  if (cause === 'removed') return message('The node was gone; pods on it: {0}', before.size);
  if (cause === 'notReady') return message('It said that it is not ready; pods on it: {0}', before.size);
  if (lastBeat === null) return message('Its silence was noticed; pods on it: {0}', before.size);
  const after = formatDuration(noticedAt - lastBeat);
  return leaseDuration === null
    ? message('Its silence was noticed after {0}; pods on it: {1}', after, before.size)
    : message(
        'Its silence was noticed after {0} (a heartbeat is good for {1}); pods on it: {2}',
        after,
        formatDuration(leaseDuration),
        before.size,
      );
}

function least(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (found, at) => (at === null || (found !== null && found < at) ? found : at),
    null,
  );
}

function greatest(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (found, at) => (at === null || (found !== null && found > at) ? found : at),
    null,
  );
}
