import type { Lease, LiveStore, Session, WorkloadRef } from './model.ts';

export interface EventRow {
  readonly uid: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** How often it was seen. */
  readonly count: number;
  /** ISO times; null when the event has none. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly object: { readonly kind: string; readonly name: string; readonly uid: string };
  /** The component that reported it (`kubelet`). */
  readonly source: string;
}

/** Events of an object, of its ReplicaSets or Jobs, and of its pods. */
export function eventsOf(_session: Session, _ref: WorkloadRef): Lease<LiveStore<EventRow>> {
  throw new Error('not built yet');
}
