import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

export const pdbSelectorMissing: Rule = {
  code: 'pdb-selector-missing',
  title: 'Disruption budget without pods',
  origin: 'advice',
  severity: 'warning',
  docs: `
A PodDisruptionBudget without a \`selector\` is for no pod at all, and protects nothing. An empty one (\`{}\`) is for
all pods of the namespace.

\`\`\`yaml
# bad
spec:
  maxUnavailable: 1
# good
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: web } }
\`\`\`

Source: [PodDisruptionBudget](https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/)
in the Kubernetes API reference.
`,
  visit: {
    'policy/v1.PodDisruptionBudgetSpec'(spec, visit) {
      if (spec.get('selector').written) return;
      visit.missing(spec, 'selector', message('Without a selector the budget protects no pod; add one'));
    },
  },
};
