import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isEmptyList } from '../values.ts';

export const ingressTlsMissing: Rule = {
  code: 'ingress-tls-missing',
  title: 'Ingress without TLS',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
What goes through the Ingress can be read and changed on its way. Many clusters end TLS before it, at the load
balancer, or have a certificate for all hosts in the controller; then switch the rule off.

\`\`\`yaml
# bad
spec:
  rules: [{ host: shop.example.com }]
# good
spec:
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
  rules: [{ host: shop.example.com }]
\`\`\`

Source: [Ingress](https://kubernetes.io/docs/concepts/services-networking/ingress/#tls) in the Kubernetes documentation.
`,
  visit: {
    'networking/v1.IngressSpec'(spec, visit) {
      if (!isEmptyList(spec.get('tls'))) return;
      if (isEmptyList(spec.get('rules')) && !spec.get('defaultBackend').written) return;
      visit.missing(spec, 'tls', message('The Ingress has no TLS; add tls with its hosts and a secret'));
    },
  },
};
