import { Lexer } from 'yaml';
import { message } from '../finding.ts';
import type { SyntaxProblem } from './syntax.ts';
import { lineStart } from './text.ts';

/** Lexemes that mark what comes next and are no part of the text. */
const marks = new Set(['\x02', '\x18', '\x1f']);
const SCALAR = '\x1f';

/**
 * The first tab where YAML takes one as blank space and the API server's reader (libyaml's way) does not: before the
 * first thing on a line, be the line blank otherwise, and behind the dash of an item.
 */
export function refusedTab(text: string): SyntaxProblem | null {
  if (!text.includes('\t')) return null;
  const start = new Tabs(text).first();
  if (start === null) return null;
  const range = { start, end: start + 1 };
  const fix = { title: message('Remove the tab'), edits: [{ range, newText: '' }], preferred: true };
  return { message: message('Tabs cannot indent YAML; use spaces'), range, fixes: [fix] };
}

class Tabs {
  readonly #text: string;
  #offset = 0;
  /** Nothing but blank space came since the line, or the item, began. */
  #fresh = true;
  #brackets = 0;
  /** The next lexeme is a scalar's text. */
  #scalar = false;
  /** The next scalar is that of a `|` or `>`. */
  #block = false;
  /** Column from which on blank space may still belong to the plain scalar that came last; 0 behind anything else. */
  #plainFrom = 0;

  constructor(text: string) {
    this.#text = text;
  }

  first(): number | null {
    for (const lexeme of new Lexer().lex(this.#text)) {
      if (marks.has(lexeme)) {
        this.#scalar = lexeme === SCALAR;
        continue;
      }
      const tab = this.#scalar ? this.#inScalar(lexeme) : this.#between(lexeme);
      if (tab !== null) return this.#offset + tab;
      this.#offset += lexeme.length;
    }
    return null;
  }

  /** Offset of a refused tab in a lexeme that is no scalar, and what is known behind it. */
  #between(lexeme: string): number | null {
    const [first] = lexeme;
    if (first === ' ' || first === '\t') return this.#inBlank(lexeme);
    if (first === '\n' || first === '\r') {
      this.#fresh = this.#brackets === 0;
      return null;
    }
    if (first === '#') {
      this.#plainFrom = 0;
      return null;
    }
    if (lexeme === '{' || lexeme === '[') this.#brackets++;
    if (lexeme === '}' || lexeme === ']') this.#brackets--;
    this.#block = first === '|' || first === '>';
    this.#fresh = this.#brackets === 0 && (lexeme === '-' || lexeme === '?');
    this.#plainFrom = 0;
    return null;
  }

  #inBlank(lexeme: string): number | null {
    const tab = lexeme.indexOf('\t');
    if (tab < 0 || !this.#fresh || this.#brackets > 0) return null;
    const column = this.#offset + tab - lineStart(this.#text, this.#offset);
    return this.#plainFrom > 0 && column >= this.#plainFrom ? null : tab;
  }

  #inScalar(lexeme: string): number | null {
    const block = this.#block;
    const plain = !block && !/^["']/.test(lexeme);
    const least = block ? indentOf(lexeme) : plain ? this.#levelHere() + 1 : 0;
    [this.#scalar, this.#block, this.#fresh] = [false, false, false];
    this.#plainFrom = plain ? least : 0;
    if (this.#brackets > 0) return null;
    // Before its first text nobody knows how far a block is indented.
    const leading = block ? /^\s*\t/.exec(lexeme)?.[0].indexOf('\t') : undefined;
    if (leading !== undefined) return leading;
    for (const { index, 0: blank } of lexeme.matchAll(plain ? /\n *\t/g : /(?<![^\n]) *\t/g)) {
      const spaces = blank.replace('\n', '').length - 1;
      if (spaces < least) return index + blank.length - 1;
    }
    return null;
  }

  /** Column of the mapping or list that a scalar at the offset is an entry of. */
  #levelHere(): number {
    const line = lineStart(this.#text, this.#offset);
    const before = this.#text.slice(line, this.#offset);
    const [dashes = ''] = /^ *(?:- +)*/.exec(before) ?? [];
    if (dashes.length < before.length) return dashes.length;
    return Math.max(0, dashes.lastIndexOf('-'));
  }
}

/** Of a block scalar: that of its first line with text. */
function indentOf(source: string): number {
  return /^ *(?=\S)/m.exec(source)?.[0].length ?? 0;
}
