import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { Alias, Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { message } from '../finding.ts';
import type { Message, TextRange } from '../finding.ts';
import { MappingNode } from './nodes.ts';
import type { Entry, Node, ScalarNode } from './nodes.ts';
import { joinIndex, joinKey } from './path.ts';
import { readNumber, readPlain } from './scalars.ts';
import { controlCharacter, syntaxErrors } from './syntax.ts';

/** Something in the text that is not YAML, or not what the API server's reader takes for YAML. */
export interface SyntaxProblem {
  readonly message: Message;
  readonly range: TextRange;
}

/** A key that its mapping has already. */
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
  /** In the order of the text, at most one a line. */
  readonly problems: readonly SyntaxProblem[];
  readonly duplicates: readonly DuplicateKey[];
  /** A `{{ … }}` stands where YAML expects a value: the text is a template that becomes YAML later. */
  readonly templated: boolean;
}

/** Levels a manifest may nest; custom resource definitions, the deepest in use, stay far below 100. */
const DEEPEST = 500;
/** Nodes that aliases may add before a document counts as a bomb; the API server's reader allows about as many. */
const MOST_ALIASED = 400_000;

/** Reads one YAML document. Never throws. */
export function readDocument(text: string): Reading {
  let parsed: Document.Parsed;
  try {
    // Every scalar arrives as text: what type it has is decided as the API server decides it, in scalars.ts.
    // Duplicate keys are looked for below: the parser's own check is quadratic.
    parsed = parseDocument(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch {
    // A stack overflow, or a fault of the parser itself: for the person both mean the same.
    const problem = { message: tooDeep(), range: firstLine(text) };
    return { root: null, problems: [problem], duplicates: [], templated: false };
  }
  const reader = new Reader(text);
  const root = parsed.contents === null ? null : reader.read(parsed.contents, '', 0);
  const control = controlCharacter(text);
  const problems = [...syntaxErrors(parsed.errors, text), ...reader.problems, ...(control ? [control] : [])];
  problems.sort((a, b) => a.range.start - b.range.start);
  return { root, problems, duplicates: reader.duplicates, templated: reader.templated };
}

function tooDeep(): Message {
  return message('This is nested too deeply to be read; a manifest needs far fewer levels');
}

function firstLine(text: string): TextRange {
  const end = text.search(/[\r\n]/);
  return { start: 0, end: end < 0 ? text.length : end };
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
  #size = 0;
  #aliased = 0;
  #bomb = false;
  #deep = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: unknown, path: string, depth: number): Node {
    if (depth > DEEPEST) return this.#refuseDepth(node);
    if (isAlias(node)) return this.#alias(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return emptyAt({ start: 0, end: 0 });
    const anchor = node.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const before = this.#size;
    this.#size++;
    const result = isScalar(node)
      ? this.#scalar(node)
      : isMap(node)
        ? this.#mapping(node, path, depth)
        : this.#sequence(node, path, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, { node: result, size: this.#size - before });
    return result;
  }

  #scalar(node: Scalar): ScalarNode {
    const source = typeof node.source === 'string' ? node.source : '';
    const plain = node.type === 'PLAIN';
    const value = node.tag !== undefined ? readTagged(node.tag, source) : plain ? readPlain(source) : source;
    return { type: 'scalar', range: rangeOf(node), value, source, plain };
  }

  #sequence(node: YAMLSeq, path: string, depth: number): Node {
    const items = node.items.map((item, index) =>
      // `[a: 1]` holds a bare pair: the mapping {a: 1}.
      isPair(item) ? emptyAt(rangeOf(node)) : this.read(item, joinIndex(path, index), depth + 1),
    );
    return { type: 'sequence', range: rangeOf(node), items };
  }

  #mapping(node: YAMLMap, path: string, depth: number): MappingNode {
    const entries: Entry[] = [];
    const seen = new Map<string, Entry>();
    const repeated: { first: Entry; again: Entry; path: string }[] = [];
    const merged: Node[] = [];
    for (const pair of node.items) {
      const key = this.#key(pair);
      if (key === null) continue;
      const value = this.#value(pair, key, path, depth);
      if (key.plain && key.source === '<<') {
        merged.push(value);
        continue;
      }
      const entry = { key: key.source, keyRange: key.range, value, inherited: false };
      entries.push(entry);
      const first = seen.get(entry.key);
      if (first === undefined) seen.set(entry.key, entry);
      else repeated.push({ first, again: entry, path: joinKey(path, entry.key) });
    }
    for (const source of merged) inherit(source, entries, seen);
    const mapping = new MappingNode(rangeOf(node), entries, {
      repeats: repeated.length > 0,
      flow: node.flow === true,
    });
    for (const { first, again, path: at } of repeated) {
      this.duplicates.push({ key: again.key, path: at, mapping, first, again });
    }
    return mapping;
  }

  #value(pair: Pair, key: ScalarNode, path: string, depth: number): Node {
    if (pair.value === null || pair.value === undefined)
      return emptyAt({ start: key.range.end, end: key.range.end });
    return this.read(pair.value, joinKey(path, key.source), depth + 1);
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
    if (!this.#deep) this.#problem(tooDeep(), { start: range.start, end: range.start + 1 });
    this.#deep = true;
    return emptyAt(range);
  }

  #problem(text: Message, range: TextRange): ScalarNode {
    this.problems.push({ message: text, range });
    return emptyAt(range);
  }
}

/** Takes over, from the target of a `<<`, the keys a mapping has not itself; of several targets the first wins. */
function inherit(source: Node, entries: Entry[], seen: Map<string, Entry>): void {
  if (source.type === 'sequence') {
    for (const item of source.items) if (item.type === 'mapping') inherit(item, entries, seen);
    return;
  }
  if (source.type !== 'mapping') return;
  for (const entry of source.entries) {
    if (seen.has(entry.key)) continue;
    const taken = { ...entry, inherited: true };
    seen.set(entry.key, taken);
    entries.push(taken);
  }
}

function emptyAt(range: TextRange): ScalarNode {
  return { type: 'scalar', range, value: null, source: '', plain: true };
}

function readTagged(tag: string, source: string): ScalarNode['value'] {
  if (!tag.startsWith('tag:yaml.org,2002:')) return tag === '!' ? source : readPlain(source);
  const type = tag.slice('tag:yaml.org,2002:'.length);
  if (type === 'int' || type === 'float') return readNumber(source) ?? source;
  if (type === 'bool' || type === 'null') return readPlain(source);
  return source;
}
