import type { Message } from '../core/finding.ts';
import type { WorkloadStatus } from '../core/index.ts';
import type { Session, WorkloadRef } from './model.ts';

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Called when something changed; `trouble` says what holds the pods up (`ImagePullBackOff: …`), null when nothing does. */
  onProgress(status: WorkloadStatus, trouble: string | null): void;
}

export type RolloutOutcome =
  | { readonly result: 'complete'; readonly status: WorkloadStatus }
  | { readonly result: 'failed'; readonly status: WorkloadStatus | null; readonly reason: Message }
  | { readonly result: 'cancelled' };

/**
 * Follows a rollout to its end. Drops of the connection are ridden out; a deleted or replaced object, an exceeded
 * progress deadline and a failed Job are failures. Rejects with a ClusterError when it cannot follow at all (forbidden).
 */
export function followRollout(
  _session: Session,
  _ref: WorkloadRef,
  _options: FollowOptions,
): Promise<RolloutOutcome> {
  throw new Error('not built yet');
}
