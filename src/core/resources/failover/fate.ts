import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { formatDuration } from '../../durations.ts';
import type { Health } from '../../workload/health.ts';
import { verbatim } from '../summary.ts';
import type { FailoverRecord, LostPod, NewPod } from './record.ts';
import type { PodSighting } from './sightings.ts';

/**
 * What became of a pod: its replacement is ready, starts, waits for a node, or finds none; it waits to be
 * evicted, hangs in its deletion, or stays with its node by design; it came back, is gone without a
 * replacement, or lost for good because nobody makes it anew; or it had done its work.
 */
export type FateKind =
  | 'replaced'
  | 'starting'
  | 'pending'
  | 'unschedulable'
  | 'waiting'
  | 'terminating'
  | 'stays'
  | 'back'
  | 'gone'
  | 'lost'
  | 'ended';

export interface PodFate {
  /** As it was seen last on the lost node. */
  readonly pod: PodSighting;
  readonly kind: FateKind;
  readonly health: Health;
  /** One sentence. */
  readonly text: Message;
  /** The pod made in its stead; null: there is none. */
  readonly replacement: PodSighting | null;
  /** Milliseconds from the loss until the replacement was ready; null: it is not. */
  readonly after: number | null;
}

const healths: Readonly<Record<FateKind, Health>> = {
  replaced: 'healthy',
  starting: 'progressing',
  pending: 'progressing',
  unschedulable: 'failed',
  waiting: 'warning',
  terminating: 'warning',
  stays: 'idle',
  back: 'healthy',
  gone: 'warning',
  lost: 'failed',
  ended: 'idle',
};

/** The fate of every pod that was on the node, by namespace and name. */
export function fatesOf(record: FailoverRecord): readonly PodFate[] {
  const replacements = assign(record);
  return [...record.before.values()]
    .map((lost) => fateOf(record, lost, replacements.get(lost.pod.uid) ?? null))
    .sort((a, b) => compare(a.pod.namespace, b.pod.namespace) || compare(a.pod.name, b.pod.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Which new pod stands for which lost one: the same name (StatefulSets keep it), else the oldest of the same
 * owner, as controllers do not say. A pod that came back by itself takes none.
 */
function assign(record: FailoverRecord): ReadonlyMap<string, NewPod> {
  const assigned = new Map<string, NewPod>();
  const free = [...record.after.values()].sort(
    (a, b) => (a.pod.createdAt ?? a.seenAt) - (b.pod.createdAt ?? b.seenAt),
  );
  const take = (lost: LostPod, fits: (pod: PodSighting) => boolean): void => {
    const index = free.findIndex(({ pod }) => fits(pod));
    const [found] = index === -1 ? [] : free.splice(index, 1);
    if (found !== undefined) assigned.set(lost.pod.uid, found);
  };
  const leaving = [...record.before.values()].filter(
    (lost) => lost.deletingAt !== null || lost.goneAt !== null,
  );
  for (const lost of leaving) {
    const { namespace, name } = lost.pod;
    take(lost, (pod) => pod.name === name && pod.namespace === namespace);
  }
  for (const lost of leaving) {
    const owner = lost.pod.owner?.uid;
    if (!assigned.has(lost.pod.uid)) take(lost, (pod) => pod.owner?.uid === owner);
  }
  return assigned;
}

function fateOf(record: FailoverRecord, lost: LostPod, replacement: NewPod | null): PodFate {
  const told = replacement === null ? withoutReplacement(record, lost) : withReplacement(record, replacement);
  return {
    pod: lost.pod,
    health: healths[told.kind],
    replacement: replacement?.pod ?? null,
    after: replacement?.readyAt == null ? null : replacement.readyAt - record.lostAt,
    ...told,
  };
}

type Told = Pick<PodFate, 'kind' | 'text'>;

function withReplacement(record: FailoverRecord, { pod, readyAt }: NewPod): Told {
  if (pod.unschedulable !== null) {
    return { kind: 'unschedulable', text: message('{0} finds no node: {1}', pod.name, pod.unschedulable) };
  }
  if (pod.node === null) return { kind: 'pending', text: message('{0} waits for a node', pod.name) };
  if (!pod.ready) return { kind: 'starting', text: message('{0} on {1}: {2}', pod.name, pod.node, pod.text) };
  const after = formatDuration((readyAt ?? record.noticedAt) - record.lostAt);
  return {
    kind: 'replaced',
    text: message('{0} on {1}, ready {2} after the loss', pod.name, pod.node, after),
  };
}

function withoutReplacement(record: FailoverRecord, { pod, deletingAt, goneAt }: LostPod): Told {
  if (pod.ended === 'succeeded') return { kind: 'ended', text: message('Had done its work') };
  if (goneAt !== null) return gone(pod);
  if (deletingAt !== null) return terminating(record, pod);
  if (record.backAt !== null) {
    return pod.ready
      ? { kind: 'back', text: message('Stayed on its node, and is ready again') }
      : { kind: 'starting', text: message('Stayed on its node: {0}', pod.text) };
  }
  const kind = pod.owner?.kind;
  if (kind === 'DaemonSet' || kind === 'Node' || pod.toleratesFor === null) return stays(record, pod);
  if (pod.toleratesFor === undefined) {
    return {
      kind: 'waiting',
      text: message('Still there: it is moved when its time on a lost node is over'),
    };
  }
  const patience = formatDuration(pod.toleratesFor * 1000);
  return {
    kind: 'waiting',
    text: message('Still there: it is moved {0} after the node is declared lost', patience),
  };
}

function gone({ owner }: PodSighting): Told {
  if (owner === null)
    return { kind: 'lost', text: message('Gone: nobody makes a pod without an owner anew') };
  if (owner.kind === 'DaemonSet' || owner.kind === 'Node') {
    return { kind: 'stays', text: message('Gone with its node, as a pod of {0} should', ownerText(owner)) };
  }
  return { kind: 'gone', text: message('Gone: {0} has made no new pod yet', ownerText(owner)) };
}

function ownerText({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

/** Only the kubelet of the lost node could say that the containers have ended. */
function terminating({ removedAt }: FailoverRecord, { owner }: PodSighting): Told {
  if (owner?.kind === 'StatefulSet' && removedAt === null) {
    return {
      kind: 'terminating',
      text: message(
        'Hangs in its deletion; {0} makes no new pod until the node is back, deleted, or tainted node.kubernetes.io/out-of-service',
        ownerText(owner),
      ),
    };
  }
  return { kind: 'terminating', text: message('Hangs in its deletion: its node cannot confirm the end') };
}

function stays({ removedAt }: FailoverRecord, { owner, text }: PodSighting): Told {
  if (removedAt !== null) return { kind: 'stays', text: verbatim(text) };
  return owner?.kind === 'DaemonSet' || owner?.kind === 'Node'
    ? { kind: 'stays', text: message('Stays with its node, as a pod of {0} should', ownerText(owner)) }
    : { kind: 'stays', text: message('Stays with its node: it tolerates its loss for ever') };
}
