import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

/** The controller looks for what is to start this often, in seconds. */
const CONTROLLER_PERIOD = 10;

export const cronDeadlineShort: Rule = {
  code: 'cron-deadline-short',
  title: 'CronJob that may miss its time',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`startingDeadlineSeconds\` says how late a Job may start. The controller looks every 10 seconds, so with less than that
it finds that the time is over, and the Job is not started at all.

\`\`\`yaml
# bad
startingDeadlineSeconds: 5
# good
startingDeadlineSeconds: 200
\`\`\`

Source: [Deadline for delayed Job start](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline)
in the Kubernetes documentation.
`,
  visit: {
    'batch/v1.CronJobSpec'(spec, visit) {
      const deadline = spec.get('startingDeadlineSeconds');
      const seconds = deadline.number();
      if (seconds === null || seconds < 0 || seconds >= CONTROLLER_PERIOD) return;
      visit.report(
        deadline,
        message('Jobs are looked for every 10 s, so that one this late is never started; use 10 or more'),
      );
    },
  },
};
