/** When a line was written, by its node's clock. */
export interface Stamp {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanos: number;
  /** As written. */
  readonly text: string;
  /** Where the line goes on after it. */
  readonly end: number;
}

const written = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

/** Reads the times that the kubelet puts before lines. Lines of the same second are read once. */
export class StampReader {
  #written = '';
  #seconds = 0;

  /** null where the line begins with none. */
  read(line: string): Stamp | null {
    const match = written.exec(line);
    if (match === null) return null;
    const [whole, clock = '', fraction = '', zone = ''] = match;
    if (clock + zone !== this.#written) {
      const ms = Date.parse(clock + zone);
      if (Number.isNaN(ms)) return null;
      this.#written = clock + zone;
      this.#seconds = ms / 1000;
    }
    const text = whole.trimEnd();
    return { seconds: this.#seconds, nanos: Number(fraction.padEnd(9, '0')), text, end: whole.length };
  }
}

/** For ordering: ms since 1970 with a fraction, exact to a quarter of a microsecond. */
export function instantOf({ seconds, nanos }: Stamp): number {
  return seconds * 1000 + nanos / 1e6;
}
