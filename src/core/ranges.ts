import type { TextRange } from './finding.ts';

/** Ranges in order, those that meet made one. */
export function apart(ranges: readonly TextRange[]): readonly TextRange[] {
  const result: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || last.end < range.start) result.push(range);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return result;
}

/** Index of the last of some things in order whose offset is `at` or before it; -1 where none is. */
export function lastFrom<T>(inOrder: ArrayLike<T>, at: number, offsetOf: (one: T) => number): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = inOrder[middle];
    if (one !== undefined && offsetOf(one) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
