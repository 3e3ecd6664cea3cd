/**
 * What travels between the extension and a page. Every text the extension sends is ready for the reader
 * (translated) and plain: the page binds it as text, never as HTML.
 */
import type { Health, ReplicaCounts } from '../core/index.ts';

/** Milliseconds since the epoch; null when the API object does not say. */
export type Instant = number | null;

/** Which workload a page shows. Kept in the page's own state, so it survives a window reload. */
export interface PageWorkload {
  readonly context: string;
  readonly namespace: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * Where the page's data stands. `stale` and the failures keep the last known rows on screen, greyed.
 * `text` says what happened and what to do.
 */
export type Connection =
  | { readonly phase: 'loading' }
  | { readonly phase: 'live'; /** When the cluster was last heard. */ readonly at: number }
  | { readonly phase: 'stale'; readonly since: number; readonly text: string }
  | { readonly phase: 'missing'; readonly text: string }
  | { readonly phase: 'forbidden' | 'signedOut' | 'failed'; readonly text: string };

/** The first line of the page: how the workload is, in words. */
export interface Verdict {
  readonly health: Health;
  readonly text: string;
  /** Since when the current revision has been complete; the page adds its age. */
  readonly since: Instant;
}

/** One number of the facts row. */
export interface Fact {
  readonly name: keyof ReplicaCounts;
  readonly value: number;
  /** Differs from what is desired: shown with a mark, not only a colour. */
  readonly off: boolean;
}

/** How a container last ended. */
export interface ContainerEnd {
  readonly reason: string;
  readonly exitCode: number;
  readonly at: Instant;
}

export interface ContainerRow {
  readonly name: string;
  readonly role: 'main' | 'init' | 'sidecar';
  readonly image: string;
  readonly state: string;
  readonly health: Health;
  readonly restarts: number;
  /** What the server says about the state, a sentence of its own; `''` when nothing. */
  readonly message: string;
  readonly lastEnd: ContainerEnd | null;
}

export interface ConditionRow {
  readonly type: string;
  readonly status: string;
  readonly health: Health;
  readonly reason: string;
  readonly message: string;
  readonly since: Instant;
}

export interface PodRow {
  readonly uid: string;
  readonly name: string;
  readonly state: string;
  /** Reason of trouble in words; `''` when there is none. */
  readonly reason: string;
  readonly health: Health;
  /** `1/2` containers ready. */
  readonly ready: string;
  readonly restarts: number;
  readonly createdAt: Instant;
  readonly node: string;
  /** Images as people say them: without the registry's default parts, comma separated. */
  readonly image: string;
  readonly containers: readonly ContainerRow[];
  readonly conditions: readonly ConditionRow[];
}

export interface EventRow {
  readonly uid: string;
  readonly warning: boolean;
  readonly reason: string;
  /** `Pod web-7d9f-x2x`. */
  readonly about: string;
  readonly message: string;
  readonly count: number;
  readonly at: Instant;
}

/** Everything the replica page shows. Sent whole: a page that missed one loses nothing. */
export interface ReplicaPage {
  readonly workload: PageWorkload;
  readonly connection: Connection;
  /** null until the workload was seen once. */
  readonly verdict: Verdict | null;
  readonly facts: readonly Fact[];
  /** One line about the autoscaler that owns the replica count; `''` when there is none. */
  readonly autoscaler: string;
  readonly scalable: boolean;
  readonly pods: readonly PodRow[];
  readonly conditions: readonly ConditionRow[];
  /** Newest first. */
  readonly events: readonly EventRow[];
  /** Why events are not shown (no right to read them); `''` when they are. */
  readonly eventsProblem: string;
}

/** From the extension to the replica page. */
export interface ToReplicaPage {
  readonly type: 'page';
  /** Counts up with every message; an older one that arrives late is dropped. */
  readonly version: number;
  readonly page: ReplicaPage;
}

/** From the replica page to the extension. */
export type FromReplicaPage =
  { readonly type: 'ready' } | { readonly type: 'scale' } | { readonly type: 'retry' };

/** What the page keeps across a window reload. */
export interface ReplicaPageState {
  readonly workload: PageWorkload;
  readonly filter: string;
  readonly expanded: readonly string[];
}

/** Texts of the replica page; `{0}` … stand for what the page fills in. */
export interface ReplicaTexts {
  readonly scale: string;
  readonly retry: string;
  readonly loading: string;
  readonly connecting: string;
  readonly live: string;
  /** `{0}`: a time of day. */
  readonly staleSince: string;
  readonly disconnected: string;
  /** `{0}`: how long the workload has been complete. */
  readonly verdictFor: string;
  /** `{0}`: a duration. */
  readonly ago: string;
  readonly facts: string;
  readonly factNames: Readonly<Record<keyof ReplicaCounts, string>>;
  readonly pods: string;
  readonly filter: string;
  readonly noPods: string;
  /** `{0}`: the filter. */
  readonly noMatch: string;
  /** `{0}` of `{1}` rows are drawn. */
  readonly morePods: string;
  readonly pod: string;
  readonly state: string;
  readonly restarts: string;
  readonly age: string;
  readonly node: string;
  readonly image: string;
  /** Hover text of a pod's name: what a click does. */
  readonly details: string;
  readonly containers: string;
  readonly container: string;
  readonly roles: Readonly<Record<ContainerRow['role'], string>>;
  readonly lastEnd: string;
  /** `{0}`: the reason, `{1}`: the exit code, `{2}`: how long ago. */
  readonly end: string;
  readonly conditions: string;
  readonly condition: string;
  readonly status: string;
  readonly reason: string;
  readonly events: string;
  readonly noEvents: string;
  /** `{0}`: how often an event was seen. */
  readonly times: string;
  readonly warning: string;
}
