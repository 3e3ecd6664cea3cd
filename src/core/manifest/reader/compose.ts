import { message } from '../../finding.ts';
import type { TextRange } from '../../finding.ts';
import type { SyntaxProblem } from '../syntax.ts';
import { DEEPEST, tooDeep } from '../syntax.ts';
import { lineEnd } from '../text.ts';
import { Refusal, refusals } from './refusal.ts';
import { Scanner } from './scanner.ts';
import type { Token } from './scanner.ts';
import type { Tag } from './tags.ts';
import type { MappingTree, SequenceTree, Tree } from './tree.ts';

export type Composed =
  | { readonly ok: true; /** Null where the text holds nothing. */ readonly tree: Tree | null }
  | { readonly ok: false; readonly problem: SyntaxProblem };

/**
 * Reads the first document of a text as the API server's reader does (go-yaml, a libyaml): what it lets pass is let
 * pass here, and what it refuses is refused. Never throws.
 */
export function compose(text: string): Composed {
  try {
    return { ok: true, tree: new Composer(text).document() };
  } catch (error) {
    if (error instanceof TooDeep) return { ok: false, problem: tooDeep(text, error.at) };
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, problem: problemOf(error, text) };
  }
}

function problemOf({ at, reason }: Refusal, text: string): SyntaxProblem {
  const words = refusals[reason];
  if (reason !== 'tab') {
    const end = Math.min(Math.max(at + 1, wordEnd(text, at)), text.length);
    return { message: words, range: { start: at, end }, fixes: [] };
  }
  const range = { start: at, end: at + 1 };
  const edits = withoutTabs(text, at).map((tabs) => ({ range: tabs, newText: '' }));
  return { message: words, range, fixes: [{ title: message('Remove the tab'), edits, preferred: true }] };
}

/** Characters read, all attempts together, to find the tabs that one fix removes. */
const TAB_BUDGET = 1_000_000;

/** The refused tab, with those beside it, and what is refused like it once these are gone: mistyped once, all are. */
function withoutTabs(text: string, first: number): readonly TextRange[] {
  const removed: TextRange[] = [];
  let rest = text;
  let gone = 0;
  for (let at: number | null = first; at !== null; at = refusedTab(rest)) {
    const length = /^\t+/.exec(rest.slice(at))?.[0].length ?? 1;
    removed.push({ start: at + gone, end: at + gone + length });
    rest = rest.slice(0, at) + rest.slice(at + length);
    gone += length;
    if (removed.length * text.length > TAB_BUDGET) break;
  }
  return removed;
}

function refusedTab(text: string): number | null {
  try {
    new Composer(text).document();
    return null;
  } catch (error) {
    return error instanceof Refusal && error.reason === 'tab' ? error.at : null;
  }
}

/** Where a word ends that is to be underlined; a whole line may be long. */
function wordEnd(text: string, at: number): number {
  const end = lineEnd(text, at);
  const blank = text.slice(at, end).search(/\s/);
  return blank < 0 ? end : at + blank;
}

class TooDeep extends Error {
  readonly at: number;

  constructor(at: number) {
    super();
    this.at = at;
  }
}

interface Properties {
  readonly anchor: string | null;
  readonly tag: string | null;
}

const none: Properties = { anchor: null, tag: null };

class Composer {
  readonly #text: string;
  readonly #scanner: Scanner;
  readonly #handles = new Map<string, string>();
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new Scanner(text);
  }

  document(): Tree | null {
    if (this.#isNext('end')) return null;
    const explicit = this.#isNext('directive', 'documentStart');
    if (explicit) this.#prologue();
    const nothing = explicit && this.#isNext('directive', 'documentStart', 'documentEnd', 'end');
    const tree = nothing ? null : this.#node(true, false);
    // What is behind it is looked at as far as the next mark.
    this.#scanner.peek();
    return tree;
  }

  #prologue(): void {
    let versions = 0;
    for (let token = this.#scanner.peek(); token.type === 'directive'; token = this.#scanner.peek()) {
      this.#scanner.next();
      const { directive } = token;
      const known =
        directive.kind === 'version'
          ? directive.supported && versions++ === 0
          : !this.#handles.has(directive.handle);
      if (!known) throw new Refusal('directive', token.start);
      if (directive.kind === 'tag') this.#handles.set(directive.handle, directive.prefix);
    }
    const start = this.#scanner.peek();
    if (start.type !== 'documentStart') throw new Refusal('directive', start.start);
    this.#scanner.next();
  }

  #isNext(...types: readonly Token['type'][]): boolean {
    return types.includes(this.#scanner.peek().type);
  }

  /** `block`: no brackets are around it. `ofMapping`: the items of a list may stand below their key. */
  #node(block: boolean, ofMapping: boolean): Tree {
    const token = this.#scanner.peek();
    if (token.type === 'alias') {
      this.#scanner.next();
      return { kind: 'alias', name: token.name, start: token.start, end: token.end };
    }
    if (++this.#depth > DEEPEST) throw new TooDeep(token.start);
    const { properties, end } = this.#properties();
    const tree = this.#content(properties, block, ofMapping) ?? this.#propertiesAlone(properties, end);
    this.#depth--;
    return tree;
  }

  #properties(): { properties: Properties; end: number } {
    let anchor: string | null = null;
    let tag: string | null = null;
    let end = 0;
    for (;;) {
      const token = this.#scanner.peek();
      if (token.type === 'anchor' && anchor === null) anchor = token.name;
      else if (token.type === 'tag' && tag === null) tag = this.#tag(token.tag, token.start);
      else return { properties: anchor === null && tag === null ? none : { anchor, tag }, end };
      end = token.end;
      this.#scanner.next();
    }
  }

  #tag({ handle, suffix }: Tag, at: number): string {
    if (handle === '') return suffix;
    const prefix =
      this.#handles.get(handle) ?? (handle === '!' ? '!' : handle === '!!' ? 'tag:yaml.org,2002:' : null);
    if (prefix === null) throw new Refusal('tag', at);
    return prefix + suffix;
  }

  /** Null where nothing stands there that could be a value. */
  #content(properties: Properties, block: boolean, ofMapping: boolean): Tree | null {
    const token = this.#scanner.peek();
    switch (token.type) {
      case 'scalar': {
        this.#scanner.next();
        const { value: source, style, start, end } = token;
        return { kind: 'scalar', ...properties, source, style, start, end };
      }
      case 'flowSequence':
        return this.#flowSequence(properties);
      case 'flowMapping':
        return this.#flowMapping(properties);
      case 'blockSequence':
        return block ? this.#blockSequence(properties) : null;
      case 'blockMapping':
        return block ? this.#blockMapping(properties) : null;
      case 'entry':
        return ofMapping ? this.#itemsBelowKey(properties) : null;
      default:
        return null;
    }
  }

  #propertiesAlone(properties: Properties, end: number): Tree {
    const at = this.#scanner.peek().start;
    if (properties === none) throw new Refusal('content', at);
    return { ...this.#empty(end), ...properties };
  }

  /** Nothing, where a value could be. */
  #empty(at: number): Tree {
    let start = at;
    while (this.#text[start] === ' ') start++;
    return { kind: 'scalar', ...none, source: '', style: 'plain', start, end: start };
  }

  #blockSequence(properties: Properties): SequenceTree {
    const { start } = this.#scanner.next();
    const items: Tree[] = [];
    while (this.#isNext('entry')) {
      const { end } = this.#scanner.next();
      items.push(this.#isNext('entry', 'blockEnd') ? this.#empty(end) : this.#node(true, false));
    }
    const { end } = this.#closed('blockEnd', 'indent');
    return { kind: 'sequence', ...properties, flow: false, items, start, end };
  }

  #itemsBelowKey(properties: Properties): SequenceTree {
    const { start } = this.#scanner.peek();
    const items: Tree[] = [];
    while (this.#isNext('entry')) {
      const { end } = this.#scanner.next();
      const empty = this.#isNext('entry', 'key', 'value', 'blockEnd');
      items.push(empty ? this.#empty(end) : this.#node(true, false));
    }
    return { kind: 'sequence', ...properties, flow: false, items, start, end: this.#scanner.peek().start };
  }

  #blockMapping(properties: Properties): MappingTree {
    const { start } = this.#scanner.next();
    const pairs: [Tree, Tree][] = [];
    while (this.#isNext('key')) pairs.push([this.#blockPart('key'), this.#blockPart('value')]);
    const { end } = this.#closed('blockEnd', 'indent');
    return { kind: 'mapping', ...properties, flow: false, pairs, start, end };
  }

  #blockPart(mark: 'key' | 'value'): Tree {
    if (!this.#isNext(mark)) return this.#empty(this.#scanner.peek().start);
    const { end } = this.#scanner.next();
    return this.#isNext('key', 'value', 'blockEnd') ? this.#empty(end) : this.#node(true, true);
  }

  #closed(type: Token['type'], reason: Refusal['reason']): Token {
    const token = this.#scanner.peek();
    if (token.type !== type) throw new Refusal(reason, token.start);
    return this.#scanner.next();
  }

  #comma(): void {
    const { start } = this.#scanner.peek();
    this.#closed('comma', this.#text[start] === '?' ? 'question' : 'comma');
  }

  #flowSequence(properties: Properties): SequenceTree {
    const { start } = this.#scanner.next();
    const items: Tree[] = [];
    while (!this.#isNext('flowSequenceEnd')) {
      if (items.length > 0) this.#comma();
      if (this.#isNext('flowSequenceEnd')) break;
      items.push(this.#isNext('key') ? this.#singlePair() : this.#node(false, false));
    }
    const { end } = this.#scanner.next();
    return { kind: 'sequence', ...properties, flow: true, items, start, end };
  }

  /** `[a: 1]` holds a mapping. */
  #singlePair(): MappingTree {
    const { start } = this.#scanner.next();
    const key = this.#isNext('value', 'comma', 'flowSequenceEnd')
      ? this.#lostKey()
      : this.#node(false, false);
    const value = this.#flowValue('flowSequenceEnd');
    return { kind: 'mapping', ...none, flow: true, pairs: [[key, value]], start, end: value.end };
  }

  /** Where a `?` in brackets has no key the reader goes over what comes instead, be it the closing bracket. */
  #lostKey(): Tree {
    return this.#empty(this.#scanner.next().end);
  }

  #flowMapping(properties: Properties): MappingTree {
    const { start } = this.#scanner.next();
    const pairs: [Tree, Tree][] = [];
    while (!this.#isNext('flowMappingEnd')) {
      if (pairs.length > 0) this.#comma();
      if (this.#isNext('flowMappingEnd')) break;
      pairs.push(this.#flowPair());
    }
    const { end } = this.#scanner.next();
    return { kind: 'mapping', ...properties, flow: true, pairs, start, end };
  }

  #flowPair(): [Tree, Tree] {
    if (!this.#isNext('key')) {
      const key = this.#node(false, false);
      return [key, this.#empty(key.end)];
    }
    this.#scanner.next();
    const key = this.#isNext('value', 'comma', 'flowMappingEnd')
      ? this.#empty(this.#scanner.peek().start)
      : this.#node(false, false);
    return [key, this.#flowValue('flowMappingEnd')];
  }

  #flowValue(close: Token['type']): Tree {
    if (!this.#isNext('value')) return this.#empty(this.#scanner.peek().start);
    const { end } = this.#scanner.next();
    return this.#isNext('comma', close) ? this.#empty(end) : this.#node(false, false);
  }
}
