import { message } from '../../finding.ts';
import type { Node } from '../../manifest/nodes.ts';
import { toJson } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import { probeHandlers } from '../containers/handlers.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { secondsToEnd, timesOf } from './probes.ts';

export const probesIdentical: Rule = {
  code: 'probes-identical',
  title: 'Liveness probe that is the readiness probe',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
A readiness probe that fails takes a pod out of its Service until it recovers; a liveness probe that fails restarts the
container. With one and the same check, and no more patience for the second, a pod that is only busy, or waits for a
database, is restarted instead of left to recover, and under load one after another.

Let the liveness probe ask something that only fails when a restart helps, give it more time (\`failureThreshold\`), or
leave it out. One that gives up later than the readiness probe is not reported.

\`\`\`yaml
# bad
readinessProbe: { httpGet: { path: /healthz, port: http } }
livenessProbe: { httpGet: { path: /healthz, port: http } }
# good
readinessProbe: { httpGet: { path: /healthz, port: http } }
livenessProbe: { httpGet: { path: /healthz, port: http }, failureThreshold: 10 }
\`\`\`

Source: [Liveness, readiness and startup probes](https://kubernetes.io/docs/concepts/workloads/pods/probes/) in the
Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!container.has('livenessProbe') || !container.has('readinessProbe')) return;
      const liveness = container.get('livenessProbe');
      const readiness = container.get('readinessProbe');
      if (!probeHandlers.some((key) => isSame(liveness.get(key), readiness.get(key)))) return;
      const patience = [timesOf(liveness), timesOf(readiness)].map((times) => times && secondsToEnd(times));
      const [ofLiveness, ofReadiness] = patience;
      if (ofLiveness == null || ofReadiness == null || ofLiveness > ofReadiness) return;
      visit.report(
        liveness,
        message(
          'A pod that is only not ready is restarted by the same check; give it more time, or remove it',
        ),
        {
          fixes: removal(liveness, visit),
          related: [{ message: message('The readiness probe is here'), range: readiness.head }],
        },
      );
    },
  },
};

function isSame({ node: one, written }: Field, { node: other }: Field): boolean {
  return written && one !== null && other !== null && textOf(one) === textOf(other);
}

/** The same for the same values, however they are written. */
function textOf(node: Node): string {
  return JSON.stringify(toJson(node), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
