import type { Rule } from '../rule.ts';
import { checkRange } from '../values.ts';

const LARGEST = 2 ** 31 - 1;

export const podDeadlineInvalid: Rule = {
  code: 'pod-deadline-invalid',
  title: 'Deadline that is over before it begins',
  origin: 'server',
  severity: 'error',
  docs: `
\`activeDeadlineSeconds\` is how long a pod may run before it is stopped: at least one second. Leave it out for a pod
that may run for ever.

\`\`\`yaml
# bad
activeDeadlineSeconds: 0
# good
activeDeadlineSeconds: 600
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('activeDeadlineSeconds')) return;
      const deadline = spec.get('activeDeadlineSeconds');
      if (deadline.written) checkRange(deadline, 1, LARGEST, visit);
    },
  },
};
