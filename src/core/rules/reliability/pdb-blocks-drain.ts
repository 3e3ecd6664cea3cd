import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { percentageOf } from './counts.ts';

export const pdbBlocksDrain: Rule = {
  code: 'pdb-blocks-drain',
  title: 'Disruption budget that lets no pod go',
  origin: 'advice',
  severity: 'warning',
  docs: `
With \`maxUnavailable: 0\` or \`minAvailable: 100%\` no pod may ever be evicted, however many there are. Whoever drains
a node, to upgrade it or to save money, waits for ever, until somebody deletes the budget or the pods. A budget is for
keeping enough pods, not all: let one go.

\`\`\`yaml
# bad
spec:
  maxUnavailable: 0
# good
spec:
  maxUnavailable: 1
\`\`\`

Source: [Specifying a disruption budget](https://kubernetes.io/docs/tasks/run-application/configure-pdb/) in the
Kubernetes documentation.
`,
  visit: {
    'policy/v1.PodDisruptionBudgetSpec'(spec, visit) {
      const most = spec.get('maxUnavailable');
      if (most.number() === 0 || percentageOf(most) === 0) tell(most, visit);
      const least = spec.get('minAvailable');
      const percentage = percentageOf(least);
      if (percentage !== null && percentage >= 100) tell(least, visit);
    },
  },
};

function tell(field: Field, visit: Visit): void {
  visit.report(field, message('No pod may ever be evicted, so nodes cannot be drained; let one go'));
}
