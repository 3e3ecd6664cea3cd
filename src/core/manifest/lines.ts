import type { EditorRange, Position } from '../protocol.ts';
import type { TextRange } from '../finding.ts';
import { lastFrom } from '../ranges.ts';

const LF = 10;
const CR = 13;

/** What a LineIndex consists of. */
export interface LineData {
  /** Offsets at which lines begin. */
  readonly starts: Uint32Array;
  /** Offsets at which they end, before their breaks; null where every break is one character long. */
  readonly ends: readonly number[] | null;
  /** Of the text. */
  readonly length: number;
}

/** The characters from `start` to `end` were replaced by those that now reach to `newEnd`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

/** Where each line of a text begins, so that offsets and editor positions can be turned into each other. */
export class LineIndex {
  readonly data: LineData;

  /** Lines end at `\n`, `\r\n` or a lone `\r`, as LSP has it. */
  constructor(text: string) {
    this.data = text.includes('\r') ? linesOfAnyKind(text) : linesOf(text);
  }

  /** The index of which `data` was taken: it is sent from thread to thread so. */
  static from(data: LineData): LineIndex {
    return Object.assign(new LineIndex(''), { data });
  }

  /** The index of a text that was made from this one's by a change. */
  after(change: TextChange, text: string): LineIndex {
    if (this.data.ends !== null || text.includes('\r')) return new LineIndex(text);
    return LineIndex.from(linesAfter(this.data.starts, change, text));
  }

  get lineCount(): number {
    return this.data.starts.length;
  }

  /** Position of an offset; one beyond the text is its end, one inside a line break is the end of that line. */
  positionAt(offset: number): Position {
    const { starts } = this.data;
    const low = Math.max(
      0,
      lastFrom(starts, offset, (start) => start),
    );
    const start = starts[low] ?? 0;
    return { line: low, character: Math.max(0, Math.min(offset, this.#endOf(low)) - start) };
  }

  /** Offset of a position; a character beyond the line is the line's end, a line beyond the text is its end. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    const { starts, length } = this.data;
    if (line >= starts.length) return length;
    return Math.min((starts[line] ?? 0) + Math.max(0, character), this.#endOf(line));
  }

  rangeAt({ start, end }: TextRange): EditorRange {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  #endOf(line: number): number {
    const { starts, ends, length } = this.data;
    if (ends !== null) return ends[line] ?? length;
    const next = starts[line + 1];
    return next === undefined ? length : next - 1;
  }
}

/** Most texts have one kind of line break, and a search finds it several times as fast as a look at each character. */
function linesOf(text: string): LineData {
  return {
    starts: Uint32Array.from([0, ...startsWithin(text, 0, text.length)]),
    ends: null,
    length: text.length,
  };
}

/** Where lines begin whose line feed is between two offsets. */
function startsWithin(text: string, from: number, to: number): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Lines before a change begin where they did, and those behind it as much farther as the text has grown. */
function linesAfter(starts: Uint32Array, { start, end, newEnd }: TextChange, text: string): LineData {
  const before = starts.subarray(0, countUpTo(starts, start));
  const changed = startsWithin(text, start, newEnd);
  const behind = starts.subarray(countUpTo(starts, end));
  const result = new Uint32Array(before.length + changed.length + behind.length);
  result.set(before);
  result.set(changed, before.length);
  const moved = result.subarray(before.length + changed.length);
  const growth = newEnd - end;
  for (let i = 0; i < behind.length; i++) moved[i] = (behind[i] ?? 0) + growth;
  return { starts: result, ends: null, length: text.length };
}

/** How many lines begin at an offset or before it. */
function countUpTo(starts: Uint32Array, offset: number): number {
  return lastFrom(starts, offset, (start) => start) + 1;
}

function linesOfAnyKind(text: string): LineData {
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
  return { starts: Uint32Array.from(starts), ends, length: text.length };
}
