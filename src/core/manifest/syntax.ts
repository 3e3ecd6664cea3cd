import type { ErrorCode, YAMLParseError } from 'yaml';
import { message } from '../finding.ts';
import type { Fix, Message, TextRange } from '../finding.ts';
import { indentAt, lineEnd, lineStart, nextLine } from './text.ts';

/** Something in the text that is not YAML, or not what the API server's reader takes for YAML. */
export interface SyntaxProblem {
  readonly message: Message;
  readonly range: TextRange;
  readonly fixes: readonly Fix[];
}

/** A problem, and what of the text it spoils; null where the text's tabs are all there is to put right. */
export interface Diagnosis {
  readonly problem: SyntaxProblem;
  readonly spoilt: TextRange | null;
}

/** The parser's codes in words that say what to do. Those not here say what the parser says. */
const sentences: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: 'This directive is unknown; remove the line',
  BAD_INDENT: 'This line is indented differently from its siblings; line it up with them',
  BLOCK_AS_IMPLICIT_KEY: 'A second colon on one line; put the value in quotes or on a line of its own',
  BLOCK_IN_FLOW: 'Inside brackets, lists and mappings need brackets too',
  KEY_OVER_1024_CHARS: 'This key is longer than 1024 characters; the colon after it is probably elsewhere',
  MULTIPLE_ANCHORS: 'A value can have one anchor only; remove the others',
  MULTIPLE_TAGS: 'A value can have one tag only; remove the others',
};

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
    fixes: [],
  };
}

/** What an error of the parser means, where a person has to look, and what of the text has to be put aside. */
export function diagnose(error: YAMLParseError, text: string, spoiler: TextRange | null): Diagnosis {
  const at = Math.min(error.pos[0], text.length);
  if (error.code === 'TAB_AS_INDENT') return tabs(text, at);
  if (error.code === 'BAD_DQ_ESCAPE') return badEscape(text, at, spoiler);
  if (spoiler !== null && !closes(text, spoiler, at)) return unclosed(text, spoiler, at);
  if (error.code === 'MULTILINE_IMPLICIT_KEY' || error.message.includes('followed by map values')) {
    return colonMissing(text, at);
  }
  const below = nextContent(text, at);
  const oneLine = below === null || /:(?:\s|$)/.test(text.slice(at, lineEnd(text, at)));
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY' && !oneLine) return overIndented(text, at, below);
  if (error.code === 'BAD_SCALAR_START') return badStart(text, at);
  const range = { start: at, end: Math.max(at, Math.min(error.pos[1], lineEnd(text, at))) };
  const problem = { message: sentence(error), range: widened(text, range), fixes: [] };
  // A wrong indentation spoils its line and all below it; a wrong value only itself.
  if (spoiler !== null) return { problem, spoilt: spoiler };
  const spoilt = error.code === 'BAD_INDENT' ? block(text, at) : { start: at, end: lineEnd(text, at) };
  return { problem, spoilt: hasText(text, spoilt) ? spoilt : wholeLine(text, at) };
}

/** Errors of one code, told apart by the parser's words. */
const phrases: readonly (readonly [string, string])[] = [
  ['at node end', 'Nothing may follow a value on its line; put all of it in quotes'],
  ['Not a YAML token', 'Nothing may follow | or > on the line; begin the text on the next one'],
  ['Missing , ', 'A comma is missing before this; add it'],
  ['Missing space after :', 'A space is missing after the colon; add it'],
  ['Comments must be separated', 'A space is missing before the #; add it'],
];

function sentence(error: YAMLParseError): Message {
  const text = sentences[error.code] ?? phrases.find(([words]) => error.message.includes(words))?.[1];
  return text === undefined ? message('This is not valid YAML: {0}', error.message) : message(text);
}

function hasText(text: string, { start, end }: TextRange): boolean {
  return text.slice(start, end).trim() !== '';
}

/** An error at the end of the text or on blank space is shown on the last thing before it. */
function widened(text: string, range: TextRange): TextRange {
  if (hasText(text, range)) return range;
  const rest = { start: range.start, end: lineEnd(text, range.start) };
  if (hasText(text, rest)) {
    const start = rest.start + indentAt(text, rest.start);
    const word = /^[^\s:]*/.exec(text.slice(start, rest.end))?.[0] ?? '';
    return { start, end: start + Math.max(1, word.length) };
  }
  const end = text.slice(0, range.start).trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

function wholeLine(text: string, at: number): TextRange {
  return { start: lineStart(text, at), end: lineEnd(text, at) };
}

/** Where the next line below that is not blank begins after its indentation; null below the last. */
function nextContent(text: string, at: number): number | null {
  for (let line = nextLine(text, at); line < text.length; line = nextLine(text, line)) {
    const start = line + indentAt(text, line);
    if (start < lineEnd(text, line)) return start;
  }
  return null;
}

/** From an offset to the end of its line, with the lines below that are indented at least as far as `column`. */
function withLinesBelow(text: string, at: number, column: number): TextRange {
  let end = lineEnd(text, at);
  for (let line = nextLine(text, at); line < text.length; line = nextLine(text, line)) {
    const indent = indentAt(text, line);
    const empty = line + indent >= lineEnd(text, line);
    if (!empty && indent < column) break;
    if (!empty) end = lineEnd(text, line);
  }
  return { start: at, end };
}

/** What stands on a line after its list dashes, with the deeper lines below it. */
function block(text: string, at: number): TextRange {
  const first = lineStart(text, at);
  const start = first + indentAt(text, first, true);
  return withLinesBelow(text, Math.min(start, lineEnd(text, at)), indentAt(text, first) + 1);
}

/** What stands at an offset, with the lines below that are indented as far as its line or farther. */
function siblings(text: string, at: number): TextRange {
  return withLinesBelow(text, at, indentAt(text, lineStart(text, at)));
}

function tabs(text: string, at: number): Diagnosis {
  const start = lineStart(text, at);
  const edits = [...text.matchAll(/^[ ]*\t[ \t]*/gm)].map((match) => ({
    range: { start: match.index, end: match.index + match[0].length },
    newText: match[0].replaceAll('\t', '  '),
  }));
  const fix: Fix = { title: message('Change tabs to spaces'), edits, preferred: true };
  const range = { start, end: start + Math.max(1, indentAt(text, start)) };
  return {
    problem: { message: message('Tabs cannot indent YAML; use spaces'), range, fixes: [fix] },
    spoilt: null,
  };
}

function badEscape(text: string, at: number, quoted: TextRange | null): Diagnosis {
  const words = 'This escape is unknown in double quotes; write two backslashes, or use single quotes';
  const problem = {
    message: message(words),
    range: { start: at, end: Math.min(at + 2, text.length) },
    fixes: [],
  };
  return { problem, spoilt: quoted ?? { start: at, end: lineEnd(text, at) } };
}

/** `@`, a backtick, `%` and their kind begin no plain value. */
function badStart(text: string, at: number): Diagnosis {
  const spoilt = { start: at, end: lineEnd(text, at) };
  const value = text.slice(at, spoilt.end).replace(/\s+(?:#.*)?$/, '');
  const range = { start: at, end: at + value.length };
  const newText = `'${value.replaceAll("'", "''")}'`;
  const fix: Fix = { title: message('Put it in quotes'), edits: [{ range, newText }], preferred: true };
  const words = message('A value cannot begin with {0}; put it in quotes', value.charAt(0));
  return { problem: { message: words, range, fixes: [fix] }, spoilt };
}

/** The mistake is inside a bracket that is closed later: all of it is put aside, and only itself reported. */
function closes(text: string, { start, end }: TextRange, at: number): boolean {
  const close = text[start] === '[' ? ']' : text[start] === '{' ? '}' : null;
  return close !== null && at < end && text[end - 1] === close;
}

function unclosed(text: string, { start, end }: TextRange, at: number): Diagnosis {
  const char = text[start] ?? '';
  const quote = char === '"' || char === "'";
  const words = quote
    ? 'The closing {0} is missing; add it'
    : 'The bracket {0} is never closed; add {1} where it ends';
  const range = { start, end: quote ? lineEnd(text, start) : start + 1 };
  // A bracket's own lines end before the line the parser stumbled over.
  const flowEnd = Math.max(lineEnd(text, start), Math.min(end, lineStart(text, at) - 1));
  return {
    problem: {
      message: quote ? message(words, char) : message(words, char, char === '[' ? ']' : '}'),
      range,
      fixes: [],
    },
    spoilt: { start, end: quote ? lineEnd(text, start) : flowEnd },
  };
}

/** A line that is neither `key: value` nor a part of what stands above it. */
function colonMissing(text: string, at: number): Diagnosis {
  const start = at;
  const end = lineEnd(text, at);
  const line = text.slice(start, end).trimEnd();
  const glued = /^([\w./-]+):(?=[^\s:/])/.exec(line);
  const spaced = /^([\w./-]+)[ \t]+(?=[^\s:#]+$)/.exec(line);
  const bare =
    /^[\w./-]+$/.test(line) && indentAt(text, nextLine(text, at)) > indentAt(text, lineStart(text, at));
  const fixes: Fix[] = [];
  const insert = (title: string, offset: number, newText: string): void => {
    fixes.push({
      title: message(title),
      edits: [{ range: { start: offset, end: offset }, newText }],
      preferred: true,
    });
  };
  let words = 'A key, a colon and a value belong on one line: is the colon missing?';
  if (glued?.[1] !== undefined) {
    words = 'A space is missing after the colon; add it';
    insert('Add the space', start + glued[1].length + 1, ' ');
  } else if (spaced?.[1] !== undefined) {
    words = 'The colon after the key is missing; add it';
    insert('Add the colon', start + spaced[1].length, ':');
  } else if (bare) {
    words = 'The colon after the key is missing; add it';
    insert('Add the colon', start + line.length, ':');
  }
  const range = { start, end: start + line.length };
  return { problem: { message: message(words), range, fixes }, spoilt: { ...block(text, at), start } };
}

/** The parser took a line that is indented too far for a continuation of the value above it. */
function overIndented(text: string, at: number, start: number): Diagnosis {
  const glued = /^-[^\s-]/.test(text.slice(lineStart(text, at)).trimStart());
  if (glued) {
    const dash = lineStart(text, at) + indentAt(text, lineStart(text, at));
    const edits = [{ range: { start: dash + 1, end: dash + 1 }, newText: ' ' }];
    const fixes: Fix[] = [{ title: message('Add the space'), edits, preferred: true }];
    const range = { start: dash, end: lineEnd(text, dash) };
    return {
      problem: { message: message('A space is missing after the dash; add it'), range, fixes },
      spoilt: siblings(text, dash),
    };
  }
  const key = /^[^\s:]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
  const words = 'This line is indented too far to be a sibling of the one above; line it up';
  return {
    problem: { message: message(words), range: { start, end: start + Math.max(1, key.length) }, fixes: [] },
    spoilt: siblings(text, start),
  };
}
