/** The parts of API objects that the page reads, as the server sends them, and what several of them share. */
import type { Health } from '../../core/index.ts';
import type { ConditionRow, Instant } from '../../webview/protocol.ts';

export interface Metadata {
  readonly uid?: string;
  readonly name?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
}

/** An API timestamp in milliseconds; null when there is none. */
export function instant(time: string | undefined): Instant {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? null : at;
}

/** Conditions that are bad news when they are True; all others are good news then. */
const badWhenTrue = new Set(['ReplicaFailure', 'Failed', 'FailureTarget', 'DisruptionTarget']);
/** Conditions that describe rather than judge. */
const neutral = new Set(['Suspended', 'PodResizePending', 'PodResizeInProgress', 'ScaledToZero']);

function conditionHealth({ type, status, reason }: Condition): Health {
  if (status === 'Unknown') return 'unknown';
  if (neutral.has(type) || reason === 'PodCompleted') return 'idle';
  if (badWhenTrue.has(type)) return status === 'True' ? 'failed' : 'healthy';
  return status === 'True' ? 'healthy' : 'warning';
}

export function conditionRow(condition: Condition): ConditionRow {
  return {
    type: condition.type,
    status: condition.status,
    health: conditionHealth(condition),
    reason: condition.reason ?? '',
    message: condition.message ?? '',
    since: instant(condition.lastTransitionTime),
  };
}
