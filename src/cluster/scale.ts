import type { Session, WorkloadRef } from './model.ts';

export interface Scale {
  /** `spec.replicas`: what is asked for. */
  readonly desired: number;
  /** `status.replicas`: what there is. */
  readonly current: number;
  readonly selector: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

export interface SetScaleOptions {
  /** What the person saw when they chose: a workload changed since then is a `conflict`. */
  readonly expected: Pick<Scale, 'uid' | 'resourceVersion' | 'desired'>;
  readonly signal?: AbortSignal;
}

export interface Autoscaler {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
}

/** Rejects with `notFound` also when the kind cannot be scaled, and with `conflict` when the UID is another. */
export function readScale(_session: Session, _ref: WorkloadRef, _signal?: AbortSignal): Promise<Scale> {
  throw new Error('not built yet');
}

/** Sets `spec.replicas` through the scale subresource; answers what the server made of it. */
export function setScale(
  _session: Session,
  _ref: WorkloadRef,
  _replicas: number,
  _options: SetScaleOptions,
): Promise<Scale> {
  throw new Error('not built yet');
}

/** The HorizontalPodAutoscaler that owns the workload's replicas; null when there is none. */
export function findAutoscaler(
  _session: Session,
  _ref: WorkloadRef,
  _signal?: AbortSignal,
): Promise<Autoscaler | null> {
  throw new Error('not built yet');
}
