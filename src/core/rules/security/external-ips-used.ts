import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { goText } from '../values.ts';

export const externalIpsUsed: Rule = {
  code: 'external-ips-used',
  title: 'Service with external addresses',
  origin: 'advice',
  severity: 'warning',
  docs: `
With \`externalIPs\` a Service takes over an address for all pods and nodes of the cluster, whomever it belongs to
(CVE-2020-8554). Kubernetes 1.36 warns of the field, which some clusters no longer implement. Use a load balancer or a
Gateway.

\`\`\`yaml
# bad
spec:
  externalIPs: [203.0.113.10]
# good
spec:
  type: LoadBalancer
\`\`\`

Source: what the API server of 1.36 warns of;
[CVE-2020-8554](https://github.com/kubernetes/kubernetes/issues/97076).
`,
  visit: {
    'core/v1.ServiceSpec'(spec, visit) {
      const addresses = spec.get('externalIPs');
      if (addresses.items().length === 0 || spec.get('clusterIP').text() === 'None') return;
      if (goText(spec.get('type')) === 'ExternalName') return;
      visit.report(
        addresses,
        message('externalIPs can take over any address, and is deprecated; use a load balancer'),
        { fixes: removal(addresses, visit) },
      );
    },
  },
};
