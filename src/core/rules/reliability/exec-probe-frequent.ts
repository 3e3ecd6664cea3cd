import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { timesOf } from './probes.ts';

const LEAST_PERIOD = 5;

export const execProbeFrequent: Rule = {
  code: 'exec-probe-frequent',
  title: 'Probe that starts a program every few seconds',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
An \`exec\` probe starts a program in the container each time. That costs CPU of the container's own limit, and on a node
with many pods the runtime is busy with nothing else. Ask by \`httpGet\`, \`tcpSocket\` or \`grpc\`, or less often.

\`\`\`yaml
# bad
livenessProbe:
  exec: { command: [pg_isready] }
  periodSeconds: 1
# good
livenessProbe:
  exec: { command: [pg_isready] }
  periodSeconds: 15
\`\`\`

Source: [Probes](https://kubernetes.io/docs/concepts/workloads/pods/probes/) in the Kubernetes documentation, which
names the cost of \`exec\` probes.
`,
  visit: {
    'core/v1.Probe'(probe, visit) {
      // A startup probe soon has done its work.
      if (!probe.has('exec') || !probe.get('exec').written || probe.key === 'startupProbe') return;
      const times = timesOf(probe);
      if (times === null || times.period >= LEAST_PERIOD) return;
      visit.report(
        probe.get('periodSeconds'),
        message(
          'This starts a program every {0} s; use another kind of probe, or a longer period',
          times.period,
        ),
      );
    },
  },
};
