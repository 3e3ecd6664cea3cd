/** How the API server's reader (YAML 1.1, libyaml's way) scans scalars: where they end, and what they say. */
import { char, isFlowIndicator } from '../characters.ts';
import { isBlank, isBreak, isSpaceOrTab } from './cursor.ts';
import type { Cursor } from './cursor.ts';

/** Lines of a scalar that are put together: one break becomes a space, of more the first is dropped. */
class Fold {
  #blanks = '';
  #first = '';
  #more = '';
  /** A line break was passed since the last text. */
  broken = false;

  /** Goes over blank space and line breaks; `tabLimit`: column before which a later line may have no tab. */
  gather(cursor: Cursor, tabLimit = 0): void {
    for (let code = cursor.code(); isSpaceOrTab(code) || isBreak(code); code = cursor.code()) {
      if (isBreak(code)) this.#break(cursor.breakLine());
      else {
        if (this.broken && code === char.tab && cursor.column < tabLimit) cursor.refuse('tab');
        if (!this.broken) this.#blanks += String.fromCharCode(code);
        cursor.at++;
      }
    }
  }

  /** A backslash before a line break joins its lines without a space. */
  join(cursor: Cursor): void {
    cursor.breakLine();
    this.broken = true;
  }

  take(): string {
    const { broken } = this;
    const [blanks, first, more] = [this.#blanks, this.#first, this.#more];
    this.#blanks = this.#first = this.#more = '';
    this.broken = false;
    if (!broken) return blanks;
    if (first !== '\n') return first + more;
    return more === '' ? ' ' : more;
  }

  #break(lineBreak: string): void {
    if (this.broken) this.#more += lineBreak;
    else this.#first = lineBreak;
    this.#blanks = '';
    this.broken = true;
  }
}

const simpleEscapes = new Map(
  Object.entries({
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1B',
    ' ': ' ',
    '"': '"',
    "'": "'",
    '\\': '\\',
    N: '\x85',
    _: '\xA0',
    L: '\u2028',
    P: '\u2029',
  }),
);
const escapeLengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** The quoted text whose quote is at the cursor. */
export function scanQuoted(cursor: Cursor): string {
  const begin = cursor.at;
  const quote = cursor.code();
  const fold = new Fold();
  let said = '';
  cursor.at++;
  for (;;) {
    if (cursor.atMarker() || cursor.atEnd) cursor.refuse('quote', begin);
    said += quotedRun(cursor, quote, fold);
    if (cursor.code() === quote) break;
    fold.gather(cursor);
    said += fold.take();
  }
  cursor.at++;
  return said;
}

/** What stands in quotes up to blank space, a line break or the closing quote. */
function quotedRun(cursor: Cursor, quote: number, fold: Fold): string {
  const single = quote === char.singleQuote;
  const { text } = cursor;
  let said = '';
  let from = cursor.at;
  for (let code = cursor.code(); !isBlank(code); code = cursor.code()) {
    if (code === quote) {
      if (!single || cursor.code(1) !== quote) break;
      said += text.slice(from, ++cursor.at);
      from = ++cursor.at;
    } else if (!single && code === char.backslash) {
      said += text.slice(from, cursor.at);
      if (isBreak(cursor.code(1))) {
        cursor.at++;
        fold.join(cursor);
        return said;
      }
      said += escape(cursor);
      from = cursor.at;
    } else cursor.at++;
  }
  return said + text.slice(from, cursor.at);
}

function escape(cursor: Cursor): string {
  const letter = cursor.text.charAt(cursor.at + 1);
  const simple = simpleEscapes.get(letter);
  const length = escapeLengths.get(letter);
  if (simple === undefined && length === undefined) cursor.refuse('escape');
  const digits = cursor.text.slice(cursor.at + 2, cursor.at + 2 + (length ?? 0));
  if (digits.length < (length ?? 0) || /[^0-9a-fA-F]/.test(digits)) cursor.refuse('escape');
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) cursor.refuse('character');
  cursor.at += 2 + digits.length;
  return simple ?? String.fromCodePoint(code);
}

export interface PlainScalar {
  readonly value: string;
  readonly end: number;
  /** Its last line has ended: what follows may be a key. */
  readonly broken: boolean;
}

/** The plain scalar at the cursor; its further lines are indented at least as far as `indent`. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): PlainScalar {
  const { text } = cursor;
  const fold = new Fold();
  let value = '';
  let end = cursor.at;
  while (!cursor.atMarker() && cursor.code() !== char.hash) {
    const from = cursor.at;
    for (let code = cursor.code(); !isBlank(code); code = cursor.code()) {
      if (code === char.colon && isBlank(cursor.code(1))) break;
      if (inFlow && isFlowIndicator(code)) break;
      cursor.at++;
    }
    if (cursor.at > from) {
      value += fold.take() + text.slice(from, cursor.at);
      end = cursor.at;
    }
    if (!isBlank(cursor.code()) || cursor.atEnd) break;
    fold.gather(cursor, indent);
    if (!inFlow && cursor.column < indent) break;
  }
  return { value, end, broken: fold.broken };
}

export interface BlockText {
  readonly value: string;
  /** Behind its last line; behind the blank lines after it too where they count. */
  readonly end: number;
}

/** The block scalar whose `|` or `>` is at the cursor; `parent`: column of the collection it is in, or -1. */
export function scanBlock(cursor: Cursor, parent: number): BlockText {
  const folded = cursor.code() === char.greater;
  const { chomp, increment } = blockHeader(cursor);
  let indent = increment === 0 ? 0 : Math.max(parent, 0) + increment;
  let value = '';
  let lineBreak = '';
  let end = cursor.at;
  let { breaks, column } = blankLines(cursor, indent);
  if (indent === 0) indent = Math.max(column, parent + 1, 1);
  for (let first = true, wasBlank = false; cursor.column === indent && !cursor.atEnd; first = false) {
    const startsBlank = isSpaceOrTab(cursor.code());
    const folds = folded && !first && !wasBlank && !startsBlank && lineBreak === '\n';
    value += folds ? (breaks === '' ? ' ' : '') : lineBreak;
    const from = cursor.at;
    while (!cursor.atEnd && !isBreak(cursor.code())) cursor.at++;
    value += breaks + cursor.text.slice(from, cursor.at);
    wasBlank = startsBlank;
    lineBreak = cursor.atEnd ? '' : cursor.breakLine();
    end = cursor.at;
    ({ breaks, column } = blankLines(cursor, indent));
  }
  if (chomp !== char.dash) value += lineBreak;
  if (chomp === char.plus) [value, end] = [value + breaks, cursor.line];
  return { value, end };
}

/** What stands behind `|` or `>`. */
function blockHeader(cursor: Cursor): { chomp: number; increment: number } {
  const begin = cursor.at++;
  let chomp = 0;
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const code = cursor.code();
    if (chomp === 0 && (code === char.plus || code === char.dash)) chomp = code;
    else if (increment === 0 && code > char.zero && code <= char.nine) increment = code - char.zero;
    else break;
    cursor.at++;
  }
  cursor.skipSpacesAndTabs();
  cursor.skipComment();
  if (!cursor.atEnd && !isBreak(cursor.code())) cursor.refuse('blockHead', begin);
  if (!cursor.atEnd) cursor.breakLine();
  return { chomp, increment };
}

/** Goes over blank lines to the next text; `column`: how far the farthest of them is indented. */
function blankLines(cursor: Cursor, indent: number): { breaks: string; column: number } {
  let breaks = '';
  let column = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.code() === char.space) cursor.at++;
    column = Math.max(column, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.code() === char.tab) cursor.refuse('tab');
    if (!isBreak(cursor.code())) return { breaks, column };
    breaks += cursor.breakLine();
  }
}
