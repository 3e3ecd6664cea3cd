import { char } from '../characters.ts';
import { isBlank } from './cursor.ts';
import type { Cursor } from './cursor.ts';

const word = /[0-9A-Za-z_-]*/y;
const uri = /(?:[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]]|%[0-9A-Fa-f]{2})*/y;

/** A tag as it is written: `!!str` has the handle `!!`, one in angle brackets none. */
export interface Tag {
  readonly handle: string;
  readonly suffix: string;
}

/** What a pattern without an anchor finds at the cursor; goes on behind it. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? '';
  cursor.at += found.length;
  return found;
}

/** The name of the anchor or alias whose `&` or `*` is at the cursor. */
export function scanAnchor(cursor: Cursor): string {
  const begin = cursor.at++;
  const name = take(cursor, word);
  const ends = isBlank(cursor.code()) || '?:,]}%@`'.includes(cursor.text.charAt(cursor.at));
  if (name === '' || !ends) cursor.refuse('anchor', begin);
  return name;
}

/** The tag at the cursor. */
export function scanTag(cursor: Cursor): Tag {
  const begin = cursor.at;
  const tag = cursor.code(1) === char.less ? verbatim(cursor) : shorthand(cursor);
  if (tag === null || cursor.code() === char.percent || !isBlank(cursor.code())) cursor.refuse('tag', begin);
  return tag;
}

function verbatim(cursor: Cursor): Tag | null {
  cursor.at += 2;
  const suffix = take(cursor, uri);
  if (suffix === '' || cursor.code() !== char.greater) return null;
  cursor.at++;
  return { handle: '', suffix };
}

function shorthand(cursor: Cursor): Tag | null {
  const handle = scanHandle(cursor);
  if (handle === null) return null;
  const rest = take(cursor, uri);
  if (handle.length > 1 && handle.endsWith('!')) return rest === '' ? null : { handle, suffix: rest };
  const suffix = handle.slice(1) + rest;
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
}

function scanHandle(cursor: Cursor): string | null {
  const begin = cursor.at;
  if (cursor.code() !== char.exclamation) return null;
  cursor.at++;
  take(cursor, word);
  if (cursor.code() === char.exclamation) cursor.at++;
  return cursor.text.slice(begin, cursor.at);
}

/** A line that begins with `%`: the version it names, or the meaning it gives a tag's handle. */
export type Directive =
  | { readonly kind: 'version'; readonly supported: boolean }
  | { readonly kind: 'tag'; readonly handle: string; readonly prefix: string };

export function scanDirective(cursor: Cursor): Directive {
  const begin = cursor.at++;
  const name = take(cursor, word);
  const known = isBlank(cursor.code()) && (name === 'YAML' || name === 'TAG');
  cursor.skipSpacesAndTabs();
  const directive = !known ? null : name === 'YAML' ? version(cursor) : tagDirective(cursor);
  if (directive === null) cursor.refuse('directive', begin);
  cursor.skipSpacesAndTabs();
  cursor.skipComment();
  if (!cursor.atEnd) {
    if (!isBlank(cursor.code())) cursor.refuse('directive', begin);
    cursor.breakLine();
  }
  return directive;
}

function version(cursor: Cursor): Directive | null {
  const number = take(cursor, /\d{1,2}\.\d{1,2}(?!\d)/y);
  if (number === '') return null;
  const [major, minor] = number.split('.');
  return { kind: 'version', supported: Number(major) === 1 && Number(minor) === 1 };
}

function tagDirective(cursor: Cursor): Directive | null {
  const handle = scanHandle(cursor);
  if (handle === null || (handle !== '!' && !handle.endsWith('!'))) return null;
  if (cursor.code() !== char.space && cursor.code() !== char.tab) return null;
  cursor.skipSpacesAndTabs();
  const prefix = take(cursor, uri);
  return prefix === '' || !isBlank(cursor.code()) ? null : { kind: 'tag', handle, prefix };
}
