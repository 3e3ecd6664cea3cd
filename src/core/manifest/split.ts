import type { TextRange } from '../finding.ts';

const marker = /(?<![^\n])(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;

/**
 * Ranges of the YAML documents of a file, in order: `---` begins a document and `...` ends one. Comments,
 * blank lines and directives before a `---` belong to the document it begins; a file or a tail of nothing but
 * these is no document. Neither marker can stand at column 0 inside a scalar.
 */
export function splitDocuments(text: string): readonly TextRange[] {
  const documents: TextRange[] = [];
  let start = 0;
  let begun = false;
  const cut = (end: number): void => {
    if (begun || hasContent(text, start, end)) documents.push({ start, end });
    start = end;
    begun = false;
  };
  marker.lastIndex = 0;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    if (match[0] === '...') {
      const end = text.indexOf('\n', match.index);
      cut(end < 0 ? text.length : end + 1);
      continue;
    }
    if (begun || hasContent(text, start, match.index)) cut(match.index);
    begun = true;
  }
  cut(text.length);
  return documents;
}

/** Whether there is more between two offsets than blank lines, comments and directives. */
function hasContent(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const char = text[i] ?? '';
    if (' \t\r\n\uFEFF'.includes(char)) continue;
    const directive = char === '%' && (i === 0 || text[i - 1] === '\n');
    if (char !== '#' && !directive) return true;
    const lineEnd = text.indexOf('\n', i);
    if (lineEnd < 0) return false;
    i = lineEnd;
  }
  return false;
}
