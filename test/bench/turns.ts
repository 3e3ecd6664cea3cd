/**
 * How long a thread is kept from anything else, by the processor time it had meanwhile: what the rest of the machine
 * does is nobody's block. A timer of 1 ms comes round with every turn of the event loop that takes longer.
 */
export class Turns {
  readonly #ms: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #before = process.threadCpuUsage();
  #since = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#note(), 1);
  }

  /** Ends the measuring: the times of its turns in ms, the longest first. */
  stop(): readonly number[] {
    this.#note();
    clearInterval(this.#timer);
    return this.#ms.sort((one, other) => other - one);
  }

  #note(): void {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(this.#before);
    // Its clock is coarse where little was used.
    this.#ms.push(Math.min((user + system) / 1000, now - this.#since));
    this.#before = process.threadCpuUsage();
    this.#since = now;
  }
}
