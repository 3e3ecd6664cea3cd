import { objectCase, podCase, testCases } from './server-cases.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const ref = 'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }';
const labelled = (labels: string): string => `  labels: { ${labels} }`;
const limits = (parts: string): string => `spec:\n  limits:\n    - { type: Container, ${parts} }`;
const hard = (amount: string): string => `spec:\n  hard:\n    memory: ${amount}`;
const selecting = (value: string): string => `spec:\n  selector: { app: ${value} }\n  ports: [{ port: 80 }]`;

testCases('a null in a list or map is the empty value', [
  objectCase(RBAC, 'RoleBinding', 'a null subject', `subjects: [null]\n${ref}`, [
    'subject-invalid subjects[0].name',
    'subject-invalid subjects[0].kind',
  ]),
  objectCase(RBAC, 'Role', 'a null rule', 'rules: [null]', [
    'role-rule-invalid rules[0].verbs',
    'role-rule-invalid rules[0].apiGroups',
    'role-rule-invalid rules[0].resources',
  ]),
  objectCase(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    'a null address',
    'addressType: FQDN\nendpoints: [{ addresses: [null] }]\nports: []',
    ['endpoint-slice-invalid endpoints[0].addresses[0]'],
  ),
  objectCase(
    'v1',
    'LimitRange',
    'a null limit',
    limits('default: { cpu: null }, defaultRequest: { cpu: 1 }'),
    ['limit-range-invalid spec.limits[0].defaultRequest[cpu]'],
  ),
  objectCase('v1', 'Namespace', 'a null level', labelled('pod-security.kubernetes.io/enforce: null'), [
    'pod-security-label-invalid metadata.labels[pod-security.kubernetes.io/enforce]',
  ]),
  objectCase('v1', 'Service', 'a null label to select by', selecting('null')),
]);

testCases('white space and bytes', [
  objectCase('v1', 'ResourceQuota', 'spaces around an amount', hard('" 1Gi "')),
  objectCase('v1', 'ResourceQuota', 'a line break behind an amount', hard('"1Gi\\n"'), [
    'quantity-invalid spec.hard[memory]',
  ]),
  objectCase('v1', 'Secret', 'bytes as a list', 'data: { a: [], b: [1, 255] }'),
  objectCase('v1', 'Secret', 'more than bytes as a list', 'data: { a: [256] }', ['type-invalid data[a]']),
]);

testCases('labels and priorities', [
  objectCase('v1', 'Service', 'a label nobody has', selecting('web-'), ['label-invalid spec.selector']),
  objectCase('v1', 'Namespace', 'a label that the server sets', labelled('kubernetes.io/metadata.name: "."')),
  podCase('a policy without a class', 'preemptionPolicy: Never', ['pod-priority-set spec.preemptionPolicy']),
  podCase('the policy of all classes', 'preemptionPolicy: PreemptLowerPriority'),
]);

const sleeping = (grace: number, seconds: number): string =>
  `terminationGracePeriodSeconds: ${grace}\ncontainers:\n  - name: app\n    image: app:1\n    lifecycle: { preStop: { sleep: { seconds: ${seconds} } } }`;

testCases('a negative grace period', [
  podCase('a second of sleep', sleeping(-1, 1)),
  podCase('more sleep than that', sleeping(-1, 5), [
    'lifecycle-invalid spec.containers[0].lifecycle.preStop.sleep',
  ]),
]);
