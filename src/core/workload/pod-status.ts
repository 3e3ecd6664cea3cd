import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import { containers } from './pod-templates.ts';
import type { Health } from './health.ts';

/** A pod in the words people know from `kubectl get pods`. */
export interface PodStatus {
  /** The STATUS column: `Running`, `Init:0/1`, `CrashLoopBackOff`, `Terminating` … */
  readonly text: string;
  readonly health: Health;
  /** The READY column: `1/2`. */
  readonly ready: string;
  /** The RESTARTS column. */
  readonly restarts: number;
  /** What the container or the scheduler said about the trouble; null when there is none, or it said nothing. */
  readonly reason: string | null;
}

interface Progress {
  text: string;
  reason: string | null;
  restarts: number;
  ready: number;
}

/** Reads a Pod as the API server returns it. What is missing counts as not there yet. */
export function podStatus(pod: unknown): PodStatus {
  const { metadata, spec, status } = objectOf(pod);
  const state = objectOf(status);
  const all = containers(spec).filter(({ list }) => list !== 'ephemeralContainers');
  const total = all.filter(({ list, sidecar }) => list === 'containers' || sidecar).length;
  const sidecars = new Set(all.filter(({ sidecar }) => sidecar).map(({ name }) => name));
  const initTotal = all.filter(({ list }) => list === 'initContainers').length;

  const progress = initialProgress(state);
  const sidecarRestarts = objectsIn(state['initContainerStatuses'])
    .filter((one) => sidecars.has(textOf(one['name'])))
    .reduce((sum, one) => sum + numberOf(one['restartCount']), 0);
  const initializing = readInit(state, sidecars, initTotal, progress);
  if (!initializing || condition(state, 'Initialized')?.['status'] === 'True') {
    progress.restarts = sidecarRestarts;
    readContainers(state, progress);
  }
  const phase = textOf(state['phase']);
  if (objectOf(metadata)['deletionTimestamp'] != null) {
    if (state['reason'] === 'NodeLost') progress.text = 'Unknown';
    else if (phase !== 'Succeeded' && phase !== 'Failed') progress.text = 'Terminating';
  }
  return {
    text: progress.text,
    health: healthOf(progress, state, total),
    ready: `${progress.ready}/${total}`,
    restarts: progress.restarts,
    reason: progress.reason,
  };
}

function initialProgress(status: Json): Progress {
  const scheduled = condition(status, 'PodScheduled');
  const gated = scheduled?.['reason'] === 'SchedulingGated';
  const waits = scheduled?.['status'] === 'False';
  return {
    text: gated ? 'SchedulingGated' : textOf(status['reason']) || textOf(status['phase']) || 'Unknown',
    reason: (waits ? textOf(scheduled?.['message']) : textOf(status['message'])) || null,
    restarts: 0,
    ready: 0,
  };
}

function condition(status: Json, type: string): Json | undefined {
  return objectsIn(status['conditions']).find((one) => one['type'] === type);
}

/** Walks the init containers up to the one that holds the pod up; true while there is one. */
function readInit(status: Json, sidecars: ReadonlySet<string>, total: number, progress: Progress): boolean {
  const statuses = objectsIn(status['initContainerStatuses']);
  for (const [index, one] of statuses.entries()) {
    progress.restarts += numberOf(one['restartCount']);
    const { terminated, waiting } = objectOf(one['state']);
    const ended = objectOf(terminated);
    if (terminated && ended['exitCode'] === 0) continue;
    if (sidecars.has(textOf(one['name'])) && one['started'] === true) {
      if (one['ready'] === true) progress.ready++;
      continue;
    }
    const waitReason = textOf(objectOf(waiting)['reason']);
    if (terminated) {
      progress.text = `Init:${endOf(ended)}`;
      progress.reason = endReason(ended) ?? progress.reason;
    } else if (waitReason !== '' && waitReason !== 'PodInitializing') {
      progress.text = `Init:${waitReason}`;
      progress.reason = textOf(objectOf(waiting)['message']) || progress.reason;
    } else progress.text = `Init:${index}/${total}`;
    return true;
  }
  return false;
}

/** From the last container to the first, so that the first in trouble has the say. */
function readContainers(status: Json, progress: Progress): void {
  let running = false;
  for (const one of objectsIn(status['containerStatuses']).toReversed()) {
    progress.restarts += numberOf(one['restartCount']);
    const { waiting, terminated, running: runs } = objectOf(one['state']);
    const waitReason = textOf(objectOf(waiting)['reason']);
    if (waitReason !== '') {
      progress.text = waitReason;
      progress.reason = waitingReason(one, objectOf(waiting)) ?? progress.reason;
    } else if (terminated) {
      progress.text = endOf(objectOf(terminated));
      progress.reason = endReason(objectOf(terminated)) ?? progress.reason;
    } else if (one['ready'] === true && runs) {
      running = true;
      progress.ready++;
    }
  }
  // One of several containers has ended and the others go on: the pod has not completed.
  if (progress.text === 'Completed' && running) {
    progress.text = condition(status, 'Ready')?.['status'] === 'True' ? 'Running' : 'NotReady';
  }
}

export function endOf(terminated: Json): string {
  const reason = textOf(terminated['reason']);
  if (reason !== '') return reason;
  const signal = numberOf(terminated['signal']);
  return signal !== 0 ? `Signal:${signal}` : `ExitCode:${numberOf(terminated['exitCode'])}`;
}

/** What a container said as it ended, else the code it ended with where its state's word is only `Error`. */
function endReason({ message, reason, exitCode }: Json): string | null {
  return textOf(message) || (reason === 'Error' ? `exit ${numberOf(exitCode)}` : null);
}

/** In a crash loop, how the last run ended says more than how long the next one is waited for. */
export function waitingReason(container: Json, waiting: Json): string | null {
  const last = objectOf(objectOf(container['lastState'])['terminated']);
  if (waiting['reason'] === 'CrashLoopBackOff' && 'exitCode' in last) {
    const reason = textOf(last['reason']);
    const exit = `exit ${numberOf(last['exitCode'])}`;
    return reason === '' || reason === 'Error' ? exit : `${reason}, ${exit}`;
  }
  return textOf(waiting['message']) || null;
}

const waitsPatiently =
  /^(?:Init:\d+\/\d+|Pending|ContainerCreating|PodInitializing|Terminating|SchedulingGated|NotReady)$/;

function healthOf({ text, ready }: Progress, status: Json, total: number): Health {
  if (text === 'Running') return ready === total ? 'healthy' : 'progressing';
  if (text === 'Succeeded' || text === 'Completed') return 'idle';
  if (text === 'Unknown') return 'unknown';
  if (text === 'Pending' && condition(status, 'PodScheduled')?.['reason'] === 'Unschedulable')
    return 'warning';
  return waitsPatiently.test(text) ? 'progressing' : 'failed';
}
