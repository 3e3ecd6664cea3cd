import type { TextRange } from '../finding.ts';
import { apart, lastFrom } from '../ranges.ts';

/** An unresolved merge conflict: the two sides between its markers. */
export interface Conflict {
  /** The lines that mark it, in order, without their line breaks. */
  readonly markers: readonly TextRange[];
  /** Lines of the side before `=======`; null where the conflict has lost some of its markers. */
  readonly ours: TextRange | null;
  readonly theirs: TextRange | null;
  /** All of it, markers included. */
  readonly whole: TextRange;
}

/** A text with one side of every conflict chosen. */
export interface ResolvedText {
  readonly text: string;
  readonly conflicts: readonly Conflict[];
  /** What was put aside for that, in order: nobody knows whether something there will stay. */
  readonly hidden: readonly TextRange[];
}

/** Conflicts inside what both sides have in common (a merge of merges) have longer markers. */
const line = /(?<![^\n])(?:<{7,}|>{7,}|\|{7,}|={7,})(?:[ \r][^\n]*)?(?:\n|$)/g;
const documentMarker = /(?<![^\n])---(?=[ \t\r\n]|$)/g;

/**
 * Finds the conflicts of a text, nested ones too, and returns the text as if the first side of each had been
 * chosen, at the same length: nothing is said of the twin keys and stray lines they make.
 */
export function resolveConflicts(text: string): ResolvedText {
  const reader = new ConflictReader(text);
  for (const match of text.matchAll(line)) reader.add(match[0], match.index);
  const { conflicts, hidden } = reader.finish();
  return { text: withoutLines(text, hidden), conflicts, hidden };
}

/** A text that has no conflict. */
export function withoutConflicts(text: string): ResolvedText {
  return { text, conflicts: [], hidden: [] };
}

/** What of a document was put aside, with offsets from its start. */
export function asideIn({ hidden }: ResolvedText, { start, end }: TextRange): readonly TextRange[] {
  const inside: TextRange[] = [];
  // From the first on that ends behind the start.
  for (let at = lastFrom(hidden, start, ({ end: itsEnd }) => itsEnd) + 1; ; at++) {
    const part = hidden[at];
    if (part === undefined || part.start >= end) return inside;
    inside.push({ start: Math.max(part.start - start, 0), end: Math.min(part.end, end) - start });
  }
}

/** The text with line breaks in place of some lines: blank ones are harmless wherever they stand, spaces are not. */
function withoutLines(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let done = 0;
  for (const { start, end } of ranges) {
    result += text.slice(done, start) + '\n'.repeat(end - start);
    done = end;
  }
  return result + text.slice(done);
}

/** A conflict whose end was not met yet. */
interface OpenConflict {
  readonly size: number;
  readonly open: TextRange;
  base: TextRange | null;
  middle: TextRange | null;
}

class ConflictReader {
  readonly #text: string;
  readonly #conflicts: Conflict[] = [];
  readonly #hidden: TextRange[] = [];
  readonly #open: OpenConflict[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  add(marker: string, start: number): void {
    const at = { start, end: start + marker.length };
    const sign = marker.charAt(0);
    const size = marker.split(' ', 1)[0]?.trimEnd().length ?? 0;
    const inner = this.#open.at(-1);
    const last = inner?.size === size ? inner : undefined;
    if (sign === '<') {
      // Two conflicts of one merge never overlap: the one before has lost its end.
      if (last?.middle) this.#close(null, start);
      this.#open.push({ size, open: at, base: null, middle: null });
    } else if (sign === '>' && last) this.#close(at, at.end);
    else if (sign === '|' && last?.base === null && last.middle === null) last.base = at;
    else if (sign === '=' && last?.middle === null) last.middle = at;
    // Seven equal signs may be all that is left of a conflict; more of them underline a heading.
    else if (sign !== '=' || size === 7) this.#stray(at);
  }

  finish(): Pick<ResolvedText, 'conflicts' | 'hidden'> {
    while (this.#open.length > 0) this.#close(null, this.#text.length);
    const conflicts = this.#conflicts.sort((a, b) => a.whole.start - b.whole.start);
    return { conflicts, hidden: apart(this.#hidden) };
  }

  /** Ends the innermost conflict: by its last marker, or by giving it up at an offset. */
  #close(last: TextRange | null, until: number): void {
    const conflict = this.#open.pop();
    if (conflict === undefined) return;
    const { open, base, middle } = conflict;
    const markers = [open, base, middle, last].filter((one) => one !== null);
    const firstSideEnd = (base ?? middle)?.start ?? open.end;
    const complete = middle !== null && last !== null;
    this.#conflicts.push({
      markers: markers.map((marker) => withoutBreak(this.#text, marker)),
      ours: complete ? { start: open.end, end: firstSideEnd } : null,
      theirs: complete ? { start: middle.end, end: last.start } : null,
      whole: { start: open.start, end: markers.at(-1)?.end ?? open.end },
    });
    this.#hidden.push(open);
    if (middle === null) this.#hidden.push(...markers);
    else this.#hidden.push({ start: firstSideEnd, end: last?.end ?? this.#documentEnd(middle.end, until) });
  }

  /** Where the document of an offset ends, or `until` if that comes first. */
  #documentEnd(offset: number, until: number): number {
    documentMarker.lastIndex = offset;
    return Math.min(documentMarker.exec(this.#text)?.index ?? until, until);
  }

  #stray(at: TextRange): void {
    const markers = [withoutBreak(this.#text, at)];
    this.#conflicts.push({ markers, ours: null, theirs: null, whole: at });
    this.#hidden.push(at);
  }
}

function withoutBreak(text: string, { start, end }: TextRange): TextRange {
  let last = end;
  while (last > start && '\r\n'.includes(text[last - 1] ?? '')) last--;
  return { start, end: last };
}
