import { message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { isWholeJob } from './jobs.ts';

export const jobBackoffMissing: Rule = {
  code: 'job-backoff-missing',
  title: 'Job that does not say how often it is tried again',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A Job that fails is tried six times more by default, with pauses of up to six minutes. Work that must not be done twice
is done seven times, and a mistake is noticed late. Say what is right for this Job.

\`\`\`yaml
# bad
kind: Job
spec:
  template: {}
# good
kind: Job
spec:
  backoffLimit: 2
  template: {}
\`\`\`

Source: [Pod backoff failure policy](https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy)
in the Kubernetes documentation.
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      if (spec.has('backoffLimit') || spec.has('backoffLimitPerIndex') || !isWholeJob(spec)) return;
      visit.missing(
        spec,
        'backoffLimit',
        message('A failing Job is tried six times more; add backoffLimit'),
        {
          fixes: addition(spec, 'backoffLimit: 3', visit),
        },
      );
    },
  },
};
