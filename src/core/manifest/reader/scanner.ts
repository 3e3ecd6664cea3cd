import { char } from '../characters.ts';
import { Cursor, isBlank, isBreak } from './cursor.ts';
import { scanBlock, scanPlain, scanQuoted } from './scalars.ts';
import { scanAnchor, scanDirective, scanTag } from './tags.ts';
import type { Directive, Tag } from './tags.ts';
import type { ScalarTree } from './tree.ts';

type Mark =
  | 'documentStart'
  | 'documentEnd'
  | 'end'
  | 'blockSequence'
  | 'blockMapping'
  | 'blockEnd'
  | 'flowSequence'
  | 'flowSequenceEnd'
  | 'flowMapping'
  | 'flowMappingEnd'
  | 'entry'
  | 'comma'
  | 'key'
  | 'value';

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly type: Mark }
  | { readonly type: 'scalar'; readonly value: string; readonly style: ScalarTree['style'] }
  | { readonly type: 'anchor' | 'alias'; readonly name: string }
  | { readonly type: 'tag'; readonly tag: Tag }
  | { readonly type: 'directive'; readonly directive: Directive }
);

/** What may turn out to be a key once its colon is found. */
interface PossibleKey {
  readonly start: number;
  /** Where its line begins. */
  readonly line: number;
  /** Of its first token. */
  readonly token: number;
  /** It stands where nothing but a key may stand. */
  readonly required: boolean;
}

/** A colon is looked for no farther behind the start of its key. */
const LONGEST_KEY = 1024;

/** The tokens of a text as the API server's reader sees them: YAML 1.1, libyaml's way. Throws a Refusal. */
export class Scanner {
  readonly #cursor: Cursor;
  #tokens: Token[] = [];
  /** How many of `#tokens` were given out. */
  #head = 0;
  /** How many tokens were given out before those. */
  #passed = 0;
  /** Column of the innermost block collection; -1 outside of all. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** The key that may begin at each level of brackets. */
  readonly #keys: (PossibleKey | null)[] = [null];
  /** The same by their tokens: there may be hundreds of levels, and each token is looked up. */
  readonly #keysByToken = new Map<number, PossibleKey>();
  #keyAllowed = true;

  constructor(text: string) {
    this.#cursor = new Cursor(text);
  }

  peek(): Token {
    for (;;) {
      const token = this.#tokens[this.#head];
      if (token !== undefined && !this.#mayBecomeKey(this.#passed + this.#head)) return token;
      this.#fetch();
    }
  }

  next(): Token {
    const token = this.peek();
    this.#head++;
    if (this.#head === this.#tokens.length) {
      this.#passed += this.#head;
      this.#head = 0;
      this.#tokens = [];
    }
    return token;
  }

  get #inFlow(): boolean {
    return this.#keys.length > 1;
  }

  /** Whether a token that is next to be given out may have to be preceded by one that makes it a key. */
  #mayBecomeKey(token: number): boolean {
    const key = this.#keysByToken.get(token);
    return key !== undefined && this.#isCurrent(key);
  }

  #isCurrent(key: PossibleKey): boolean {
    const { at, line } = this.#cursor;
    if (key.line === line && key.start + LONGEST_KEY >= at) return true;
    if (key.required) this.#cursor.refuse('colon', key.start);
    return false;
  }

  #push(type: Mark, start: number): void {
    this.#tokens.push({ type, start, end: this.#cursor.at });
  }

  /** Gives the mark of so many characters. */
  #mark(type: Mark, length = 1): void {
    const { at } = this.#cursor;
    this.#cursor.at += length;
    this.#push(type, at);
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    this.#dropKey();
    const { at, line, column } = this.#cursor;
    const required = !this.#inFlow && this.#indent === column;
    const token = this.#passed + this.#tokens.length;
    const key = { start: at, line, token, required };
    this.#keys[this.#keys.length - 1] = key;
    this.#keysByToken.set(token, key);
  }

  #dropKey(): void {
    const key = this.#keys.at(-1);
    if (key?.required === true) this.#cursor.refuse('colon', key.start);
    this.#forgetKey();
  }

  #forgetKey(): void {
    const key = this.#keys.at(-1);
    if (key != null) this.#keysByToken.delete(key.token);
    this.#keys[this.#keys.length - 1] = null;
  }

  /** Begins a block collection at a column that is deeper than what is around; `index`: where in the queue. */
  #roll(column: number, type: Mark, start: number, index = this.#tokens.length): void {
    if (this.#inFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#tokens.splice(index, 0, { type, start, end: start });
  }

  #unroll(column: number): void {
    if (this.#inFlow) return;
    while (this.#indent > column) {
      this.#push('blockEnd', this.#cursor.at);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #skipBlank(): void {
    const cursor = this.#cursor;
    for (;;) {
      const tabs = this.#inFlow || !this.#keyAllowed;
      while (cursor.code() === char.space || (tabs && cursor.code() === char.tab)) cursor.at++;
      cursor.skipComment();
      if (!isBreak(cursor.code())) return;
      cursor.breakLine();
      if (!this.#inFlow) this.#keyAllowed = true;
    }
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipBlank();
    this.#unroll(cursor.column);
    if (cursor.atEnd) return this.#end();
    if (cursor.column === 0 && cursor.code() === char.percent) return this.#directive();
    if (cursor.atMarker()) return this.#marker();
    switch (cursor.code()) {
      case char.openBracket:
        return this.#open('flowSequence');
      case char.openBrace:
        return this.#open('flowMapping');
      case char.closeBracket:
        return this.#close('flowSequenceEnd');
      case char.closeBrace:
        return this.#close('flowMappingEnd');
      case char.comma:
        this.#dropKey();
        this.#keyAllowed = true;
        return this.#mark('comma');
      case char.ampersand:
      case char.asterisk:
        return this.#anchor();
      case char.exclamation:
        return this.#tag();
      case char.singleQuote:
      case char.doubleQuote:
        return this.#quoted();
      default:
        return this.#other();
    }
  }

  /** What depends on the next character, or on whether brackets are around it. */
  #other(): void {
    const cursor = this.#cursor;
    const code = cursor.code();
    const blankNext = isBlank(cursor.code(1));
    if (code === char.dash && blankNext) return this.#entry();
    if (code === char.question && (this.#inFlow || blankNext)) return this.#explicitKey();
    if (code === char.colon && (this.#inFlow || blankNext)) return this.#value();
    if ((code === char.pipe || code === char.greater) && !this.#inFlow) return this.#blockScalar();
    if (code === char.tab) cursor.refuse('tab');
    if ('#|>%@`'.includes(String.fromCharCode(code))) cursor.refuse('start');
    this.#saveKey();
    this.#keyAllowed = false;
    const { at } = cursor;
    const { value, end, broken } = scanPlain(cursor, this.#indent + 1, this.#inFlow);
    if (broken) this.#keyAllowed = true;
    this.#tokens.push({ type: 'scalar', value, style: 'plain', start: at, end });
  }

  #end(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#push('end', this.#cursor.at);
    // No key goes on behind the last line, whether that has a line break or not.
    this.#cursor.line = this.#cursor.at + 1;
  }

  #directive(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    const { at } = this.#cursor;
    const directive = scanDirective(this.#cursor);
    this.#tokens.push({ type: 'directive', directive, start: at, end: this.#cursor.at });
  }

  #marker(): void {
    this.#unroll(-1);
    this.#dropKey();
    this.#keyAllowed = false;
    this.#mark(this.#cursor.code() === char.dash ? 'documentStart' : 'documentEnd', 3);
  }

  #open(type: Mark): void {
    this.#saveKey();
    this.#keys.push(null);
    this.#keyAllowed = true;
    this.#mark(type);
  }

  #close(type: Mark): void {
    this.#dropKey();
    if (this.#inFlow) this.#keys.pop();
    this.#keyAllowed = false;
    this.#mark(type);
  }

  #entry(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) this.#cursor.refuse('indent');
      this.#roll(this.#cursor.column, 'blockSequence', this.#cursor.at);
    }
    this.#dropKey();
    this.#keyAllowed = true;
    this.#mark('entry');
  }

  #explicitKey(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) this.#cursor.refuse('indent');
      this.#roll(this.#cursor.column, 'blockMapping', this.#cursor.at);
    }
    this.#dropKey();
    this.#keyAllowed = !this.#inFlow;
    this.#mark('key');
  }

  #value(): void {
    const cursor = this.#cursor;
    const key = this.#keys.at(-1) ?? null;
    if (key !== null && this.#isCurrent(key)) {
      const index = key.token - this.#passed;
      this.#tokens.splice(index, 0, { type: 'key', start: key.start, end: key.start });
      this.#roll(key.start - key.line, 'blockMapping', key.start, index);
      this.#forgetKey();
      this.#keyAllowed = false;
    } else {
      if (!this.#inFlow) {
        if (!this.#keyAllowed) cursor.refuse('secondColon');
        this.#roll(cursor.column, 'blockMapping', cursor.at);
      }
      this.#keyAllowed = !this.#inFlow;
    }
    this.#mark('value');
  }

  #anchor(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { at } = this.#cursor;
    const type = this.#cursor.code() === char.ampersand ? 'anchor' : 'alias';
    const name = scanAnchor(this.#cursor);
    this.#tokens.push({ type, name, start: at, end: this.#cursor.at });
  }

  #tag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { at } = this.#cursor;
    const tag = scanTag(this.#cursor);
    this.#tokens.push({ type: 'tag', tag, start: at, end: this.#cursor.at });
  }

  #quoted(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const { at } = this.#cursor;
    const value = scanQuoted(this.#cursor);
    this.#tokens.push({ type: 'scalar', value, style: 'quoted', start: at, end: this.#cursor.at });
  }

  #blockScalar(): void {
    this.#dropKey();
    this.#keyAllowed = true;
    const { at } = this.#cursor;
    const { value, end } = scanBlock(this.#cursor, this.#indent);
    this.#tokens.push({ type: 'scalar', value, style: 'block', start: at, end });
  }
}
