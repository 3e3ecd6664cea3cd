import { object, tryRule } from '../advice.ts';
import { indent } from '../../marked.ts';

const service = (spec: string): string =>
  object('v1 Service', `spec:\n${indent(spec, 2)}\n  ports: [{ port: 80 }]`);

tryRule('load-balancer-open', {
  'open to all': service('type: «LoadBalancer»'),
  'for some': service('type: LoadBalancer\nloadBalancerSourceRanges: [203.0.113.0/24]'),
  inside: service('type: LoadBalancer').replace(
    'name: web',
    'name: web\n  annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: "true" }',
  ),
  'by somebody else’s class': service('type: LoadBalancer\nloadBalancerClass: example.com/inner'),
  'no load balancer': service('type: NodePort'),
});

tryRule('external-ips-used', {
  addresses: {
    text: service('«externalIPs»: [203.0.113.10]'),
    severity: 'warning',
    fixed: service('').replace('\n\n', '\n'),
  },
  'without a proxy': service('clusterIP: None\nexternalIPs: [203.0.113.10]'),
  none: service('externalIPs: []'),
});

const ingress = (spec: string): string => object('networking.k8s.io/v1 Ingress', `spec:\n${indent(spec, 2)}`);
const backend = 'defaultBackend: { service: { name: a, port: { number: 80 } } }';
tryRule('ingress-tls-missing', {
  without: ingress(backend).replace('spec', '«spec»'),
  with: ingress(`${backend}\ntls: [{ hosts: [a.example.com], secretName: a }]`),
});

const policy = (spec: string): string =>
  object('networking.k8s.io/v1 NetworkPolicy', `spec:\n  podSelector: {}\n${indent(spec, 2)}`);
const rule = '[{ to: [{ podSelector: {} }] }]';
tryRule('network-policy-ineffective', {
  'egress that does not count': {
    text: policy(`policyTypes: [Ingress]\n«egress»: ${rule}`),
    severity: 'warning',
    fixed: policy(`policyTypes: [Ingress, Egress]\negress: ${rule}`),
  },
  'in a list of lines': {
    text: policy(`policyTypes:\n  - Egress\n«ingress»: [{}]`),
    fixed: policy(`policyTypes:\n  - Egress\n  - Ingress\ningress: [{}]`),
  },
  'without types': policy(`egress: ${rule}`),
  both: policy(`policyTypes: [Ingress, Egress]\negress: ${rule}`),
  'nothing is let through': policy('policyTypes: [Ingress, Egress]'),
  'rules of none': policy('policyTypes: [Ingress]\negress: []'),
});
