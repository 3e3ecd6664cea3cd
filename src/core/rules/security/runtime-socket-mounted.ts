import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isNodeAgent, isSystemPod } from '../workload-role.ts';
import { isRuntimeSocket } from './pod-security.ts';

export const runtimeSocketMounted: Rule = {
  code: 'runtime-socket-mounted',
  title: 'Socket of the container runtime in a pod',
  origin: 'advice',
  severity: 'warning',
  docs: `
Who can write to the socket of the container runtime can start a privileged container on the node, and has the node.
Mounting it read-only changes nothing. To build images use a builder that needs no runtime of the node; to watch
containers ask the kubelet. In a DaemonSet, whose pods may be there for just that, it is a hint.

\`\`\`yaml
# bad
volumes:
  - name: docker
    hostPath: { path: /var/run/docker.sock }
# good: a builder of its own, beside the container
initContainers:
  - name: builder
    image: moby/buildkit:v0.26.1-rootless
    restartPolicy: Always
\`\`\`

Source: [CIS Kubernetes Benchmark](https://www.cisecurity.org/benchmark/kubernetes), and the threat matrix for
Kubernetes ("Exposed sensitive interfaces").
`,
  visit: {
    'core/v1.HostPathVolumeSource'(source, visit) {
      const path = source.get('path');
      const text = path.text();
      const spec = source.up('core/v1.PodSpec');
      if (text === null || !isRuntimeSocket(text) || spec === null || isSystemPod(spec)) return;
      const said = message('Who has {0} has the node; use something that needs no runtime of the node', text);
      visit.report(path, said, isNodeAgent(spec) ? { severity: 'hint' } : {});
    },
  },
};
