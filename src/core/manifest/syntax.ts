import { message } from '../finding.ts';
import type { Fix, Message, TextRange } from '../finding.ts';

/** Something in the text that is not YAML, or not what the API server's reader takes for YAML. */
export interface SyntaxProblem {
  readonly message: Message;
  readonly range: TextRange;
  readonly fixes: readonly Fix[];
}

/** What the API server's reader refuses anywhere in a text, and the parser here lets pass. */
const control = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

/** Those, and the line breaks of YAML 1.1 alone. */
const unusual = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFFFE\uFFFF]/;

/** Whether a text holds characters that no manifest needs. */
export function isUnusual(text: string): boolean {
  return unusual.test(text);
}

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

/** Levels a manifest may nest; custom resource definitions, the deepest in use, stay far below 100. */
export const DEEPEST = 500;

/** Nodes that aliases may add before a document counts as a bomb; the API server's reader allows about as many. */
export const MOST_ALIASED = 400_000;

/** A place so deep that reading on could exhaust the stack. */
export function tooDeep(text: string, at = 0): SyntaxProblem {
  return {
    message: message('This is nested too deeply to be read; a manifest needs far fewer levels'),
    range: { start: at, end: Math.min(at + 1, text.length) },
    fixes: [],
  };
}
