import type { ErrorCode, YAMLParseError } from 'yaml';
import { message } from '../finding.ts';
import type { Message } from '../finding.ts';
import type { SyntaxProblem } from './read.ts';

/** The parser's codes in words that say what to do. Those not here say what the parser says. */
const sentences: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'This escape is unknown in double quotes; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'This line is indented differently from its siblings; line it up with them',
  BAD_SCALAR_START: 'A value cannot begin with this character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'There is a second colon on this line; put the value in quotes or on lines of its own',
  BLOCK_IN_FLOW: 'Inside brackets, lists and mappings need brackets too',
  KEY_OVER_1024_CHARS: 'This key is longer than 1024 characters; the colon after it is probably elsewhere',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line; is a colon missing above?',
  MULTIPLE_ANCHORS: 'A value can have one anchor only; remove the others',
  MULTIPLE_TAGS: 'A value can have one tag only; remove the others',
  TAB_AS_INDENT: 'Tabs cannot indent YAML; use spaces',
  BAD_DIRECTIVE: 'This directive is unknown; remove the line',
  RESOURCE_EXHAUSTION: 'This is nested too deeply to be read; a manifest needs far fewer levels',
};

function sentence(error: YAMLParseError): Message {
  const text = sentences[error.code];
  if (text !== undefined) return message(text);
  if (error.message.includes('closing "quote')) return message('The closing double quote is missing; add it');
  if (error.message.includes("closing 'quote")) return message('The closing single quote is missing; add it');
  if (error.code === 'MISSING_CHAR' && error.message.includes('map values')) {
    return message('A colon and a value are expected after this; write it as key: value');
  }
  return message('This is not valid YAML: {0}', error.message);
}

/** What the API server's reader refuses anywhere in a text, and the parser here lets pass. */
const control = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

/** The first character that may not stand in YAML; one finding is enough to look for the rest. */
export function controlCharacter(text: string): SyntaxProblem | null {
  const start = text.search(control);
  if (start < 0) return null;
  const code = text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0');
  return {
    message: message('The character U+{0} may not stand in YAML; remove it', code),
    range: { start, end: start + 1 },
  };
}

/** The parser's errors as problems, the first of each line only: the rest of a line is confusion that follows. */
export function syntaxErrors(errors: readonly YAMLParseError[], text: string): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  let lineEnd = -1;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const start = Math.min(error.pos[0], text.length);
    if (start <= lineEnd) continue;
    lineEnd = text.indexOf('\n', start);
    if (lineEnd < 0) lineEnd = text.length;
    const end = Math.max(start, Math.min(error.pos[1], lineEnd));
    problems.push({ message: sentence(error), range: { start, end } });
  }
  return problems;
}
