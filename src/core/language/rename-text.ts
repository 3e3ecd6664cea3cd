import type { TextEdit } from '../finding.ts';
import type { Occurrence } from './references-index.ts';

/** Reads the same with and without quotes. */
const plainText = /^[A-Za-z_.][\w.-]*$/;
/** What YAML of any version takes for something else than a text. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+]?\.?(?:inf|nan|[\d.][\d_.eE+-]*))$/i;
/** A name that others repeat by an alias. */
const anchored = /&[^\s,[\]{}]+[ \t]+$/;

/**
 * How a name is replaced in the text of its file, quotes staying as they are; null where it is not written there as it
 * reads, which is for people to change.
 */
export function renameEdit(text: string, { name, range, use }: Occurrence, newName: string): TextEdit | null {
  if (use.written === 'before')
    return { range: { start: range.start, end: range.start }, newText: `${newName}=` };
  const raw = text.slice(range.start, range.end);
  if (use.written === 'part') return raw === name ? { range, newText: newName } : null;
  if (anchored.test(text.slice(Math.max(0, range.start - 100), range.start))) return null;
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  if (raw !== `${quote}${name}${quote}`) return null;
  const fits = quote === '' ? isPlain(newName) : !/["'\\]/.test(newName);
  return { range, newText: fits ? `${quote}${newName}${quote}` : JSON.stringify(newName) };
}

/** Where the name itself stands: inside its quotes. */
export function nameRange(text: string, { range }: Occurrence): TextEdit['range'] {
  const quoted = /^(["']).*\1$/s.test(text.slice(range.start, range.end));
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}

function isPlain(name: string): boolean {
  return plainText.test(name) && !reserved.test(name);
}
