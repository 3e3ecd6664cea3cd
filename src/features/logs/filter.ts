import { createContext, Script } from 'node:vm';

/** What a person types to see only some lines. */
export interface LogFilter {
  /** As typed. */
  readonly text: string;
  /** Which of the lines to show. Throws FilterTooSlowError. */
  select(lines: readonly string[]): readonly boolean[];
}

/** A pattern took longer over some lines than anybody should wait. */
export class FilterTooSlowError extends Error {}

export type FilterReading =
  { readonly ok: true; readonly filter: LogFilter | null } | { readonly ok: false; readonly problem: string };

/**
 * Time a pattern has for a batch of lines, ms: the rest of the extension waits meanwhile. The clock runs on while a
 * busy machine does something else, so there is a second attempt.
 */
const limitsMs = [40, 150] as const;

/**
 * Reads a filter: words as they are, in any case; `/pattern/` as a regular expression, `/pattern/i` in any case; with
 * a `!` before it, what it does not fit. null for an empty one: everything is shown.
 */
export function readFilter(typed: string): FilterReading {
  const text = typed.trim();
  const negated = text.startsWith('!');
  const wanted = negated ? text.slice(1).trim() : text;
  if (wanted === '') return { ok: true, filter: null };
  const pattern = /^\/(.+)\/([a-z]*)$/.exec(wanted);
  if (pattern === null) {
    const words = wanted.toLowerCase();
    const select = (lines: readonly string[]): readonly boolean[] =>
      lines.map((line) => line.toLowerCase().includes(words) !== negated);
    return { ok: true, filter: { text, select } };
  }
  const [, source = '', flags = ''] = pattern;
  try {
    const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
    return { ok: true, filter: { text, select: guarded(expression, negated) } };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

const testing = new Script('lines.map((line) => expression.test(line) !== negated)');

/** Node can end a script that takes too long, even inside a regular expression; a plain call it cannot. */
function guarded(expression: RegExp, negated: boolean): LogFilter['select'] {
  const scope: { lines: readonly string[] } = { lines: [] };
  const context = createContext(Object.assign(scope, { expression, negated }));
  return (lines) => {
    scope.lines = lines;
    for (const timeout of limitsMs) {
      try {
        return testing.runInContext(context, { timeout }) as boolean[];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      }
    }
    throw new FilterTooSlowError(`The filter took longer than ${limitsMs.join(' and ')} ms.`);
  };
}
