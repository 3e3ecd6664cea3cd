/** Reads a regular expression as Go writes them (RE2) into its parts. */

/** Pairs of code points, each from and to. */
export type Ranges = readonly (readonly [number, number])[];

export interface CharSet {
  readonly ranges: Ranges;
  /** Unicode properties such as `\p{L}`. */
  readonly properties: readonly RegExp[];
  readonly negated: boolean;
  /** Letter case does not matter. */
  readonly folds: boolean;
}

export type Assertion = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'boundary' | 'noBoundary';

export type Part =
  | { readonly kind: 'char'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'all'; readonly parts: readonly Part[] }
  | { readonly kind: 'any'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number | null };

interface Flags {
  readonly folds: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
}

const LAST = 0x10ffff;
const digits: Ranges = [[48, 57]];
const spaces: Ranges = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const word: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const upper: Ranges = [[65, 90]];
const lower: Ranges = [[97, 122]];
const named: Readonly<Record<string, Ranges>> = {
  alnum: [...digits, ...upper, ...lower],
  alpha: [...upper, ...lower],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: digits,
  graph: [[33, 126]],
  lower,
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper,
  word,
  xdigit: [...digits, [65, 70], [97, 102]],
};
const classes: Readonly<Record<string, Ranges>> = { d: digits, s: spaces, w: word };
const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
/** Go takes no more. */
const MOST_REPEATS = 1000;
/** Groups inside groups. */
const DEEPEST = 200;

/** Null for what is no pattern to Go, and for the few forms that are not read here. */
export function readPattern(pattern: string): Part | null {
  try {
    return new PatternReader(pattern).read();
  } catch (error) {
    if (error instanceof NotRead) return null;
    throw error;
  }
}

class NotRead extends Error {}

class PatternReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Part {
    const part = this.#alternatives({ folds: false, lines: false, dotAll: false });
    if (this.#at < this.#text.length) throw new NotRead();
    return part;
  }

  #alternatives(given: Flags): Part {
    let flags = given;
    const branches: Part[] = [];
    let parts: Part[] = [];
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      const changed = this.#flagsHere(flags);
      if (changed !== null) flags = changed;
      else if (this.#take('|')) {
        branches.push({ kind: 'all', parts });
        parts = [];
      } else parts.push(this.#repeated(this.#atom(flags)));
    }
    branches.push({ kind: 'all', parts });
    return { kind: 'any', parts: branches };
  }

  /** `(?i)`: what follows in this group is read otherwise. */
  #flagsHere(flags: Flags): Flags | null {
    const match = this.#match(/\(\?([imsU]*)(?:-([imsU]+))?\)/y);
    return match === null ? null : changed(flags, match[1] ?? '', match[2] ?? '');
  }

  #atom(flags: Flags): Part {
    const { folds } = flags;
    if (this.#text[this.#at] === '(') return this.#group(flags);
    if (this.#text[this.#at] === '[') return { kind: 'char', set: this.#class(folds) };
    if (this.#text[this.#at] === '\\') return this.#escape(folds);
    if (/[*+?]/.test(this.#text[this.#at] ?? '')) throw new NotRead();
    const code = this.#code();
    switch (String.fromCodePoint(code)) {
      case '.':
        return { kind: 'char', set: setOf(flags.dotAll ? [] : [[10, 10]], false, true) };
      case '^':
        return { kind: 'assert', what: flags.lines ? 'lineStart' : 'start' };
      case '$':
        return { kind: 'assert', what: flags.lines ? 'lineEnd' : 'end' };
      default:
        return { kind: 'char', set: setOf([[code, code]], folds) };
    }
  }

  #group(flags: Flags): Part {
    const match = this.#match(/\((?:\?(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?:))?/y);
    if (match === null || this.#text[this.#at] === '?' || ++this.#depth > DEEPEST) throw new NotRead();
    const part = this.#alternatives(changed(flags, match[1] ?? '', match[2] ?? ''));
    this.#depth--;
    if (!this.#take(')')) throw new NotRead();
    return part;
  }

  #repeated(part: Part): Part {
    const counted = this.#match(/\{(\d+)(?:(,)(\d*))?\}/y);
    let least = 0;
    let most: number | null = null;
    if (counted !== null) {
      const [, from = '', comma, to = ''] = counted;
      least = Number(from);
      most = comma === undefined ? least : to === '' ? null : Number(to);
      if (least > MOST_REPEATS || (most !== null && (most > MOST_REPEATS || most < least)))
        throw new NotRead();
    } else if (this.#take('+')) least = 1;
    else if (this.#take('?')) most = 1;
    else if (!this.#take('*')) return part;
    this.#take('?');
    if (/[*+?]/.test(this.#text[this.#at] ?? '')) throw new NotRead();
    return { kind: 'repeat', part, least, most };
  }

  #escape(folds: boolean): Part {
    const letter = this.#text[this.#at + 1] ?? '';
    const assertions: Readonly<Record<string, Assertion>> = {
      A: 'start',
      z: 'end',
      b: 'boundary',
      B: 'noBoundary',
    };
    const what = assertions[letter];
    if (what !== undefined) {
      this.#at += 2;
      return { kind: 'assert', what };
    }
    return { kind: 'char', set: this.#classEscape(folds) ?? setOf([this.#single()], folds) };
  }

  /** `\d`, `\pL` and their like; null where something else is escaped. */
  #classEscape(folds: boolean): CharSet | null {
    const match = this.#match(/\\(?:([dswDSW])|([pP])(?:\{(\^?)(\w+)\}|(\w)))/y);
    if (match === null) return null;
    const [, letter, p, caret, long, short] = match;
    if (letter !== undefined)
      return setOf(classes[letter.toLowerCase()] ?? [], false, letter !== letter.toLowerCase());
    const negated = (p === 'P') !== (caret === '^');
    return { ranges: [], properties: [propertyOf(long ?? short ?? '')], negated, folds };
  }

  #class(folds: boolean): CharSet {
    this.#at++;
    const negated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    const properties: RegExp[] = [];
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      const set = this.#namedClass() ?? this.#classEscape(false);
      if (set === null) ranges.push(this.#range());
      else if (set.properties.length === 0) ranges.push(...(set.negated ? inverted(set.ranges) : set.ranges));
      else if (set.negated) throw new NotRead();
      else properties.push(...set.properties);
    }
    this.#at++;
    return { ranges, properties, negated, folds };
  }

  #namedClass(): CharSet | null {
    const match = this.#match(/\[:(\^?)(\w+):\]/y);
    if (match === null) return null;
    const ranges = named[match[2] ?? ''];
    if (ranges === undefined) throw new NotRead();
    return setOf(ranges, false, match[1] === '^');
  }

  #range(): readonly [number, number] {
    const [from] = this.#single();
    const goesOn = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']';
    if (!goesOn) return [from, from];
    this.#at++;
    const [to] = this.#single();
    if (to < from) throw new NotRead();
    return [from, to];
  }

  /** One character, escaped or not. */
  #single(): readonly [number, number] {
    const hex = this.#match(/\\x(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/y);
    if (hex !== null) {
      const code = parseInt(hex[1] ?? hex[2] ?? '', 16);
      return [code, code];
    }
    const code = this.#code();
    if (code !== 92) return [code, code];
    const escaped = this.#code();
    const letter = String.fromCodePoint(escaped);
    const control = controls[letter];
    if (control !== undefined) return [control, control];
    if (/[A-Za-z0-9]/.test(letter) || escaped > 126) throw new NotRead();
    return [escaped, escaped];
  }

  #code(): number {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) throw new NotRead();
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at;
    const match = form.exec(this.#text);
    if (match !== null) this.#at += match[0].length;
    return match;
  }
}

function setOf(ranges: Ranges, folds: boolean, negated = false): CharSet {
  return { ranges, properties: [], negated, folds };
}

function changed(flags: Flags, on: string, off: string): Flags {
  const is = (letter: string, before: boolean): boolean =>
    on.includes(letter) || (before && !off.includes(letter));
  return { folds: is('i', flags.folds), lines: is('m', flags.lines), dotAll: is('s', flags.dotAll) };
}

function inverted(ranges: Ranges): Ranges {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next > LAST ? gaps : [...gaps, [next, LAST]];
}

/** General categories (`L`, `Nd`) and scripts (`Greek`). */
function propertyOf(name: string): RegExp {
  for (const property of [name, `Script=${name}`]) {
    try {
      return new RegExp(`^\\p{${property}}$`, 'u');
    } catch {
      // Not one of these: the next may be.
    }
  }
  throw new NotRead();
}
