/** Words that look like the same one written twice. */
import { editDistance, nearestWord } from '../../nearest.ts';

/** The one of many words that was most likely meant; siblings that differ in their numbers alone are not. */
export function nearestSlip(word: string, known: Iterable<string>): string | null {
  const candidates: string[] = [];
  for (const other of known) if (mayBeSlip(word, other) && other !== word) candidates.push(other);
  const near = nearestWord(word, new Set(candidates));
  return near === null || areSiblings(near, word) ? null : near;
}

/** Whether two words are a slip of the pen apart. */
export function isSlip(one: string, other: string): boolean {
  if (!mayBeSlip(one, other)) return false;
  if (one.toLowerCase() === other.toLowerCase()) return true;
  const limit = Math.min(one.length, other.length) <= 4 ? 1 : 2;
  return editDistance(one, other, limit) <= limit && !areSiblings(one, other);
}

/** Told cheaply of almost all pairs of words that they have nothing in common: hardly a slip spares neither end. */
function mayBeSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 2) return false;
  return lower(one, 0) === lower(other, 0) || lower(one, one.length - 1) === lower(other, other.length - 1);
}

function lower(word: string, at: number): number {
  return word.charCodeAt(at) | 0x20;
}

function areSiblings(one: string, other: string): boolean {
  return withoutNumbers(one) === withoutNumbers(other);
}

function withoutNumbers(word: string): string {
  return word.replace(/\d+/g, '');
}
