/** Waiting times of a store, in ms, and its page size. Tests pass their own; everybody else takes `storeTuning`. */
export interface StoreTuning {
  /** Changes are collected this long before listeners hear of them. */
  readonly flush: number;
  /** How long a store outlives its last lease. */
  readonly linger: number;
  /** First and longest wait before another attempt. */
  readonly backoff: readonly [first: number, longest: number];
  /** A watch that says nothing for so long (bookmarks included) is opened again. */
  readonly idle: number;
  /** Between two lists where watching is not allowed. */
  readonly poll: number;
  /** Between attempts while only somebody else's action can help (a missing right, a refused login). */
  readonly hopeless: number;
  /** Shortest and longest time a watch is asked to last, in seconds. */
  readonly watchSeconds: readonly [shortest: number, longest: number];
  /** Objects asked for at a time: small enough that reading one page blocks nobody. */
  readonly pageSize: number;
}

export const storeTuning: StoreTuning = {
  flush: 150,
  linger: 30_000,
  backoff: [1_000, 30_000],
  // The server sends a bookmark about every minute.
  idle: 150_000,
  poll: 15_000,
  hopeless: 60_000,
  watchSeconds: [240, 360],
  pageSize: 500,
};

/** A random value between half of and the whole of `ms`, so that many watches do not come back at the same moment. */
export function jittered(ms: number): number {
  return ms / 2 + Math.random() * (ms / 2);
}

/** Wait before attempt `failures + 1`; a server that asked for time gets it. */
export function backoffMs(
  { backoff: [first, longest] }: StoreTuning,
  failures: number,
  asked: number | null,
): number {
  return Math.max(jittered(Math.min(longest, first * 2 ** failures)), asked ?? 0);
}

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
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
