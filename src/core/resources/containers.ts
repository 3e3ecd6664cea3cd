import { numberOf, objectOf, objectsIn, textOf } from '../json.ts';
import type { Json } from '../json.ts';
import type { Health } from '../workload/health.ts';
import { endOf, waitingReason } from '../workload/pod-status.ts';
import { containers } from '../workload/pod-templates.ts';
import type { Container } from '../workload/pod-templates.ts';
import { partsOf, timeOf } from './fields.ts';

/** A sidecar is an init container that keeps running (`restartPolicy: Always`). */
export type ContainerType = 'init' | 'sidecar' | 'app' | 'ephemeral';

export interface ContainerPort {
  /** `''` when it has none. */
  readonly name: string;
  readonly port: number;
  /** `TCP`, `UDP` or `SCTP`. */
  readonly protocol: string;
}

/** A container of a running pod, in the words of `kubectl describe pod`. */
export interface ContainerRow {
  readonly name: string;
  readonly type: ContainerType;
  /** As written in the pod. */
  readonly image: string;
  /** What the node runs (`registry/app@sha256:…`); `''` until it does. */
  readonly imageId: string;
  /** `Running`, `CrashLoopBackOff`, `OOMKilled, exit 137`, `Completed`, `Waiting`. */
  readonly text: string;
  readonly health: Health;
  readonly ready: boolean;
  readonly restarts: number;
  readonly ports: readonly ContainerPort[];
  /** What the kubelet says about the trouble; null when there is none, or it says nothing. */
  readonly reason: string | null;
  /** How the run before this one ended: `OOMKilled, exit 137`; null when this is the first. */
  readonly last: string | null;
  /** Since when it runs, or when it ended: milliseconds since 1970; null when it waits. */
  readonly since: number | null;
}

const statusLists = {
  initContainers: 'initContainerStatuses',
  containers: 'containerStatuses',
  ephemeralContainers: 'ephemeralContainerStatuses',
} as const;

/** Every container of a Pod in the order they start, those without a status yet as waiting. */
export function containersOf(pod: unknown): readonly ContainerRow[] {
  const { spec, status } = partsOf(pod);
  const statuses = new Map<string, Json>();
  for (const [list, field] of Object.entries(statusLists)) {
    for (const one of objectsIn(status[field])) statuses.set(`${list}/${textOf(one['name'])}`, one);
  }
  return containers(spec).map((container) =>
    rowOf(container, statuses.get(`${container.list}/${container.name}`) ?? {}),
  );
}

function rowOf(container: Container, status: Json): ContainerRow {
  const type = typeOf(container);
  const last = objectOf(status['lastState'])['terminated'];
  return {
    name: container.name,
    type,
    image: textOf(container.value['image']),
    imageId: textOf(status['imageID']),
    ready: status['ready'] === true,
    restarts: numberOf(status['restartCount']),
    ports: portsOf(container.value),
    last: last === undefined || last === null ? null : endText(objectOf(last)),
    ...stateOf(type, status),
  };
}

function typeOf({ list, sidecar }: Container): ContainerType {
  if (list === 'ephemeralContainers') return 'ephemeral';
  if (list === 'initContainers') return sidecar ? 'sidecar' : 'init';
  return 'app';
}

function portsOf(container: Json): readonly ContainerPort[] {
  return objectsIn(container['ports']).map((one) => ({
    name: textOf(one['name']),
    port: numberOf(one['containerPort']),
    protocol: textOf(one['protocol']) || 'TCP',
  }));
}

type State = Pick<ContainerRow, 'text' | 'health' | 'reason' | 'since'>;

function stateOf(type: ContainerType, status: Json): State {
  const { running, terminated, waiting } = objectOf(status['state']);
  if (running !== undefined && running !== null) {
    const unready = status['ready'] !== true && (type === 'app' || type === 'sidecar');
    const since = timeOf(objectOf(running)['startedAt']);
    return { text: 'Running', health: unready ? 'progressing' : 'healthy', reason: null, since };
  }
  if (terminated !== undefined && terminated !== null) {
    const ended = objectOf(terminated);
    return {
      text: endText(ended),
      health: numberOf(ended['exitCode']) === 0 ? 'idle' : 'failed',
      reason: textOf(ended['message']) || null,
      since: timeOf(ended['finishedAt']),
    };
  }
  const why = objectOf(waiting);
  const text = textOf(why['reason']) || 'Waiting';
  const health = patient.has(text) ? 'progressing' : 'failed';
  return { text, health, reason: waitingReason(status, why), since: null };
}

/** Reasons to wait that every container has as its pod starts. */
const patient = new Set(['Waiting', 'ContainerCreating', 'PodInitializing']);

/** `OOMKilled, exit 137`; an ordinary end is `Completed` alone. */
function endText(terminated: Json): string {
  const code = numberOf(terminated['exitCode']);
  const end = endOf(terminated);
  return code === 0 || end.startsWith('ExitCode:') ? end : `${end}, exit ${code}`;
}
