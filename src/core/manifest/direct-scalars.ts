/** Where the scalars of everyday YAML end, and what they say; null or -1 wherever that takes more than a look. */
import { CST } from 'yaml';
import { char as code, isFlowIndicator } from './characters.ts';

/** Whether what stands at an offset ends a word: blank space, or the end of the text. */
export function isBlankAt(text: string, at: number): boolean {
  const char = text.charCodeAt(at);
  return char === code.space || char === code.lineFeed || char === code.carriageReturn || at >= text.length;
}

/** Characters that begin something else than a plain scalar, or nothing at all. */
const indicators = new Set(Array.from('\t?:,[]{}#&*!|>\'"%@`', (char) => char.charCodeAt(0)));

/** Offset after the part of a plain scalar that stands on the line of `start`; -1 where none can begin. */
export function plainEnd(text: string, start: number, flow: boolean): number {
  const first = text.charCodeAt(start);
  if (first === code.dash) {
    if (isBlankAt(text, start + 1) || (flow && isFlowIndicator(text.charCodeAt(start + 1)))) return -1;
  } else if (indicators.has(first)) return -1;
  let end = start;
  for (let at = start; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === code.lineFeed || char === code.carriageReturn) break;
    if (char === code.tab) return -1;
    if (char === code.space) continue;
    if (char === code.colon) {
      if (isBlankAt(text, at + 1) || text.charCodeAt(at + 1) === code.tab) break;
      if (flow && isFlowIndicator(text.charCodeAt(at + 1))) break;
    } else if (char === code.hash) {
      if (text.charCodeAt(at - 1) === code.space) break;
    } else if (flow && isFlowIndicator(char)) break;
    end = at + 1;
  }
  return end;
}

/** Offset after the quote that closes the one at `start`; -1 where there is none. */
export function quotedEnd(text: string, start: number): number {
  const double = text.charCodeAt(start) === code.doubleQuote;
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (double) {
      if (char === code.backslash) at++;
      else if (char === code.doubleQuote) return at + 1;
    } else if (char === code.singleQuote) {
      if (text.charCodeAt(at + 1) !== code.singleQuote) return at + 1;
      at++;
    }
  }
  return -1;
}

/** Offset after the last line break between two offsets; -1 where there is none. */
export function lastLineWithin(text: string, start: number, end: number): number {
  // Looked for in the part alone: in a file of one long line the next break is far away.
  const at = text.slice(start, end).lastIndexOf('\n');
  return at < 0 ? -1 : start + at + 1;
}

/**
 * Whether every line of a scalar behind its first is blank or indented beyond `column`: only then do they belong
 * to it.
 */
export function continues(text: string, start: number, end: number, column: number): boolean {
  for (
    let line = text.indexOf('\n', start) + 1;
    line > 0 && line < end;
    line = text.indexOf('\n', line) + 1
  ) {
    let at = line;
    while (text.charCodeAt(at) === code.space) at++;
    const char = text.charCodeAt(at);
    if (char === code.lineFeed || char === code.carriageReturn) continue;
    if (char === code.tab || at - line <= column) return false;
  }
  return true;
}

/** Escapes that the API server's reader, of YAML 1.1, may not take, or takes in another way. */
const newerEscape = /\\(?:\/|u[dD]|U|\r?\n)/;

/** What a quoted text says, its quotes included in the range; null where the parser would complain. */
export function quotedText(text: string, start: number, end: number): string | null {
  const double = text.charCodeAt(start) === code.doubleQuote;
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes('\n') && !inner.includes(double ? '\\' : "'")) return inner;
  if (double && newerEscape.test(inner)) return null;
  return resolved({
    type: double ? 'double-quoted-scalar' : 'single-quoted-scalar',
    offset: start,
    indent: 0,
    source: text.slice(start, end),
  });
}

/** What a plain scalar of several lines says. */
export function foldedText(text: string, start: number, end: number): string | null {
  return resolved({ type: 'scalar', offset: start, indent: 0, source: text.slice(start, end) });
}

type ScalarToken = CST.FlowScalar | CST.BlockScalar;

/** The parser's own reading of escapes and folded lines. */
function resolved(token: ScalarToken): string | null {
  let faulty = false;
  const { value } = CST.resolveAsScalar(token, true, () => (faulty = true));
  return faulty ? null : value;
}

/** A block scalar as it stands in the text. */
export interface BlockScalar {
  readonly value: string;
  /** Offset after its last line. */
  readonly end: number;
}

const header = /[|>][-+]?(?: +(?:#[^\n]*)?)?(?=\r?\n)\r?\n/y;

/** Reads the block scalar whose `|` or `>` stands at `start`; its lines are indented beyond `column`. */
export function blockScalar(text: string, start: number, column: number): BlockScalar | null {
  header.lastIndex = start;
  if (!header.test(text)) return null;
  const body = header.lastIndex;
  const chomp = text[start + 1] ?? '';
  const extent = blockExtent(text, body, column);
  if (extent === null || chomp === '+') return null;
  const { indent, end } = extent;
  const source = text.slice(body, end);
  const folded = text.charCodeAt(start) === code.greater;
  if (folded || source.includes('\r')) {
    const line = { type: 'block-scalar-header', offset: start, indent: column, source: folded ? '>' : '|' };
    const props = [{ ...line, source: line.source + (chomp === '-' ? chomp : '') }] as CST.Token[];
    const value = resolved({ type: 'block-scalar', offset: start, indent: 0, props, source });
    return value === null ? null : { value, end };
  }
  return { value: literal(source, indent) + (chomp === '-' ? '' : '\n'), end };
}

/** The indentation of the lines from `body` on that go deeper than `column`, and the offset after the last of them. */
function blockExtent(text: string, body: number, column: number): { indent: number; end: number } | null {
  let indent = 0;
  let end = -1;
  for (let line = body; line < text.length;) {
    let at = line;
    while (text.charCodeAt(at) === code.space) at++;
    const char = text.charCodeAt(at);
    const next = text.indexOf('\n', at) + 1 || text.length;
    if (char === code.lineFeed || char === code.carriageReturn || at >= text.length) {
      // Blank space beyond the indentation counts as text, or as a mistake, depending on where it stands.
      if (end < 0 ? at - line > column : at - line > indent) return null;
    } else {
      if (end < 0) indent = at - line;
      if (char === code.tab && (end < 0 || at - line < indent)) return null;
      if (at - line <= column || at - line < indent) break;
      end = next;
    }
    line = next;
  }
  // Text beside the indentation of the first line is another mistake; the end of the text is no line break.
  return end < 0 || text.charCodeAt(end - 1) !== code.lineFeed ? null : { indent, end };
}

/** Lines without their indentation and without the last line break. */
function literal(source: string, indent: number): string {
  let value = '';
  for (let line = 0; line < source.length;) {
    const end = source.indexOf('\n', line);
    if (line > 0) value += '\n';
    value += source.slice(Math.min(line + indent, end), end);
    line = end + 1;
  }
  return value;
}
