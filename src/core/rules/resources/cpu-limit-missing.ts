import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { containerName, isWhole, keepsRunning } from '../workload-role.ts';
import { amountOf, placeOf } from './amounts.ts';

export const cpuLimitMissing: Rule = {
  code: 'cpu-limit-missing',
  title: 'CPU limit missing',
  origin: 'advice',
  severity: 'off',
  docs: `
Without a CPU limit a container uses what others leave idle, and no more than its share when they need theirs: that is
what requests are for. So most advise against CPU limits, and this rule is off in each preset (see \`cpu-limit-set\` for
the contrary). Switch it on where equal speed counts for more than high speed, where a pod has to be of the class
Guaranteed, or where a quota on \`limits.cpu\` demands it.

\`\`\`yaml
# bad
resources:
  requests: { cpu: 500m }
# good
resources:
  requests: { cpu: 500m }
  limits: { cpu: 500m }
\`\`\`

Source: [Resource management](https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!keepsRunning(container) || !isWhole(container)) return;
      const own = amountOf(container, 'cpu');
      const spec = container.up('core/v1.PodSpec');
      if (own === null || own.limit !== null || spec === null) return;
      const pod = amountOf(spec, 'cpu');
      if (pod === null || pod.limit !== null) return;
      visit.missing(
        container.get('resources'),
        'limits',
        message('Container {0} has no CPU limit; add one', containerName(container)),
        { range: placeOf(container) },
      );
    },
  },
};
