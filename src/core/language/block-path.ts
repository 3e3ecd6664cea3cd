import type { SourceLine } from './source-line.ts';
import { lineAbove, lineBelow, unquoted } from './source-line.ts';

/** Key of a mapping or index in a list. */
export type Step = string | number;

/** The way to a block from the root of its document; `text` inside of a text of several lines; null: nothing fits. */
export type BlockPath = readonly Step[] | 'text' | null;

const header = /^(?:[&!]\S*\s+)*[|>][-+\d]*$/;
const nothing = /^(?:[&!]\S*\s*)*$/;

/** Whether the value of a line is a text that follows on the lines below (`|`, `>`). */
export function opensText(text: string, { value }: SourceLine): boolean {
  return header.test(text.slice(value.start, value.end));
}

/** Whether a value may follow on the lines below. */
function isOpen(text: string, { value }: SourceLine): boolean {
  return nothing.test(text.slice(value.start, value.end));
}

/** What a block belongs to: a line, the column in it from which to go on outwards, and the steps that lead from there. */
interface Owner {
  readonly line: SourceLine;
  readonly column: number;
  readonly steps: readonly Step[];
}

/**
 * The way to what begins in a column of a line. Told by indentation alone, from the line upwards, so that it holds in
 * documents that cannot be read yet.
 */
export function pathOfBlock(text: string, from: SourceLine, begin: number): BlockPath {
  const steps: Step[] = [];
  let line = from;
  let column = begin;
  for (;;) {
    const dash = line.dashes.findLast((one) => one < column);
    const owner = dash === undefined ? ownerOf(text, line, column) : ownerOfList(text, line, dash);
    if (owner === 'text' || owner === null) return owner;
    steps.unshift(...owner.steps);
    if (owner.line === line && owner.column === 0) return steps;
    ({ line, column } = owner);
  }
}

/** Of a mapping whose keys stand in a column, no dash before them on the line. */
function ownerOf(text: string, from: SourceLine, column: number): Owner | 'text' | null {
  let shared = column === 0;
  for (let line = lineAbove(text, from, column); line !== null; line = lineAbove(text, line, column)) {
    const { dashes, empty, key } = line;
    if (!empty && line.column === column) {
      shared = true;
      // The first key of an item of a list.
      if (dashes.length > 0) return { line, column, steps: [] };
    } else if (!dashes.includes(column)) {
      if (empty) return { line, column, steps: [] };
      if (line.column > column) return null;
      if (opensText(text, line)) return 'text';
      return key !== null && isOpen(text, line) ? { line, column: line.column, steps: [key.text] } : null;
    }
  }
  // A document may be indented as a whole.
  return shared ? { line: from, column: 0, steps: [] } : null;
}

/** Of a list, from a dash of one of its items. */
function ownerOfList(text: string, from: SourceLine, dash: number): Owner | 'text' | null {
  if (from.dashes.some((one) => one < dash)) return { line: from, column: dash, steps: [0] };
  let index = 0;
  for (let line = lineAbove(text, from, dash); line !== null; line = lineAbove(text, line, dash)) {
    const { dashes, empty, key } = line;
    if (dashes.includes(dash)) {
      index++;
      if (dashes.some((one) => one < dash)) return { line, column: dash, steps: [index] };
    } else {
      if (empty) return { line, column: dash, steps: [index] };
      if (opensText(text, line)) return 'text';
      if (line.column > dash || key === null || !isOpen(text, line)) return null;
      return { line, column: line.column, steps: [key.text, index] };
    }
  }
  return { line: from, column: 0, steps: [index] };
}

/** Keys that stand in a column of the mapping around a line, with their texts where these are on the same line. */
export function siblingsOf(text: string, from: SourceLine, column: number): Map<string, string> {
  const found = new Map<string, string>();
  /** Whether the mapping may go on beyond the line. */
  const take = (line: SourceLine): boolean => {
    const first = line.dashes[0] ?? line.column;
    if (line.key === null || line.column !== column) return first === column;
    found.set(line.key.text, unquoted(text.slice(line.value.start, line.value.end)));
    return first === column;
  };
  if (from.dashes.length === 0) {
    for (let line = lineAbove(text, from, column); line !== null; line = lineAbove(text, line, column)) {
      if (!take(line)) break;
    }
  }
  for (let line = lineBelow(text, from, column); line !== null; line = lineBelow(text, line, column)) {
    if ((line.dashes[0] ?? line.column) < column || !take(line)) break;
  }
  return found;
}
