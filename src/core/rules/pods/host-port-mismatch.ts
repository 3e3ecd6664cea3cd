import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { changeTo, goNumber } from '../values.ts';

export const hostPortMismatch: Rule = {
  code: 'host-port-mismatch',
  title: 'Host port beside the host network',
  origin: 'server',
  severity: 'error',
  docs: `
With \`hostNetwork: true\` a container listens on the node itself, so the port on the node and the port of the container
are one and the same. A \`hostPort\` that differs from \`containerPort\` cannot be had; leave it out.

\`\`\`yaml
# bad
hostNetwork: true
containers:
  - name: web
    ports: [{ containerPort: 8080, hostPort: 80 }]
# good
hostNetwork: true
containers:
  - name: web
    ports: [{ containerPort: 8080 }]
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('hostNetwork') || spec.get('hostNetwork').flag() !== true) return;
      for (const container of spec.get('containers').items()) {
        for (const port of container.get('ports').items()) {
          const own = goNumber(port.get('containerPort'));
          const host = port.get('hostPort').number() ?? 0;
          if (own === null || host === 0 || host === own) continue;
          visit.report(
            port.get('hostPort'),
            message(
              'With hostNetwork, hostPort {0} must be containerPort {1}; remove or change it',
              host,
              own,
            ),
            { fixes: changeTo(port.get('hostPort'), String(own)) },
          );
        }
      }
    },
  },
};
