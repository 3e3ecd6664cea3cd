import { message } from '../../finding.ts';
import { probeHandlers } from '../containers/handlers.ts';
import { keepsRunning } from '../workload-role.ts';
import type { Rule } from '../rule.ts';
import { secondsToEnd, timesOf } from './probes.ts';

/** Below this even a quick program on a busy node is ended before it has started. */
const LEAST_SECONDS = 10;

export const livenessProbeHasty: Rule = {
  code: 'liveness-probe-hasty',
  title: 'Liveness probe without patience',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
Without a startup probe the liveness probe ends the container \`initialDelaySeconds\` + \`periodSeconds\` ×
\`failureThreshold\` seconds after its start. Where that is less than 10 seconds, or one single failure is enough, a busy
node or a slow answer restarts the container, again and again, which makes it slower still.

\`\`\`yaml
# bad
livenessProbe:
  httpGet: { path: /healthz, port: http }
  periodSeconds: 2
# good
startupProbe:
  httpGet: { path: /healthz, port: http }
  failureThreshold: 30
livenessProbe:
  httpGet: { path: /healthz, port: http }
\`\`\`

Source: [Configure probes](https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!container.has('livenessProbe') || !keepsRunning(container)) return;
      const probe = container.get('livenessProbe');
      const times = probe.written ? timesOf(probe) : null;
      // One that looks at nothing, or at no time, is refused.
      if (times === null || times.period < 0 || !probeHandlers.some((handler) => probe.has(handler))) return;
      if (times.failures === 1) {
        visit.report(
          probe.get('failureThreshold'),
          message('One slow answer restarts the container; use a failureThreshold of 3 or more'),
        );
      } else if (!container.has('startupProbe') && secondsToEnd(times) < LEAST_SECONDS) {
        visit.report(
          probe,
          message('A container that needs {0} s to start is ended; add a startupProbe', secondsToEnd(times)),
        );
      }
    },
  },
};
