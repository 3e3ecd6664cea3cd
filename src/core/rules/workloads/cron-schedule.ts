/**
 * Schedules of CronJobs, by the grammar of the parser that the API server uses (robfig/cron 3, its standard one). It
 * takes more than people know: `@every 90m`, `*-5` (as `*`), an empty list (`,`), names in any letter case, steps
 * greater than the range; and less: a week has the days 0 to 6, and names are no steps.
 */

export type ScheduleProblem =
  | { readonly kind: 'fields'; readonly count: number }
  | { readonly kind: 'field'; readonly index: number; readonly text: string }
  | { readonly kind: 'descriptor' | 'duration' | 'timeZone' };

interface Bounds {
  readonly min: number;
  readonly max: number;
  /** In the order of their numbers, from `min`. */
  readonly names: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const days = 'sun mon tue wed thu fri sat'.split(' ');

/** Minute, hour, day of the month, month, day of the week. */
export const bounds: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
];

export const descriptors = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** White space to Go. */
const spaces = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const duration = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;
/** Of 63 bits. */
const LARGEST = '9223372036854775807';
const digits = /^\+?\d+$/;

/** What the API server would say against a schedule; null where it takes it. An empty one is a matter of its own. */
export function scheduleProblem(schedule: string): ScheduleProblem | null {
  if (schedule.includes('TZ')) return { kind: 'timeZone' };
  if (schedule.startsWith('@')) return descriptorProblem(schedule);
  const fields = schedule.split(spaces).filter((field) => field !== '');
  if (fields.length !== bounds.length) return { kind: 'fields', count: fields.length };
  for (const [index, bound] of bounds.entries()) {
    const text = fields[index] ?? '';
    if (!text.split(',').every((range) => range === '' || isRange(range, bound))) {
      return { kind: 'field', index, text };
    }
  }
  return null;
}

function descriptorProblem(schedule: string): ScheduleProblem | null {
  if (descriptors.includes(schedule)) return null;
  if (!schedule.startsWith('@every ')) return { kind: 'descriptor' };
  return isDuration(schedule.slice('@every '.length)) ? null : { kind: 'duration' };
}

const nanosecondsByUnit: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

/** As Go reads it: any sum of numbers with units, of up to 292 years. */
function isDuration(text: string): boolean {
  if (!duration.test(text)) return false;
  let nanoseconds = 0;
  for (const [, number, unit = ''] of text.matchAll(/([\d.]+)([^\d.]+)/g))
    nanoseconds += Number(number) * (nanosecondsByUnit[unit] ?? 0);
  return nanoseconds < 2 ** 63;
}

/** `*`, `5`, `1-5`, each with or without `/2`. Behind `*-` anything may stand. */
function isRange(text: string, bound: Bounds): boolean {
  const [range = '', step, ...more] = text.split('/');
  const stepSize = step === undefined ? 1 : whole(step);
  if (more.length > 0 || stepSize === null || stepSize === 0) return false;
  const [low = '', high, ...others] = range.split('-');
  if (low === '*' || low === '?') return true;
  if (others.length > 0) return false;
  const start = position(low, bound);
  const end = high !== undefined ? position(high, bound) : step === undefined ? start : bound.max;
  return start !== null && end !== null && start >= bound.min && end <= bound.max && start <= end;
}

function position(text: string, { min, names }: Bounds): number | null {
  const named = names.indexOf(text.toLowerCase());
  return named < 0 ? whole(text) : min + named;
}

/** Null for what is no number, or one of more than 63 bits. */
function whole(text: string): number | null {
  if (!digits.test(text)) return null;
  const significant = text.replace(/^\+?0*/, '');
  const fits =
    significant.length < LARGEST.length || (significant.length === LARGEST.length && significant <= LARGEST);
  return fits ? Number(significant) : null;
}
