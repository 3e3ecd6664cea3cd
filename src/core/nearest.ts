/**
 * Number of letters to insert, remove, change or swap with their neighbour to turn one word into another
 * (optimal string alignment); more than `limit` counts as `limit + 1`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}

/**
 * The word a person most likely meant: the same but for letter case, else the only one that is nearest within
 * two slips (one for words of up to four letters); null when none is near or two are equally near.
 */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  const lower = word.toLowerCase();
  const limit = word.length <= 4 ? 1 : 2;
  let nearest: string | null = null;
  let distance = limit + 1;
  let tied = false;
  for (const candidate of known) {
    const other = editDistance(lower, candidate.toLowerCase(), limit);
    if (other === distance && other <= limit) tied = true;
    if (other >= distance) continue;
    nearest = candidate;
    distance = other;
    tied = false;
  }
  return tied ? null : nearest;
}
