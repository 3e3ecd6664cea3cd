import { isCollection, visit } from 'yaml';
import type { Document } from 'yaml';
import type { TextRange } from '../finding.ts';

/**
 * The text with the brackets around an offset on one line, at the same length, and where they are. Inside
 * brackets the API server's reader minds no indentation, where the parser here does. Null where no brackets are
 * around it, or they never close.
 */
export function joinFlow(
  parsed: Document.Parsed,
  text: string,
  at: number,
): { readonly text: string; readonly range: TextRange } | null {
  const start = outermostFlow(parsed, text, at);
  const end = start === null ? null : closingEnd(text, start);
  if (start === null || end === null || end <= at) return null;
  const joined = text.slice(start, end).replace(/\r?\n[ \t]*/g, (lineBreak) => ' '.repeat(lineBreak.length));
  return { text: text.slice(0, start) + joined + text.slice(end), range: { start, end } };
}

function outermostFlow(parsed: Document.Parsed, text: string, at: number): number | null {
  let found: number | null = null;
  visit(parsed, {
    Collection(_key, node) {
      if (!isCollection(node) || node.flow !== true || !node.range) return undefined;
      const [start, end] = node.range;
      // A collection that the parser gave up ends before the blank space in front of the error.
      const around = start < at && text.slice(end, at).trim() === '';
      if (around) found = start;
      return around ? visit.BREAK : undefined;
    },
  });
  return found;
}

const token = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'|(?<=\s)#|[[{\]}]|[^]/y;

/** Offset after the bracket that closes the one at `start`; null where there is none, or a comment is between. */
function closingEnd(text: string, start: number): number | null {
  let depth = 0;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [part] = match;
    if (part === '#') return null;
    if (part === '[' || part === '{') depth++;
    else if (part === ']' || part === '}') depth--;
    if (depth === 0) return token.lastIndex;
  }
  return null;
}
