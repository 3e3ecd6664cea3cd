import type { TextRange } from '../finding.ts';
import { blank } from './text.ts';

/** An unresolved merge conflict: the two sides between its markers. */
export interface Conflict {
  /** The line that opens it (or a closing marker that has lost its opening one), without its line break. */
  readonly marker: TextRange;
  /** Lines of the side before `=======`; null where the conflict has lost some of its markers. */
  readonly ours: TextRange | null;
  readonly theirs: TextRange | null;
  /** All of it, markers included. */
  readonly whole: TextRange;
}

const line = /^(?:<{7}|>{7}|\|{7}|={7})(?=[ \r\n]|$).*\r?\n?/gm;

/**
 * Finds the conflicts of a text, and returns the text as if the first side of each had been chosen, at the
 * same length: one finding a conflict, and none for the twin keys and stray lines it makes.
 */
export function resolveConflicts(text: string): { text: string; conflicts: readonly Conflict[] } {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return { text, conflicts: [] };
  const conflicts: Conflict[] = [];
  const hidden: TextRange[] = [];
  let open: TextRange | null = null;
  let base: TextRange | null = null;
  let middle: TextRange | null = null;
  const close = (end: TextRange | null): void => {
    if (open === null) return;
    const complete = middle !== null && end !== null;
    conflicts.push({
      marker: withoutBreak(text, open),
      ours: complete ? { start: open.end, end: (base ?? middle)?.start ?? open.end } : null,
      theirs: complete && middle && end ? { start: middle.end, end: end.start } : null,
      whole: { start: open.start, end: (end ?? middle ?? open).end },
    });
    hidden.push(open);
    if (complete && end) hidden.push({ start: (base ?? middle)?.start ?? end.start, end: end.end });
    else hidden.push(...[base, middle].filter((one) => one !== null));
    open = base = middle = null;
  };
  for (const match of text.matchAll(line)) {
    const at = { start: match.index, end: match.index + match[0].length };
    const sign = match[0][0];
    if (sign === '<') {
      close(null);
      open = at;
    } else if (sign === '|' && open !== null && middle === null) base ??= at;
    else if (sign === '=' && open !== null) middle ??= at;
    else if (sign === '>' && open !== null) close(at);
    else if (sign === '>') {
      conflicts.push({ marker: withoutBreak(text, at), ours: null, theirs: null, whole: at });
      hidden.push(at);
    }
  }
  close(null);
  return { text: blank(text, hidden), conflicts };
}

function withoutBreak(text: string, { start, end }: TextRange): TextRange {
  let last = end;
  while (last > start && '\r\n'.includes(text[last - 1] ?? '')) last--;
  return { start, end: last };
}
