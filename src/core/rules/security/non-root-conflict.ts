import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import { containersOf } from '../pods/pod.ts';
import type { Rule } from '../rule.ts';
import { isForWindows } from '../workload-role.ts';

export const nonRootConflict: Rule = {
  code: 'non-root-conflict',
  title: 'Root where root is forbidden',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`runAsNonRoot: true\` forbids a container to run as root, and \`runAsUser: 0\` is root. The API server takes both
together; the kubelet then never starts the container, which waits with \`CreateContainerConfigError\`. What the container
says of itself goes before what its pod says, each field for itself.

\`\`\`yaml
# bad
securityContext:
  runAsNonRoot: true
  runAsUser: 0
# good
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
\`\`\`

Source: [Security context](https://kubernetes.io/docs/tasks/configure-pod-container/security-context/) in the Kubernetes
documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (isForWindows(spec)) return;
      const told = new Set<Field>();
      for (const container of containersOf(spec)) {
        const user = inForce(container, spec, 'runAsUser');
        const nonRoot = inForce(container, spec, 'runAsNonRoot');
        if (user.number() !== 0 || nonRoot.flag() !== true || told.has(user)) continue;
        told.add(user);
        visit.report(user, message('runAsNonRoot forbids user 0, so this never starts; use another user'), {
          fixes: removal(user, visit),
          related: [{ message: message('Root is forbidden here'), range: nonRoot.range }],
        });
      }
    },
  },
};

/** What a container says of itself, else what its pod says. */
function inForce(container: Field, spec: Field, key: string): Field {
  const own = container.get('securityContext').get(key);
  return own.written ? own : spec.get('securityContext').get(key);
}
