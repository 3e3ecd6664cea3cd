import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { podsOf } from './counts.ts';

export const rolloutStopsAll: Rule = {
  code: 'rollout-stops-all',
  title: 'Rollout that may stop all pods at once',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
\`maxUnavailable\` lets a rollout stop as many pods at once as there are, so none may answer while the new ones start.
With one replica that is the case from \`maxUnavailable: 1\` on. Let the rollout start a new pod first instead
(\`maxUnavailable: 0\` and \`maxSurge: 1\`); the default of 25% does so for up to three replicas.

A pod that has a port or a disk for itself cannot be started beside the old one; then it is right as it is.

\`\`\`yaml
# bad
replicas: 1
strategy:
  rollingUpdate: { maxUnavailable: 1 }
# good
replicas: 1
strategy:
  rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
\`\`\`

Source: [Max unavailable](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable) in the
Kubernetes documentation.
`,
  visit: {
    'apps/v1.DeploymentSpec'(spec, visit) {
      // How many there are without that is often decided by an autoscaler.
      const replicas = spec.get('replicas').number();
      if (replicas === null || replicas < 1) return;
      const field = spec.at('strategy.rollingUpdate.maxUnavailable');
      const stopped = field.written ? podsOf(field, replicas, 'down') : null;
      if (stopped === null || stopped < replicas) return;
      const text =
        replicas === 1
          ? message('The only pod is stopped before the new one runs; use maxUnavailable: 0 and maxSurge: 1')
          : message('A rollout may stop all {0} pods at once; lower maxUnavailable', replicas);
      visit.report(field, text);
    },
  },
};
