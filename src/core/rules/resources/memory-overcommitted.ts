import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';
import { changeTo } from '../values.ts';
import { containerName, isWhole, keepsRunning } from '../workload-role.ts';
import { amountOf, exceedsRatio } from './amounts.ts';

export const memoryOvercommitted: Rule = {
  code: 'memory-overcommitted',
  title: 'Memory request below the limit',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Memory cannot be taken back once it is used. Where limits are above requests, the containers of a node may together use
more than it has, and the kernel ends one of them. With request and limit alike each has what it was promised.

Many clusters overcommit on purpose, since most containers seldom use their limit.

\`\`\`yaml
# bad
resources:
  requests: { memory: 128Mi }
  limits: { memory: 512Mi }
# good
resources:
  requests: { memory: 512Mi }
  limits: { memory: 512Mi }
\`\`\`

Source: [Node-pressure eviction](https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!keepsRunning(container) || !isWhole(container)) return;
      const amount = amountOf(container, 'memory');
      if (amount?.request == null || amount.limit === null) return;
      const request = amount.request.quantity();
      const limit = amount.limit.quantity();
      if (request === null || limit === null || request.nano <= 0n || request.nano >= limit.nano) return;
      // Of so much more another rule tells.
      if (exceedsRatio(limit.nano, request.nano, visit.context.settings.limitRatio)) return;
      visit.report(
        amount.request,
        message(
          '{0} may use more memory than it requests; request as much as the limit',
          containerName(container),
        ),
        { fixes: raise(amount.request, amount.limit) },
      );
    },
  },
};

function raise(request: Field, limit: Field): readonly Fix[] {
  const text = limit.writtenQuantity()?.text;
  return text == null ? [] : changeTo(request, text.trim(), false);
}
