import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { checkChoice } from '../values.ts';
import { checkIntOrPercent } from '../workloads/int-or-percent.ts';

export const pdbInvalid: Rule = {
  code: 'pdb-invalid',
  title: 'Invalid disruption budget',
  origin: 'server',
  severity: 'error',
  docs: `
A PodDisruptionBudget says either how many pods stay (\`minAvailable\`) or how many may be gone (\`maxUnavailable\`), as a
number or a percentage of at most 100%. \`unhealthyPodEvictionPolicy\` is \`IfHealthyBudget\` or \`AlwaysAllow\`.

\`\`\`yaml
# bad
minAvailable: 2
maxUnavailable: 1
# good
maxUnavailable: 1
\`\`\`
`,
  visit: {
    'policy/v1.PodDisruptionBudgetSpec'(spec, visit) {
      const least = spec.get('minAvailable');
      const most = spec.get('maxUnavailable');
      if (least.written && most.written) {
        visit.report(spec, message('minAvailable and maxUnavailable exclude each other; remove one'), {
          range: most.head,
          fixes: [...removal(least, visit), ...removal(most, visit)],
        });
      }
      checkIntOrPercent(least, visit, 'atMostAll');
      checkIntOrPercent(most, visit, 'atMostAll');
      checkChoice(spec.get('unhealthyPodEvictionPolicy'), ['IfHealthyBudget', 'AlwaysAllow'], visit);
    },
  },
};
