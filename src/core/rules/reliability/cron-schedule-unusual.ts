import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';
import { bounds, scheduleProblem } from '../workloads/cron-schedule.ts';

export const cronScheduleUnusual: Rule = {
  code: 'cron-schedule-unusual',
  title: 'Schedule that says something else than it seems',
  origin: 'advice',
  severity: 'warning',
  docs: `
The API server takes these schedules, and hardly anybody means them:

- \`0 0 30 2 *\`: a day that no such month has. The Job never runs.
- \`* 2 * * *\`: every minute from 2:00 to 2:59, sixty Jobs a day. At 2:00 is \`0 2 * * *\`.
- \`0 2 13 * 5\`: where both the day of the month and the day of the week are given, either is enough: each 13th, and
  each Friday (told as a hint).

\`\`\`yaml
# bad
schedule: '* 2 * * *'
# good
schedule: '0 2 * * *'
\`\`\`

Source: [Schedule syntax](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax) in the
Kubernetes documentation, and the parser that the controller uses.
`,
  visit: {
    'batch/v1.CronJobSpec'(spec, visit) {
      const schedule = spec.get('schedule');
      const text = schedule.text();
      if (text === null || text.startsWith('@') || scheduleProblem(text) !== null) return;
      check(schedule, text.trim().split(/\s+/), visit);
    },
  },
};

function check(schedule: Field, fields: readonly string[], visit: Visit): void {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (isAny(weekday) && !isAny(day) && !isAny(month) && !comes(day, month)) {
    visit.report(schedule, message('No such month has that day, so the Job never runs; change the day'));
  } else if (isAny(minute) && /^\d+$/.test(hour)) {
    const meant = ['0', ...fields.slice(1)].join(' ');
    visit.report(
      schedule,
      message('This runs every minute from {0}:00 to {0}:59; did you mean "{1}"?', hour, meant),
      {
        fixes: isQuoted(schedule, visit)
          ? changeTo(schedule, `'${meant}'`, false)
          : changeTo(schedule, meant, false),
      },
    );
  } else if (!isAny(day) && !isAny(weekday)) {
    const text = message(
      'This runs when the day of the month or of the week is right, not only when both are',
    );
    visit.report(schedule, text, { severity: 'hint' });
  }
}

/** Plain text may begin with a digit, so only what was in quotes needs them again. */
function isQuoted({ node }: Field, visit: Visit): boolean {
  return node !== null && /["']/.test(visit.context.document.text[node.range.start] ?? '');
}

function isAny(field: string): boolean {
  return /^[*?](?:\/1)?$/.test(field);
}

const daysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function comes(day: string, month: string): boolean {
  const [, , days, months] = bounds;
  if (days === undefined || months === undefined) return true;
  const longest = Math.max(...numbersOf(month, months).map((number) => daysOfMonths[number - 1] ?? 31));
  return Math.min(...numbersOf(day, days)) <= longest;
}

/** All numbers that a valid field stands for. */
function numbersOf(field: string, { min, max, names }: (typeof bounds)[number]): readonly number[] {
  return field.split(',').flatMap((range) => {
    const [ends = '', step = '1'] = range.split('/');
    const [low = '', high] = ends.split('-');
    if (/^[*?]/.test(low)) return all(min, max, Number(step));
    const start = position(low, min, names);
    const end = high !== undefined ? position(high, min, names) : range.includes('/') ? max : start;
    return all(start, end, Number(step));
  });
}

function all(start: number, end: number, step: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = start; number <= end; number += Math.max(1, step)) numbers.push(number);
  return numbers;
}

function position(text: string, min: number, names: readonly string[]): number {
  const named = names.indexOf(text.toLowerCase());
  return named < 0 ? Number(text) : min + named;
}
