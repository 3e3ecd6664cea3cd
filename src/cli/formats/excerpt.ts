import stringWidth from 'string-width';
import type { LineIndex, TextRange } from '../../core/index.ts';
import { printable } from './printable.ts';

/** A line of a file, and under it carets that point at a part of it. */
export interface Excerpt {
  readonly line: string;
  /** Columns before the carets, and how many they are. */
  readonly indent: number;
  readonly length: number;
}

/** Of a line too long to be shown whole, at least this much before the place is. */
const before = 24;

/** The line a range begins in, as far as it fits into some columns. */
export function excerptOf(text: string, lines: LineIndex, range: TextRange, width: number): Excerpt {
  const { line } = lines.positionAt(range.start);
  const start = lines.offsetAt({ line, character: 0 });
  const end = lines.offsetAt({ line, character: Number.MAX_SAFE_INTEGER });
  // A line may be a whole file: no more of it is looked at than could be shown.
  const whole = range.start - start + Math.min(range.end - range.start, before) <= width;
  const from = whole ? start : Math.max(start, range.start - before);
  const to = Math.min(end, from + width);
  const lead = (from > start ? '…' : '') + shown(text.slice(from, range.start));
  const marked = shown(text.slice(range.start, Math.min(range.end, to)));
  const rest = shown(text.slice(Math.min(range.end, to), to)) + (to < end ? '…' : '');
  return {
    line: (lead + marked + rest).trimEnd(),
    indent: stringWidth(lead),
    length: Math.max(1, stringWidth(marked)),
  };
}

function shown(text: string): string {
  return printable(text.replaceAll('\t', '    '));
}
