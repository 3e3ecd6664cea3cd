import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { podStatus } from '../workload/pod-status.ts';

/** Pods of a workload. A Job's: `desired` completions, `available` those that succeeded. */
export interface ReplicaCounts {
  readonly desired: number;
  readonly current: number;
  /** Of the newest revision. */
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

export interface WorkloadStatus {
  readonly counts: ReplicaCounts;
  readonly health: Health;
  /** A few words for a row: `3/3 ready`. */
  readonly summary: Message;
  /** The rollout is over and what was asked for runs; the controller has seen the newest generation. */
  readonly complete: boolean;
  /** The rollout is over without success: to wait longer is of no use. */
  readonly failed: boolean;
  /** What the rollout waits for, or why it failed; null when there is nothing to say. */
  readonly reason: Message | null;
}

export type RolloutVerdict = 'complete' | 'failed' | 'progressing';

/** Whether to go on following a rollout. */
export function rolloutVerdict(status: WorkloadStatus): RolloutVerdict {
  if (status.failed) return 'failed';
  return status.complete ? 'complete' : 'progressing';
}

/**
 * How a workload stands, by the rules of `kubectl rollout status`; a Job and a Pod by theirs. An object of
 * another kind has nothing to roll out and is complete.
 */
export function workloadStatus(object: unknown): WorkloadStatus {
  const root = objectOf(object);
  const facts = factsOf(root);
  const read = readers[textOf(root['kind'])];
  if (read === undefined)
    return { ...nothing, summary: message('applied'), complete: true, health: 'healthy' };
  const status = read(facts);
  if (facts.deleted) {
    return { ...status, complete: false, health: 'progressing', reason: message('It is being deleted') };
  }
  return status;
}

interface Facts {
  readonly root: Json;
  readonly spec: Json;
  readonly status: Json;
  /** The controller has acted on the newest spec. */
  readonly observed: boolean;
  readonly deleted: boolean;
}

function factsOf(root: Json): Facts {
  const metadata = objectOf(root['metadata']);
  const status = objectOf(root['status']);
  return {
    root,
    spec: objectOf(root['spec']),
    status,
    observed: numberOf(status['observedGeneration']) >= numberOf(metadata['generation']),
    deleted: metadata['deletionTimestamp'] != null,
  };
}

const none: ReplicaCounts = { desired: 0, current: 0, updated: 0, ready: 0, available: 0 };
const nothing = { counts: none, failed: false, reason: null };

const readers: Readonly<Record<string, (facts: Facts) => WorkloadStatus>> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  ReplicaSet: replicaSet,
  ReplicationController: replicaSet,
  Job: job,
  Pod: pod,
};

function countsOf({ spec, status }: Facts): ReplicaCounts {
  return {
    desired: numberOf(spec['replicas'], 1),
    current: numberOf(status['replicas']),
    updated: numberOf(status['updatedReplicas']),
    ready: numberOf(status['readyReplicas']),
    available: numberOf(status['availableReplicas']),
  };
}

function condition(status: Json, type: string): Json | undefined {
  return objectsIn(status['conditions']).find((one) => one['type'] === type);
}

/** A controller's own words, as the argument of a sentence of ours: they come in English only. */
function saying(words: unknown, fallback: Message): Message {
  const text = textOf(words);
  return text === '' ? fallback : message('{0}', text);
}

/** A rollout of replicas as it stands: `waits` says what is missing, null when nothing is. */
function replicaStatus(
  counts: ReplicaCounts,
  waits: Message | null,
  trouble: Message | null,
): WorkloadStatus {
  const complete = waits === null;
  const idle = counts.desired === 0 && counts.current === 0;
  const health = trouble !== null ? 'warning' : !complete ? 'progressing' : idle ? 'idle' : 'healthy';
  const summary = idle ? message('scaled to zero') : message('{0}/{1} ready', counts.ready, counts.desired);
  return { counts, health, summary, complete, failed: false, reason: trouble ?? waits };
}

const notObserved = message('The controller has not acted on the change yet');

function deployment(facts: Facts): WorkloadStatus {
  const { spec, status, observed } = facts;
  const counts = countsOf(facts);
  const waits = observed ? deploymentWaits(counts) : notObserved;
  const progressing = condition(status, 'Progressing');
  if (observed && waits !== null && progressing?.['reason'] === 'ProgressDeadlineExceeded') {
    const late = message(
      'The rollout made no progress in its time of {0} s',
      numberOf(spec['progressDeadlineSeconds'], 600),
    );
    return { ...replicaStatus(counts, waits, null), health: 'failed', failed: true, reason: late };
  }
  const refused = condition(status, 'ReplicaFailure');
  if (refused?.['status'] === 'True') {
    return replicaStatus(counts, waits, saying(refused['message'], message('Pods cannot be created')));
  }
  if (waits !== null && spec['paused'] === true) {
    return replicaStatus(counts, waits, message('The rollout is paused; resume it to go on'));
  }
  // The rollout had come to its end before: what is missing now has been lost since.
  const lost = observed && waits !== null && progressing?.['reason'] === 'NewReplicaSetAvailable';
  const settled = lost && counts.updated >= counts.desired && counts.current <= counts.updated;
  return replicaStatus(counts, waits, settled ? waits : null);
}

function deploymentWaits({ desired, current, updated, available }: ReplicaCounts): Message | null {
  if (updated < desired) return message('{0} of {1} new pods are created', updated, desired);
  if (current > updated) return message('Old pods still to end: {0}', current - updated);
  if (available < updated) return message('{0} of {1} new pods are available', available, updated);
  // Scaled down: kubectl calls this done, but what was asked for is not there yet.
  if (current > desired) return message('Pods still to end: {0}', current - desired);
  return null;
}

function statefulSet(facts: Facts): WorkloadStatus {
  const counts = countsOf(facts);
  return replicaStatus(counts, facts.observed ? statefulSetWaits(facts, counts) : notObserved, null);
}

function statefulSetWaits({ spec, status }: Facts, counts: ReplicaCounts): Message | null {
  const { desired, ready, updated, current } = counts;
  if (ready < desired) return message('{0} of {1} pods are ready', ready, desired);
  if (current > desired) return message('Pods still to end: {0}', current - desired);
  const strategy = objectOf(spec['updateStrategy']);
  // Its pods change when somebody deletes them: there is nothing to wait for.
  if (strategy['type'] === 'OnDelete') return null;
  const partition = numberOf(objectOf(strategy['rollingUpdate'])['partition']);
  if (partition > 0) {
    const wanted = Math.max(0, desired - partition);
    return updated < wanted ? message('{0} of {1} new pods are created', updated, wanted) : null;
  }
  const revisionsDiffer = status['updateRevision'] !== status['currentRevision'];
  return revisionsDiffer ? message('{0} of {1} new pods are created', updated, desired) : null;
}

function daemonSet(facts: Facts): WorkloadStatus {
  const { spec, status, observed } = facts;
  const counts: ReplicaCounts = {
    desired: numberOf(status['desiredNumberScheduled']),
    current: numberOf(status['currentNumberScheduled']),
    updated: numberOf(status['updatedNumberScheduled']),
    ready: numberOf(status['numberReady']),
    available: numberOf(status['numberAvailable']),
  };
  const onDelete = objectOf(spec['updateStrategy'])['type'] === 'OnDelete';
  const waits = observed ? daemonSetWaits(counts, onDelete) : notObserved;
  const result = replicaStatus(counts, waits, null);
  // No node matches: that is nobody's decision to scale to zero.
  return result.health === 'idle' ? { ...result, summary: message('no node matches') } : result;
}

function daemonSetWaits({ desired, updated, available }: ReplicaCounts, onDelete: boolean): Message | null {
  if (!onDelete && updated < desired) return message('{0} of {1} new pods are created', updated, desired);
  if (available < desired) return message('{0} of {1} pods are available', available, desired);
  return null;
}

function replicaSet(facts: Facts): WorkloadStatus {
  const counts = { ...countsOf(facts), updated: numberOf(facts.status['replicas']) };
  const { desired, current, available } = counts;
  const refused = condition(facts.status, 'ReplicaFailure');
  const trouble =
    refused?.['status'] === 'True' ? saying(refused['message'], message('Pods cannot be created')) : null;
  const waits = !facts.observed
    ? notObserved
    : current > desired
      ? message('Pods still to end: {0}', current - desired)
      : available < desired
        ? message('{0} of {1} pods are available', available, desired)
        : null;
  return replicaStatus(counts, waits, trouble);
}

function job({ spec, status }: Facts): WorkloadStatus {
  const succeeded = numberOf(status['succeeded']);
  const active = numberOf(status['active']);
  const counts: ReplicaCounts = {
    desired: numberOf(spec['completions'], numberOf(spec['parallelism'], 1)),
    current: active,
    updated: active,
    ready: numberOf(status['ready']),
    available: succeeded,
  };
  const failed = condition(status, 'Failed');
  const base = { counts, failed: false, complete: false, reason: null };
  if (failed?.['status'] === 'True') {
    const reason = saying(failed['message'], message('The Job failed'));
    return { ...base, health: 'failed', failed: true, summary: message('failed'), reason };
  }
  const summary = message('{0}/{1} succeeded', succeeded, counts.desired);
  if (condition(status, 'Complete')?.['status'] === 'True')
    return { ...base, health: 'idle', complete: true, summary };
  // A Job that is created suspended waits for somebody: following it would never end.
  if (spec['suspend'] === true)
    return { ...base, health: 'idle', complete: true, summary: message('suspended') };
  return { ...base, health: 'progressing', summary, reason: message('Pods at work: {0}', active) };
}

function pod({ root, status }: Facts): WorkloadStatus {
  const { text, health, reason } = podStatus(root);
  const ready = condition(status, 'Ready')?.['status'] === 'True' ? 1 : 0;
  const phase = status['phase'];
  return {
    counts: { desired: 1, current: 1, updated: 1, ready, available: ready },
    health,
    summary: message('{0}', text),
    complete: ready === 1 || phase === 'Succeeded',
    failed: phase === 'Failed',
    reason: reason === null ? null : message('{0}', reason),
  };
}
