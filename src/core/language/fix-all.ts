import type { Finding, TextEdit } from '../finding.ts';

/**
 * The edits of all fixes that are safe to apply unseen, in the order of the text. Of two that touch each other the
 * first is taken: once it is applied, the other may be offered again.
 */
export function safeEdits(findings: readonly Finding[]): readonly TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { fixes } of findings) {
    const edits = fixes.find(({ preferred }) => preferred)?.edits ?? [];
    if (!edits.every((edit) => isFree(edit, taken))) continue;
    for (const edit of edits) taken.splice(placeOf(edit, taken), 0, edit);
  }
  return taken;
}

function isFree(edit: TextEdit, taken: readonly TextEdit[]): boolean {
  const at = placeOf(edit, taken);
  const [before, after] = [taken[at - 1], taken[at]];
  return (
    (before === undefined || before.range.end < edit.range.start) &&
    (after === undefined || edit.range.end < after.range.start)
  );
}

/** Behind all that begin before it. */
function placeOf({ range }: TextEdit, taken: readonly TextEdit[]): number {
  let at = taken.length;
  // Findings come in the order of the text, but for a few.
  while (at > 0 && (taken[at - 1]?.range.start ?? 0) >= range.start) at--;
  return at;
}
