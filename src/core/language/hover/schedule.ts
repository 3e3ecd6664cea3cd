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
  const zone = timeZone === null ? say(message('UTC, unless the cluster is set otherwise')) : code(timeZone);
  return `${words}\n\n${say(message('Next ({0}):', zone))}\n${runs.join('\n')}`;
}

/** `At 02:30 on Monday to Friday in January`. */
function scheduleInWords(cron: Cron, say: Say): string {
  const [, , days, monthsOf, weekdaysOf] = cron;
  const parts = [timeText(cron, say)];
  const day = days.every ? null : say(message('on day {0} of the month', numbers(days, say)));
  const weekday = weekdaysOf.every ? null : say(message('on {0}', names(weekdaysOf, weekdays, 0, say)));
  const either = !days.any && !weekdaysOf.any;
  if (day !== null && weekday !== null) {
    parts.push(
      either ? say(message('{0} or {1}', day, weekday)) : say(message('{0} if that is {1}', day, weekday)),
    );
  } else if (day !== null || weekday !== null) parts.push(day ?? weekday ?? '');
  else if (!cron[1].every && cron[1].values.length <= MOST_TIMES) parts.push(say(message('every day')));
  if (!monthsOf.every) parts.push(say(message('in {0}', names(monthsOf, months, 1, say))));
  return parts.join(' ');
}

function timeText([minutes, hours]: Cron, say: Say): string {
  const minuteStep = stepOf(minutes, 60);
  const hourStep = stepOf(hours, 24);
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
  const hour =
    hourStep === null
      ? say(message('of hour {0}', numbers(hours, say)))
      : say(message('of every {0} hours', hourStep));
  if (minutes.every) return say(message('Every minute {0}', hour));
  if (minuteStep !== null) return say(message('Every {0} minutes {1}', minuteStep, hour));
  return say(message('At minute {0} {1}', numbers(minutes, say), hour));
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
