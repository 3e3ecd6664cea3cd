import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Alias, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { message } from '../finding.ts';
import type { Message, TextRange } from '../finding.ts';
import { readDirectly } from './direct.ts';
import { MappingNode } from './nodes.ts';
import type { Entry, Node, ScalarNode } from './nodes.ts';
import { pathOf } from './path.ts';
import { isUnsendable, readPlain } from './scalars.ts';
import { parseRepaired } from './repair.ts';
import { controlCharacter, DEEPEST, MOST_ALIASED, tooDeep } from './syntax.ts';
import type { SyntaxProblem } from './syntax.ts';
import { refusedTab } from './tabs.ts';
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

/** Reads one YAML document, of which parts may have been put aside before. Never throws. */
export function readDocument(text: string, aside: readonly TextRange[] = []): Reading {
  const control = controlCharacter(text);
  const root = control === null ? readDirectly(text) : null;
  if (root !== null) {
    return { root, problems: [], hidden: aside, readTo: text.length, duplicates: [], templated: false };
  }
  const reading = readByParser(text, control);
  return aside.length === 0 ? reading : { ...reading, hidden: [...reading.hidden, ...aside] };
}

/** Reads any text, with all its mistakes; `control`: one that was found already. */
export function readByParser(text: string, control = controlCharacter(text)): Reading {
  const { parsed, root: rest, hidden, problems: syntax, readTo } = parseRepaired(text);
  const reader = new Reader(text);
  const contents = parsed?.contents ?? null;
  const root = contents === null ? rest : reader.read(contents);
  const tab = syntax.length === 0 ? refusedTab(text) : null;
  const problems = [...syntax, ...reader.problems, ...[control, tab].filter((problem) => problem !== null)];
  problems.sort((a, b) => a.range.start - b.range.start);
  return { root, problems, hidden, readTo, duplicates: reader.duplicates, templated: reader.templated };
}

function rangeOf(node: { range?: readonly [number, number, number] | null | undefined }): TextRange {
  const range = node.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** Turns the parser's tree into ours: typed scalars, aliases and `<<` resolved, duplicate keys noted. */
class Reader {
  readonly problems: SyntaxProblem[] = [];
  readonly duplicates: DuplicateKey[] = [];
  templated = false;
  readonly #text: string;
  /** Target and size of each anchor seen so far; null while its own content is being read. */
  readonly #anchors = new Map<string, { node: Node; size: number } | null>();
  /** Keys and indexes from the root to the node that is being read. */
  readonly #steps: (string | number)[] = [];
  /** Where the last leaf that was read ends, with the rest of its line: so do the block collections around it. */
  #end = 0;
  #size = 0;
  #aliased = 0;
  #bomb = false;
  #deep = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: unknown): Node {
    if (this.#steps.length > DEEPEST) return this.#refuseDepth(node);
    if (isAlias(node)) return this.#alias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return emptyAt({ start: 0, end: 0 });
    const anchor = node.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const before = this.#size;
    this.#size++;
    const result = isScalar(node)
      ? this.#scalar(node)
      : isMap(node)
        ? this.#mapping(node)
        : this.#sequence(node);
    if (anchor !== undefined) this.#anchors.set(anchor, { node: result, size: this.#size - before });
    return result;
  }

  #scalar(node: Scalar): ScalarNode {
    const source = typeof node.source === 'string' ? node.source : '';
    const plain = node.type === 'PLAIN';
    const { start, end } = rangeOf(node);
    const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    this.#end = block || end === start ? end : nextLine(this.#text, end);
    const range = { start, end };
    const { tag } = node;
    const value = tag !== undefined ? readTagged(tag, source) : plain ? readPlain(source) : source;
    if (value === undefined)
      this.#problem(message('{0} cannot be what its tag says; change it or remove the tag', source), range);
    if (plain && isUnsendable(source))
      this.#problem(message('{0} is a number that no manifest can hold; put it in quotes', source), range);
    return { type: 'scalar', range, value: value ?? null, source, plain };
  }

  #sequence(node: YAMLSeq): Node {
    const items = node.items.map((item, index) =>
      // `[a: 1]` holds a bare pair: no manifest means that.
      isPair(item) ? emptyAt(rangeOf(node)) : this.#inside(index, item),
    );
    return { type: 'sequence', range: this.#rangeOf(node), items };
  }

  #inside(step: string | number, node: unknown): Node {
    this.#steps.push(step);
    const result = this.read(node);
    this.#steps.pop();
    return result;
  }

  #mapping(node: YAMLMap): MappingNode {
    const entries: Entry[] = [];
    const seen = new Map<string, Entry>();
    const repeated: { first: Entry; again: Entry }[] = [];
    const merged: Node[] = [];
    for (const pair of node.items) {
      const key = this.#key(pair);
      if (key === null) continue;
      const value = this.#value(pair, key);
      if (key.plain && key.source === '<<') {
        if (!isMergeable(value))
          this.#problem(message('<< takes a mapping or a list of mappings; write one'), key.range);
        merged.push(value);
        continue;
      }
      const entry = { key: key.source, keyRange: key.range, value, inherited: false };
      entries.push(entry);
      const first = seen.get(entry.key);
      if (first === undefined) seen.set(entry.key, entry);
      else repeated.push({ first, again: entry });
    }
    for (const source of merged) {
      for (const first of inherit(source, entries, seen)) {
        const again = seen.get(first.key);
        if (again !== undefined) repeated.push({ first, again });
      }
    }
    const mapping = new MappingNode(this.#rangeOf(node), entries, {
      repeats: repeated.some(({ first }) => !first.inherited),
      flow: node.flow === true,
    });
    const room = Math.max(0, MOST_DUPLICATES - this.duplicates.length);
    for (const { first, again } of repeated.slice(0, room)) {
      const path = pathOf([...this.#steps, again.key]);
      this.duplicates.push({ key: again.key, path, mapping, first, again });
    }
    return mapping;
  }

  /** The parser counts comments behind a collection as part of it, or not, by how far they are indented. */
  #rangeOf(node: YAMLMap | YAMLSeq): TextRange {
    const range = rangeOf(node);
    if (node.flow !== true) return { start: range.start, end: Math.max(range.start, this.#end) };
    this.#end = nextLine(this.#text, range.end);
    return range;
  }

  #value(pair: Pair, key: ScalarNode): Node {
    if (pair.value === null || pair.value === undefined)
      return emptyAt({ start: key.range.end, end: key.range.end });
    return this.#inside(key.source, pair.value);
  }

  /** Key of an entry; null when it is no scalar, which no manifest can have. */
  #key(pair: Pair): ScalarNode | null {
    const key: unknown = pair.key;
    if (isScalar(key)) return this.#scalar(key);
    if (isAlias(key)) {
      const target = this.#alias(key);
      return target.type === 'scalar' ? { ...target, range: rangeOf(key) } : null;
    }
    if (isMap(key) || isSeq(key)) {
      const range = rangeOf(key);
      if (this.#text.startsWith('{', range.start) && this.#text[range.start - 1] === '{')
        this.templated = true;
      else this.#problem(message('A key must be a word or a text, not a mapping or list'), range);
    }
    return null;
  }

  #alias(alias: Alias): Node {
    const range = rangeOf(alias);
    this.#end = nextLine(this.#text, range.end);
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      return this.#problem(
        message('There is no anchor &{0} above; add it or write the value', alias.source),
        range,
      );
    }
    if (target === null) {
      return this.#problem(
        message('*{0} stands inside &{0} itself; write the value instead', alias.source),
        range,
      );
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

  #refuseDepth(node: unknown): Node {
    const range = isScalar(node) || isMap(node) || isSeq(node) ? rangeOf(node) : { start: 0, end: 0 };
    if (!this.#deep) this.problems.push(tooDeep(this.#text, range.start));
    this.#deep = true;
    return emptyAt(range);
  }

  #problem(text: Message, range: TextRange): ScalarNode {
    const end = Math.max(range.start, Math.min(range.end, lineEnd(this.#text, range.start)));
    this.problems.push({ message: text, range: { start: range.start, end }, fixes: [] });
    return emptyAt(range);
  }
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
    if (seen.has(entry.key)) {
      overridden.push(taken);
      continue;
    }
    seen.set(entry.key, taken);
    entries.push(taken);
  }
  return overridden;
}

function emptyAt(range: TextRange): ScalarNode {
  return { type: 'scalar', range, value: null, source: '', plain: true };
}
