/** What the page keeps of a pod: only what it shows, so that a thousand of them stay small. */
import { controllerOf, podStatus } from '../../core/index.ts';
import type { ContainerEnd, ContainerRow, PodRow } from '../../webview/protocol.ts';
import { conditionRow, instant, type Condition, type Metadata } from './objects.ts';

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly restartPolicy?: string;
}

interface Ended {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
  readonly finishedAt?: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Ended;
  };
  readonly lastState?: { readonly terminated?: Ended };
}

interface Pod {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly nodeName?: string;
    readonly containers?: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface PodSource extends PodRow {
  readonly owner: string;
}

/** `127.0.0.1:5001/team/app@sha256:ab12cd34ef56…` → `app@ab12cd34ef56`: what tells images apart in a narrow column. */
function shortImage(reference: string): string {
  const [name = '', digest] = reference.slice(reference.lastIndexOf('/') + 1).split('@');
  return digest === undefined ? name : `${name}@${digest.replace(/^sha256:/, '').slice(0, 12)}`;
}

/** What a container waits for in the normal course of starting. */
const starting = new Set(['ContainerCreating', 'PodInitializing']);

function containerState(
  status: ContainerStatus | undefined,
): Pick<ContainerRow, 'state' | 'health' | 'message'> {
  const { waiting, terminated, running } = status?.state ?? {};
  if (terminated !== undefined) {
    return {
      state: terminated.reason ?? (terminated.exitCode === 0 ? 'Completed' : 'Error'),
      health: terminated.exitCode === 0 ? 'idle' : 'failed',
      message: terminated.message ?? '',
    };
  }
  if (running !== undefined) {
    return { state: 'Running', health: status?.ready === true ? 'healthy' : 'progressing', message: '' };
  }
  const reason = waiting?.reason ?? 'Waiting';
  const calm = waiting?.reason === undefined || starting.has(reason);
  return { state: reason, health: calm ? 'progressing' : 'failed', message: waiting?.message ?? '' };
}

function containerEnd(status: ContainerStatus | undefined): ContainerEnd | null {
  const ended = status?.state?.terminated ?? status?.lastState?.terminated;
  if (ended === undefined) return null;
  return { reason: ended.reason ?? 'Error', exitCode: ended.exitCode, at: instant(ended.finishedAt) };
}

function containerRow(
  container: Container,
  role: ContainerRow['role'],
  statuses: readonly ContainerStatus[],
): ContainerRow {
  const status = statuses.find(({ name }) => name === container.name);
  return {
    name: container.name,
    role,
    image: container.image ?? '',
    ...containerState(status),
    restarts: status?.restartCount ?? 0,
    lastEnd: containerEnd(status),
  };
}

function containerRows({ spec, status }: Pod): readonly ContainerRow[] {
  const initStatuses = status?.initContainerStatuses ?? [];
  return [
    ...(spec?.containers ?? []).map((one) => containerRow(one, 'main', status?.containerStatuses ?? [])),
    ...(spec?.initContainers ?? []).map((one) =>
      containerRow(one, one.restartPolicy === 'Always' ? 'sidecar' : 'init', initStatuses),
    ),
  ];
}

export function podSource(object: unknown): PodSource {
  const pod = object as Pod;
  const status = podStatus(object);
  return {
    uid: pod.metadata?.uid ?? '',
    owner: controllerOf(pod)?.uid ?? '',
    name: pod.metadata?.name ?? '',
    state: status.text,
    reason: status.reason ?? '',
    health: status.health,
    ready: status.ready,
    restarts: status.restarts,
    createdAt: instant(pod.metadata?.creationTimestamp),
    node: pod.spec?.nodeName ?? '',
    image: (pod.spec?.containers ?? []).map(({ image }) => shortImage(image ?? '')).join(', '),
    containers: containerRows(pod),
    conditions: (pod.status?.conditions ?? []).map(conditionRow),
  };
}
