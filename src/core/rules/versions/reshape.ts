import type { TextEdit } from '../../finding.ts';
import type { Entry, MappingNode } from '../../manifest/nodes.ts';
import { columnOf, lineBreak, lineEnd, lineStart } from '../../manifest/text.ts';
import { contentEnd } from '../edits.ts';

/** Where an entry of a mapping goes: the keys that lead to it, from the mapping on. */
export interface Destination {
  readonly path: readonly string[];
  /** What has to stand beside it, before it. */
  readonly beside?: { readonly key: string; readonly value: string };
}

/** What goes with a key: whole lines above it, and what follows it on its line and on those below. */
interface Part {
  readonly above: readonly string[];
  readonly after: readonly string[];
}

/** The new form of a mapping: what was written, by new keys. */
type Tree = Map<string, Tree | Part>;

const STEP = 2;

/**
 * Gives entries of a mapping other keys, deeper inside it where that is wanted; what is not named stays. Values and
 * comments are kept as they are written. Null where that takes more than moving text: brackets over several lines,
 * keys written twice or taken over by `<<`.
 */
export function reshape(
  text: string,
  mapping: MappingNode,
  destinations: ReadonlyMap<string, Destination>,
): TextEdit | null {
  const [first] = mapping.entries;
  const last = mapping.entries.at(-1);
  if (first === undefined || last === undefined || mapping.repeats) return null;
  if (mapping.entries.some((entry) => entry.inherited)) return null;
  const parts = mapping.flow ? flowParts(text, mapping) : blockParts(text, mapping.entries);
  const tree = parts === null ? null : treeOf(parts, destinations);
  if (tree === null) return null;
  const { start } = first.keyRange;
  if (mapping.flow) {
    const newText = inFlow(tree, text[start] === '"' ? '"' : '');
    return { range: { start, end: contentEnd(text, last.value) }, newText };
  }
  const lines = inBlock(tree, columnOf(text, start));
  return { range: { start, end: endOf(text, last) }, newText: lines.join(lineBreak(text)).trimStart() };
}

function treeOf(
  parts: ReadonlyMap<Entry, Part>,
  destinations: ReadonlyMap<string, Destination>,
): Tree | null {
  const tree: Tree = new Map();
  for (const [{ key }, part] of parts) {
    const { path, beside } = destinations.get(key) ?? { path: [key] };
    let branch = tree;
    for (const step of path.slice(0, -1)) {
      const next = branch.get(step) ?? new Map<string, Tree | Part>();
      if (!(next instanceof Map)) return null;
      branch.set(step, next);
      branch = next;
    }
    const name = path.at(-1) ?? key;
    if (branch.has(name) || (beside !== undefined && branch.has(beside.key))) return null;
    if (beside !== undefined) branch.set(beside.key, { above: [], after: [`: ${beside.value}`] });
    branch.set(name, part);
  }
  return tree;
}

function flowParts(text: string, { entries, range }: MappingNode): ReadonlyMap<Entry, Part> | null {
  if (/[\n#]/.test(text.slice(range.start, range.end))) return null;
  return new Map(
    entries.map((entry) => {
      const after = text.slice(entry.keyRange.end, contentEnd(text, entry.value));
      return [entry, { above: [], after: [after] }];
    }),
  );
}

/** As a mapping in braces; JSON has its keys in quotes, and its words. */
function inFlow(tree: Tree, quote: string): string {
  return [...tree]
    .map(([key, part]) => {
      if (part instanceof Map) return `${quote}${key}${quote}: {${inFlow(part, quote)}}`;
      const after = part.after.join(' ').replace(/^: ([A-Z][A-Za-z]+)$/, `: ${quote}$1${quote}`);
      return `${quote}${key}${quote}${after}`;
    })
    .join(', ');
}

/** Lines lose the indentation of the mapping. Comments between two entries go with the second. */
function blockParts(text: string, entries: readonly Entry[]): ReadonlyMap<Entry, Part> {
  const parts = new Map<Entry, Part>();
  let done: number | null = null;
  for (const entry of entries) {
    const { start, end } = entry.keyRange;
    const column = columnOf(text, start);
    const outdent = (line: string): string =>
      line.slice(Math.min(column, line.length - line.trimStart().length));
    const above: string[] =
      done === null ? [] : text.slice(done, lineStart(text, start)).split(/\r?\n/).slice(1, -1);
    done = endOf(text, entry);
    const [same = '', ...below] = text.slice(end, done).split(/\r?\n/);
    parts.set(entry, { above: above.map(outdent), after: [same, ...below.map(outdent)] });
  }
  return parts;
}

function inBlock(tree: Tree, column: number): readonly string[] {
  const indent = ' '.repeat(column);
  return [...tree].flatMap(([key, part]) => {
    if (part instanceof Map) return [`${indent}${key}:`, ...inBlock(part, column + STEP)];
    const [same = '', ...below] = part.after;
    return [...part.above, `${key}${same}`, ...below].map((line) => (line === '' ? line : indent + line));
  });
}

/** Offset of the end of an entry's last line. */
function endOf(text: string, { keyRange, value }: Entry): number {
  return lineEnd(text, Math.max(keyRange.end, contentEnd(text, value)));
}
