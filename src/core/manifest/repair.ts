import { isCollection, isScalar, parseDocument, visit } from 'yaml';
import type { Document, YAMLParseError } from 'yaml';
import { message } from '../finding.ts';
import type { TextRange } from '../finding.ts';
import { diagnose } from './syntax.ts';
import type { Diagnosis, SyntaxProblem } from './syntax.ts';
import { blank, lineStart } from './text.ts';

/** A document as the parser sees it after everything that is not YAML has been put aside. */
export interface RepairedDocument {
  /** Null where the parser gave up. */
  readonly parsed: Document.Parsed | null;
  /** What was put aside, each with one problem: nothing inside or right before it was read completely. */
  readonly hidden: readonly TextRange[];
  readonly problems: readonly SyntaxProblem[];
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
  let tabs = false;
  for (let repairs = 0; ; repairs++) {
    const parsed = parse(current);
    if (parsed === null) return { parsed, hidden, problems: [...problems, tooDeep(text)] };
    const error = firstError(parsed.errors);
    if (error === null) return { parsed, hidden, problems };
    if (error.code === 'RESOURCE_EXHAUSTION')
      return { parsed: null, hidden, problems: [...problems, tooDeep(text, error.pos[0])] };
    const diagnosis = diagnose(error, current, spoiler(parsed, error, current));
    // Which column a tab stands for is a guess: what follows from it is no news.
    if (!tabs) problems.push(diagnosis.problem);
    tabs ||= error.code === 'TAB_AS_INDENT';
    const next = repair(current, diagnosis);
    hidden.push(diagnosis.spoilt ?? diagnosis.problem.range);
    if (next === current || repairs >= MOST_REPAIRS || (repairs + 1) * text.length > REPAIR_BUDGET) {
      return { parsed, hidden, problems };
    }
    current = next;
  }
}

function parse(text: string): Document.Parsed | null {
  try {
    // Every scalar arrives as text: what type it has is decided as the API server decides it, in scalars.ts.
    // Duplicate keys are looked for elsewhere: the parser's own check is quadratic.
    return parseDocument(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
  } catch {
    // A stack overflow, or a fault of the parser itself: for the person both mean the same.
    return null;
  }
}

function firstError(errors: readonly YAMLParseError[]): YAMLParseError | null {
  let first: YAMLParseError | null = null;
  for (const error of errors) if (first === null || error.pos[0] < first.pos[0]) first = error;
  return first;
}

function repair(text: string, { spoilt }: Diagnosis): string {
  if (spoilt !== null) return blank(text, [spoilt]);
  return text.replace(/^[ ]*\t[ \t]*/gm, (indent) => ' '.repeat(indent.length));
}

export function tooDeep(text: string, at = 0): SyntaxProblem {
  return {
    message: message('This is nested too deeply to be read; a manifest needs far fewer levels'),
    range: { start: at, end: Math.min(at + 1, text.length) },
    fixes: [],
  };
}

/**
 * What made the parser stumble: a quoted text over several lines that ends on the line of the error has
 * probably lost its closing quote on its first line, and a bracket that is open there was never closed.
 */
function spoiler(parsed: Document.Parsed, error: YAMLParseError, text: string): TextRange | null {
  const at = error.pos[0];
  const line = lineStart(text, at);
  let found: TextRange | null = null;
  visit(parsed, {
    Node(_key, node) {
      const range = (node as { range?: readonly [number, number, number] | null }).range;
      if (!range) return undefined;
      const [start, end] = range;
      // It begins on an earlier line and reaches the line of the error.
      if (start >= line || end < line) return undefined;
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      const flow = isCollection(node) && node.flow === true && start > 0;
      // The outermost bracket is the one to put aside; of texts, the last.
      if (quoted || (flow && found === null)) found = { start, end };
      return undefined;
    },
  });
  return found;
}
