import type { TextRange } from '../finding.ts';
import type { Step } from './block-path.ts';
import { opensText, pathOfBlock, siblingsOf } from './block-path.ts';
import type { FlowPlace } from './flow-scan.ts';
import { scanFlow } from './flow-scan.ts';
import type { SourceLine } from './source-line.ts';
import { lineAbove, lineBelow, readLine, unquoted } from './source-line.ts';

/** What is being written at an offset of a document, as its characters show it: the document need not be readable. */
export interface Cursor {
  /** A key; the value of a key; or `content`, of which only the schema knows whether it will be a key or a value. */
  readonly part: 'key' | 'value' | 'content';
  /** The way to the mapping of a key, to a value, or to what the content is of; from the root of the document. */
  readonly path: readonly Step[];
  /** The list that has its items in this column, where the place is not in it as well. */
  readonly list: readonly Step[] | null;
  /** Keys of the mapping the place is in, with their texts. */
  readonly siblings: ReadonlyMap<string, string>;
  /** What is replaced by what is chosen; empty where nothing is written yet. */
  readonly word: TextRange;
  /** A key already has its colon. */
  readonly colon: boolean;
  readonly style: 'block' | 'flow';
  /** Where keys of the mapping stand, in block style. */
  readonly column: number;
}

/** Lines above a place in which a brace may be open. */
const FARTHEST = 300;

/** Offsets count from the start of the text, which is one document. Null where nothing is to be proposed. */
export function cursorAt(text: string, offset: number): Cursor | null {
  const line = readLine(text, offset);
  const flow = flowAround(text, offset, line);
  if (flow === 'behind') return null;
  return flow === null ? inBlock(text, offset, line) : inFlow(text, flow);
}

function inBlock(text: string, offset: number, line: SourceLine): Cursor | null {
  const { range, dashes, empty, key, value, comment } = line;
  const column = offset - range.start;
  const inComment = comment !== null && (offset > comment.start || (empty && dashes.length === 0));
  if (inComment || text.slice(range.start, offset).includes('\t')) return null;
  if (/^(?:---|\.\.\.|%)/.test(text.slice(range.start, range.start + 3))) return null;
  if (empty) {
    if ((dashes.at(-1) ?? -2) + 1 >= column) return null;
    return contentAt(text, line, column, { start: offset, end: offset });
  }
  if (column < line.column) return null;
  if (key === null) {
    if (offset > value.end || opensText(text, line)) return null;
    return contentAt(text, line, line.column, value);
  }
  if (offset <= key.range.end) return keyAt(text, line);
  const written = value.end > value.start;
  if (written ? offset < value.start || offset > value.end : !/\s/.test(text[offset - 1] ?? '')) return null;
  if (opensText(text, line)) return null;
  return valueAt(text, line, offset);
}

function contentAt(text: string, line: SourceLine, column: number, word: TextRange): Cursor | null {
  const path = pathOfBlock(text, line, column);
  if (path === null || path === 'text') return null;
  const siblings = siblingsOf(text, line, column);
  const list = line.dashes.length === 0 ? listIn(text, line, column) : null;
  if (siblings.size === 0 && list === null && line.dashes.length === 0 && isAside(text, line, column))
    return null;
  return { part: 'content', path, list, siblings, word, colon: false, style: 'block', column };
}

/** Whether the block above has its keys in another column. */
function isAside(text: string, line: SourceLine, column: number): boolean {
  const above = lineAbove(text, line, Infinity);
  return above !== null && (above.dashes[0] ?? above.column) > column;
}

/** The list whose items begin in a column, right above a line. */
function listIn(text: string, line: SourceLine, column: number): readonly Step[] | null {
  const above = lineAbove(text, line, column);
  if (above === null || !above.dashes.includes(column)) return null;
  const item = pathOfBlock(text, above, column + 1);
  return item === null || item === 'text' ? null : item.slice(0, -1);
}

function keyAt(text: string, line: SourceLine): Cursor | null {
  const path = pathOfBlock(text, line, line.column);
  if (path === null || path === 'text' || line.key === null) return null;
  const siblings = siblingsOf(text, line, line.column);
  const word = line.key.range;
  return { part: 'key', path, list: null, siblings, word, colon: true, style: 'block', column: line.column };
}

function valueAt(text: string, line: SourceLine, offset: number): Cursor | null {
  const { key, value, column } = line;
  const path = pathOfBlock(text, line, column);
  if (path === null || path === 'text' || key === null) return null;
  const siblings = siblingsOf(text, line, column);
  const word = value.end > value.start ? value : { start: offset, end: offset };
  return {
    part: 'value',
    path: [...path, key.text],
    list: null,
    siblings,
    word,
    colon: false,
    style: 'block',
    column,
  };
}

/** A place in flow style, and the line on which that begins. */
interface FlowAround {
  readonly line: SourceLine;
  readonly place: FlowPlace;
}

function inFlow(text: string, { line, place }: FlowAround): Cursor | null {
  const { frames, inComment, word, isKey, colon } = place;
  const outer = pathOfBlock(text, line, line.column);
  const inner = frames.at(-1);
  if (inComment || inner === undefined || outer === null || outer === 'text') return null;
  const path: Step[] = line.key === null ? [...outer] : [...outer, line.key.text];
  for (const frame of frames.slice(0, -1)) path.push(frame.brace === '[' ? frame.index : (frame.key ?? ''));
  const siblings = new Map(inner.entries);
  const shared = { list: null, word, style: 'flow', column: line.column } as const;
  if (inner.brace === '[')
    return { ...shared, part: 'content', path: [...path, inner.index], siblings: new Map(), colon };
  if (isKey) {
    if (colon) siblings.delete(unquoted(text.slice(word.start, word.end)));
    return { ...shared, part: 'key', path, siblings, colon };
  }
  siblings.delete(inner.key ?? '');
  return { ...shared, part: 'value', path: [...path, inner.key ?? ''], siblings, colon: false };
}

/** The braces that are open at an offset; `behind`: some were closed before it on its line. Null in block style. */
function flowAround(text: string, offset: number, last: SourceLine): FlowAround | 'behind' | null {
  let line = firstLine(text, last);
  while (line.range.start <= offset) {
    const next = lineAfter(text, line, offset);
    if (next === null) return null;
    if ('place' in next) return next;
    if (next.closed !== null && next.closed > last.range.start) return 'behind';
    if (next.line === null) return null;
    line = next.line;
  }
  return null;
}

/** Goes over one line and what its value reaches to, or stops at the offset inside of its braces. */
function lineAfter(
  text: string,
  line: SourceLine,
  offset: number,
): FlowAround | { readonly line: SourceLine | null; readonly closed: number | null } | null {
  if (opensText(text, line)) {
    const owner = line.key === null ? (line.dashes.at(-1) ?? 0) : line.column;
    return { line: lineBelow(text, line, owner), closed: null };
  }
  const start = behindProperties(text, line.value);
  if (line.empty || start >= offset || !isBrace(text[start]))
    return { line: below(text, line.range.end), closed: null };
  let scan = scanFlow(text, start, offset, line.range.end);
  if (!('closed' in scan)) scan = scanFlow(text, start, offset, flowEnd(text, line));
  if (!('closed' in scan)) return { line, place: scan };
  return { line: below(text, scan.closed), closed: scan.closed };
}

function below(text: string, offset: number): SourceLine | null {
  const next = text.indexOf('\n', offset) + 1;
  return next === 0 ? null : readLine(text, next);
}

function isBrace(char: string | undefined): boolean {
  return char === '{' || char === '[';
}

/** Where a value begins behind its anchor and tag. */
function behindProperties(text: string, { start, end }: TextRange): number {
  return start + (/^(?:[&!]\S*\s+)*/.exec(text.slice(start, end))?.[0].length ?? 0);
}

/** A line above in block style from which on braces are looked for. */
function firstLine(text: string, last: SourceLine): SourceLine {
  const first = readLine(text, text.search(/^[^\s#-]|^-(?!--)/m));
  if (isBrace(text[first.value.start])) return first;
  let line = last;
  for (let count = 0; count < FARTHEST && line.range.start > 0; count++) {
    line = readLine(text, line.range.start - 1);
    if (line.key !== null && line.column === 0) break;
  }
  return line;
}

/** How far braces that nobody closed may reach: up to the next key or item that belongs to what is around them. */
function flowEnd(text: string, line: SourceLine): number {
  if (line.key === null && line.column === 0) return text.length;
  const owner = line.dashes[0] ?? line.column;
  for (let next = lineBelow(text, line, owner); next !== null; next = lineBelow(text, next, owner)) {
    if (next.key !== null || next.dashes.length > 0) return next.range.start;
  }
  return text.length;
}
