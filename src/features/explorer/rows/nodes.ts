import { flagAt, listAt, mapAt, numberAt, textAt, timeAt } from './json.ts';
import { keptValue } from './shared.ts';

/** What a node says of itself, as far as rows show it. */
export interface NodeFacts {
  readonly ready: 'True' | 'False' | 'Unknown';
  /** Since when, in milliseconds since 1970. */
  readonly readySince: number | null;
  readonly cordoned: boolean;
  /** The part of the object that says what it offers to pods. */
  readonly offer: { readonly status: unknown };
}

/** When a node was last heard of, by the Lease it renews. */
export interface LeaseFacts {
  /** By the node's clock, in milliseconds since 1970. */
  readonly renewedAt: number | null;
  readonly durationMs: number;
}

export function nodeFacts(object: unknown): NodeFacts {
  const ready = listAt(object, 'status', 'conditions').find((one) => one['type'] === 'Ready');
  const status = textAt(ready, 'status');
  const { allocatable, capacity } = mapAt(object, 'status');
  const offer = { status: { allocatable, capacity } };
  return {
    ready: status === 'True' || status === 'False' ? status : 'Unknown',
    readySince: timeAt(ready, 'lastTransitionTime'),
    cordoned: flagAt(object, 'spec', 'unschedulable'),
    offer: keptValue('offer', offer, () => offer),
  };
}

/** Kubelets take leases of 40 s unless they are told otherwise. */
const usualSeconds = 40;

export function leaseFacts(object: unknown): LeaseFacts {
  return {
    renewedAt: timeAt(object, 'spec', 'renewTime'),
    durationMs: (numberAt(object, 'spec', 'leaseDurationSeconds') ?? usualSeconds) * 1000,
  };
}
