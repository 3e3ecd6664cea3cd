import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { exceedsRatio } from './amounts.ts';

const looked = ['cpu', 'memory'] as const;
/** In billionths of a byte, as quantities are counted. */
const MEBI = 1024n ** 2n * 1_000_000_000n;
const NANO = 1e9;

export const limitRatioHigh: Rule = {
  code: 'limit-ratio-high',
  title: 'Limit far above the request',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
The scheduler counts requests, and the containers use up to their limits: the farther these are apart, the more a node
is promised than it has. A LimitRange with \`maxLimitRequestRatio\` refuses such a pod. How much is too much is set by
\`limitRatio\` in \`.elastic.yaml\`, and is 4 without that. A request of 0 says that there is none to count, and is
passed over.

\`\`\`yaml
# bad
resources:
  requests: { memory: 64Mi }
  limits: { memory: 2Gi }
# good
resources:
  requests: { memory: 1Gi }
  limits: { memory: 2Gi }
\`\`\`

Source: [Limit ranges](https://kubernetes.io/docs/concepts/policy/limit-range/) in the Kubernetes documentation.
`,
  visit: {
    'core/v1.ResourceRequirements'(resources, visit) {
      const limits = resources.get('limits');
      const requests = resources.get('requests');
      if (!limits.written || !requests.written) return;
      const { limitRatio } = visit.context.settings;
      for (const resource of looked) {
        const request = requests.get(resource).quantity()?.nano ?? 0n;
        const limit = limits.get(resource).quantity()?.nano ?? 0n;
        // Less than any program takes: what is wrong is the amount, and other rules tell it.
        if (resource === 'memory' && request < MEBI) continue;
        if (!exceedsRatio(limit, request, limitRatio)) continue;
        visit.report(
          limits.get(resource),
          message(
            'This limit is {0} times the request, and {1} is the most wanted here; raise the request or lower it',
            ratio(limit, request),
            limitRatio,
          ),
          { related: [{ message: message('The request is here'), range: requests.get(resource).range }] },
        );
      }
    },
  },
};

/** To one decimal. */
function ratio(limit: bigint, request: bigint): number {
  return Math.round((Number(limit) / NANO / (Number(request) / NANO)) * 10) / 10;
}
