/** The longest a change waits for the analysis, in milliseconds. */
const longestWait = 500;

interface Turn {
  timer: NodeJS.Timeout | undefined;
  /** How long the last run took, in milliseconds. */
  cost: number;
}

/**
 * One run awaited for each key; a newer request takes the place of one that has not begun. A change waits as
 * long as the last run took, so that typing in a costly file does not queue up analyses.
 */
export class Schedule {
  readonly #turns = new Map<string, Turn>();
  readonly #run: (key: string) => Promise<void>;
  readonly #now: () => number;

  /** `run` must not reject; `now` counts milliseconds. */
  constructor(run: (key: string) => Promise<void>, now: () => number) {
    this.#run = run;
    this.#now = now;
  }

  request(key: string): void {
    const turn = this.#turns.get(key) ?? { timer: undefined, cost: 0 };
    this.#turns.set(key, turn);
    clearTimeout(turn.timer);
    turn.timer = setTimeout(() => void this.#start(key, turn), Math.min(turn.cost, longestWait));
  }

  /** Drops what is awaited for the key, and what is known of its cost. */
  cancel(key: string): void {
    clearTimeout(this.#turns.get(key)?.timer);
    this.#turns.delete(key);
  }

  dispose(): void {
    for (const key of [...this.#turns.keys()]) this.cancel(key);
  }

  async #start(key: string, turn: Turn): Promise<void> {
    const begun = this.#now();
    await this.#run(key);
    turn.cost = this.#now() - begun;
  }
}
