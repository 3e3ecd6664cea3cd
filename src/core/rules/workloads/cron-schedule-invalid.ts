import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { bounds, descriptors, scheduleProblem } from './cron-schedule.ts';
import type { ScheduleProblem } from './cron-schedule.ts';

export const cronScheduleInvalid: Rule = {
  code: 'cron-schedule-invalid',
  title: 'Invalid schedule',
  origin: 'server',
  severity: 'error',
  docs: `
A schedule has five fields: minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or \`jan\`-\`dec\`) and day of
the week (0-6 or \`sun\`-\`sat\`; 7 is no day). Each is \`*\`, a number, a range (\`1-5\`) or several of them (\`1,15\`), with
or without a step (\`*/10\`). There is no field for seconds. Instead of the five fields there may be one word: \`@yearly\`,
\`@monthly\`, \`@weekly\`, \`@daily\`, \`@hourly\`, or \`@every 90m\`. The time zone is set by \`timeZone\`, not in the
schedule.

\`\`\`yaml
# bad
schedule: "0 3 * * 7"
# good
schedule: "0 3 * * 0"
\`\`\`
`,
  visit: {
    'batch/v1.CronJob'(cronJob, visit) {
      const spec = cronJob.get('spec');
      const schedule = spec.get('schedule');
      if (isEmpty(schedule)) {
        visit.missing(spec, 'schedule', message('schedule is required; add one such as "0 3 * * *"'));
        return;
      }
      const text = schedule.text();
      const problem = text === null ? null : scheduleProblem(text);
      if (text === null || problem === null) return;
      visit.report(schedule, sentence(problem), { fixes: fixes(schedule, text, problem) });
    },
  },
};

const fields = ['minute', 'hour', 'day of the month', 'month', 'day of the week'];

function sentence(problem: ScheduleProblem): Message {
  switch (problem.kind) {
    case 'fields':
      return message(
        'A schedule has five fields, and this one has {0}; write it as "0 3 * * *"',
        problem.count,
      );
    case 'descriptor':
      return message('There is no such schedule; use {0}, or @every and a duration', descriptors.join(', '));
    case 'duration':
      return message('@every needs a duration such as 90m or 1h30m; change it');
    case 'timeZone':
      return message('A schedule cannot have a time zone in it; set it by timeZone');
    case 'field': {
      const { min = 0, max = 0 } = bounds[problem.index] ?? {};
      const name = fields[problem.index] ?? '';
      return message(
        'The {0} cannot be "{1}"; use * or numbers from {2} to {3}',
        name,
        problem.text,
        min,
        max,
      );
    }
  }
}

/** Sunday is 0; words have only small letters. */
function fixes({ node }: Field, text: string, problem: ScheduleProblem): readonly Fix[] {
  if (node?.type !== 'scalar') return [];
  const better =
    problem.kind === 'field' && problem.index === 4 && problem.text === '7'
      ? text.replace(/7(\s*)$/, '0$1')
      : problem.kind === 'descriptor'
        ? nearestWord(text, descriptors)
        : null;
  if (better === null) return [];
  const edits = [{ range: node.range, newText: `"${better}"` }];
  return [{ title: message('Change to {0}', better), edits, preferred: true }];
}
