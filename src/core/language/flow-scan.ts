import type { TextRange } from '../finding.ts';
import { unquoted } from './source-line.ts';

/** A `{` or `[` that is open at a place. */
export interface FlowFrame {
  readonly brace: '{' | '[';
  /** Keys that are written in it so far with their texts; behind the place too, once the scan is over. */
  readonly entries: Map<string, string>;
  /** The key whose value is being read. */
  key: string | null;
  /** Commas so far. */
  index: number;
}

export interface FlowPlace {
  /** From the outermost to the innermost. */
  readonly frames: readonly FlowFrame[];
  readonly inComment: boolean;
  /** The word at the place; empty where there is none. */
  readonly word: TextRange;
  /** The place is before a colon, or where a key would be. */
  readonly isKey: boolean;
  /** A colon follows the word. */
  readonly colon: boolean;
}

/** Of a value in flow style: where it ended, or what the place inside of it is. */
export type FlowScan = { readonly closed: number } | FlowPlace;

interface Token {
  readonly range: TextRange;
  readonly kind: 'open' | 'close' | 'comma' | 'colon' | 'word' | 'comment';
}

const space = /\s*/y;
const word =
  /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|(?:[^\s,[\]{}:#]|:(?![\s,[\]{}]|$)|(?<!\s)#|[ \t](?=[^\s,[\]{}:#]))+/y;
const single: Readonly<Record<string, Token['kind']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
};

/** Reads from an opening brace at `start` up to the place `to`, or to the closing one; never beyond `end`. */
export function scanFlow(text: string, start: number, to: number, end: number): FlowScan {
  const frames: FlowFrame[] = [];
  let found: { -readonly [K in keyof FlowPlace]: FlowPlace[K] } | null = null;
  let last: Token | null = null;
  for (const token of tokens(text, start, end)) {
    if (found === null && token.range.start >= to && !(token.kind === 'word' && token.range.start === to)) {
      found = placeIn(frames, last, to);
    }
    if (found === null && token.kind === 'comment' && to <= token.range.end) {
      return {
        frames: [...frames],
        inComment: true,
        word: { start: to, end: to },
        isKey: false,
        colon: false,
      };
    }
    const before = frames.length;
    step(text, frames, last, token);
    if (token.kind !== 'comment') last = token;
    if (found !== null && token.kind === 'colon' && found.word.end <= token.range.start && found.isKey) {
      if (text.slice(found.word.end, token.range.start).trim() === '') found.colon = true;
    }
    if (frames.length === 0) {
      if (found === null) return { closed: token.range.end };
      break;
    }
    // What is behind the frame of the place tells nothing about it.
    if (found !== null && frames.length < before && frames.length < found.frames.length) break;
  }
  return found ?? placeIn(frames, last, to);
}

function placeIn(
  frames: readonly FlowFrame[],
  last: Token | null,
  to: number,
): { -readonly [K in keyof FlowPlace]: FlowPlace[K] } {
  const frame = frames.at(-1);
  const touched = last?.kind === 'word' && last.range.end >= to;
  return {
    frames: frames.map((one) => ({ ...one })),
    inComment: false,
    word: touched ? last.range : { start: to, end: to },
    isKey: frame?.brace === '{' && frame.key === null,
    colon: false,
  };
}

/** What a token changes; entries are shared with the frames of a place that was found before. */
function step(text: string, frames: FlowFrame[], last: Token | null, token: Token): void {
  const frame = frames.at(-1);
  const textOf = ({ range }: Token): string => unquoted(text.slice(range.start, range.end));
  switch (token.kind) {
    case 'open':
      frames.push({
        brace: text[token.range.start] === '{' ? '{' : '[',
        entries: new Map(),
        key: null,
        index: 0,
      });
      break;
    case 'close':
      frames.pop();
      break;
    case 'comma':
      if (frame !== undefined) {
        frame.index++;
        frame.key = null;
      }
      break;
    case 'colon':
      if (frame?.brace === '{' && frame.key === null && last?.kind === 'word') {
        frame.key = textOf(last);
        frame.entries.set(frame.key, '');
      }
      break;
    case 'word':
      if (frame?.brace === '{' && frame.key !== null) frame.entries.set(frame.key, textOf(token));
      break;
    case 'comment':
      break;
  }
}

function* tokens(text: string, start: number, end: number): Iterable<Token> {
  for (let at = start; at < end;) {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    const char = text[at];
    if (char === undefined || at >= end) return;
    const kind = single[char];
    if (kind !== undefined) {
      yield { kind, range: { start: at, end: ++at } };
      continue;
    }
    if (char === '#') {
      const line = text.indexOf('\n', at);
      const stop = line < 0 ? end : line;
      yield { kind: 'comment', range: { start: at, end: stop } };
      at = stop;
      continue;
    }
    word.lastIndex = at;
    const length = word.exec(text)?.[0].length ?? 0;
    const stop = Math.min(at + Math.max(1, length), end);
    yield { kind: 'word', range: { start: at, end: stop } };
    at = stop;
  }
}
