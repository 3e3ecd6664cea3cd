/** The nouns of following logs. */
import type { Message } from '../../core/finding.ts';
import type { ClusterError } from '../errors.ts';
import type { WorkloadRef } from '../model.ts';

/** What to follow: a Pod, whatever creates pods, or one container of either. */
export interface LogSource {
  readonly ref: WorkloadRef;
  /** Names of the containers wanted; absent: all of them, init and ephemeral ones included. */
  readonly containers?: readonly string[];
}

export interface LogOptions {
  readonly signal: AbortSignal;
  /** False: what is there now, and no more. Default true. */
  readonly follow?: boolean;
  /** The last run of each container that is over, and no more. Default false. */
  readonly previous?: boolean;
  /** Lines no older than this when following begins. */
  readonly sinceSeconds?: number;
  /** Lines no older than this, an ISO time; `sinceSeconds` wins. */
  readonly sinceTime?: string;
  /** At most so many of the last lines of each container that is there when following begins. */
  readonly tailLines?: number;
}

/** A line as a container wrote it. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  /** RFC 3339 with nanoseconds, by the node's clock. */
  readonly time: string;
  /** Without the end of the line; bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
  /** Characters left out at the end of a line that is too long; 0 as a rule. */
  readonly dropped: number;
}

/** Something about a container that is not in its log: it waits, it ended. Stands among the lines where it belongs. */
export interface LogNote {
  readonly pod: string;
  readonly container: string;
  readonly note: Message;
}

export type LogEntry = LogLine | LogNote;

/** How following goes. */
export interface LogState {
  /** `reconnecting`: some lines may be missing for now; they come later. `ended`: nothing more will come. */
  readonly phase: 'connecting' | 'live' | 'reconnecting' | 'ended';
  /** ms since 1970 since when the oldest connection is away; null unless reconnecting. */
  readonly since: number | null;
  readonly error: ClusterError | null;
  /** Containers whose log is being read. */
  readonly followed: number;
  /** Containers that have not started, or wait to be started again. */
  readonly waiting: number;
  /** Containers that are not read because so many others are. */
  readonly left: number;
  /** What makes the pods was deleted; when it is made again under its name, following goes on. */
  readonly gone: boolean;
  /** Whether there is more than one pod, and any pod with more than one container: what tells lines apart. */
  readonly manyPods: boolean;
  readonly manyContainers: boolean;
}

/** Takes what is followed. While it has not settled, no more is handed over, and in time no more is read. */
export interface LogSink {
  entries(entries: readonly LogEntry[]): void | Promise<void>;
  state(state: LogState): void;
}

/** Waiting times in ms, and limits. Tests pass their own; everybody else takes `logTuning`. */
export interface LogTuning {
  /** First and longest wait before another attempt. */
  readonly backoff: readonly [first: number, longest: number];
  /** After a log has ended its pod has so long to tell whether the container has, too. */
  readonly settle: number;
  /** Shortest and longest silence after which a connection is not trusted and made anew. */
  readonly idle: readonly [shortest: number, longest: number];
  /** Between two looks at a workload that may be read but not watched. */
  readonly poll: number;
  /** Lines of several containers wait so long for older ones of the others. */
  readonly reorder: number;
  /** Lines are handed over in batches so far apart. */
  readonly flush: number;
  /** Characters of a line that are kept. */
  readonly longestLine: number;
  /** Containers read at the same time. */
  readonly streams: number;
  /** Entries that wait to be taken, above which reading stops until they are fewer; a long line counts as several. */
  readonly held: number;
}

export const logTuning: LogTuning = {
  backoff: [500, 15_000],
  settle: 1_500,
  idle: [10_000, 120_000],
  poll: 15_000,
  reorder: 300,
  flush: 50,
  longestLine: 65_536,
  streams: 100,
  held: 5_000,
};
