/** Waiting times of a store, in ms, and its page sizes. Tests pass their own; everybody else takes `storeTuning`. */
export interface StoreTuning {
  /** Changes are collected this long before listeners hear of them. */
  readonly flush: number;
  /** How long a store outlives its last lease. */
  readonly linger: number;
  /** First and longest wait before another attempt. */
  readonly backoff: readonly [first: number, longest: number];
  /** A watch that says nothing for so long (bookmarks and its end included) is opened again. */
  readonly idle: number;
  /** How long the server may keep silent before a list or a watch begins, or in the middle of a list. */
  readonly opening: number;
  /** A watch silent for less is not doubted when another one finds nobody at the other end. */
  readonly doubt: number;
  /** Between two lists where watching is not allowed. */
  readonly poll: number;
  /** Between attempts while only somebody else's action can help (a missing right, a refused login). */
  readonly hopeless: number;
  /** Shortest and longest time a watch is asked to last, in seconds. */
  readonly watchSeconds: readonly [shortest: number, longest: number];
  /** The same for one on which nothing happens: less than `idle`, so that its end is the sign of life. */
  readonly quietSeconds: readonly [shortest: number, longest: number];
  /** Objects asked for at a time: first few, to have something to show; then as many as block nobody while they are read. */
  readonly pageSizes: readonly [first: number, others: number];
}

export const storeTuning: StoreTuning = {
  flush: 150,
  linger: 30_000,
  backoff: [1_000, 30_000],
  idle: 45_000,
  opening: 20_000,
  doubt: 10_000,
  poll: 15_000,
  hopeless: 45_000,
  watchSeconds: [240, 360],
  // Bookmarks come about every minute, and only where something happened to the kind: too rare to tell a dead
  // connection by. One also comes 2 s before a watch ends, so a quiet watch still keeps up.
  quietSeconds: [28, 38],
  pageSizes: [100, 500],
};

/** A random value between half of and the whole of `ms`, so that many watches do not come back at the same moment. */
export function jittered(ms: number): number {
  return ms / 2 + Math.random() * (ms / 2);
}

/** A random value of a range. */
export function within([low, high]: readonly [low: number, high: number]): number {
  return low + Math.random() * (high - low);
}

/** Wait before attempt `failures + 1`; a server that asked for time gets it. */
export function backoffMs(
  { backoff: [first, longest] }: StoreTuning,
  failures: number,
  asked: number | null,
): number {
  return Math.max(jittered(Math.min(longest, first * 2 ** failures)), asked ?? 0);
}

/** Node runs a timer of more than this, in ms, at once. */
const longestMs = 2 ** 31 - 1;

/** Waits; an abort ends it early. Resolves in both cases: look at the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, longestMs));
    signal.addEventListener('abort', done, { once: true });
  });
}
