/** Schedules as the controller reads them: which minutes they name. Grammar and bounds are those of the rule about them. */
import { bounds, scheduleProblem } from '../../rules/workloads/cron-schedule.ts';

/** What one of the five fields names. */
export interface CronField {
  /** It begins with a `*` or `?`: of the two kinds of day, the other one decides. */
  readonly any: boolean;
  /** `*` alone. */
  readonly every: boolean;
  /** In order. */
  readonly values: readonly number[];
}

/** Minute, hour, day of the month, month, day of the week (0: Sunday). */
export type Cron = readonly [CronField, CronField, CronField, CronField, CronField];

const named: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** Null for what is no schedule, and for one that counts from the last run (`@every 90m`). */
export function readCron(schedule: string): Cron | null {
  if (scheduleProblem(schedule) !== null) return null;
  const texts = (named[schedule] ?? schedule).trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = texts.map(readField);
  if (!minute || !hour || !day || !month || !weekday || texts.length !== 5) return null;
  return [minute, hour, day, month, weekday];
}

function readField(text: string, index: number): CronField | null {
  const bound = bounds[index];
  if (bound === undefined) return null;
  const values = new Set<number>();
  let any = false;
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [range = '', step] = part.split('/');
    const [low = '', high] = range.split('-');
    const star = low === '*' || low === '?';
    const start = star ? bound.min : numberOf(low, bound);
    const end = star
      ? bound.max
      : high !== undefined
        ? numberOf(high, bound)
        : step === undefined
          ? start
          : bound.max;
    if (star && (step === undefined || Number(step) === 1)) any = true;
    for (let value = start; value <= Math.min(end, bound.max); value += Math.max(1, Number(step ?? 1)))
      values.add(value);
  }
  const whole = values.size === bound.max - bound.min + 1;
  return { any, every: whole, values: [...values].sort((a, b) => a - b) };
}

function numberOf(text: string, { min, names }: (typeof bounds)[number]): number {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? Number(text) : min + index;
}

const DAY = 86_400_000;
/** A 29 February comes again after eight years at the latest. */
const FARTHEST = 8 * 366;

/**
 * The next runs after a time of the wall clock, which is given and told as if it were UTC, in milliseconds. Fewer where
 * there are no more: no month has a 31st of February.
 */
export function nextRuns(cron: Cron, after: number, count: number): readonly number[] {
  const [minutes, hours] = cron;
  const runs: number[] = [];
  const today = Math.floor(after / DAY) * DAY;
  for (let day = 0; day < FARTHEST && runs.length < count; day++) {
    const date = new Date(today + day * DAY);
    if (!isDay(cron, date)) continue;
    for (const hour of hours.values) {
      for (const minute of minutes.values) {
        const run = date.getTime() + (hour * 60 + minute) * 60_000;
        if (run > after && runs.length < count) runs.push(run);
      }
    }
  }
  return runs;
}

/** Where both kinds of day are given, either will do. */
function isDay([, , days, months, weekdays]: Cron, date: Date): boolean {
  if (!months.values.includes(date.getUTCMonth() + 1)) return false;
  const day = days.values.includes(date.getUTCDate());
  const weekday = weekdays.values.includes(date.getUTCDay());
  return days.any || weekdays.any ? day && weekday : day || weekday;
}
