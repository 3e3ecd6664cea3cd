import type { Analysis } from '../analysis/analysis.ts';
import type { Finding } from '../finding.ts';
import { placeAt } from './place.ts';

/** What a comment lets pass: what stands in the line below it, in the object, or in the whole file. */
export type IgnoreScope = 'line' | 'object' | 'file';

/** A line with a comment that is to be written; the reason belongs between its two parts. */
export interface IgnoreComment {
  /** Where it begins, in the file. */
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

/** What cannot be read is to be mended; and a comment about comments would be one too many. */
const alwaysTold: ReadonlySet<string> = new Set(['yaml-syntax', 'file-too-large', 'suppression-invalid']);

const words: Readonly<Record<IgnoreScope, string>> = {
  line: 'elastic-ignore',
  object: 'elastic-ignore-object',
  file: 'elastic-ignore-file',
};

/** A comment that lets a finding pass; null where none can be written. */
export function ignoreComment(
  analysis: Analysis,
  finding: Finding,
  scope: IgnoreScope,
): IgnoreComment | null {
  const offset = alwaysTold.has(finding.code) ? null : offsetFor(analysis, finding, scope);
  if (offset === null) return null;
  const { text } = analysis;
  const indent = /[ \t]*/y;
  indent.lastIndex = offset;
  const margin = indent.exec(text)?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  return { offset, before: `${margin}# ${words[scope]} ${finding.code}: `, after: lineBreak };
}

function offsetFor(analysis: Analysis, finding: Finding, scope: IgnoreScope): number | null {
  const start = finding.range.start;
  switch (scope) {
    case 'line':
      return isInsideText(analysis, start) ? null : lineStart(analysis, start);
    case 'object': {
      const objects = analysis.documents[finding.document]?.objects ?? [];
      const object = objects.findLast(({ range }) => range.start <= start) ?? objects[0];
      // What begins behind `---` has no line of its own to stand above.
      if (
        object === undefined ||
        /^(?:---|%)/.test(analysis.text.slice(lineStart(analysis, object.range.start)))
      )
        return null;
      return lineStart(analysis, object.range.start);
    }
    case 'file':
      return 0;
  }
}

function lineStart({ lines }: Analysis, offset: number): number {
  return lines.offsetAt({ line: lines.positionAt(offset).line, character: 0 });
}

/** In a text of several lines a comment would be part of the text. */
function isInsideText(analysis: Analysis, offset: number): boolean {
  const place = placeAt(analysis, offset);
  if (place === null || place.part !== 'value') return false;
  return lineStart(analysis, place.range.start) < lineStart(analysis, offset);
}
