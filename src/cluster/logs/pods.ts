import { containers as containersOf, controllerOf, podStatus } from '../../core/index.ts';
import type { Disposable } from '../../platform/disposables.ts';
import { type Fields, fieldsIn, isFields, listIn } from '../apply/json.ts';
import type { KubeObject, StoreState } from '../model.ts';

/** A run of a container that is over. */
export interface LogEnding {
  /** Id of the run. */
  readonly run: string;
  /** `Completed`, `OOMKilled`; `''` when nothing is said. */
  readonly reason: string;
  readonly exitCode: number | null;
}

/** What a container does now, as far as its log is concerned. */
export interface LogContainer {
  readonly name: string;
  readonly phase: 'waiting' | 'running' | 'terminated';
  /** What it waits for, in the cluster's words (`ImagePullBackOff`); `''` when nothing is said. */
  readonly waits: string;
  /** What the kubelet says about that, on one line and of a bounded length; `''` when nothing is said. */
  readonly words: string;
  /** How its present run ended; null unless terminated. */
  readonly ended: LogEnding | null;
  /** How the run before ended; null when there was none, or it left no log. */
  readonly before: LogEnding | null;
}

/** What following logs needs to know of a pod. */
export interface LogPod {
  readonly uid: string;
  readonly name: string;
  /** UID of its controller; `''` when there is none. */
  readonly owner: string;
  /** None of its containers will run again. */
  readonly done: boolean;
  readonly containers: readonly LogContainer[];
}

/** The pods whose logs are followed, kept equal to the cluster's. */
export interface PodSource extends Disposable {
  /** By UID. */
  readonly pods: ReadonlyMap<string, LogPod>;
  readonly state: StoreState;
  /** Settles once the pods are known, or it is known that they cannot be. */
  readonly ready: Promise<void>;
  /** Whether what makes the pods is no more. Something else may be made under its name. */
  readonly gone: boolean;
  /** Whether no other pods will come once these have ended. Rejects with a ClusterError. */
  isOver(): Promise<boolean>;
}

const statusLists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'] as const;

export function projectLogPod(object: unknown): LogPod {
  const pod = object as KubeObject;
  const metadata = fieldsIn(pod, 'metadata');
  const status = fieldsIn(pod, 'status');
  const statuses = new Map(
    statusLists.flatMap((list) => listIn(status, list)).map((one) => [String(one.name), one]),
  );
  return {
    uid: String(metadata.uid),
    name: String(metadata.name),
    owner: controllerOf(pod)?.uid ?? '',
    done: status.phase === 'Succeeded' || status.phase === 'Failed',
    containers: containersOf(pod.spec).map(({ name }) => {
      const known = statuses.get(name);
      return known === undefined ? unknownContainer(name, pod) : containerOf(name, known);
    }),
  };
}

/** Nothing is said of a container before its pod has a node: the pod's own trouble is the container's. */
function unknownContainer(name: string, pod: KubeObject): LogContainer {
  const { text, reason } = podStatus(pod);
  const waits = reason === null ? '' : text;
  return { name, phase: 'waiting', waits, words: bounded(reason ?? ''), ended: null, before: null };
}

function containerOf(name: string, status: Fields): LogContainer {
  const { running, terminated, waiting } = fieldsIn(status, 'state');
  return {
    name,
    phase: isFields(terminated) ? 'terminated' : isFields(running) ? 'running' : 'waiting',
    waits: isFields(waiting) ? textIn(waiting, 'reason') : '',
    words: isFields(waiting) ? bounded(textIn(waiting, 'message')) : '',
    ended: endingOf(terminated),
    before: endingOf(fieldsIn(status, 'lastState').terminated),
  };
}

function endingOf(terminated: unknown): LogEnding | null {
  if (!isFields(terminated)) return null;
  const run = textIn(terminated, 'containerID');
  const { exitCode } = terminated;
  // A container that never came to be has no run, and no log.
  if (run === '') return null;
  return {
    run,
    reason: textIn(terminated, 'reason'),
    exitCode: typeof exitCode === 'number' ? exitCode : null,
  };
}

/** Characters of what the kubelet says: the answer of a registry may be a whole page. */
const longestWords = 300;

function bounded(text: string): string {
  const line = text
    .slice(0, 4 * longestWords)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longestWords ? `${line.slice(0, longestWords)}…` : line;
}

function textIn(fields: Fields, key: string): string {
  const text = fields[key];
  return typeof text === 'string' ? text : '';
}
