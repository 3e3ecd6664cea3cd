import { message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule } from '../rule.ts';

export const cronOverlap: Rule = {
  code: 'cron-overlap',
  title: 'CronJob that may run beside itself',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Without \`concurrencyPolicy\` the next Job starts while the last one still runs. Work that takes longer than usual then
piles up, two at a time and more, and most programs are not made for that. Say \`Forbid\`, \`Replace\`, or \`Allow\` if it
is meant.

\`\`\`yaml
# bad
spec:
  schedule: '*/5 * * * *'
# good
spec:
  schedule: '*/5 * * * *'
  concurrencyPolicy: Forbid
\`\`\`

Source: [Concurrency policy](https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy) in
the Kubernetes documentation.
`,
  visit: {
    'batch/v1.CronJobSpec'(spec, visit) {
      if (spec.has('concurrencyPolicy') || !spec.has('schedule') || !spec.has('jobTemplate')) return;
      visit.missing(
        spec,
        'concurrencyPolicy',
        message('The next Job starts while the last one still runs; add concurrencyPolicy'),
        { range: spec.get('schedule').range, fixes: addition(spec, 'concurrencyPolicy: Forbid', visit) },
      );
    },
  },
};
