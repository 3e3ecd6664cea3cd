import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';

export const gracePeriodZero: Rule = {
  code: 'grace-period-zero',
  title: 'Pod that is ended without notice',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
With \`terminationGracePeriodSeconds: 0\` a pod is ended at once: no hook runs, requests under way are lost, and the API
server forgets the pod before the node has stopped it. In a StatefulSet its successor may then run beside it, and both
write to the same data. Below 0 the server takes it for 1.

\`\`\`yaml
# bad
terminationGracePeriodSeconds: 0
# good
terminationGracePeriodSeconds: 5
\`\`\`

Source: [Force delete StatefulSet pods](https://kubernetes.io/docs/tasks/run-application/force-delete-stateful-set-pod/)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('terminationGracePeriodSeconds')) return;
      const period = spec.get('terminationGracePeriodSeconds');
      const seconds = period.number();
      if (seconds === null || seconds > 0) return;
      const text =
        seconds === 0
          ? message('The pod is ended without notice; give it a few seconds')
          : message('A negative grace period counts as 1 second; write what is meant');
      const severity =
        seconds < 0 || spec.object.is('apps/v1.StatefulSet') ? ({ severity: 'warning' } as const) : {};
      visit.report(period, text, { fixes: removal(period, visit), ...severity });
    },
  },
};
