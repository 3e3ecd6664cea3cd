import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { containerName, isService, isWhole } from '../workload-role.ts';

export const readinessProbeMissing: Rule = {
  code: 'readiness-probe-missing',
  title: 'Readiness probe missing',
  origin: 'advice',
  severity: 'off',
  strict: 'warning',
  docs: `
The container has ports, and nothing says when it can answer. A Service sends it requests as soon as it has started, and
a rollout goes on while the new pods are not ready yet: people see errors with each update. A pod that no Service sends
anything to does well without.

Asked of containers with ports in a Deployment, StatefulSet, ReplicaSet or ReplicationController.

\`\`\`yaml
# bad
containers:
  - name: web
    image: web:1
    ports: [{ name: http, containerPort: 8080 }]
# good
containers:
  - name: web
    image: web:1
    ports: [{ name: http, containerPort: 8080 }]
    readinessProbe:
      httpGet: { path: /healthz, port: http }
\`\`\`

Source: [Probes](https://kubernetes.io/docs/concepts/workloads/pods/probes/) in the Kubernetes documentation.
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (container.parent?.key !== 'containers' || container.has('readinessProbe')) return;
      if (!isWhole(container) || container.get('ports').items().length === 0) return;
      const spec = container.up('core/v1.PodSpec');
      if (spec === null || !isService(spec)) return;
      visit.missing(
        container,
        'readinessProbe',
        message('Nothing says when {0} can answer; add a readinessProbe', containerName(container)),
        { range: container.head },
      );
    },
  },
};
