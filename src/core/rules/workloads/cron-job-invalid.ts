import { message } from '../../finding.ts';
import { nearestWord } from '../../nearest.ts';
import type { Rule } from '../rule.ts';
import { changeTo, checkChoice, isEmpty } from '../values.ts';
import { isTimeZone, timeZones } from './time-zones.ts';

export const cronJobInvalid: Rule = {
  code: 'cron-job-invalid',
  title: 'Unknown policy or time zone of a CronJob',
  origin: 'server',
  severity: 'error',
  docs: `
\`concurrencyPolicy\` says what happens while the last Job still runs: \`Allow\`, \`Forbid\` or \`Replace\`. \`timeZone\` is
a name of the IANA database in exactly its spelling, as \`Europe/Berlin\` or \`Etc/UTC\`; \`Local\` is none. Without it the
schedule is in the time of the controller manager.

\`\`\`yaml
# bad
timeZone: utc
# good
timeZone: Etc/UTC
\`\`\`
`,
  visit: {
    'batch/v1.CronJobSpec'(spec, visit) {
      const policy = spec.get('concurrencyPolicy');
      if (!isEmpty(policy)) checkChoice(policy, ['Allow', 'Forbid', 'Replace'], visit);
      const zone = spec.get('timeZone');
      const name = zone.text();
      if (name === null || isTimeZone(name)) return;
      const meant = nearestWord(name, timeZones());
      visit.report(zone, message('There is no time zone "{0}"; use a name such as Europe/Berlin', name), {
        fixes: meant === null ? [] : changeTo(zone, meant, false),
      });
    },
  },
};
