import { formatDuration } from '../durations.ts';
import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import { numberOf, objectOf, objectsIn } from '../json.ts';
import { partsOf, timeOf } from './fields.ts';

/** Kubelets renew a lease of this length every quarter of it (`nodeLeaseDurationSeconds`). */
const usualDuration = 40;

/** When a node last said that it lives. */
export interface Heartbeat {
  /** Milliseconds since 1970, by the node's clock; null: it never did, or may not be read. */
  readonly at: number | null;
  /** Milliseconds since then; null with it. */
  readonly age: number | null;
  /** How long a heartbeat is good for, in milliseconds; null where there is no Lease to say so. */
  readonly duration: number | null;
  /** The node has missed its time: nobody can know how it is. */
  readonly late: boolean;
  /** `heartbeat 52 s ago`, for a row; null when it is not known. */
  readonly words: Message | null;
}

/**
 * The heartbeat of a node from its Lease in `kube-node-lease`. Without one, from the node's status, which the
 * kubelet posts only every five minutes when nothing changes: its age then says nothing about being late.
 *
 * `now` is this computer's clock and the Lease's time the node's: whoever saw the Lease change gives the time of
 * that, `seenAt` by the same clock as `now`, and differing clocks do no harm. So does the controller that
 * declares nodes lost (node_lifecycle_controller.go, `probeTimestamp`).
 */
export function nodeHeartbeat(
  node: unknown,
  lease: unknown,
  now: number,
  seenAt: number | null = null,
): Heartbeat {
  const { spec } = partsOf(lease);
  const renewed = timeOf(spec['renewTime']) ?? timeOf(spec['acquireTime']);
  if (renewed === null) return fromStatus(node, now);
  const seconds = numberOf(spec['leaseDurationSeconds'], usualDuration);
  const duration = (seconds > 0 ? seconds : usualDuration) * 1000;
  const age = Math.max(0, now - (seenAt ?? renewed));
  return { at: renewed, age, duration, late: age > duration, words: ago(age) };
}

function fromStatus(node: unknown, now: number): Heartbeat {
  const ready = objectsIn(partsOf(node).status['conditions']).find((one) => one['type'] === 'Ready');
  const at = timeOf(objectOf(ready)['lastHeartbeatTime']);
  const age = at === null ? null : Math.max(0, now - at);
  return { at, age, duration: null, late: false, words: age === null ? null : ago(age) };
}

function ago(age: number): Message {
  return message('heartbeat {0} ago', formatDuration(age));
}
