import type { EditorRange, Position } from '../protocol.ts';
import type { TextRange } from '../finding.ts';

const LF = 10;
const CR = 13;

/** Offsets at which lines begin, and at which they end before their breaks. */
export interface LineData {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Where each line of a text begins, so that offsets and editor positions can be turned into each other. */
export class LineIndex {
  #starts: readonly number[];
  #ends: readonly number[];

  /** Lines end at `\n`, `\r\n` or a lone `\r`, as LSP has it. */
  constructor(text: string) {
    const starts = [0];
    const ends: number[] = [];
    for (let i = 0; i < text.length; i++) {
      const char = text.charCodeAt(i);
      if (char !== LF && char !== CR) continue;
      ends.push(i);
      if (char === CR && text.charCodeAt(i + 1) === LF) i++;
      starts.push(i + 1);
    }
    ends.push(text.length);
    this.#starts = starts;
    this.#ends = ends;
  }

  /** The index of which `data` was taken: it is sent from thread to thread so. */
  static from({ starts, ends }: LineData): LineIndex {
    const index = new LineIndex('');
    index.#starts = starts;
    index.#ends = ends;
    return index;
  }

  get data(): LineData {
    return { starts: this.#starts, ends: this.#ends };
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Position of an offset; one beyond the text is its end, one inside a line break is the end of that line. */
  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const start = this.#starts[low] ?? 0;
    const end = this.#ends[low] ?? start;
    return { line: low, character: Math.max(0, Math.min(offset, end) - start) };
  }

  /** Offset of a position; a character beyond the line is the line's end, a line beyond the text is its end. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const last = this.#starts.length - 1;
    if (line > last) return this.#ends[last] ?? 0;
    const start = this.#starts[line] ?? 0;
    return Math.min(start + Math.max(0, character), this.#ends[line] ?? start);
  }

  rangeAt({ start, end }: TextRange): EditorRange {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
