/** Edits of YAML text that keep everything around them as it was written. */
import type { TextEdit, TextRange } from '../finding.ts';
import type { Entry, MappingNode, Node, SequenceNode } from '../manifest/nodes.ts';
import { columnOf, lineBreak, lineStart, nextLine } from '../manifest/text.ts';

/** Offset after the last character that belongs to a node: blank lines and comments behind it do not. */
export function contentEnd(text: string, node: Node): number {
  let last = node;
  for (;;) {
    const inner: Node | undefined =
      last.type === 'mapping' && !last.flow
        ? last.entries.findLast((entry) => !entry.inherited)?.value
        : last.type === 'sequence' && text[last.range.start] !== '['
          ? last.items.at(-1)
          : undefined;
    // An alias leads to a place further up: it ends where it is written, not where its target does.
    if (inner === undefined || inner.range.end < last.range.start || inner.range.end > last.range.end) break;
    last = inner;
  }
  let end = last.range.end;
  while (end > last.range.start && /\s/.test(text[end - 1] ?? '')) end--;
  return end;
}

/**
 * The whole lines an entry of a block mapping stands on, comments between them included; null where it shares
 * its lines with something else (`{…}`, `- name: web`).
 */
export function linesOf(text: string, mapping: MappingNode, entry: Entry): TextRange | null {
  if (mapping.flow || entry.inherited) return null;
  const start = lineStart(text, entry.keyRange.start);
  if (text.slice(start, entry.keyRange.start).trim() !== '') return null;
  return { start, end: endOfEntry(text, entry) };
}

/** Offset after the last line of an entry of a block mapping. */
function endOfEntry(text: string, entry: Entry): number {
  return nextLine(text, Math.max(entry.keyRange.end, contentEnd(text, entry.value)));
}

/** Takes an entry away with its lines; null where that cannot be done by whole lines, or nothing would be left. */
export function removeEntry(text: string, mapping: MappingNode, entry: Entry): TextEdit | null {
  const range = linesOf(text, mapping, entry);
  return range === null || mapping.entries.length < 2 ? null : { range, newText: '' };
}

/**
 * Puts lines behind the last entry of a block mapping, in line with its entries; null for mappings written in
 * braces or taken over from elsewhere.
 */
export function appendLines(text: string, mapping: MappingNode, lines: readonly string[]): TextEdit | null {
  const written = mapping.entries.filter((entry) => !entry.inherited);
  const first = written[0];
  const last = written.at(-1);
  if (mapping.flow || first === undefined || last === undefined) return null;
  return insertLines(text, endOfEntry(text, last), columnOf(text, first.keyRange.start), lines);
}

/**
 * Puts an item of these lines behind the last item of a block sequence; null for one in brackets, in which nothing
 * is, or that an alias stands for.
 */
export function appendItem(text: string, list: SequenceNode, lines: readonly string[]): TextEdit | null {
  const [first, last] = [list.items[0], list.items.at(-1)];
  if (first === undefined || last === undefined || text[list.range.start] === '[') return null;
  const dash = /^( *)- +$/.exec(text.slice(lineStart(text, first.range.start), first.range.start));
  if (dash === null || last.range.start < first.range.start) return null;
  const item = lines.map((line, index) => (index === 0 ? '- ' : '  ') + line);
  return insertLines(text, nextLine(text, contentEnd(text, last)), dash[1]?.length ?? 0, item);
}

function insertLines(text: string, offset: number, column: number, lines: readonly string[]): TextEdit {
  const indent = ' '.repeat(column);
  const eol = lineBreak(text);
  const block = lines.map((line) => (line === '' ? line : indent + line)).join(eol);
  const openEnd = offset > 0 && text[offset - 1] !== '\n';
  return { range: { start: offset, end: offset }, newText: openEnd ? eol + block : block + eol };
}

/**
 * Puts lines inside the mapping that a path of keys leads to, and writes those of its keys that are not there yet; null
 * where a mapping on the way cannot be added to.
 */
export function insertUnder(
  text: string,
  mapping: MappingNode,
  path: readonly string[],
  lines: readonly string[],
): TextEdit | null {
  const [key, ...rest] = path;
  const entry = key === undefined ? null : mapping.entry(key);
  if (entry === null) return appendLines(text, mapping, nested(path, lines));
  return entry.inherited || entry.value.type !== 'mapping'
    ? null
    : insertUnder(text, entry.value, rest, lines);
}

function nested(path: readonly string[], lines: readonly string[]): readonly string[] {
  const keys = path.map((key, depth) => `${'  '.repeat(depth)}${key}:`);
  return [...keys, ...lines.map((line) => '  '.repeat(path.length) + line)];
}
