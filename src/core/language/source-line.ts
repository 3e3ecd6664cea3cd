import type { TextRange } from '../finding.ts';
import { lineEnd, lineStart, nextLine } from '../manifest/text.ts';

/** One line of block style as its characters show it, whether or not the text around it can be read. */
export interface SourceLine {
  /** From its first character to its line break. */
  readonly range: TextRange;
  /** Columns of the dashes of list items it begins with. */
  readonly dashes: readonly number[];
  /** Column of what stands behind them; of a line with nothing else, its length. */
  readonly column: number;
  /** Nothing is written behind the dashes but a comment. */
  readonly empty: boolean;
  readonly key: { readonly text: string; readonly range: TextRange } | null;
  /** What follows the key, or all there is where there is none; without a comment behind it. */
  readonly value: TextRange;
  readonly comment: TextRange | null;
}

const dashes = /[ \t]*(?:-[ \t]+|-(?=\r?\n|$))*/y;
const plainKey = /[^\s"'#&*!|>%@`{}[\],](?:[^\n#:]|:(?![\s]|$)|(?<!\s)#)*?(?<![ \t])(?=[ \t]*:(?:\s|$))/y;
const quotedKey = /"(?:[^"\\\n]|\\.)*"(?=[ \t]*:)|'(?:[^'\n]|'')*'(?=[ \t]*:)/y;
const marker = /(?:---|\.\.\.)(?=\s|$)|%/y;

export function readLine(text: string, offset: number): SourceLine {
  const start = lineStart(text, offset);
  const end = lineEnd(text, start);
  dashes.lastIndex = start;
  const lead = dashes.exec(text)?.[0] ?? '';
  const from = Math.min(start + lead.length, end);
  const columns = [...lead].flatMap((char, column) => (char === '-' ? [column] : []));
  marker.lastIndex = start;
  const content = marker.test(text) ? end : from;
  const comment = commentIn(text, content, end);
  const empty = text.slice(content, comment?.start ?? end).trim() === '';
  const key = empty ? null : keyAt(text, content, end);
  const after = key === null ? content : text.indexOf(':', key.range.end) + 1;
  return {
    range: { start, end },
    dashes: columns,
    column: content - start,
    empty,
    key,
    value: trimmed(text, after, comment !== null && comment.start >= after ? comment.start : end),
    comment,
  };
}

/** The nearest line above on which something begins in a column or left of it; null where there is none. */
export function lineAbove(text: string, { range }: SourceLine, column: number): SourceLine | null {
  for (let end = range.start - 1; end >= 0;) {
    const start = lineStart(text, end);
    if (beginsBy(text, start, column)) {
      const line = readLine(text, start);
      if (!line.empty || line.dashes.length > 0) return line;
    }
    end = start - 1;
  }
  return null;
}

/** The nearest line below on which something begins in a column or left of it; null where there is none. */
export function lineBelow(text: string, { range }: SourceLine, column: number): SourceLine | null {
  for (let start = nextLine(text, range.end); start < text.length; start = nextLine(text, start)) {
    if (!beginsBy(text, start, column)) continue;
    const line = readLine(text, start);
    if (!line.empty || line.dashes.length > 0) return line;
  }
  return null;
}

const blanks = new Set([9, 10, 13, 32]);

/** Nearly all lines are deeper than the one that is looked for: they need not be read. */
function beginsBy(text: string, start: number, column: number): boolean {
  for (let at = start; at <= start + column; at++) {
    const char = text.charCodeAt(at);
    if (char === 10 || Number.isNaN(char)) return false;
    if (!blanks.has(char)) return true;
  }
  return false;
}

/** The text of a scalar without its quotes. */
export function unquoted(source: string): string {
  const quote = source[0];
  if (quote !== '"' && quote !== "'") return source;
  return source.slice(1, source.length > 1 && source.endsWith(quote) ? -1 : undefined);
}

function keyAt(text: string, start: number, end: number): SourceLine['key'] {
  const shape = text[start] === '"' || text[start] === "'" ? quotedKey : plainKey;
  shape.lastIndex = start;
  const found = shape.exec(text)?.[0];
  if (found === undefined || start + found.length > end) return null;
  return { text: unquoted(found), range: { start, end: start + found.length } };
}

/** A `#` outside of quotes with white space before it. Quotes only count where a value begins with them. */
function commentIn(text: string, start: number, end: number): TextRange | null {
  let quote = '';
  let fresh = true;
  for (let at = start; at < end; at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
      continue;
    }
    if (char === '#' && (at === start || /\s/.test(text[at - 1] ?? ''))) return { start: at, end };
    if ((char === '"' || char === "'") && fresh) quote = char;
    if (!/\s/.test(char)) fresh = /[:,[{]/.test(char);
  }
  return null;
}

function trimmed(text: string, start: number, end: number): TextRange {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}
