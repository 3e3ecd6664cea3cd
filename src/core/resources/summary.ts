import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import type { Health } from '../workload/health.ts';

/** One line about an object: a name and what the cluster says. */
export interface Fact {
  readonly name: Message;
  readonly value: Message;
}

/** What a row and a description say of one object of any kind. */
export interface ResourceSummary {
  /** An object that has no state of its own (a ConfigMap) is healthy. */
  readonly health: Health;
  /** Up to four short words for the row after the name, the state first: `ClusterIP`, `10.0.0.1`, `80→8080/TCP`. */
  readonly words: readonly Message[];
  /** For a tooltip and the head of a description; what the row says is said here in full. */
  readonly facts: readonly Fact[];
  /** Why it is not well, in the cluster's words where it has some; null: it is well, or nobody says why not. */
  readonly reason: Message | null;
  /**
   * Since when, or when, the state in `words` is so: milliseconds since 1970. Words name no ages, so that what is
   * kept does not grow false. Left out where the object does not say.
   */
  readonly since?: number;
}

/** Text that is nobody's to translate: names, numbers, the cluster's own words. */
export function verbatim(text: string): Message {
  return message('{0}', text);
}

function fact(name: Message, value: Message | string): Fact {
  return { name, value: typeof value === 'string' ? verbatim(value) : value };
}

/** A fact, or none where the cluster says nothing. */
export function factsOf(
  ...entries: readonly (readonly [name: Message, value: Message | string | null])[]
): readonly Fact[] {
  return entries.flatMap(([name, value]) => (value === null || value === '' ? [] : [fact(name, value)]));
}

/** Words for a row: what is absent is left out, and no more than four fit. */
export function wordsOf(...words: readonly (Message | string | null)[]): readonly Message[] {
  return words
    .flatMap((word) =>
      word === null || word === '' ? [] : [typeof word === 'string' ? verbatim(word) : word],
    )
    .slice(0, 4);
}

/** The cluster's own sentence about some trouble; null when it said nothing. */
export function saying(text: string): Message | null {
  return text === '' ? null : verbatim(text);
}

/** `since` of a summary: there is none where the time is not known. */
export function sinceOf(time: number | null): Pick<ResourceSummary, 'since'> {
  return time === null ? {} : { since: time };
}

/** A moment as the API writes it, to the second; null: unknown. */
export function momentText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
