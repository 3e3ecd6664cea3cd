/** What many rules about single values share: is something there, is it one of a few words, what was meant instead. */
import { message } from '../finding.ts';
import type { Fix, Message } from '../finding.ts';
import { nearestWord } from '../nearest.ts';
import type { Field } from '../schema/field.ts';
import type { ReportOptions, Visit } from './rule.ts';

/** To the server nothing is there: no field, a null, or a text without a character. */
export function isEmpty(field: Field): boolean {
  return !field.written || field.text() === '';
}

/** No list, or one without items. What a template has yet to fill in is not empty. */
export function isEmptyList(field: Field): boolean {
  const { node } = field;
  return !field.written || (node?.type === 'sequence' && node.items.length === 0);
}

/** No mapping, or one without keys. */
export function isEmptyMap(field: Field): boolean {
  const { node } = field;
  return !field.written || (node?.type === 'mapping' && node.entries.length === 0);
}

/** Something stands where a mapping belongs and is none: what a template has yet to fill in, or a mistake told elsewhere. */
export function isPending({ node, written }: Field): boolean {
  return written && node?.type !== 'mapping';
}

/** A text as Go decodes it: null and absent are `''`. Null where it cannot be known, or is no text. */
export function goText(field: Field): string | null {
  return field.written ? field.text() : '';
}

/** A whole number as Go decodes it: null and absent are 0. Null where it cannot be known. */
export function goNumber(field: Field): number | null {
  return field.written ? field.number() : 0;
}

/** What people call a place: its key, or its list's key for an item. */
export function nameOf({ key, parent }: Field): string {
  if (parent === null) return key;
  return parent.type?.kind === 'list' ? parent.key : key;
}

/** Says something about a part of a mapping, be it written or not. */
export function tell(parent: Field, key: string, text: Message, visit: Visit, options?: ReportOptions): void {
  const field = parent.get(key);
  if (isEmpty(field)) visit.missing(parent, key, text, options);
  else visit.report(field, text, options);
}

/** Says that a text is missing; whether it was there. */
export function requireText(parent: Field, key: string, visit: Visit): boolean {
  if (!isEmpty(parent.get(key))) return true;
  visit.missing(parent, key, message('{0} is required; add it', key));
  return false;
}

/** A fix that puts another text in the place of a single value. */
export function changeTo({ node }: Field, text: string, preferred = true): readonly Fix[] {
  if (node?.type !== 'scalar') return [];
  return [
    { title: message('Change to {0}', text), edits: [{ range: node.range, newText: text }], preferred },
  ];
}

/** Says that a text is none of the words its place takes, and offers the nearest. */
export function checkChoice(
  field: Field,
  choices: readonly string[],
  visit: Visit,
  options?: ReportOptions,
): void {
  const value = field.text();
  if (value === null || choices.includes(value)) return;
  const meant = nearestWord(value, choices);
  const text = message('{0} cannot be "{1}"; use {2}', nameOf(field), value, listOf(choices));
  visit.report(field, text, { fixes: meant === null ? [] : changeTo(field, meant), ...options });
}

/** `A, B or C`. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** Says that a whole number is outside its range. An absent one is 0. */
export function checkRange(field: Field, lowest: number, highest: number, visit: Visit): void {
  const value = goNumber(field);
  if (value === null || (value >= lowest && value <= highest)) return;
  if (field.parent !== null && !field.written) {
    visit.missing(field.parent, field.key, message('{0} is required; add it', nameOf(field)));
  } else {
    visit.report(field, message('{0} must be from {1} to {2}; change it', nameOf(field), lowest, highest));
  }
}

/** Says that a value (a field's own, or what makes it unique) was there before, in `seen`. Null says nothing. */
export function checkUnique(
  field: Field,
  seen: Map<string, Field>,
  visit: Visit,
  value: string | null = field.text(),
): void {
  if (value === null) return;
  const first = seen.get(value);
  if (first === undefined) {
    seen.set(value, field);
    return;
  }
  visit.report(field, message('{0} is written twice; use another one here', value), {
    related: [{ message: message('The first one is here'), range: first.range }],
  });
}
