import type { Stamp } from './stamp.ts';

/** Lines of the same container are written by two pens (standard output and error): none is later than this, in seconds. */
const lateness = 1;
/** A line so many seconds older than the one before it means that the node's clock was set back. */
const setBack = 10;

/**
 * How far a container's log has been read. A log can be asked for from a whole second on only, so what was read
 * comes again; the cursor knows the lines of the last two seconds by their times (equal ones are counted) and takes
 * each line once. It outlives the container's runs: the next run's lines are later ones.
 *
 * After the node's clock was set back, a connection made anew repeats what was written in the hours that come twice:
 * rather twice than not at all.
 */
export class Cursor {
  /** Only the end of the log was asked for: what stands before the first line that came was not wanted. */
  readonly #tail: boolean;
  #first: Stamp | null = null;
  /** The second of the last line, and the nanoseconds of the lines in it and in the one before. */
  #second: number | null = null;
  #current: number[] = [];
  #before: number[] = [];
  /** Lines that will come again, by second and nanosecond; null when all that comes is new. */
  #again: Map<number, Map<number, number>> | null = null;

  constructor(tail: boolean) {
    this.#tail = tail;
  }

  /** From when on to ask, an ISO time; null: nothing was read yet. */
  get since(): string | null {
    if (this.#second === null) return null;
    return new Date((this.#second - lateness) * 1000).toISOString().replace('.000', '');
  }

  /** The log is about to be read again from `since` on. */
  rewind(): void {
    if (this.#second === null) return;
    this.#again = new Map([
      [this.#second - lateness, counted(this.#before)],
      [this.#second, counted(this.#current)],
    ]);
  }

  /** Whether the line is new. */
  take(stamp: Stamp): boolean {
    this.#first ??= stamp;
    if (this.#again !== null && this.#wasRead(stamp, this.#again)) return false;
    this.#remember(stamp);
    return true;
  }

  #wasRead(stamp: Stamp, again: ReadonlyMap<number, Map<number, number>>): boolean {
    const times = again.get(stamp.seconds);
    const count = times?.get(stamp.nanos) ?? 0;
    if (count > 0) {
      times?.set(stamp.nanos, count - 1);
      return true;
    }
    if (times === undefined && stamp.seconds > Math.max(...again.keys())) this.#again = null;
    return this.#tail && this.#first !== null && !isLater(stamp, this.#first);
  }

  #remember({ seconds, nanos }: Stamp): void {
    if (this.#second === null || seconds > this.#second || seconds < this.#second - setBack) {
      this.#before = this.#second === seconds - lateness ? this.#current : [];
      this.#current = [nanos];
      this.#second = seconds;
    } else if (seconds === this.#second) {
      this.#current.push(nanos);
    } else if (seconds === this.#second - lateness) {
      this.#before.push(nanos);
    }
  }
}

function counted(times: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(time, (counts.get(time) ?? 0) + 1);
  return counts;
}

function isLater(one: Stamp, other: Stamp): boolean {
  return one.seconds === other.seconds ? one.nanos > other.nanos : one.seconds > other.seconds;
}
