import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { containerName, isWhole, keepsRunning } from '../workload-role.ts';
import { amountOf, placeOf } from './amounts.ts';

export const ephemeralStorageMissing: Rule = {
  code: 'ephemeral-storage-missing',
  title: 'No limit on what a container writes to its node',
  origin: 'advice',
  severity: 'off',
  docs: `
What a container writes to its own files, to an \`emptyDir\` and to its log is kept on the disk of its node. Without a
limit one container can fill that, and the node evicts others. Most clusters do well without; the rule is off in each
preset.

\`\`\`yaml
# bad
resources:
  limits: { memory: 128Mi }
# good
resources:
  limits: { memory: 128Mi, ephemeral-storage: 1Gi }
\`\`\`

Source: [Local ephemeral storage](https://kubernetes.io/docs/concepts/storage/ephemeral-storage/) in the Kubernetes
documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!keepsRunning(container) || !isWhole(container)) return;
      const amount = amountOf(container, 'ephemeral-storage');
      if (amount === null || amount.limit !== null) return;
      visit.missing(
        container.get('resources'),
        'limits',
        message(
          'Container {0} may fill the disk of its node; limit ephemeral-storage',
          containerName(container),
        ),
        { range: placeOf(container) },
      );
    },
  },
};
