/** Intervals of indexes as a Job's status and its success policy write them: `0,2-5,7`. */

/** A part before or behind the hyphen, as Go reads a whole number. */
const whole = /^[+-]?\d+$/;

/** How many indexes there are, in order and below `completions`; null where the text is no such list. */
export function countIndexes(text: string, completions: number): number | null {
  if (text === '') return 0;
  let total = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const interval of text.split(',')) {
    const limits = interval.split('-', 3);
    if (limits.length > 2 || !limits.every((limit) => whole.test(limit))) return null;
    const [first = 0, end = first] = limits.map(Number);
    if (first >= completions || end >= completions || (limits.length === 2 && first >= end)) return null;
    if (last >= first) return null;
    total += end - first + 1;
    last = end;
  }
  return total;
}
