import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { removal } from '../fixes.ts';
import { runsFirst } from './container.ts';

const forbidden = new Set(['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']);

export const initContainerForbidden: Rule = {
  code: 'init-container-forbidden',
  title: 'Probe or hook of an init container',
  origin: 'server',
  severity: 'error',
  docs: `
An init container runs to its end before the others begin, so it has no probes and hooks, and nothing of it can be
resized by a restart. One that is to run beside the others is a sidecar: give it \`restartPolicy: Always\`.

\`\`\`yaml
# bad
initContainers:
  - name: proxy
    image: proxy:1
    readinessProbe: { tcpSocket: { port: 8080 } }
# good
initContainers:
  - name: proxy
    image: proxy:1
    restartPolicy: Always
    readinessProbe: { tcpSocket: { port: 8080 } }
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!runsFirst(container)) return;
      for (const field of container.entries()) {
        if (!field.written) continue;
        if (forbidden.has(field.key)) {
          visit.report(
            field,
            message('{0} needs restartPolicy: Always here; add that or remove it', field.key),
            {
              range: field.head,
              fixes: removal(field, visit),
            },
          );
        } else if (field.key === 'resizePolicy') {
          for (const policy of field.items()) {
            const restart = policy.get('restartPolicy');
            if (restart.text() === 'RestartContainer')
              visit.report(
                restart,
                message('An init container is not restarted to resize it; use NotRequired'),
              );
          }
        }
      }
    },
  },
};
