/** From what the stores hold to what the page shows. Pure: the clock is the page's, the language the caller's. */
import { message, workloadStatus } from '../../core/index.ts';
import type { Health, Message, ReplicaCounts, WorkloadStatus } from '../../core/index.ts';
import type { EventRow as ClusterEvent } from '../../cluster/index.ts';
import type {
  Connection,
  EventRow,
  Fact,
  Instant,
  PageWorkload,
  PodRow,
  ReplicaPage,
  Verdict,
} from '../../webview/protocol.ts';
import type { AutoscalerSource } from './autoscaler-source.ts';
import { conditionRow, instant } from './objects.ts';
import type { PodSource } from './pod-source.ts';
import {
  revisionAnnotation,
  type ReplicaSetSource,
  type WorkloadObject,
  type WorkloadSource,
} from './workload-source.ts';

export interface ReplicaSources {
  readonly workload: PageWorkload;
  /** null while it was never seen. */
  readonly source: WorkloadSource | null;
  readonly replicaSets: Iterable<ReplicaSetSource>;
  /** All pods the workload's selector matches; those of other owners are left out here. */
  readonly pods: Iterable<PodSource>;
  readonly autoscalers: Iterable<AutoscalerSource>;
  readonly events: Iterable<ClusterEvent>;
  /** Why a part cannot be read; null when it can. */
  readonly problems: { readonly autoscalers: Message | null; readonly events: Message | null };
}

/** Turns a message into the reader's words. */
export type Say = (message: Message) => string;

/** Kinds whose status counts replicas; a Job counts completions. */
const counted = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController']);
/** Kinds with a `/scale` subresource that a person scales by hand. */
const scalable = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);
/** Kinds that roll out a template, so that "updated" means something. */
const rolling = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What the page shows. A page without a source yet has no verdict. */
export function replicaPage(sources: ReplicaSources, connection: Connection, say: Say): ReplicaPage {
  const { workload, source } = sources;
  const pods = source === null ? [] : podRows(source.uid, sources.replicaSets, sources.pods);
  // Items of a list come without their kind.
  const status = source === null ? null : workloadStatus({ ...source.object, kind: workload.kind });
  return {
    workload,
    connection,
    verdict: source === null || status === null ? null : verdict(sources, source, status, pods, say),
    facts: status === null ? [] : facts(workload.kind, status.counts),
    autoscaler: autoscalerLine(sources, say),
    scalable: scalable.has(workload.kind),
    pods,
    conditions: (source?.object.status?.conditions ?? []).map(conditionRow),
    events: eventRows(sources.events),
    eventsProblem: sources.problems.events === null ? '' : say(sources.problems.events),
  };
}

/** The workload's own pods, newest first: a row keeps its place while its state changes. */
function podRows(
  owner: string,
  replicaSets: Iterable<ReplicaSetSource>,
  pods: Iterable<PodSource>,
): readonly PodRow[] {
  const owners = new Set([owner]);
  for (const set of replicaSets) if (set.owner === owner) owners.add(set.uid);
  return [...pods]
    .filter((pod) => owners.has(pod.owner))
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0) || (a.name < b.name ? -1 : 1));
}

const order: readonly (keyof ReplicaCounts)[] = ['desired', 'current', 'updated', 'ready', 'available'];

function facts(kind: string, counts: ReplicaCounts): readonly Fact[] {
  return order
    .filter((name) => name !== 'updated' || rolling.has(kind))
    .map((name) => ({ name, value: counts[name], off: counts[name] !== counts.desired }));
}

function healthWord(health: Health): Message {
  switch (health) {
    case 'healthy':
      return message('Healthy');
    case 'progressing':
      return message('In progress');
    case 'warning':
      return message('Needs attention');
    case 'failed':
      return message('Failing');
    case 'idle':
      return message('Idle');
    case 'unknown':
      return message('Unknown');
  }
}

/** `Healthy: 3 of 3 ready, v12`, followed by what is wrong when something is. */
function verdict(
  { workload, replicaSets }: ReplicaSources,
  { uid, object }: WorkloadSource,
  status: WorkloadStatus,
  pods: readonly PodRow[],
  say: Say,
): Verdict {
  const { counts } = status;
  const summary =
    counted.has(workload.kind) && status.health !== 'idle'
      ? say(message('{0} of {1} ready', counts.ready, counts.desired))
      : say(status.summary);
  const revision = object.metadata?.annotations?.[revisionAnnotation];
  const trouble = podTrouble(pods);
  const reason = trouble === null ? status.reason : troubleWords(trouble);
  const health = troubledHealth(status, trouble);
  const where = revision === undefined ? summary : `${summary}, v${revision}`;
  const text = say(message('{0}: {1}', say(healthWord(health)), where));
  return {
    health,
    text: reason === null ? text : `${text} · ${say(reason)}`,
    since: status.complete && health === 'healthy' ? completeSince(object, uid, replicaSets, revision) : null,
  };
}

/** Failing pods make the workload fail while they are missing; otherwise they are worth a look. */
function troubledHealth({ health, counts }: WorkloadStatus, trouble: readonly PodRow[] | null): Health {
  if (trouble === null || health === 'failed') return health;
  return trouble[0]?.health === 'failed' && counts.ready < counts.desired ? 'failed' : 'warning';
}

/** The pods of the trouble that most share: failing ones before those that only wait for too long; null without any. */
function podTrouble(pods: readonly PodRow[]): readonly PodRow[] | null {
  for (const health of ['failed', 'warning']) {
    const groups = Map.groupBy(
      pods.filter((pod) => pod.health === health),
      ({ state }) => state,
    );
    const [largest] = [...groups.values()].sort((a, b) => b.length - a.length);
    if (largest !== undefined) return largest;
  }
  return null;
}

/** `2 pods: CrashLoopBackOff, exit 3`; one alone is named. */
function troubleWords(pods: readonly PodRow[]): Message {
  const [{ name, state, reason } = { name: '', state: '', reason: '' }] = pods;
  const what = reason === '' || reason === state ? state : `${state}, ${reason}`;
  return pods.length === 1 ? message('{0}: {1}', name, what) : message('{0} pods: {1}', pods.length, what);
}

/** When the rollout of the current revision ended, as far as the objects tell. */
function completeSince(
  object: WorkloadObject,
  uid: string,
  replicaSets: Iterable<ReplicaSetSource>,
  revision: string | undefined,
): Instant {
  const progressing = object.status?.conditions?.find(({ type }) => type === 'Progressing');
  if (progressing !== undefined) return instant(progressing.lastUpdateTime ?? progressing.lastTransitionTime);
  const set = [...replicaSets].find((one) => one.owner === uid && one.revision === revision);
  return set?.createdAt ?? null;
}

/** `HPA web: 2–10 · cpu 64 of 80 %`. */
function autoscalerLine({ workload, autoscalers, problems }: ReplicaSources, say: Say): string {
  const own = [...autoscalers].find(
    ({ target }) => target.kind === workload.kind && target.name === workload.name,
  );
  if (own === undefined) return problems.autoscalers === null ? '' : say(problems.autoscalers);
  const range = say(message('HPA {0}: {1}–{2}', own.name, own.min, own.max));
  return [range, ...own.metrics.map((metric) => say(metric))].join(' · ');
}

/** Events shown at most: an old crash loop has hundreds, and the newest tell the story. */
const eventLimit = 100;

function eventRows(events: Iterable<ClusterEvent>): readonly EventRow[] {
  return [...events]
    .map((event) => ({
      uid: event.uid,
      warning: event.type === 'Warning',
      reason: event.reason,
      about: `${event.object.kind} ${event.object.name}`,
      message: event.message,
      count: event.count,
      at: event.lastSeen ?? event.firstSeen,
    }))
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.uid < b.uid ? 1 : -1))
    .slice(0, eventLimit);
}
