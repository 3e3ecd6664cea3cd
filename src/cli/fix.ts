import type { Analysis, Finding, Fix, TextEdit } from '../core/index.ts';
import type { CheckedFiles } from './checked-files.ts';
import type { Source } from './files/source.ts';

/** One fix can make way for the next; more turns than this only two fixes that undo each other take. */
const mostRounds = 10;

/** So many texts are tried to find the fixes of a file that do not get on with one another. */
const mostTries = 40;

/** A file whose text fixes have changed. */
export interface FixedFile {
  readonly source: Source;
  readonly before: string;
  readonly after: string;
  /** Findings that are gone by it. */
  readonly count: number;
}

/** Applies what is safe to apply unseen to the files' texts, in memory, until nothing more can be. */
export async function fixAll(files: CheckedFiles): Promise<readonly FixedFile[]> {
  const fixed = new Map<Source, FixedFile>();
  let waiting = files.sources;
  for (let round = 0; round < mostRounds && waiting.length > 0; round++) {
    const changed: Source[] = [];
    for (const source of waiting) {
      const report = await files.findingsOf(source);
      if (report === null) continue;
      const { text, findings } = report;
      const mended = mend(files, source, text, findings);
      if (mended.count === 0) continue;
      const { before, count } = fixed.get(source) ?? { before: text, count: 0 };
      fixed.set(source, { source, before, after: mended.text, count: count + mended.count });
      changed.push(source);
    }
    waiting = changed;
  }
  return [...fixed.values()].filter(({ before, after }) => before !== after);
}

/** Puts the mended text in the place of a file's: with all fixes or, where they make it worse, with those that do not. */
function mend(
  files: CheckedFiles,
  source: Source,
  text: string,
  findings: readonly Finding[],
): ReturnType<typeof applyFixes> {
  let best: ReturnType<typeof applyFixes> = { text, count: 0 };
  let kept: readonly Finding[] = [];
  let tries = 0;
  const keep = (more: readonly Finding[]): void => {
    if (more.length === 0 || tries++ >= mostTries) return;
    const all = [...kept, ...more];
    const mended = applyFixes(text, all);
    if (!isWorse(findings, files.replace(source, mended.text))) {
      best = mended;
      kept = all;
    } else if (more.length > 1) {
      const middle = more.length >> 1;
      keep(more.slice(0, middle));
      keep(more.slice(middle));
    }
  };
  keep(findings.filter(({ fixes }) => fixes.some(({ preferred }) => preferred)));
  if (tries > 1) files.replace(source, best.text);
  return best;
}

/** A fix must never make of a text what cannot be read. */
function isWorse(before: readonly Finding[], after: Analysis): boolean {
  return unread(after.findings) > unread(before);
}

function unread(findings: readonly Finding[]): number {
  return findings.filter(({ code }) => code === 'yaml-syntax' || code === 'duplicate-key').length;
}

/** The text with each finding's preferred fix, where it has one and no earlier one is in its way. */
function applyFixes(
  text: string,
  findings: readonly Finding[],
): { readonly text: string; readonly count: number } {
  const taken = new Edits();
  let count = 0;
  for (const { fixes } of findings) {
    const fix = fixes.find(({ preferred }) => preferred);
    if (fix !== undefined && taken.add(fix)) count++;
  }
  return { text: taken.applyTo(text), count };
}

/** Edits of a text, in its order, none of which touches another. */
class Edits {
  readonly #edits: TextEdit[] = [];

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
