import { Composer, isCollection, isScalar, Lexer, Parser, visit } from 'yaml';
import type { CST, Document, YAMLParseError } from 'yaml';
import type { TextRange } from '../finding.ts';
import { readDirectly } from './direct.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnose.ts';
import { joinFlow } from './flow.ts';
import type { Node } from './nodes.ts';
import { treeOf } from './parsed-tree.ts';
import { compose } from './reader/compose.ts';
import type { Tree } from './reader/tree.ts';
import { DEEPEST, tooDeep } from './syntax.ts';
import type { SyntaxProblem } from './syntax.ts';
import { blank, lineEnd, lineStart } from './text.ts';

/** A document as it is read after everything that is not YAML has been put aside. */
export interface RepairedDocument {
  /** Null where the parser gave up, or the rest was read without it. */
  readonly tree: Tree | null;
  /** The rest, where what was wrong is put aside and the whole parser was not needed any more. */
  readonly root: Node | null;
  /** What was put aside, each with one problem: nothing inside or right before it was read completely. */
  readonly hidden: readonly TextRange[];
  readonly problems: readonly SyntaxProblem[];
  /** Offset from which on mistakes are left that were not put aside: nothing behind it can be trusted. */
  readonly readTo: number;
}

/** Repairs a person may wait for while typing; a text with more mistakes shows the rest when these are corrected. */
const MOST_REPAIRS = 20;
/** Characters that may be parsed again for repairs: a large document gets fewer of them. */
const REPAIR_BUDGET = 400_000;

/**
 * Parses a document. At an error the lines it spoils are put aside and the rest is parsed again: a mistake
 * gets one finding, and not a trail of others that only follow from it, and what stands after it is checked
 * like the rest. Never throws.
 */
export function parseRepaired(text: string): RepairedDocument {
  let current = text;
  const hidden: TextRange[] = [];
  const problems: SyntaxProblem[] = [];
  const repaired = (tree: Tree | null, readTo = text.length, root: Node | null = null): RepairedDocument => ({
    tree,
    root,
    hidden,
    problems,
    readTo,
  });
  let tabs = false;
  for (let repairs = 0; ; repairs++) {
    const parsed = parse(current);
    if (typeof parsed === 'number') {
      problems.push(tooDeep(text, parsed));
      return repaired(null, 0);
    }
    const error = firstError(parsed.errors);
    if (error === null) return repaired(contentsOf(parsed));
    const last = repairs >= MOST_REPAIRS || (repairs + 1) * text.length > REPAIR_BUDGET;
    const tolerated = last ? null : joinTolerated(parsed, current, error);
    if (tolerated !== null) {
      current = tolerated;
      continue;
    }
    const indents = tabIndents(parsed, current);
    const diagnosis = diagnose(error, current, spoiler(parsed, error, current), indents);
    // Which column a tab stands for is a guess, and so is what a line was that lost a part: what follows from
    // a repair is no news.
    const follows = tabs || hidden.some((part) => sharesLine(text, part, diagnosis.problem.range));
    if (!follows) problems.push(diagnosis.problem);
    tabs ||= diagnosis.spoilt === null;
    const next = repair(current, diagnosis, indents);
    hidden.push(diagnosis.spoilt ?? diagnosis.problem.range);
    if (next === current || last) {
      return repaired(contentsOf(parsed), diagnosis.problem.range.start);
    }
    current = next;
    const root = readDirectly(current);
    if (root !== null) return repaired(null, text.length, root);
    const composed = compose(current);
    if (composed.ok) return repaired(composed.tree);
  }
}

function contentsOf({ contents }: Document.Parsed): Tree | null {
  return contents === null ? null : treeOf(contents);
}

/** The text with brackets joined that only their indentation makes wrong; null where the error is another one. */
function joinTolerated(parsed: Document.Parsed, text: string, error: YAMLParseError): string | null {
  if (error.code !== 'BAD_INDENT' && error.code !== 'TAB_AS_INDENT') return null;
  const joined = joinFlow(parsed, text, error.pos[0]);
  if (joined === null) return null;
  const again = parse(joined.text);
  const left = typeof again === 'number' ? null : firstError(again.errors);
  return left === null || left.pos[0] >= joined.range.end ? joined.text : null;
}

function sharesLine(text: string, a: TextRange, b: TextRange): boolean {
  return a.start <= lineEnd(text, b.end) && lineStart(text, b.start) <= a.end;
}

/**
 * Every scalar arrives as text: what type it has is decided as the API server decides it, in scalars.ts. Duplicate keys
 * are looked for elsewhere: the parser's own check is quadratic.
 */
const options = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** V8's count of the calls that an error notes. */
const errors = Error as ErrorConstructor & { stackTraceLimit?: number };

/** The parsed document; where it is too deep to be read, the offset at which it gets so. */
function parse(text: string): Document.Parsed | number {
  const { stackTraceLimit } = errors;
  try {
    // Of a text full of mistakes the parser makes thousands of errors: to note their calls takes longer than to parse.
    errors.stackTraceLimit = 0;
    return composed(text);
  } catch {
    // A fault of the parser itself: for the person it means the same.
    return 0;
  } finally {
    if (stackTraceLimit !== undefined) errors.stackTraceLimit = stackTraceLimit;
  }
}

function composed(text: string): Document.Parsed | number {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // What comes after this recurses, and how deep it may depends on who called.
    if (parser.stack.length > DEEPEST) return parser.offset;
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer(options);
  const [document] = composer.compose(tokens, true, text.length);
  return document ?? 0;
}

function firstError(errors: readonly YAMLParseError[]): YAMLParseError | null {
  let first: YAMLParseError | null = null;
  for (const error of errors) if (first === null || error.pos[0] < first.pos[0]) first = error;
  return first;
}

function repair(text: string, { spoilt }: Diagnosis, indents: readonly TextRange[]): string {
  if (spoilt !== null) return blank(text, [spoilt]);
  let result = '';
  let done = 0;
  for (const { start, end } of indents) {
    result += text.slice(done, start) + text.slice(start, end).replaceAll('\t', ' ');
    done = end;
  }
  return result + text.slice(done);
}

/** Indentation up to its last tab, dashes of list items included; a tab inside a block scalar is that text's own. */
function tabIndents(parsed: Document.Parsed, text: string): readonly TextRange[] {
  if (!text.includes('\t')) return [];
  const scalars: TextRange[] = [];
  visit(parsed, {
    Scalar(_key, { type, range }) {
      if (range && (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED')) {
        scalars.push({ start: range[0], end: range[1] });
      }
    },
  });
  return (
    [...text.matchAll(/^(?:[ \t]|-(?=[ \t]))*\t[ ]*/gm)]
      .map((match) => ({ start: match.index, end: match.index + match[0].length }))
      // A line of a block scalar begins with its indentation: one that begins with a tab was meant to.
      .filter(
        ({ start }) =>
          text[start] !== ' ' || !scalars.some((scalar) => scalar.start < start && start < scalar.end),
      )
  );
}

/**
 * What made the parser stumble: a quoted text that was not closed on its line, or a bracket that never was.
 * Its own words tell some of it; where they do not, a text or bracket that reaches from an earlier line to the
 * line of the error is the one.
 */
function spoiler(parsed: Document.Parsed, error: YAMLParseError, text: string): TextRange | null {
  const at = error.pos[0];
  const line = lineStart(text, at);
  const said = text.slice(0, at).trimEnd().length;
  const quoteNamed = error.message.includes('closing') || error.code === 'BAD_DQ_ESCAPE';
  const bracketNamed = /^Flow (?:map|seq)/.exec(error.message)?.[0];
  const named = bracketNamed === undefined ? '[{' : bracketNamed.endsWith('map') ? '{' : '[';
  let found: TextRange | null = null;
  visit(parsed, {
    Node(_key, node) {
      const range = (node as { range?: readonly [number, number, number] | null }).range;
      if (!range) return undefined;
      const [start, end] = range;
      const reaches = start < line && end >= line;
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      // A bracket at the very beginning is a JSON file's: to put it aside would leave nothing.
      const bracket =
        isCollection(node) && node.flow === true && start > 0 && named.includes(text[start] ?? '');
      const isIt = quoted
        ? reaches || (quoteNamed && start <= at && end >= said)
        : bracket && (reaches || (bracketNamed !== undefined && start < at && end >= said));
      // Of texts the last, of brackets the outermost.
      if (isIt && (quoted || found === null)) found = { start, end };
      return undefined;
    },
  });
  return found;
}
