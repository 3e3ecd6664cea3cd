/** Milliseconds before each start after a crash; the last one holds for those that follow. */
const waits = [0, 1_000, 5_000, 10_000];
/** As many crashes within the window end the attempts: the next start would crash as well. */
const crashesAllowed = 5;
const windowMs = 3 * 60_000;

/** Decides when a server that crashed starts again. */
export class RestartPolicy {
  #crashes: readonly number[] = [];

  /** `now` in milliseconds. Resolves to what to wait before the start in milliseconds; null: give up. */
  afterCrash(now: number): number | null {
    this.#crashes = [...this.#crashes.filter((time) => now - time < windowMs), now];
    if (this.#crashes.length >= crashesAllowed) return null;
    return waits[Math.min(this.#crashes.length, waits.length) - 1] ?? 0;
  }

  /** Somebody asked for a start: what happened before counts no more. */
  reset(): void {
    this.#crashes = [];
  }
}
