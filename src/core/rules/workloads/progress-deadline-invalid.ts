import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { goNumber } from '../values.ts';

const DEFAULT_SECONDS = 600;

export const progressDeadlineInvalid: Rule = {
  code: 'progress-deadline-invalid',
  title: 'Deadline shorter than a pod takes to count as ready',
  origin: 'server',
  severity: 'error',
  docs: `
A pod counts as available once it was ready for \`minReadySeconds\`, and a rollout fails when nothing has become
available for \`progressDeadlineSeconds\` (600 where it is not written). So the deadline has to be the longer one.

\`\`\`yaml
# bad
spec:
  minReadySeconds: 60
  progressDeadlineSeconds: 30
# good
spec:
  minReadySeconds: 60
  progressDeadlineSeconds: 300
\`\`\`
`,
  visit: {
    'apps/v1.DeploymentSpec'(spec, visit) {
      const deadline = spec.get('progressDeadlineSeconds');
      const waiting = spec.get('minReadySeconds');
      const longest = deadline.written ? deadline.number() : DEFAULT_SECONDS;
      const shortest = goNumber(waiting);
      if (longest === null || shortest === null || longest > shortest) return;
      const text = message(
        'progressDeadlineSeconds ({0}) must be greater than minReadySeconds ({1}); change one',
        longest,
        shortest,
      );
      if (!deadline.written) visit.missing(spec, 'progressDeadlineSeconds', text, { range: waiting.range });
      else if (waiting.written) visit.report(deadline, text);
      else visit.missing(spec, 'minReadySeconds', text, { path: deadline.path, range: deadline.range });
    },
  },
};
