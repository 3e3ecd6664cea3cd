/** Lines of a text by offset. */
import type { TextRange } from '../finding.ts';

/** Offset where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

/** Offset after the line break that ends the line of an offset. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** The line break the text uses. */
export function lineBreak(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Characters between the start of the line and an offset. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The text with every line ended by a line feed, alone or behind a carriage return, at the same length. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}

/** Number of spaces and tabs at the start of a line; `dashes`: those of list items (`- - `) count as well. */
export function indentAt(text: string, start: number, dashes = false): number {
  let end = start;
  for (; end < text.length; end++) {
    const char = text[end];
    if (char === ' ' || char === '\t') continue;
    if (!dashes || char !== '-' || !/\s/.test(text[end + 1] ?? '\n')) break;
  }
  return end - start;
}

/** The text with spaces in place of some ranges, which must be in order; line breaks and the length stay. */
export function blank(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let done = 0;
  for (const { start, end } of ranges) {
    result += text.slice(done, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    done = end;
  }
  return result + text.slice(done);
}
