import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding, LineIndex, RelatedPlace } from '../../core/index.ts';
import type { EditorRange } from '../../core/protocol.ts';
import { slashed } from '../files/source.ts';
import { printable } from './printable.ts';

/** What one file has to say. */
export interface FileReport {
  /** As it was named, or `-` for standard input. */
  readonly file: string;
  readonly findings: readonly Finding[];
  readonly lines: LineIndex;
  /** Of a file that has findings; `''` otherwise: thousands of them are not worth their memory. */
  readonly text: string;
}

/** Something that could not be done, a sentence. */
export interface Problem {
  readonly sentence: string;
  /** Where in a file it has its cause; null where it concerns none, or the whole of it. */
  readonly place: { readonly file: string; readonly region: Region } | null;
}

export interface Report {
  readonly files: readonly FileReport[];
  readonly problems: readonly Problem[];
  /** Sentences about what was not looked at on purpose. */
  readonly notes: readonly string[];
}

export const formatNames = ['text', 'json', 'sarif', 'github'] as const;

export type FormatName = (typeof formatNames)[number];

/** How to print for a reader; only the text form has choices. */
export interface Style {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Prints a report; what it prints ends with a line break, or is empty. */
export type Format = (report: Report, style: Style) => string;

/** A place as people and most tools count: from 1, `endColumn` the one after the last. Columns are UTF-16 units. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function regionOf(lines: LineIndex, range: Finding['range']): Region {
  return countedFromOne(lines.rangeAt(range));
}

function countedFromOne({ start, end }: EditorRange): Region {
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Where a place stands that explains a finding of a file: in it, or in another one. */
export function placeOf(
  { range, elsewhere }: RelatedPlace,
  { file, lines }: FileReport,
): { readonly file: string; readonly region: Region } {
  if (elsewhere === undefined) return { file, region: regionOf(lines, range) };
  const { uri, range: at } = elsewhere;
  const name = uri.startsWith('file:') ? slashed(relative(process.cwd(), fileURLToPath(uri))) : uri;
  return { file: name, region: countedFromOne(at) };
}

export function problem(sentence: string): Problem {
  return { sentence, place: null };
}

/** `.elastic.yaml:3:5: There is no setting …`, as compilers and editors have it. */
export function problemLine({ sentence, place }: Problem): string {
  const where = place === null ? '' : `${place.file}:${place.region.line}:${place.region.column}: `;
  return printable(where + sentence);
}
