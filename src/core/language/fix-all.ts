import type { Finding, Fix, TextEdit } from '../finding.ts';

/** So many texts are tried to find the fixes of a file that do not get on with one another. */
const mostTries = 40;

/** A text after its fixes. */
export interface Mended {
  readonly text: string;
  /** In the order of the text they are made to, none touching another. */
  readonly edits: readonly TextEdit[];
  /** Findings they are for. */
  readonly count: number;
}

/**
 * Applies the fixes that are safe to apply unseen: all of them or, where together they make of the text what cannot be
 * read, those that do not. `check` gives the findings of a text that was mended.
 */
export function mend(
  text: string,
  findings: readonly Finding[],
  check: (text: string) => readonly Finding[],
): Mended {
  let best: Mended = { text, edits: [], count: 0 };
  let kept: readonly Finding[] = [];
  let tries = 0;
  const keep = (more: readonly Finding[]): void => {
    if (more.length === 0 || tries++ >= mostTries) return;
    const all = [...kept, ...more];
    const mended = applyFixes(text, all);
    if (unread(check(mended.text)) <= unread(findings)) {
      best = mended;
      kept = all;
    } else if (more.length > 1) {
      const middle = more.length >> 1;
      keep(more.slice(0, middle));
      keep(more.slice(middle));
    }
  };
  keep(findings.filter(({ fixes }) => fixes.some(({ preferred }) => preferred)));
  return best;
}

/** The edits of each finding's preferred fix, where it has one and no earlier one is in its way. */
export function safeEdits(findings: readonly Finding[]): readonly TextEdit[] {
  return applyFixes('', findings).edits;
}

function unread(findings: readonly Finding[]): number {
  return findings.filter(({ code }) => code === 'yaml-syntax' || code === 'duplicate-key').length;
}

function applyFixes(text: string, findings: readonly Finding[]): Mended {
  const taken = new Edits();
  let count = 0;
  for (const { fixes } of findings) {
    const fix = fixes.find(({ preferred }) => preferred);
    if (fix !== undefined && taken.add(fix)) count++;
  }
  return { text: taken.applyTo(text), edits: taken.all, count };
}

/** Edits of a text, in its order, none of which touches another. */
class Edits {
  readonly #edits: TextEdit[] = [];

  get all(): readonly TextEdit[] {
    return this.#edits;
  }

  /** All of a fix's edits or, if one is in another's way, none. Two fixes may ask for the very same edit. */
  add({ edits }: Fix): boolean {
    if (!edits.every((edit) => this.#fits(edit))) return false;
    for (const edit of edits) {
      const at = this.#after(edit.range.start);
      if (!isSame(edit, this.#edits[at - 1])) this.#edits.splice(at, 0, edit);
    }
    return true;
  }

  applyTo(text: string): string {
    const [lineBreak = '\n'] = /\r\n|\n/.exec(text) ?? [];
    let result = '';
    let done = 0;
    for (const { range, newText } of this.#edits) {
      result += text.slice(done, range.start) + newText.replace(/\r\n|\n/g, lineBreak);
      done = range.end;
    }
    return result + text.slice(done);
  }

  /** Edits may not even touch: their order would matter. */
  #fits(edit: TextEdit): boolean {
    const at = this.#after(edit.range.start);
    const [before, after] = [this.#edits[at - 1], this.#edits[at]];
    if (isSame(edit, before)) return true;
    return (
      (before === undefined || before.range.end < edit.range.start) &&
      (after === undefined || after.range.start > edit.range.end)
    );
  }

  /** Where an edit that starts at an offset would stand behind all that start there or before. */
  #after(start: number): number {
    let low = 0;
    let high = this.#edits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#edits[middle]?.range.start ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isSame(one: TextEdit, other: TextEdit | undefined): boolean {
  return (
    one.range.start === other?.range.start &&
    one.range.end === other.range.end &&
    one.newText === other.newText
  );
}
