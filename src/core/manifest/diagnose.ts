import type { ErrorCode, YAMLParseError } from 'yaml';
import { message } from '../finding.ts';
import type { Fix, Message, TextRange } from '../finding.ts';
import type { SyntaxProblem } from './syntax.ts';
import { indentAt, lineEnd, lineStart, nextLine } from './text.ts';

/** A problem, and what of the text it spoils; null where the text's tabs are all there is to put right. */
export interface Diagnosis {
  readonly problem: SyntaxProblem;
  readonly spoilt: TextRange | null;
}

const misaligned = message('This line is indented differently from its siblings; line it up with them');

/** The parser's codes in words that say what to do. Those not here say what the parser says. */
const sentences: Partial<Record<ErrorCode, Message>> = {
  BAD_DIRECTIVE: message('This directive is unknown; remove the line'),
  BAD_INDENT: misaligned,
  BLOCK_IN_FLOW: message('Inside brackets, lists and mappings need brackets too'),
  KEY_OVER_1024_CHARS: message(
    'This key is longer than 1024 characters; the colon after it is probably elsewhere',
  ),
  MULTIPLE_ANCHORS: message('A value can have one anchor only; remove the others'),
  MULTIPLE_TAGS: message('A value can have one tag only; remove the others'),
};

/** Errors that share a code, told apart by the parser's words. */
const phrases: readonly (readonly [words: string, sentence: Message])[] = [
  ['item without -', misaligned],
  ['at node end', message('Nothing may follow a value on its line; put all of it in quotes')],
  ['Not a YAML token', message('Nothing may follow | or > on the line; begin the text on the next one')],
  ['Missing , ', message('A comma is missing before this; add it')],
  ['Missing space after :', message('A space is missing after the colon; add it')],
  ['Comments must be separated', message('A space is missing before the #; add it')],
];

/**
 * What an error of the parser means, where a person has to look, and what of the text has to be put aside.
 * `spoiler`: the quoted text or bracket that made the parser stumble, where there is one. `tabIndents`: see there.
 */
export function diagnose(
  error: YAMLParseError,
  text: string,
  spoiler: TextRange | null,
  tabIndents: readonly TextRange[],
): Diagnosis {
  const at = Math.min(error.pos[0], text.length);
  const aboutIndent = error.code === 'BAD_INDENT' || error.code === 'BLOCK_AS_IMPLICIT_KEY';
  const line = aboutIndent && spoiler === null ? lineStart(text, contentFrom(text, at)) : lineStart(text, at);
  const tab = tabIndents.find(({ start }) => start === line);
  if (tab !== undefined && (aboutIndent || error.code === 'TAB_AS_INDENT'))
    return tabs(text, tab, tabIndents);
  if (error.code === 'BAD_DQ_ESCAPE') return badEscape(text, at, spoiler);
  if (spoiler !== null && !closes(text, spoiler, at)) return unclosed(text, spoiler, at);
  if (error.code === 'MULTILINE_IMPLICIT_KEY' || error.message.includes('followed by map values')) {
    return colonMissing(text, at);
  }
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') {
    const first = contentFrom(text, at);
    if (isBlank(text, lineStart(text, at), at) && isDash(text, first)) return misindented(text, first);
    const below = nextContent(text, at);
    const oneLine = /:(?:\s|$)/.test(text.slice(at, lineEnd(text, at)));
    if (below !== null && !oneLine) return overIndented(text, at, below);
    return secondColon(text, at);
  }
  if (error.code === 'BAD_INDENT' && spoiler === null) return misindented(text, contentFrom(text, at));
  if (error.code === 'BAD_SCALAR_START') return badStart(text, at);
  return plainDiagnosis(error, text, at, spoiler);
}

function plainDiagnosis(
  error: YAMLParseError,
  text: string,
  at: number,
  spoiler: TextRange | null,
): Diagnosis {
  const known = sentences[error.code] ?? phrases.find(([words]) => error.message.includes(words))?.[1];
  const range = { start: at, end: Math.max(at, Math.min(error.pos[1], lineEnd(text, at))) };
  const problem = {
    message: known ?? message('This is not valid YAML: {0}', error.message),
    range: visible(text, range),
    fixes: [],
  };
  if (spoiler !== null) return { problem, spoilt: spoiler };
  const spoilt = { start: at, end: lineEnd(text, at) };
  const line = { start: lineStart(text, at), end: lineEnd(text, at) };
  return { problem, spoilt: isBlank(text, spoilt.start, spoilt.end) ? line : spoilt };
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === '';
}

/** An error on blank space is shown on the word behind it, at the end of a line on what stands before it. */
function visible(text: string, range: TextRange): TextRange {
  if (!isBlank(text, range.start, range.end)) return range;
  const rest = lineEnd(text, range.start);
  if (!isBlank(text, range.start, rest)) return wordAt(text, range.start + indentAt(text, range.start));
  const end = text.slice(0, range.start).trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

/** A key, or one character of what is none. */
function wordAt(text: string, start: number): TextRange {
  const word = /^[^\s:]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
  return { start, end: start + Math.max(1, word.length) };
}

/** Where the next line below with more than a comment begins after its indentation; null below the last. */
function nextContent(text: string, at: number): number | null {
  for (let line = nextLine(text, at); line < text.length; line = nextLine(text, line)) {
    const start = line + indentAt(text, line);
    if (start < lineEnd(text, line) && text[start] !== '#') return start;
  }
  return null;
}

/** The first text from an offset on: the parser places some errors on the blank lines and comments before. */
function contentFrom(text: string, at: number): number {
  const start = at + indentAt(text, at);
  const here = start < lineEnd(text, at) && text[start] !== '#';
  return here ? start : (nextContent(text, at) ?? at);
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

function tabs(text: string, range: TextRange, tabIndents: readonly TextRange[]): Diagnosis {
  const edits = tabIndents.map(({ start, end }) => ({
    range: { start, end },
    newText: text.slice(start, end).replaceAll('-\t', '- ').replaceAll('\t', '  '),
  }));
  const fix: Fix = { title: message('Change tabs to spaces'), edits, preferred: true };
  const problem = { message: message('Tabs cannot indent YAML; use spaces'), range, fixes: [fix] };
  return { problem, spoilt: null };
}

function badEscape(text: string, at: number, quoted: TextRange | null): Diagnosis {
  const problem = {
    message: message('This escape is unknown in double quotes; write two backslashes, or use single quotes'),
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
  const firstLine = { start, end: lineEnd(text, start) };
  if (char === '"' || char === "'") {
    const words = message('The closing {0} is missing; add it', char);
    return { problem: { message: words, range: firstLine, fixes: [] }, spoilt: firstLine };
  }
  const words = message(
    'The bracket {0} is never closed; add {1} where it ends',
    char,
    char === '[' ? ']' : '}',
  );
  const problem = { message: words, range: { start, end: start + 1 }, fixes: [] };
  // A bracket's own lines end before the line the parser stumbled over.
  return { problem, spoilt: { start, end: Math.max(firstLine.end, Math.min(end, lineStart(text, at) - 1)) } };
}

/** A line that is neither `key: value` nor a part of what stands above it. */
function colonMissing(text: string, at: number): Diagnosis {
  const line = text.slice(at, lineEnd(text, at)).trimEnd();
  const glued = /^\w[\w./-]*:(?=[^\s:/])/.exec(line)?.[0];
  const spaced = /^\w[\w./-]*(?=[ \t]+[^\s:#]+$)/.exec(line)?.[0];
  const bare = isAboveBlock(text, at) ? /^\w[\w./-]*$/.exec(line)?.[0] : undefined;
  const key = spaced ?? bare;
  const words =
    glued !== undefined
      ? message('A space is missing after the colon; add it')
      : key !== undefined
        ? message('The colon after the key is missing; add it')
        : message('A key, a colon and a value belong on one line: is the colon missing?');
  const fixes =
    glued !== undefined
      ? [insertion(message('Add the space'), at + glued.length, ' ')]
      : key !== undefined
        ? [insertion(message('Add the colon'), at + key.length, ':')]
        : [];
  const range = { start: at, end: at + line.length };
  return { problem: { message: words, range, fixes }, spoilt: { ...block(text, at), start: at } };
}

/** Whether the lines below are what a key could have for its value: deeper entries or items. */
function isAboveBlock(text: string, at: number): boolean {
  const below = nextLine(text, at);
  const indent = indentAt(text, below);
  if (indent <= indentAt(text, lineStart(text, at))) return false;
  return /^(?:-(?:\s|$)|[\w./"'-]+:(?:\s|$))/.test(text.slice(below + indent, lineEnd(text, below)));
}

function insertion(title: Message, offset: number, newText: string): Fix {
  return { title, edits: [{ range: { start: offset, end: offset }, newText }], preferred: true };
}

/** A line between two levels; with a list item go the items below that are in line with it. */
function misindented(text: string, start: number): Diagnosis {
  const problem = { message: misaligned, range: visible(text, wordAt(text, start)), fixes: [] };
  return { problem, spoilt: isDash(text, start) ? siblings(text, start) : block(text, start) };
}

function isDash(text: string, start: number): boolean {
  return /^-(?:\s|$)/.test(text.slice(start, start + 2));
}

/** `image: nginx: latest`: the value that holds the second colon. */
function secondColon(text: string, at: number): Diagnosis {
  const spoilt = { start: at, end: lineEnd(text, at) };
  const problem = {
    message: message('A second colon on one line; put the value in quotes or on a line of its own'),
    range: visible(text, wordAt(text, at)),
    fixes: [],
  };
  return { problem, spoilt };
}

/** The parser took a line that is indented too far, beginning at `start`, for more of the value above it. */
function overIndented(text: string, at: number, start: number): Diagnosis {
  const first = lineStart(text, at);
  const dash = first + indentAt(text, first);
  if (/^-[^\s-]/.test(text.slice(dash, dash + 2))) {
    const problem = {
      message: message('A space is missing after the dash; add it'),
      range: { start: dash, end: lineEnd(text, dash) },
      fixes: [insertion(message('Add the space'), dash + 1, ' ')],
    };
    return { problem, spoilt: siblings(text, dash) };
  }
  const words = message('This line is indented too far to be a sibling of the one above; line it up');
  return {
    problem: { message: words, range: wordAt(text, start), fixes: [] },
    spoilt: siblings(text, start),
  };
}
