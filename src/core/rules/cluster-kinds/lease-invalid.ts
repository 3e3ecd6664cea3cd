import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

export const leaseInvalid: Rule = {
  code: 'lease-invalid',
  title: 'Lease that nobody can hold',
  origin: 'server',
  severity: 'error',
  docs: `
\`leaseDurationSeconds\` is 1 or more, \`leaseTransitions\` 0 or more.

\`\`\`yaml
# bad
leaseDurationSeconds: 0
# good
leaseDurationSeconds: 15
\`\`\`
`,
  visit: {
    'coordination/v1.LeaseSpec'(spec, visit) {
      const [duration, transitions] = [spec.get('leaseDurationSeconds'), spec.get('leaseTransitions')];
      if ((duration.number() ?? 1) < 1)
        visit.report(duration, message('leaseDurationSeconds must be 1 or more; raise it'));
      if ((transitions.number() ?? 0) < 0)
        visit.report(transitions, message('leaseTransitions must not be negative; use 0 or more'));
    },
  },
};
