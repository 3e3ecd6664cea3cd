import { message } from '../finding.ts';
import type { Message, TextRange } from '../finding.ts';
import { readDirectly } from './direct.ts';
import { MappingNode } from './nodes.ts';
import type { Entry, Node, ScalarNode } from './nodes.ts';
import { pathOf } from './path.ts';
import { compose } from './reader/compose.ts';
import type { AliasTree, MappingTree, ScalarTree, SequenceTree, Tree } from './reader/tree.ts';
import { isUnsendable, readInteger, readPlain } from './scalars.ts';
import { parseRepaired } from './repair.ts';
import { controlCharacter, isUnusual, MOST_ALIASED } from './syntax.ts';
import type { SyntaxProblem } from './syntax.ts';
import { readTagged } from './tags.ts';
import { lineEnd, nextLine } from './text.ts';

/** A key that its mapping has already. The server minds as well where one of both comes from a `<<`. */
export interface DuplicateKey {
  readonly key: string;
  readonly path: string;
  readonly mapping: MappingNode;
  readonly first: Entry;
  readonly again: Entry;
}

/** What a document's text holds. Offsets count from the start of that text. */
export interface Reading {
  readonly root: Node | null;
  /** In the order of the text. */
  readonly problems: readonly SyntaxProblem[];
  /** Parts of the text that could not be read. */
  readonly hidden: readonly TextRange[];
  /** Offset from which on what was read cannot be trusted; the text's length where all of it can. */
  readonly readTo: number;
  readonly duplicates: readonly DuplicateKey[];
  /** A `{{ … }}` stands where YAML expects a value: the text is a template that becomes YAML later. */
  readonly templated: boolean;
}

/** Duplicate keys of one document that are worth telling. */
const MOST_DUPLICATES = 1000;
const MERGE_TAG = 'tag:yaml.org,2002:merge';
const FLOAT_TAG = 'tag:yaml.org,2002:float';

/** Reads one YAML document, of which parts may have been put aside before. Never throws. */
export function readDocument(text: string, aside: readonly TextRange[] = []): Reading {
  const root = isUnusual(text) ? null : readDirectly(text);
  if (root !== null) {
    return { root, problems: [], hidden: aside, readTo: text.length, duplicates: [], templated: false };
  }
  const reading = readWhole(text);
  return aside.length === 0 ? reading : { ...reading, hidden: [...reading.hidden, ...aside] };
}

/** Reads any text as the API server does, with all its mistakes. */
export function readWhole(text: string): Reading {
  const control = controlCharacter(text);
  const composed = compose(text);
  const reader = new Reader(text, composed.ok);
  if (composed.ok && control === null) {
    const root = composed.tree === null ? null : reader.read(composed.tree);
    return readingOf(reader, { root, hidden: [], readTo: text.length }, []);
  }
  const repaired = parseRepaired(text);
  const { tree, hidden, readTo } = repaired;
  const root = tree === null ? repaired.root : reader.read(tree);
  const problems = [...repaired.problems];
  // What the parser lets pass, the server's reader may refuse all the same.
  if (problems.length === 0 && !composed.ok) problems.push(composed.problem);
  if (control !== null) problems.push(control);
  return readingOf(reader, { root, hidden, readTo }, problems);
}

function readingOf(
  { problems, unknown, duplicates, templated }: Reader,
  read: Pick<Reading, 'root' | 'hidden' | 'readTo'>,
  syntax: readonly SyntaxProblem[],
): Reading {
  const all = [...syntax, ...problems].sort((a, b) => a.range.start - b.range.start);
  return { ...read, hidden: [...read.hidden, ...unknown], problems: all, duplicates, templated };
}

/** Gives a tree its meaning: typed scalars, aliases and `<<` resolved, duplicate keys noted. */
class Reader {
  readonly problems: SyntaxProblem[] = [];
  /** What stands for something that nobody can know. */
  readonly unknown: TextRange[] = [];
  readonly duplicates: DuplicateKey[] = [];
  templated = false;
  readonly #text: string;
  /** Target and size of each anchor seen so far; null while its own content is being read. */
  readonly #anchors = new Map<string, { node: Node; size: number } | null>();
  /** Keys and indexes from the root to the node that is being read. */
  readonly #steps: (string | number)[] = [];
  /** Where the last leaf that was read ends, with the rest of its line: so do the block collections around it. */
  #end = 0;
  /** The line of which an offset was last asked for, from that offset on. */
  #line: TextRange = { start: 0, end: 0 };
  #size = 0;
  #aliased = 0;
  #bomb = false;
  /** Nothing was put aside: what is missing was never written. */
  readonly #whole: boolean;

  constructor(text: string, whole: boolean) {
    this.#text = text;
    this.#whole = whole;
  }

  /** `ofKey`: of the key of an entry, which becomes a text whatever it is. */
  read(tree: Tree, ofKey = false): Node {
    if (tree.kind === 'alias') return this.#alias(tree);
    const { anchor } = tree;
    if (anchor !== null) this.#anchors.set(anchor, null);
    const before = this.#size;
    this.#size++;
    const result =
      tree.kind === 'scalar'
        ? this.#scalar(tree, ofKey)
        : tree.kind === 'mapping'
          ? this.#mapping(tree)
          : this.#sequence(tree);
    // One of the same name inside it counts from there on.
    if (anchor !== null && this.#anchors.get(anchor) === null)
      this.#anchors.set(anchor, { node: result, size: this.#size - before });
    return result;
  }

  #scalar({ source, style, tag, start, end }: ScalarTree, ofKey: boolean): ScalarNode {
    const plain = style === 'plain';
    this.#end = style === 'block' || end === start ? end : this.#nextLine(end);
    const range = { start, end };
    const value = tag !== null ? readTagged(tag, source) : plain ? readPlain(source) : source;
    if (value === undefined)
      this.#problem(message('{0} cannot be what its tag says; change it or remove the tag', source), range);
    if (!ofKey && isUnsendable(source) && (tag === null ? plain : tag === FLOAT_TAG))
      this.#problem(message('{0} is a number that no manifest can hold; put it in quotes', source), range);
    return { type: 'scalar', range, value: value ?? null, source, plain };
  }

  #sequence(tree: SequenceTree): Node {
    const items = tree.items.map((item, index) => this.#inside(index, item));
    return { type: 'sequence', range: this.#rangeOf(tree), items };
  }

  #inside(step: string | number, tree: Tree): Node {
    this.#steps.push(step);
    const result = this.read(tree);
    this.#steps.pop();
    return result;
  }

  #mapping(tree: MappingTree): MappingNode {
    const entries: Entry[] = [];
    const seen = new Map<string, Entry>();
    const repeated: { first: Entry; again: Entry }[] = [];
    const merged: Node[] = [];
    for (const [keyTree, valueTree] of tree.pairs) {
      const key = this.#key(keyTree);
      if (key === null) continue;
      if (isMerge(keyTree)) {
        const value = this.read(valueTree);
        if (!isMergeable(value) || (valueTree.kind === 'alias' && value.type === 'sequence'))
          this.#problem(message('<< takes a mapping or a list of mappings; write one'), key.range);
        merged.push(value);
        continue;
      }
      const entry = this.#entry(key, valueTree);
      entries.push(entry);
      const first = seen.get(identity(entry));
      if (first === undefined) seen.set(identity(entry), entry);
      else repeated.push({ first, again: entry });
    }
    for (const source of merged) {
      for (const first of inherit(source, entries, seen)) {
        const again = seen.get(identity(first));
        if (again !== undefined) repeated.push({ first, again });
      }
    }
    const mapping = new MappingNode(this.#rangeOf(tree), entries, {
      repeats: repeated.some(({ first }) => !first.inherited),
      flow: tree.flow,
    });
    const room = Math.max(0, MOST_DUPLICATES - this.duplicates.length);
    for (const { first, again } of repeated.slice(0, room)) {
      const path = pathOf([...this.#steps, again.key]);
      this.duplicates.push({ key: again.key, path, mapping, first, again });
    }
    return mapping;
  }

  #entry({ value, source, range }: ScalarNode, valueTree: Tree): Entry {
    const key = typeof value === 'string' || value === null ? source : keyName(value, source);
    const entry = { key, keyRange: range, value: this.#inside(key, valueTree), inherited: false };
    if (typeof value === 'string' || value === null) return entry;
    // To Go, 1 and 1.0 are two keys as well.
    const type = typeof value === 'number' && readInteger(source) === null ? 'float' : typeof value;
    return { ...entry, typed: `${type} ${key}` };
  }

  /** The parser counts comments behind a collection as part of it, or not, by how far they are indented. */
  #rangeOf({ start, end, flow }: MappingTree | SequenceTree): TextRange {
    if (!flow) return { start, end: Math.max(start, this.#end) };
    this.#end = this.#nextLine(end);
    return { start, end };
  }

  /** Looked for once on each line: there may be one alone, and all values on it. */
  #nextLine(offset: number): number {
    const { start, end } = this.#line;
    if (offset < start || offset >= end) this.#line = { start: offset, end: nextLine(this.#text, offset) };
    return this.#line.end;
  }

  /** Key of an entry; null when it is no scalar, which no manifest can have. */
  #key(tree: Tree): ScalarNode | null {
    const node = this.read(tree, true);
    const range = { start: tree.start, end: tree.end };
    if (node.type !== 'scalar') {
      if (this.#text.startsWith('{', range.start) && this.#text[range.start - 1] === '{')
        this.templated = true;
      else this.#problem(message('A key must be a word or a text, not a mapping or list'), range);
      return null;
    }
    if (this.#whole && !isNamable(node))
      this.#problem(message('The API server takes no such key; put it in quotes'), range);
    return { ...node, range };
  }

  #alias({ name, start, end }: AliasTree): Node {
    const range = { start, end };
    this.#end = this.#nextLine(end);
    const target = this.#anchors.get(name);
    if (target === undefined) {
      return this.#problem(message('There is no anchor &{0} above; add it or write the value', name), range);
    }
    if (target === null) {
      return this.#problem(message('*{0} stands inside &{0} itself; write the value instead', name), range);
    }
    this.#aliased += target.size;
    this.#size += target.size;
    if (this.#aliased <= MOST_ALIASED) return target.node;
    if (this.#bomb) return emptyAt(range);
    this.#bomb = true;
    return this.#problem(
      message('The aliases of this document unfold to too much; write the values or use fewer aliases'),
      range,
    );
  }

  #problem(text: Message, range: TextRange): ScalarNode {
    const end = range.start + lineEnd(this.#text.slice(range.start, range.end), 0);
    this.problems.push({ message: text, range: { start: range.start, end }, fixes: [] });
    this.unknown.push({ start: range.start, end });
    return emptyAt(range);
  }
}

function isMerge(tree: Tree): boolean {
  if (tree.kind !== 'scalar' || tree.source !== '<<') return false;
  return tree.tag === null ? tree.style === 'plain' : tree.tag === '!' || tree.tag === MERGE_TAG;
}

/** Whether JSON has a name for a key: no nulls, nor numbers beyond what Go calls an int. */
function isNamable({ value, source }: ScalarNode): boolean {
  if (value === null) return false;
  return typeof value !== 'number' || (readInteger(source) ?? 0n) < 2n ** 63n;
}

/** The name that a key which is no text gets in JSON. */
function keyName(value: number | boolean, source: string): string {
  return typeof value === 'number' ? String(readInteger(source) ?? value) : String(value);
}

function identity({ key, typed }: Entry): string {
  return typed === undefined ? key : `\0${typed}`;
}

function isMergeable(node: Node): boolean {
  return node.type === 'sequence'
    ? node.items.every(({ type }) => type === 'mapping')
    : node.type === 'mapping';
}

/**
 * Takes over, from the target of a `<<`, the keys a mapping has not itself; of several targets the first wins. Gives
 * those that it has.
 */
function inherit(source: Node, entries: Entry[], seen: Map<string, Entry>): readonly Entry[] {
  if (source.type === 'sequence')
    return source.items.flatMap((item) => (item.type === 'mapping' ? inherit(item, entries, seen) : []));
  if (source.type !== 'mapping') return [];
  const overridden: Entry[] = [];
  for (const entry of source.entries) {
    const taken = { ...entry, inherited: true };
    if (seen.has(identity(entry))) {
      overridden.push(taken);
      continue;
    }
    seen.set(identity(entry), taken);
    entries.push(taken);
  }
  return overridden;
}

function emptyAt(range: TextRange): ScalarNode {
  return { type: 'scalar', range, value: null, source: '', plain: true };
}
