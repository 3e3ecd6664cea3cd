import { message } from '../../finding.ts';
import { goText } from '../values.ts';
import type { Rule } from '../rule.ts';

/** Annotations by which clouds keep a load balancer inside their network. */
const internal =
  /internal|private|(?:^|\/)aws-load-balancer-scheme$|load-balancer-source-ranges$|aws-load-balancer-security-groups$/i;

export const loadBalancerOpen: Rule = {
  code: 'load-balancer-open',
  title: 'Load balancer that is open to all',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A Service of type \`LoadBalancer\` gets an address that the whole internet can reach, on most clouds, unless it says who
may. Name the ranges in \`loadBalancerSourceRanges\`, or keep it inside by the annotation of your cloud. A web site that
is there for all is right as it is.

\`\`\`yaml
# bad
spec:
  type: LoadBalancer
# good
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [203.0.113.0/24]
\`\`\`

Source: [Service](https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer) in the Kubernetes
documentation.
`,
  visit: {
    'core/v1.Service'(service, visit) {
      const spec = service.get('spec');
      const type = spec.get('type');
      if (type.text() !== 'LoadBalancer' || goText(spec.get('loadBalancerClass')) !== '') return;
      const ranges = spec.get('loadBalancerSourceRanges');
      if (ranges.written && (ranges.node?.type !== 'sequence' || ranges.items().length > 0)) return;
      if (
        service
          .at('metadata.annotations')
          .entries()
          .some(({ key }) => internal.test(key))
      )
        return;
      visit.missing(
        spec,
        'loadBalancerSourceRanges',
        message('The load balancer is open to all; name who may reach it in loadBalancerSourceRanges'),
        { range: type.range },
      );
    },
  },
};
