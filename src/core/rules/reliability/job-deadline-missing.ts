import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isWholeJob } from './jobs.ts';

export const jobDeadlineMissing: Rule = {
  code: 'job-deadline-missing',
  title: 'Job without a deadline',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A Job whose program hangs, or whose pod finds no node, stays for ever, and keeps a CronJob from starting the next one
where that forbids two at once. \`activeDeadlineSeconds\` ends it. The time counts from the start of the Job, retries
included.

\`\`\`yaml
# bad
kind: Job
spec:
  template: {}
# good
kind: Job
spec:
  activeDeadlineSeconds: 3600
  template: {}
\`\`\`

Source: [Job termination and cleanup](https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup)
in the Kubernetes documentation.
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      if (spec.has('activeDeadlineSeconds') || !isWholeJob(spec)) return;
      if (spec.at('template.spec').has('activeDeadlineSeconds')) return;
      const text = message('A Job that hangs stays for ever; add activeDeadlineSeconds');
      visit.missing(spec, 'activeDeadlineSeconds', text);
    },
  },
};
