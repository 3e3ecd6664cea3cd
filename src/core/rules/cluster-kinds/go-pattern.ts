/** Names of groups, flags, and nothing. */
const group = /\?(?::|P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?[:)])/y;
const counted = /\{(\d+)(?:,(\d*))?\}/y;
const MOST_REPEATS = 1000;
const repeaters = '*+?';
const alphanumeric = /[A-Za-z0-9]/;
const escapes = /[aAbBCdDfnpPrsStvwWxz0-7]/;
const classEscapes = /[adDfnpPrsStvwWx0-7]/;
const charEscapes = /[afnrtvx0-7]/;

/**
 * Whether Go can certainly not read a regular expression: it has no look-around and no back-references. What is not
 * certain counts as a pattern.
 */
export function isGoPattern(text: string): boolean {
  return new PatternReader(text).read();
}

class PatternReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Something that can be repeated stands before. */
  #atom = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): boolean {
    while (this.#at < this.#text.length) if (!this.#step()) return false;
    return this.#depth === 0;
  }

  #step(): boolean {
    const char = this.#text[this.#at] ?? '';
    if (char === '\\') return this.#escape();
    if (char === '[') return this.#class();
    if (char === '(') return this.#open();
    this.#at++;
    if (char === ')') {
      this.#atom = true;
      return --this.#depth >= 0;
    }
    if (repeaters.includes(char)) return this.#repeat();
    if (char === '{') return this.#count();
    this.#atom = char !== '|';
    return true;
  }

  #escape(): boolean {
    const next = this.#text[this.#at + 1] ?? '';
    if (next === 'Q') {
      const end = this.#text.indexOf('\\E', this.#at);
      this.#at = (end < 0 ? this.#text.length : end) + 2;
      this.#atom = true;
      return true;
    }
    this.#atom = true;
    return this.#char(escapes) !== null;
  }

  /** A bracket that is not closed; one right at the start is itself meant. */
  #class(): boolean {
    this.#at += this.#text[this.#at + 1] === '^' ? 2 : 1;
    for (let first = true; first || this.#text[this.#at] !== ']'; first = false) {
      if (this.#at >= this.#text.length) return false;
      if (this.#text.startsWith('[:', this.#at)) {
        const end = this.#text.indexOf(':]', this.#at);
        this.#at = end < 0 ? this.#at + 2 : end + 2;
      } else if (!this.#range()) return false;
    }
    this.#at++;
    this.#atom = true;
    return true;
  }

  #range(): boolean {
    const first = this.#char(classEscapes);
    if (first === null || this.#text[this.#at] !== '-' || this.#text[this.#at + 1] === ']')
      return first !== null;
    if (this.#at + 1 >= this.#text.length || first.length > 1) return this.#at + 1 < this.#text.length;
    this.#at++;
    const last = this.#char(charEscapes);
    return last !== null && (last.length > 1 || first <= last);
  }

  /** The next character, or an escape as it is written; null where Go knows no such escape. */
  #char(letters: RegExp): string | null {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char !== '\\') return char;
    const next = this.#text[this.#at++] ?? '';
    if (next === '' || next > '~' || (alphanumeric.test(next) && !letters.test(next))) return null;
    // One digit alone would refer back to a group.
    const octal = next < '1' || next > '7' || (this.#text[this.#at] ?? '') >= '0';
    return octal ? char + next : null;
  }

  #open(): boolean {
    this.#at++;
    this.#atom = false;
    this.#depth++;
    if (this.#text[this.#at] !== '?') return true;
    group.lastIndex = this.#at;
    const match = group.exec(this.#text);
    if (match === null) return false;
    this.#at += match[0].length;
    if (match[0].endsWith(')')) this.#depth--;
    return true;
  }

  #repeat(): boolean {
    const good = this.#atom;
    if (this.#text[this.#at] === '?') this.#at++;
    this.#atom = false;
    return good;
  }

  /** Braces that hold no numbers stand for themselves. */
  #count(): boolean {
    counted.lastIndex = this.#at - 1;
    const match = counted.exec(this.#text);
    if (match === null) {
      this.#atom = true;
      return true;
    }
    this.#at += match[0].length - 1;
    const [, least = '', most = ''] = match;
    if (Number(least) > MOST_REPEATS || Number(most) > MOST_REPEATS) return false;
    return this.#repeat() && (most === '' || Number(least) <= Number(most));
  }
}
