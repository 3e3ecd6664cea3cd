import { message } from '../../finding.ts';
import { addition } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { isHook, isOfCronJob, isWholeJob } from './jobs.ts';

export const jobTtlMissing: Rule = {
  code: 'job-ttl-missing',
  title: 'Job that is kept for ever',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A Job that is done stays, with its pods, until somebody deletes it. \`ttlSecondsAfterFinished\` does so after a while.
Jobs of a CronJob are cleaned up by that, and those that Helm or Argo CD runs as a hook by these. A Job that GitOps
applies again when it is gone had better stay.

\`\`\`yaml
# bad
kind: Job
spec:
  template: {}
# good
kind: Job
spec:
  ttlSecondsAfterFinished: 86400
  template: {}
\`\`\`

Source: [Automatic cleanup for finished Jobs](https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/)
in the Kubernetes documentation.
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      if (spec.has('ttlSecondsAfterFinished') || isOfCronJob(spec) || !isWholeJob(spec) || isHook(spec))
        return;
      visit.missing(
        spec,
        'ttlSecondsAfterFinished',
        message('The Job stays for ever when it is done; add ttlSecondsAfterFinished'),
        { fixes: addition(spec, 'ttlSecondsAfterFinished: 86400', visit) },
      );
    },
  },
};
