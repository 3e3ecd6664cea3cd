import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { containerName } from '../workload-role.ts';
import { amountOf } from './amounts.ts';

export const cpuLimitSet: Rule = {
  code: 'cpu-limit-set',
  title: 'CPU limit',
  origin: 'advice',
  severity: 'off',
  docs: `
A container that reaches its CPU limit is stopped until the next tenth of a second, even while its node is idle: that is
where slow answers without a busy CPU come from. A request alone gives it its share when the node is busy, and lets it
use the rest when it is not. This rule is off in each preset; \`cpu-limit-missing\` is the contrary.

\`\`\`yaml
# bad
resources:
  requests: { cpu: 500m }
  limits: { cpu: 500m }
# good
resources:
  requests: { cpu: 500m }
\`\`\`

Source: [How limits are enforced](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const amount = amountOf(container, 'cpu');
      if (amount?.limit == null) return;
      visit.report(
        amount.limit,
        message(
          'The CPU limit slows {0} down even on an idle node; a request is enough',
          containerName(container),
        ),
        // Without a request of its own the limit is the request as well.
        { fixes: amount.request === null ? [] : removal(amount.limit, visit) },
      );
    },
  },
};
