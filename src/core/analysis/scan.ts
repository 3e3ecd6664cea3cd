import { LineIndex } from '../manifest/lines.ts';
import { lineEnd, lineStart } from '../manifest/text.ts';

/** What is known of a text before it is parsed. */
export interface Scan {
  readonly text: string;
  readonly lines: LineIndex;
  /** Whether it may hold a merge conflict or a comment that lets findings pass; few texts do. */
  readonly marked: boolean;
}

const marks = /elastic-ignore|(?<![^\n\r])(?:<{7}|>{7}|\|{7}|={7})/;

/**
 * `before`: of the text as it was. An edit is small and a file may be large: only the lines that have changed are
 * looked at then.
 */
export function scan(text: string, before: Scan | null): Scan {
  if (before === null) return { text, lines: new LineIndex(text), marked: marks.test(text) };
  if (before.text === text) return before;
  const start = commonStart(before.text, text);
  const kept = commonEnd(before.text, text, Math.min(before.text.length, text.length) - start);
  const change = { start, end: before.text.length - kept, newEnd: text.length - kept };
  const changed = text.slice(lineStart(text, start), lineEnd(text, change.newEnd));
  return {
    text,
    lines: before.lines.after(change, text),
    marked: marks.test(before.marked ? text : changed),
  };
}

/** Pieces are compared as a whole: that is many times as fast as character by character. */
const pieceLength = 8192;

/** Number of characters that two texts have in common at their start. */
function commonStart(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let length = 0;
  for (let piece = pieceLength; piece >= 1;) {
    const end = length + piece;
    if (end <= limit && one.slice(length, end) === other.slice(length, end)) length = end;
    else piece >>= 1;
  }
  return length;
}

/** The same at their end, `limit` at most. */
function commonEnd(one: string, other: string, limit: number): number {
  let length = 0;
  for (let piece = pieceLength; piece >= 1;) {
    const next = length + piece;
    const isCommon =
      next <= limit &&
      one.slice(one.length - next, one.length - length) ===
        other.slice(other.length - next, other.length - length);
    if (isCommon) length = next;
    else piece >>= 1;
  }
  return length;
}
