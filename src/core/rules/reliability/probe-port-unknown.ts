import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { nearestWord } from '../../nearest.ts';
import { isPortName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo } from '../values.ts';
import { containerName, isWhole } from '../workload-role.ts';

export const probePortUnknown: Rule = {
  code: 'probe-port-unknown',
  title: 'Probe of a port the container does not have',
  origin: 'advice',
  severity: 'warning',
  docs: `
A probe or hook may call a port by the name it has in the same container. The API server does not look whether there is
one; the kubelet does, and without one the probe fails each time: the pod never becomes ready, or is restarted for ever.
A port by number needs no entry under \`ports\`.

\`\`\`yaml
# bad
ports: [{ name: http, containerPort: 8080 }]
readinessProbe: { httpGet: { path: /healthz, port: web } }
# good
ports: [{ name: http, containerPort: 8080 }]
readinessProbe: { httpGet: { path: /healthz, port: http } }
\`\`\`

Source: [Configure probes](https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes)
in the Kubernetes documentation.
`,
  visit: {
    'core/v1.HTTPGetAction': check,
    'core/v1.TCPSocketAction': check,
  },
};

function check(action: Field, visit: Visit): void {
  const port = action.get('port');
  const name = port.text();
  // What is no name of a port is refused.
  if (name === null || !isPortName(name)) return;
  const container = action.up('core/v1.Container');
  if (container === null || !isWhole(container) || visit.context.patch) return;
  const ports = container.get('ports');
  if (ports.written && ports.node?.type !== 'sequence') return;
  const names: string[] = [];
  for (const one of ports.items()) {
    const text = one.get('name').text();
    // A template may yet fill in just this name.
    if (text === null && (one.get('name').written || one.node?.type !== 'mapping')) return;
    if (text !== null) names.push(text);
  }
  if (names.includes(name) || !visit.context.isRead(container)) return;
  const meant = names.length === 1 ? (names[0] ?? null) : nearestWord(name, names);
  visit.report(
    port,
    message('Container {0} has no port named {1}; the probe always fails', containerName(container), name),
    {
      fixes: meant === null ? [] : changeTo(port, meant, false),
    },
  );
}
