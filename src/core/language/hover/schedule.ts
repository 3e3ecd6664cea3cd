import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Cron, CronField } from './cron.ts';
import { nextRuns, readCron } from './cron.ts';
import type { Say } from './say.ts';
import { code } from './say.ts';

const SHOWN_RUNS = 3;
/** More times of day than this are told by their hours. */
const MOST_TIMES = 4;

const weekdays: readonly Message[] = [
  message('Sunday'),
  message('Monday'),
  message('Tuesday'),
  message('Wednesday'),
  message('Thursday'),
  message('Friday'),
  message('Saturday'),
];
const months: readonly Message[] = [
  message('January'),
  message('February'),
  message('March'),
  message('April'),
  message('May'),
  message('June'),
  message('July'),
  message('August'),
  message('September'),
  message('October'),
  message('November'),
  message('December'),
];

/** A schedule in words, and when it comes round next; null for what is none. `now`: milliseconds since 1970. */
export function scheduleText(
  schedule: string,
  timeZone: string | null,
  now: number,
  say: Say,
): string | null {
  const every = /^@every (\S+)$/.exec(schedule)?.[1];
  if (every !== undefined) return say(message('Every {0}, counted from the last run', every));
  const cron = readCron(schedule);
  if (cron === null) return null;
  const words = scheduleInWords(cron, say);
  const wall = wallClock(now, timeZone ?? 'UTC');
  if (wall === null) return words;
  const runs = nextRuns(cron, wall, SHOWN_RUNS).map((run) => `- ${dateText(run, say)}`);
  if (runs.length === 0) return `${words}\n\n${say(message('It never comes round: no such day exists.'))}`;
  const next =
    timeZone === null
      ? message('Next runs, in UTC unless the cluster is set otherwise:')
      : message('Next runs, by the clock of {0}:', code(timeZone));
  return `${words}\n\n${say(next)}\n${runs.join('\n')}`;
}

/** `At 02:30 on Monday to Friday in January`: a whole sentence for each case, since languages order its parts differently. */
function scheduleInWords(cron: Cron, say: Say): string {
  const [, hours, days, monthsOf, weekdaysOf] = cron;
  const time = timeText(cron, say);
  const day = days.every ? null : numbers(days, say);
  const weekday = weekdaysOf.every ? null : names(weekdaysOf, weekdays, 0, say);
  const month = monthsOf.every ? null : names(monthsOf, months, 1, say);
  if (day !== null && weekday !== null) {
    const either = !days.any && !weekdaysOf.any;
    if (month === null)
      return either
        ? say(message('{0} on day {1} of the month and on every {2}', time, day, weekday))
        : say(message('{0} on day {1} of the month if it falls on {2}', time, day, weekday));
    return either
      ? say(message('{0} on day {1} and on every {2} of {3}', time, day, weekday, month))
      : say(message('{0} on day {1} of {3} if it falls on {2}', time, day, weekday, month));
  }
  if (day !== null)
    return month === null
      ? say(message('{0} on day {1} of the month', time, day))
      : say(message('{0} on day {1} of {2}', time, day, month));
  if (weekday !== null)
    return month === null
      ? say(message('{0} on {1}', time, weekday))
      : say(message('{0} on {1} in {2}', time, weekday, month));
  const daily = !hours.every && hours.values.length <= MOST_TIMES;
  if (month === null) return daily ? say(message('{0} every day', time)) : time;
  return daily ? say(message('{0} every day in {1}', time, month)) : say(message('{0} in {1}', time, month));
}

function timeText([minutes, hours]: Cron, say: Say): string {
  const minuteStep = stepOf(minutes, 60);
  if (hours.every) {
    if (minutes.every) return say(message('Every minute'));
    if (minuteStep !== null) return say(message('Every {0} minutes', minuteStep));
    return say(message('At minute {0} of every hour', numbers(minutes, say)));
  }
  if (minutes.values.length * hours.values.length <= MOST_TIMES) {
    const times = hours.values.flatMap((hour) =>
      minutes.values.map((minute) => `${two(hour)}:${two(minute)}`),
    );
    return say(message('At {0}', list(times, say)));
  }
  const hourStep = stepOf(hours, 24);
  if (hourStep === null) {
    const named = numbers(hours, say);
    if (minutes.every) return say(message('Every minute of hour {0}', named));
    if (minuteStep !== null) return say(message('Every {0} minutes of hour {1}', minuteStep, named));
    return say(message('At minute {0} of hour {1}', numbers(minutes, say), named));
  }
  if (minutes.every) return say(message('Every minute of every {0} hours', hourStep));
  if (minuteStep !== null) return say(message('Every {0} minutes of every {1} hours', minuteStep, hourStep));
  return say(message('At minute {0} of every {1} hours', numbers(minutes, say), hourStep));
}

/** The step of `*` with a step, if it comes out even. */
function stepOf({ values }: CronField, span: number): number | null {
  const [first, second] = values;
  if (first !== 0 || second === undefined || values.length * second !== span) return null;
  return values.every((value, index) => value === index * second) ? second : null;
}

function names({ values }: CronField, all: readonly Message[], offset: number, say: Say): string {
  const texts = values.map((value) => say(all[value - offset] ?? message('{0}', value)));
  return isRun(values) ? say(message('{0} to {1}', texts[0] ?? '', texts.at(-1) ?? '')) : list(texts, say);
}

function numbers({ values }: CronField, say: Say): string {
  if (isRun(values)) return say(message('{0} to {1}', values[0] ?? 0, values.at(-1) ?? 0));
  return list(values.map(String), say);
}

/** Three or more in a row. */
function isRun(values: readonly number[]): boolean {
  return values.length > 2 && values.every((value, index) => value === (values[0] ?? 0) + index);
}

function list(texts: readonly string[], say: Say): string {
  if (texts.length < 2) return texts[0] ?? '';
  return say(message('{0} and {1}', texts.slice(0, -1).join(', '), texts.at(-1) ?? ''));
}

/** What a clock on the wall shows, as if it were UTC; null in a time zone nobody knows. */
function wallClock(now: number, timeZone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    }).formatToParts(now);
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function dateText(time: number, say: Say): string {
  const date = new Date(time);
  const weekday = say(weekdays[date.getUTCDay()] ?? message('{0}', date.getUTCDay()));
  return `${weekday}, ${date.toISOString().slice(0, 16).replace('T', ' ')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
