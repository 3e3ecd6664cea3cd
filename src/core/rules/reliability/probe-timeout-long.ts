import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { timesOf } from './probes.ts';

export const probeTimeoutLong: Rule = {
  code: 'probe-timeout-long',
  title: 'Probe that waits longer than it pauses',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
A probe looks every \`periodSeconds\` (10 where it is not written) and waits \`timeoutSeconds\` for the answer. Where it
waits longer than it pauses, the pauses last as long as the answers take, and trouble is noticed much later than the
numbers say.

\`\`\`yaml
# bad
readinessProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 5
  timeoutSeconds: 30
# good
readinessProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
\`\`\`

Source: [Configure probes](https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Probe'(probe, visit) {
      if (!probe.has('timeoutSeconds')) return;
      const times = timesOf(probe);
      if (times === null || times.timeout <= times.period) return;
      visit.report(
        probe.get('timeoutSeconds'),
        message('It waits {0} s for an answer but looks every {1} s; lower it', times.timeout, times.period),
      );
    },
  },
};
