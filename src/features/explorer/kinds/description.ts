import type { Message } from '../../../core/index.ts';
import type { ObjectRow } from '../rows/rows.ts';

/** By name; ReplicaSets by revision, newest first; events by time, newest first. */
export type Order = 'name' | 'revision' | 'newest';

/** How objects of one kind are read and shown. */
export interface KindDescription {
  /** Names the kind among all that one cluster serves: the kind of built-in ones, `plural.group` of others. */
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** Label of the row above its objects. */
  readonly group: Message;
  /** `{0}` is the namespace. Set: the group is shown though it is empty, is open, and says so. */
  readonly empty: string | null;
  /** Has the scale subresource. */
  readonly scalable: boolean;
  /** Has a page of its own in Replica Status. */
  readonly replicas: boolean;
  /** Kinds whose objects it stands below where they own it: what anything else owns stands by itself. */
  readonly below: readonly string[];
  /** Its objects count among what is unhealthy. */
  readonly judged: boolean;
  readonly order: Order;
  /** Namespace it is read from when that is not the place's own. */
  readonly from?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly project: (object: unknown) => ObjectRow;
}
