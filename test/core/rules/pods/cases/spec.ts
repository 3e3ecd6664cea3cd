import { podCase, type ServerCase, templateCase } from '../../server-cases.ts';

/** What stands in a pod's spec by itself. */
export const cases: readonly ServerCase[] = [
  podCase('nothing but a container', ''),
  podCase('no containers', 'containers: []', ['containers-missing spec.containers']),
  podCase('null for containers', 'containers: null', ['containers-missing spec.containers']),
  templateCase('no containers', 'containers: []', ['containers-missing spec.containers']),
  {
    title: 'Deployment: a template without spec',
    text: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  selector: { matchLabels: { a: b } }\n  template:\n    metadata: { labels: { a: b } }\n',
    errors: ['containers-missing spec.template.spec.containers'],
  },
  {
    title: 'CronJob: a template without spec',
    text: 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec:\n  schedule: "* * * * *"\n  jobTemplate: { spec: { template: { spec: { restartPolicy: Never } } } }\n',
    errors: ['containers-missing spec.jobTemplate.spec.template.spec.containers'],
  },
  {
    title: 'PodTemplate: no template',
    text: 'apiVersion: v1\nkind: PodTemplate\nmetadata: { name: a }\n',
    errors: ['containers-missing template.spec.containers'],
  },
  {
    title: 'Pod: no spec',
    text: 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n',
    errors: ['containers-missing spec.containers'],
  },

  podCase('every restart policy there is not', 'restartPolicy: always', [
    'pod-policy-invalid spec.restartPolicy',
  ]),
  podCase('an empty restart policy', 'restartPolicy: ""'),
  podCase('OnFailure', 'restartPolicy: OnFailure'),
  podCase('an unknown DNS policy', 'dnsPolicy: ClusterFirstWithHost', ['pod-policy-invalid spec.dnsPolicy']),
  podCase('an empty DNS policy', 'dnsPolicy: ""'),
  templateCase('an unknown preemption policy', 'preemptionPolicy: never', [
    'pod-policy-invalid spec.preemptionPolicy',
  ]),
  templateCase('an empty preemption policy', 'preemptionPolicy: ""', [
    'pod-policy-invalid spec.preemptionPolicy',
  ]),
  podCase('a preemption policy', 'preemptionPolicy: PreemptLowerPriority'),

  podCase('dnsPolicy None alone', 'dnsPolicy: None', ['dns-config-invalid spec.dnsConfig']),
  podCase('dnsPolicy None without a server', 'dnsPolicy: None\ndnsConfig: { searches: [a.b] }', [
    'dns-config-invalid spec.dnsConfig.nameservers',
  ]),
  podCase(
    'dnsPolicy None with a server',
    'dnsPolicy: None\ndnsConfig: { nameservers: [10.0.0.53, "fd00::1"], searches: [., a_b.example.com., _x.y], options: [{ name: ndots, value: "2" }, { name: edns0 }] }',
  ),
  podCase('four name servers', 'dnsConfig: { nameservers: [1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4] }', [
    'dns-config-invalid spec.dnsConfig.nameservers',
  ]),
  podCase('a name for a name server', 'dnsConfig: { nameservers: [ns.example.com] }', [
    'dns-config-invalid spec.dnsConfig.nameservers[0]',
  ]),
  podCase('a leading zero in an address', 'dnsConfig: { nameservers: [10.0.0.053] }', [
    'dns-config-invalid spec.dnsConfig.nameservers[0]',
  ]),
  podCase('a mapped address', 'dnsConfig: { nameservers: ["::ffff:10.0.0.1"] }', [
    'dns-config-invalid spec.dnsConfig.nameservers[0]',
  ]),
  podCase(
    '33 searches',
    `dnsConfig: { searches: [${Array.from({ length: 33 }, (_, i) => `a${i}`).join(', ')}] }`,
    ['dns-config-invalid spec.dnsConfig.searches'],
  ),
  podCase(
    'a search list of 2048 characters',
    `dnsConfig: { searches: [${Array.from({ length: 9 }, (_, i) => `${'a'.repeat(i === 8 ? 239 : 225)}`).join(', ')}] }`,
  ),
  podCase(
    'a search list of 2049 characters',
    `dnsConfig: { searches: [${Array.from({ length: 9 }, (_, i) => `${'a'.repeat(i === 8 ? 241 : 225)}`).join(', ')}] }`,
    ['dns-config-invalid spec.dnsConfig.searches'],
  ),
  podCase('a search in capitals', 'dnsConfig: { searches: [Example.com] }', [
    'dns-config-invalid spec.dnsConfig.searches[0]',
  ]),
  podCase('an empty search', 'dnsConfig: { searches: [""] }', [
    'dns-config-invalid spec.dnsConfig.searches[0]',
  ]),
  podCase('an option without a name', 'dnsConfig: { options: [{ value: "2" }] }', [
    'dns-config-invalid spec.dnsConfig.options[0]',
  ]),

  podCase('host aliases', 'hostAliases: [{ ip: 127.0.0.1, hostnames: [a, b.example.com] }, { ip: "::1" }]'),
  podCase('a host alias without an address', 'hostAliases: [{ hostnames: [a] }]', [
    'host-alias-invalid spec.hostAliases[0].ip',
  ]),
  podCase('a host alias with a name for its address', 'hostAliases: [{ ip: localhost, hostnames: [A] }]', [
    'host-alias-invalid spec.hostAliases[0].ip',
    'host-alias-invalid spec.hostAliases[0].hostnames[0]',
  ]),

  podCase(
    'another host port with the host network',
    'hostNetwork: true\ncontainers: [{ name: a, image: b, ports: [{ containerPort: 80, hostPort: 81 }] }]',
    ['host-port-mismatch spec.containers[0].ports[0].hostPort'],
  ),
  templateCase(
    'another host port with the host network',
    'hostNetwork: true\ncontainers: [{ name: a, image: b, ports: [{ containerPort: 80, hostPort: 81 }] }]',
    ['host-port-mismatch spec.containers[0].ports[0].hostPort'],
  ),
  podCase(
    'the same host port with the host network',
    'hostNetwork: true\ncontainers: [{ name: a, image: b, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }] }]',
  ),
  podCase(
    'another host port with the host network in an init container',
    'hostNetwork: true\ninitContainers: [{ name: i, image: b, ports: [{ containerPort: 80, hostPort: 81 }] }]',
  ),

  podCase('a deadline of nothing', 'activeDeadlineSeconds: 0', [
    'pod-deadline-invalid spec.activeDeadlineSeconds',
  ]),
  podCase('a deadline too far away', 'activeDeadlineSeconds: 2147483648', [
    'pod-deadline-invalid spec.activeDeadlineSeconds',
  ]),
  podCase('a deadline', 'activeDeadlineSeconds: 2147483647'),
  podCase('a negative grace period', 'terminationGracePeriodSeconds: -1'),

  podCase('a bad name of a service account', 'serviceAccountName: Web_1', [
    'pod-name-invalid spec.serviceAccountName',
  ]),
  templateCase('a bad name of a service account', 'serviceAccount: Web_1', [
    'pod-name-invalid spec.serviceAccountName',
  ]),
  templateCase('an empty name of a service account', 'serviceAccountName: ""'),
  podCase('a bad name of a node', 'nodeName: Node 1', ['pod-name-invalid spec.nodeName']),
  templateCase('a bad name of a priority class', 'priorityClassName: High!', [
    'pod-name-invalid spec.priorityClassName',
  ]),
  templateCase('a bad name of a runtime class', 'runtimeClassName: gVisor', [
    'pod-name-invalid spec.runtimeClassName',
  ]),
  templateCase('an empty name of a runtime class', 'runtimeClassName: ""', [
    'pod-name-invalid spec.runtimeClassName',
  ]),
  templateCase(
    'good names',
    'priorityClassName: high\nruntimeClassName: gvisor.v2\nserviceAccountName: web.runner',
  ),
  podCase(
    'any name of a scheduler or a pull secret',
    'schedulerName: My Scheduler\nimagePullSecrets: [{ name: A_B }, {}]',
  ),

  podCase('a host name with a dot', 'hostname: a.b', ['hostname-invalid spec.hostname']),
  templateCase('a host name with a dot', 'hostname: a.b', ['hostname-invalid spec.hostname']),
  podCase('a subdomain in capitals', 'subdomain: Web', ['hostname-invalid spec.subdomain']),
  {
    title: 'StatefulSet: any host name',
    text: 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: a }\nspec:\n  serviceName: a\n  selector: { matchLabels: { a: b } }\n  template:\n    metadata: { labels: { a: b } }\n    spec: { hostname: A.B, subdomain: C_D, containers: [{ name: a, image: b }] }\n',
    errors: [],
  },
  podCase('another host name', 'hostnameOverride: a.example.com'),
  podCase('an empty other host name', 'hostnameOverride: ""', ['hostname-invalid spec.hostnameOverride']),
  podCase('a long other host name', `hostnameOverride: ${'a'.repeat(65)}`, [
    'hostname-invalid spec.hostnameOverride',
  ]),
  podCase('another host name with the whole domain name', 'hostnameOverride: a\nsetHostnameAsFQDN: true', [
    'hostname-invalid spec.hostnameOverride',
  ]),
  podCase('another host name on the host network', 'hostnameOverride: a\nhostNetwork: true', [
    'hostname-invalid spec.hostnameOverride',
  ]),

  podCase('ephemeral containers', 'ephemeralContainers: [{ name: d, image: b }]', [
    'ephemeral-containers-forbidden spec.ephemeralContainers',
  ]),
  templateCase('ephemeral containers', 'ephemeralContainers: [{ name: d, image: b }]', [
    'ephemeral-containers-forbidden spec.ephemeralContainers',
  ]),

  podCase(
    'claims',
    'resourceClaims: [{ name: a, resourceClaimName: x }, { name: b, resourceClaimTemplateName: y.z }]',
  ),
  podCase('a claim from nowhere', 'resourceClaims: [{ name: a }]', [
    'pod-claim-invalid spec.resourceClaims[0]',
  ]),
  podCase(
    'a claim from both',
    'resourceClaims: [{ name: a, resourceClaimName: x, resourceClaimTemplateName: t }]',
    ['pod-claim-invalid spec.resourceClaims[0]'],
  ),
  podCase('a claim without a name', 'resourceClaims: [{ resourceClaimName: x }]', [
    'pod-claim-invalid spec.resourceClaims[0].name',
  ]),
  podCase(
    'a claim twice',
    'resourceClaims: [{ name: a, resourceClaimName: x }, { name: a, resourceClaimName: x }]',
    ['pod-claim-invalid spec.resourceClaims[1].name'],
  ),
  podCase(
    'bad names of claims',
    'resourceClaims: [{ name: A, resourceClaimName: X }, { name: b, resourceClaimTemplateName: "" }]',
    [
      'pod-claim-invalid spec.resourceClaims[0].name',
      'pod-claim-invalid spec.resourceClaims[0].resourceClaimName',
      'pod-claim-invalid spec.resourceClaims[1].resourceClaimTemplateName',
    ],
  ),

  podCase(
    'gates',
    'schedulingGates: [{ name: a }, { name: example.com/b }]\nreadinessGates: [{ conditionType: example.com/c }]',
  ),
  podCase('a scheduling gate that is no name', 'schedulingGates: [{ name: a b }]', [
    'pod-gate-invalid spec.schedulingGates[0]',
  ]),
  podCase('a scheduling gate twice', 'schedulingGates: [{ name: a }, { name: a }]', [
    'pod-gate-invalid spec.schedulingGates[1]',
  ]),
  podCase('a node beside a scheduling gate', 'schedulingGates: [{ name: a }]\nnodeName: node', [
    'pod-gate-invalid spec.nodeName',
  ]),
  templateCase('a node beside a scheduling gate', 'schedulingGates: [{ name: a }]\nnodeName: node'),
  podCase(
    'readiness gates without a type',
    'readinessGates: [{ conditionType: "" }, { conditionType: a/b/c }]',
    [
      'pod-gate-invalid spec.readinessGates[0].conditionType',
      'pod-gate-invalid spec.readinessGates[1].conditionType',
    ],
  ),

  podCase('a priority', 'priority: 1000', ['pod-priority-set spec.priority']),
  podCase(
    'the priority of a system class',
    'priority: 2000000000\npriorityClassName: system-cluster-critical',
  ),
  podCase('an overhead', 'overhead: {}', ['pod-overhead-set spec.overhead']),
  templateCase('any priority', 'priority: 1000'),
  podCase('the priority that a pod has anyway', 'priority: 0'),
  podCase('unknown fields of a scheduling group', 'schedulingGroup: {}'),

  templateCase('an overhead', 'overhead: { cpu: 250m, memory: 120Mi }'),
  templateCase('an overhead of what is no resource', 'overhead: { gpu: 1 }', [
    'resource-name-invalid spec.overhead.limits[gpu]',
  ]),
  templateCase('a negative overhead', 'overhead: { cpu: -1 }', [
    'quantity-invalid spec.overhead.limits[cpu]',
  ]),
];
