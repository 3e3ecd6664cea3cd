import { char as code } from './characters.ts';
import { blockScalar, continues, foldedText, lastLineWithin } from './direct-scalars.ts';
import { isBlankAt, plainEnd, quotedEnd, quotedText } from './direct-scalars.ts';
import { MappingNode } from './nodes.ts';
import type { Entry, Node, ScalarNode } from './nodes.ts';
import { repeats } from './repeats.ts';
import { isUnsendable, readPlain } from './scalars.ts';
import { MOST_ALIASED } from './syntax.ts';

/** Deeper than manifests go, and far from what a stack can bear. */
const DEEPEST = 100;
/** The parser objects to a colon more than 1024 characters behind the start of its key. */
const LONGEST_KEY = 1000;

/** Thrown where a text is not everyday YAML, and never seen outside this file. */
const notEveryday = new Error('This text takes the whole parser.');

/**
 * Reads the YAML that manifests are nearly always written in, at a fraction of what the parser costs: block and
 * flow collections, scalars of every style, anchors and aliases. Null at the first sign of anything else, mistakes
 * above all: what comes out is exactly what the parser would have made of the text, or nothing.
 */
export function readDirectly(text: string): Node | null {
  try {
    return new DirectReader(text).document();
  } catch (error) {
    if (error === notEveryday) return null;
    throw error;
  }
}

const start = /(?:[ ]*(?:#[^\n]*)?\r?\n)*---(?:[ ]+#[^\n]*|[ ]*)\r?\n/y;

interface Key {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

class DirectReader {
  readonly #text: string;
  readonly #anchors = new Map<string, { node: Node; size: number } | null>();
  /** Between two steps always at the next thing to read, behind blank space and comments. */
  #pos = 0;
  /** Where the line of #pos begins. */
  #line = 0;
  /** Where the last leaf that was read ends, with the rest of its line: so do the collections that end with it. */
  #end = 0;
  /** A comment was passed on the way to #pos. */
  #commented = false;
  #depth = 0;
  #size = 0;
  #aliased = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Node {
    const text = this.#text;
    if (text.includes('\uFEFF') || (text.includes('\r') && /\r(?!\n)/.test(text))) throw notEveryday;
    start.lastIndex = 0;
    if (start.test(text)) this.#pos = this.#line = start.lastIndex;
    this.#advance();
    if (this.#pos >= text.length) throw notEveryday;
    const node = this.#block(-1);
    if (this.#pos < text.length || node.type === 'scalar') throw notEveryday;
    return node;
  }

  /** Goes to the next thing that is neither blank space nor comment. */
  #advance(): void {
    const text = this.#text;
    let at = this.#pos;
    this.#commented = false;
    for (;;) {
      let char = text.charCodeAt(at);
      while (char === code.space) char = text.charCodeAt(++at);
      if (char === code.hash && (at === this.#line || text.charCodeAt(at - 1) === code.space)) {
        this.#commented = true;
        at = text.indexOf('\n', at);
        if (at < 0) at = text.length;
        char = text.charCodeAt(at);
      }
      if (char === code.carriageReturn) char = text.charCodeAt(++at);
      if (char !== code.lineFeed) break;
      this.#line = ++at;
    }
    this.#pos = at;
    // `---` and `...` end a document wherever they begin a line.
    const first = text.charCodeAt(at);
    if (at === this.#line && (first === code.dash || first === code.dot)) {
      if (text.startsWith('---', at) || text.startsWith('...', at)) throw notEveryday;
    }
  }

  /** Goes on behind a value, after which its line may hold a comment and nothing else. */
  #endLine(): void {
    const line = this.#line;
    const end = this.#text.indexOf('\n', this.#pos);
    this.#end = end < 0 ? this.#text.length : end + 1;
    this.#advance();
    if (this.#line === line && this.#pos < this.#text.length) throw notEveryday;
  }

  /** What stands at #pos, the first thing on its line or behind a dash: anything but a bare `key:`'s value. */
  #block(parent: number): Node {
    if (++this.#depth > DEEPEST) throw notEveryday;
    const column = this.#pos - this.#line;
    const dash = this.#text.charCodeAt(this.#pos) === code.dash && isBlankAt(this.#text, this.#pos + 1);
    let node: Node;
    if (dash) node = this.#sequence(column, true);
    else {
      const key = this.#key();
      node = key === null ? this.#inline(parent) : this.#mapping(column, key);
    }
    this.#depth--;
    return node;
  }

  #mapping(column: number, first: Key): Node {
    this.#size++;
    const entries: Entry[] = [];
    for (let key: Key | null = first; ; key = this.#key()) {
      if (key === null) throw notEveryday;
      this.#pos = key.end + 1;
      const value = this.#value(column, true);
      entries.push(entryOf(key, value));
      if (!this.#isAt(column)) break;
    }
    return this.#closeMapping({ start: first.start, end: this.#end }, entries, false);
  }

  /** Whether another item begins at #pos; false where the collection has ended. */
  #isAt(column: number): boolean {
    if (this.#pos >= this.#text.length) return false;
    const here = this.#pos - this.#line;
    if (here > column) throw notEveryday;
    return here === column;
  }

  /** `alone`: no key of a mapping may stand at the same column. */
  #sequence(column: number, alone: boolean): Node {
    this.#size++;
    const begin = this.#pos;
    const items: Node[] = [];
    do {
      const dash = this.#text.charCodeAt(this.#pos) === code.dash && isBlankAt(this.#text, this.#pos + 1);
      if (!dash && alone) throw notEveryday;
      if (!dash) break;
      this.#pos++;
      items.push(this.#value(column, false));
    } while (this.#isAt(column));
    return { type: 'sequence', range: { start: begin, end: this.#end }, items };
  }

  /** The value behind a colon (`ofKey`) or dash of a collection at a column. */
  #value(column: number, ofKey: boolean): Node {
    const text = this.#text;
    let at = this.#pos;
    while (text.charCodeAt(at) === code.space) at++;
    const line = this.#line;
    const empty = at;
    this.#pos = at === this.#pos ? at : at - 1;
    this.#advance();
    if (this.#line === line && this.#pos < text.length)
      return ofKey ? this.#inline(column) : this.#block(column);
    if (this.#pos < text.length && this.#pos - this.#line >= column) {
      if (this.#pos - this.#line > column) return this.#block(column);
      const dash = text.charCodeAt(this.#pos) === code.dash && isBlankAt(text, this.#pos + 1);
      if (ofKey && dash) return this.#sequence(column, false);
    }
    if (this.#commented) throw notEveryday;
    this.#end = empty;
    return this.#scalar(empty, empty, '', true);
  }

  /** A value that begins on the line of its key or dash, or alone on a line, and is no block collection. */
  #inline(column: number): Node {
    const text = this.#text;
    const begin = this.#pos;
    switch (text.charCodeAt(begin)) {
      case code.doubleQuote:
      case code.singleQuote:
        return this.#quoted(column);
      case code.pipe:
      case code.greater: {
        const block = blockScalar(text, begin, column);
        if (block === null) throw notEveryday;
        this.#end = this.#pos = this.#line = block.end;
        this.#advance();
        return this.#scalar(begin, block.end, block.value, false);
      }
      case code.openBracket:
      case code.openBrace: {
        const node = this.#flow(column, 1);
        this.#endLine();
        return node;
      }
      case code.asterisk: {
        const node = this.#alias();
        this.#endLine();
        return node;
      }
      case code.ampersand:
        return this.#anchored(column);
      default:
        return this.#plain(column);
    }
  }

  #plain(column: number): Node {
    const text = this.#text;
    const begin = this.#pos;
    let end = plainEnd(text, begin, false);
    if (end < 0) throw notEveryday;
    this.#pos = end;
    this.#endLine();
    if (this.#pos >= text.length || this.#pos - this.#line <= column) {
      return this.#scalar(begin, end, text.slice(begin, end), true);
    }
    while (this.#pos < text.length && this.#pos - this.#line > column) {
      // A comment ends a plain text: what follows would be a mistake.
      if (this.#commented) throw notEveryday;
      end = plainEnd(text, this.#pos, false);
      if (end < 0) throw notEveryday;
      this.#pos = end;
      this.#endLine();
    }
    const value = foldedText(text, begin, end);
    if (value === null) throw notEveryday;
    return this.#scalar(begin, end, value, true);
  }

  #quoted(column: number): ScalarNode {
    const node = this.#quotedNode(column);
    this.#endLine();
    return node;
  }

  #quotedNode(column: number): ScalarNode {
    const text = this.#text;
    const begin = this.#pos;
    const end = quotedEnd(text, begin);
    if (end < 0) throw notEveryday;
    const line = lastLineWithin(text, begin, end);
    if (line >= 0 && !continues(text, begin, end, column)) throw notEveryday;
    const value = quotedText(text, begin, end);
    if (value === null) throw notEveryday;
    this.#pos = end;
    if (line >= 0) this.#line = line;
    return this.#scalar(begin, end, value, false);
  }

  #anchored(column: number): Node {
    const text = this.#text;
    const name = this.#name();
    const line = this.#line;
    this.#anchors.set(name, null);
    const before = this.#size;
    this.#advance();
    const below = this.#line > line;
    const first = text.charCodeAt(this.#pos);
    if (this.#pos >= text.length || first === code.asterisk || first === code.ampersand) throw notEveryday;
    if (below && (this.#commented || this.#pos - this.#line <= column)) throw notEveryday;
    const node = below ? this.#block(column) : this.#inline(column);
    // One of the same name inside it counts from there on.
    if (this.#anchors.get(name) === null) this.#anchors.set(name, { node, size: this.#size - before });
    return node;
  }

  #alias(): Node {
    const name = this.#name();
    const target = this.#anchors.get(name) ?? null;
    if (target === null) throw notEveryday;
    this.#aliased += target.size;
    this.#size += target.size;
    if (this.#aliased > MOST_ALIASED) throw notEveryday;
    return target.node;
  }

  /** The name of the anchor or alias at #pos. */
  #name(): string {
    name.lastIndex = this.#pos + 1;
    const found = name.exec(this.#text)?.[0];
    if (found === undefined) throw notEveryday;
    this.#pos = name.lastIndex;
    return found;
  }

  /** The collection in brackets at #pos; `level`: how many brackets are open with it. */
  #flow(column: number, level: number): Node {
    if (level + this.#depth > DEEPEST) throw notEveryday;
    this.#size++;
    const text = this.#text;
    const begin = this.#pos++;
    const mapping = text.charCodeAt(begin) === code.openBrace;
    const close = mapping ? code.closeBrace : code.closeBracket;
    const entries: Entry[] = [];
    const items: Node[] = [];
    this.#gap(column, level);
    while (text.charCodeAt(this.#pos) !== close) {
      if (mapping) entries.push(this.#flowEntry(column, level));
      else items.push(this.#flowValue(column, level));
      this.#gap(column, level);
      const char = text.charCodeAt(this.#pos);
      if (char === code.comma) {
        this.#pos++;
        this.#gap(column, level);
      } else if (char !== close) throw notEveryday;
    }
    const range = { start: begin, end: ++this.#pos };
    return mapping ? this.#closeMapping(range, entries, true) : { type: 'sequence', range, items };
  }

  /** Blank space between the parts of a collection in brackets. */
  #gap(column: number, level: number): void {
    const text = this.#text;
    const line = this.#line;
    this.#advance();
    if (this.#pos >= text.length || this.#commented) throw notEveryday;
    const here = this.#pos - this.#line;
    if (this.#line === line || here > column) return;
    const char = text.charCodeAt(this.#pos);
    const closes = char === code.closeBrace || char === code.closeBracket;
    if (!closes || level > 1 || here !== column) throw notEveryday;
  }

  #flowEntry(column: number, level: number): Entry {
    const key = this.#keyWithin(true);
    if (key === null) throw notEveryday;
    this.#pos = key.end + 1;
    while (this.#text.charCodeAt(this.#pos) === code.space) this.#pos++;
    return entryOf(key, this.#flowValue(column, level));
  }

  #flowValue(column: number, level: number): Node {
    const text = this.#text;
    const begin = this.#pos;
    switch (text.charCodeAt(begin)) {
      case code.doubleQuote:
      case code.singleQuote:
        return this.#quotedNode(column);
      case code.openBracket:
      case code.openBrace:
        return this.#flow(column, level + 1);
      case code.asterisk:
        return this.#alias();
      default: {
        const end = plainEnd(text, begin, true);
        if (end < 0) throw notEveryday;
        this.#pos = end;
        return this.#scalar(begin, end, text.slice(begin, end), true);
      }
    }
  }

  /** The key at #pos and its colon, without moving on; null where there is none. */
  #key(): Key | null {
    return this.#keyWithin(false);
  }

  #keyWithin(flow: boolean): Key | null {
    const text = this.#text;
    const begin = this.#pos;
    const first = text.charCodeAt(begin);
    const quoted = first === code.doubleQuote || first === code.singleQuote;
    const end = quoted ? quotedEnd(text, begin) : plainEnd(text, begin, flow);
    if (end < 0 || text.charCodeAt(end) !== code.colon) return null;
    // Behind a quoted key inside brackets the colon needs no space.
    if (!(quoted && flow) && !isBlankAt(text, end + 1)) return null;
    const said = quoted ? quotedText(text, begin, end) : text.slice(begin, end);
    if (said === null || end - begin > LONGEST_KEY) throw notEveryday;
    if (!quoted && (said === '<<' || readPlain(said) !== said)) throw notEveryday;
    if (quoted && text.slice(begin, end).includes('\n')) throw notEveryday;
    return { text: said, start: begin, end };
  }

  #scalar(begin: number, end: number, source: string, plain: boolean): ScalarNode {
    this.#size++;
    const value = plain ? readPlain(source) : source;
    if (plain && value === source && isUnsendable(source)) throw notEveryday;
    return { type: 'scalar', range: { start: begin, end }, value, source, plain };
  }

  #closeMapping(
    range: { start: number; end: number },
    entries: readonly Entry[],
    flow: boolean,
  ): MappingNode {
    if (repeats(entries)) throw notEveryday;
    return new MappingNode(range, entries, { repeats: false, flow });
  }
}

const name = /[\w-]+(?=[ \t\r\n,\]}]|$)/y;

function entryOf({ text, start: begin, end }: Key, value: Node): Entry {
  return { key: text, keyRange: { start: begin, end }, value, inherited: false };
}
