import { readPattern } from './crd-pattern-parts.ts';
import type { Assertion, CharSet, Part } from './crd-pattern-parts.ts';

/** A step of a compiled pattern; `next` and `other` are places of steps. */
type Step =
  | { readonly kind: 'char'; readonly set: CharSet; readonly next: number }
  | { readonly kind: 'assert'; readonly what: Assertion; readonly next: number }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'match' };

/** More steps than any pattern needs that is written by hand. */
const MOST_STEPS = 20_000;
/** Steps times characters that one text is worth. */
const MOST_WORK = 5_000_000;

/**
 * A pattern as the API server reads it: in Go's syntax, whose meaning differs from JavaScript's in details. All ways
 * through it are followed at once, so that no pattern and no text takes longer than their lengths multiplied.
 */
export class GoPattern {
  readonly #steps: readonly Step[];
  readonly #start: number;

  private constructor(steps: readonly Step[], start: number) {
    this.#steps = steps;
    this.#start = start;
  }

  /** Null for what cannot be read, or is too large. */
  static read(pattern: string): GoPattern | null {
    const part = readPattern(pattern);
    if (part === null) return null;
    const compiler = new Compiler();
    const start = compiler.compile(part);
    return start === null ? null : new GoPattern(compiler.steps, start);
  }

  /** Whether any part of a text is as the pattern has it; null where to find out would take too long. */
  matches(text: string): boolean | null {
    const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0);
    if (codes.length * this.#steps.length > MOST_WORK) return null;
    const steps = this.#steps;
    let now = new Places(steps.length);
    let next = new Places(steps.length);
    for (let at = 0; at <= codes.length; at++) {
      if (this.#follow(now, this.#start, codes, at)) return true;
      const code = codes[at];
      if (code === undefined) break;
      for (const place of now.list) {
        const step = steps[place];
        if (step?.kind !== 'char' || !includes(step.set, code)) continue;
        if (this.#follow(next, step.next, codes, at + 1)) return true;
      }
      [now, next] = [next, now];
      next.clear();
    }
    return false;
  }

  /** Adds a place and all that are reached from it without a character; whether one of them is the end. */
  #follow(places: Places, first: number, codes: readonly number[], at: number): boolean {
    const waiting = [first];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (!places.add(place)) continue;
      const step = this.#steps[place];
      if (step === undefined || step.kind === 'match') return true;
      if (step.kind === 'split') waiting.push(step.other, step.next);
      else if (step.kind === 'assert' && holds(step.what, codes, at)) waiting.push(step.next);
    }
    return false;
  }
}

/** A set of places in the order they were reached. */
class Places {
  readonly list: number[] = [];
  readonly #has: Uint8Array;

  constructor(size: number) {
    this.#has = new Uint8Array(size);
  }

  add(place: number): boolean {
    if (this.#has[place] === 1) return false;
    this.#has[place] = 1;
    this.list.push(place);
    return true;
  }

  clear(): void {
    for (const place of this.list) this.#has[place] = 0;
    this.list.length = 0;
  }
}

class Compiler {
  readonly steps: Step[] = [{ kind: 'match' }];

  /** Place of the first step; null where there are too many. */
  compile(part: Part): number | null {
    const start = this.#part(part, 0);
    return this.steps.length > MOST_STEPS ? null : start;
  }

  #add(step: Step): number {
    return this.steps.push(step) - 1;
  }

  /** Steps of a part that go on at `next`. */
  #part(part: Part, next: number): number {
    if (this.steps.length > MOST_STEPS) return next;
    switch (part.kind) {
      case 'char':
        return this.#add({ kind: 'char', set: part.set, next });
      case 'assert':
        return this.#add({ kind: 'assert', what: part.what, next });
      case 'all':
        return part.parts.reduceRight((after, one) => this.#part(one, after), next);
      case 'any': {
        const [last = next, ...others] = part.parts.map((one) => this.#part(one, next));
        return others.reduce((other, one) => this.#add({ kind: 'split', next: one, other }), last);
      }
      case 'repeat':
        return this.#repeat(part, next);
    }
  }

  #repeat({ part, least, most }: Extract<Part, { kind: 'repeat' }>, next: number): number {
    let after = next;
    if (most === null) {
      const loop = this.#add({ kind: 'split', next, other: next });
      this.steps[loop] = { kind: 'split', next: this.#part(part, loop), other: next };
      after = loop;
    } else {
      for (let i = least; i < most && this.steps.length <= MOST_STEPS; i++)
        after = this.#add({ kind: 'split', next: this.#part(part, after), other: next });
    }
    for (let i = 0; i < least && this.steps.length <= MOST_STEPS; i++) after = this.#part(part, after);
    return after;
  }
}

function includes(set: CharSet, code: number): boolean {
  return hasCode(set, code) !== set.negated;
}

function hasCode({ ranges, properties, folds }: CharSet, code: number): boolean {
  if (isIn(ranges, code)) return true;
  const char = String.fromCodePoint(code);
  if (properties.some((property) => property.test(char))) return true;
  if (!folds) return false;
  return [char.toLowerCase(), char.toUpperCase()].some((one) => isIn(ranges, one.codePointAt(0) ?? -1));
}

function isIn(ranges: CharSet['ranges'], code: number): boolean {
  return ranges.some(([from, to]) => code >= from && code <= to);
}

function holds(what: Assertion, codes: readonly number[], at: number): boolean {
  switch (what) {
    case 'start':
      return at === 0;
    case 'end':
      return at === codes.length;
    case 'lineStart':
      return at === 0 || codes[at - 1] === 10;
    case 'lineEnd':
      return at === codes.length || codes[at] === 10;
    case 'boundary':
      return isWord(codes[at - 1]) !== isWord(codes[at]);
    case 'noBoundary':
      return isWord(codes[at - 1]) === isWord(codes[at]);
  }
}

function isWord(code: number | undefined): boolean {
  return code !== undefined && /\w/.test(String.fromCodePoint(code));
}
