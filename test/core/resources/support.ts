import { parse } from 'yaml';
import { formatMessage, summarize } from '../../../src/core/index.ts';
import type { Message } from '../../../src/core/index.ts';

/** When everything below is looked at. */
export const now = Date.parse('2026-11-21T10:00:00Z');

/** An object as the API server sends it, with what its row says. */
export interface Case {
  readonly name: string;
  /** YAML. */
  readonly object: string;
  /** Health, words, then the reason after a `!`. */
  readonly row: readonly string[];
  /** Facts to look at, by name. */
  readonly facts?: Readonly<Record<string, string>>;
}

export const say = (message: Message): string => formatMessage(message);

export function read(text: string): unknown {
  return parse(text) as unknown;
}

/** Health, words and reason in the form of a case. */
export function rowOf(object: unknown): readonly string[] {
  const { health, words, reason } = summarize(object, now);
  return [health, ...words.map(say), ...(reason === null ? [] : [`! ${say(reason)}`])];
}

export function factsOf(object: unknown): Record<string, string> {
  return Object.fromEntries(summarize(object, now).facts.map(({ name, value }) => [say(name), say(value)]));
}
