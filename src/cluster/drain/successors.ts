import { fieldsIn } from '../apply/json.ts';
import { listAll } from '../list.ts';
import type { KubeObject, Session } from '../model.ts';
import { pods } from '../pods.ts';
import { type DrainPod, drainPod } from './pods.ts';

export interface Successors {
  /** Pods by the node they were given. */
  readonly placed: ReadonlyMap<string, number>;
  /** Names of those that have none. */
  readonly waiting: readonly string[];
}

/** This machine's clock may be ahead of the server's. */
const skewMs = 2_000;

/**
 * What the controllers of pods that are gone made in their places, and where. `since`: when they began to go, in ms
 * since 1970.
 */
export async function successorsOf(
  session: Session,
  gone: readonly DrainPod[],
  since: number,
  signal?: AbortSignal,
): Promise<Successors> {
  const owners = new Set(gone.flatMap(({ owner }) => owner?.uid ?? []));
  const before = new Set(gone.map(({ uid }) => uid));
  const namespaces = new Set(gone.filter(({ owner }) => owner !== null).map(({ namespace }) => namespace));
  const placed = new Map<string, number>();
  const waiting: string[] = [];
  const project = (pod: KubeObject) => ({
    ...drainPod(pod),
    created: Date.parse(String(fieldsIn(pod, 'metadata').creationTimestamp)),
    node: fieldsIn(pod, 'spec').nodeName,
  });
  for (const namespace of namespaces) {
    const options = { namespace, project, ...(signal !== undefined && { signal }) };
    for (const pod of await listAll(session, pods, options)) {
      const heir = pod.owner !== null && owners.has(pod.owner.uid) && !before.has(pod.uid);
      if (!heir || pod.leaving || pod.created < since - skewMs) continue;
      if (typeof pod.node === 'string') placed.set(pod.node, (placed.get(pod.node) ?? 0) + 1);
      else waiting.push(pod.name);
    }
  }
  return { placed, waiting };
}
