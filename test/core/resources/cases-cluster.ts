import type { Case } from './support.ts';

/** Nodes, namespaces, policies: what belongs to the cluster rather than to an application. */
export const clusterCases: readonly Case[] = [
  {
    name: 'a node in good health',
    object: `
apiVersion: v1
kind: Node
metadata:
  name: n-1
  labels: { node-role.kubernetes.io/control-plane: "", node-role.kubernetes.io/worker: "", kubernetes.io/arch: amd64 }
spec: { taints: [{ key: node-role.kubernetes.io/control-plane, effect: NoSchedule }] }
status:
  addresses: [{ type: InternalIP, address: 10.0.0.1 }, { type: Hostname, address: n-1 }]
  allocatable: { cpu: "4", memory: 8Gi, pods: "110" }
  capacity: { cpu: "4", memory: 8Gi, pods: "110" }
  conditions:
    - { type: MemoryPressure, status: "False", reason: KubeletHasSufficientMemory }
    - { type: DiskPressure, status: "False", reason: KubeletHasNoDiskPressure }
    - { type: Ready, status: "True", reason: KubeletReady, message: kubelet is posting ready status }
  nodeInfo: { kubeletVersion: v1.36.3, osImage: Debian 12, kernelVersion: 6.1.0, containerRuntimeVersion: containerd://2.4.2, operatingSystem: linux, architecture: amd64 }`,
    row: ['healthy', 'Ready', 'v1.36.3'],
    facts: {
      Roles: 'control-plane, worker',
      Taints: 'node-role.kubernetes.io/control-plane:NoSchedule',
      Allocatable: 'cpu 4, memory 8Gi, pods 110',
      Addresses: '10.0.0.1, n-1',
      Architecture: 'linux/amd64',
    },
  },
  {
    name: 'a node that fell silent',
    object: `
apiVersion: v1
kind: Node
metadata: { name: n-4 }
spec: { taints: [{ key: node.kubernetes.io/unreachable, effect: NoExecute, timeAdded: "2026-11-21T09:59:00Z" }] }
status:
  conditions:
    - { type: MemoryPressure, status: Unknown, reason: NodeStatusUnknown, message: Kubelet stopped posting node status. }
    - { type: Ready, status: Unknown, reason: NodeStatusUnknown, message: Kubelet stopped posting node status., lastTransitionTime: "2026-11-21T09:59:00Z" }
  nodeInfo: { kubeletVersion: v1.36.3 }`,
    row: ['failed', 'NotReady', 'v1.36.3', '! Kubelet stopped posting node status.'],
    facts: { State: 'NotReady' },
  },
  {
    name: 'a cordoned node under memory pressure',
    object: `
apiVersion: v1
kind: Node
metadata: { name: n-2 }
spec: { unschedulable: true }
status:
  conditions:
    - { type: MemoryPressure, status: "True", reason: KubeletHasInsufficientMemory, message: kubelet has insufficient memory available }
    - { type: Ready, status: "True", reason: KubeletReady }
  nodeInfo: { kubeletVersion: v1.36.3 }`,
    row: [
      'warning',
      'Ready',
      'SchedulingDisabled',
      'MemoryPressure',
      'v1.36.3',
      '! kubelet has insufficient memory available',
    ],
    facts: { State: 'Ready,SchedulingDisabled' },
  },
  {
    name: 'a cordoned node',
    object: `{ apiVersion: v1, kind: Node, metadata: { name: n }, spec: { unschedulable: true }, status: { conditions: [{ type: Ready, status: "True" }] } }`,
    row: ['idle', 'Ready', 'SchedulingDisabled'],
  },
  {
    name: 'a node that has not reported yet',
    object: `{ apiVersion: v1, kind: Node, metadata: { name: n }, spec: {}, status: {} }`,
    row: ['failed', 'Unknown', '! The kubelet has not reported yet'],
  },
  {
    name: 'a namespace on its way out',
    object: `
apiVersion: v1
kind: Namespace
metadata: { name: old, deletionTimestamp: "2026-11-21T09:00:00Z" }
status:
  phase: Terminating
  conditions:
    - { type: NamespaceDeletionDiscoveryFailure, status: "False", message: All resources successfully discovered }
    - { type: NamespaceFinalizersRemaining, status: "True", message: "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances" }`,
    row: [
      'progressing',
      'Terminating',
      '! Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
    ],
  },
  {
    name: 'a full quota',
    object: `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team, namespace: shop }
spec: { hard: { pods: "10", limits.memory: 4Gi, count/secrets: "0" } }
status: { hard: { pods: "10", limits.memory: 4Gi, count/secrets: "0" }, used: { pods: "10", limits.memory: 3584Mi, count/secrets: "0" } }`,
    row: ['warning', 'pods 10/10 (100 %)', 'limits.memory 3.5Gi/4Gi (87 %)', '+1', '! Used up: pods'],
    facts: { 'limits.memory': '3.5Gi/4Gi (87 %)', 'count/secrets': '0/0' },
  },
  {
    name: 'limits for containers and claims',
    object: `
apiVersion: v1
kind: LimitRange
metadata: { name: defaults }
spec:
  limits:
    - { type: Container, max: { cpu: "2" }, default: { cpu: 500m, memory: 64Mi }, defaultRequest: { cpu: 250m }, maxLimitRequestRatio: { cpu: "4" } }
    - { type: PersistentVolumeClaim, min: { storage: 1Gi } }`,
    row: ['healthy', 'Container, PersistentVolumeClaim'],
    facts: {
      Container: 'cpu max 2, defaultRequest 250m, default 500m, maxLimitRequestRatio 4; memory default 64Mi',
      PersistentVolumeClaim: 'storage min 1Gi',
    },
  },
  {
    name: 'a cluster role that allows everything',
    object: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: cluster-admin }
rules:
  - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
  - { nonResourceURLs: ["*"], verbs: ["*"] }`,
    row: ['healthy', '2 rules', 'everything'],
    facts: { 'Rule 1': '*: *', 'Rule 2': '*: *' },
  },
  {
    name: 'an aggregated cluster role',
    object: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: view }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { rbac.authorization.k8s.io/aggregate-to-view: "true" } }] }
rules: [{ apiGroups: [apps], resources: [deployments, deployments/scale], resourceNames: [web], verbs: [get, patch] }]`,
    row: ['healthy', '1 rule', 'aggregated', 'deployments.apps, deployments.apps/scale'],
    facts: { 'Rule 1': 'get, patch: deployments.apps, deployments.apps/scale (web)' },
  },
  {
    name: 'a binding for nobody',
    object: `
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: empty }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }`,
    row: ['idle', 'ClusterRole view', 'nobody'],
  },
  {
    name: 'a service account without a token',
    object: `
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot }
automountServiceAccountToken: false
imagePullSecrets: [{ name: registry }]`,
    row: ['healthy', 'token not mounted', 'pulls with registry'],
  },
  {
    name: 'a definition the server has taken',
    object: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: certificates.cert-manager.io }
spec:
  group: cert-manager.io
  scope: Namespaced
  names: { kind: Certificate, plural: certificates, shortNames: [cert, certs] }
  versions: [{ name: v1, served: true, storage: true }, { name: v1alpha2, served: false, storage: false }]
status: { conditions: [{ type: NamesAccepted, status: "True" }, { type: Established, status: "True" }] }`,
    row: ['healthy', 'Certificate', 'Namespaced', 'v1'],
    facts: { 'Not served': 'v1alpha2', 'Short names': 'cert, certs' },
  },
  {
    name: 'a definition whose names are taken',
    object: `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pods.example.com }
spec: { group: example.com, scope: Cluster, names: { kind: Pod2, plural: pods }, versions: [{ name: v1, served: true, storage: true }] }
status: { conditions: [{ type: NamesAccepted, status: "False", reason: PluralConflict, message: '"pods" is already in use' }, { type: Established, status: "False", reason: NotAccepted, message: not all names are accepted }] }`,
    row: ['failed', 'PluralConflict', 'Pod2', 'Cluster', 'v1', '! "pods" is already in use'],
  },
  {
    name: 'a lease that ran out',
    object: `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: kube-scheduler, namespace: kube-system }
spec: { holderIdentity: n-1_42, leaseDurationSeconds: 15, renewTime: "2026-11-21T09:59:30.000000Z", leaseTransitions: 3 }`,
    row: ['warning', 'n-1_42', '! Its holder has not renewed it in time'],
    facts: { Renewed: '2026-11-21T09:59:30Z', 'Good for': '15 s', 'Changes of holder': '3' },
  },
  {
    name: 'an extension API without an answer',
    object: `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec: { group: metrics.k8s.io, version: v1beta1, service: { namespace: kube-system, name: metrics-server } }
status: { conditions: [{ type: Available, status: "False", reason: MissingEndpoints, message: endpoints for service/metrics-server have no addresses }] }`,
    row: [
      'warning',
      'MissingEndpoints',
      'kube-system/metrics-server',
      '! endpoints for service/metrics-server have no addresses',
    ],
  },
  {
    name: 'a priority class',
    object: `{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 1000000, globalDefault: true, preemptionPolicy: Never }`,
    row: ['healthy', '1000000', 'default', 'Never'],
  },
  {
    name: 'webhooks that refuse when they do not answer',
    object: `{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: { name: guard }, webhooks: [{ name: a.example.com, failurePolicy: Fail }, { name: b.example.com, failurePolicy: Ignore }] }`,
    row: ['healthy', '2 webhooks', 'refuses when unreachable'],
  },
  {
    name: 'a denied signing request',
    object: `{ apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: { name: csr-1 }, spec: { username: "system:node:n-1", signerName: kubernetes.io/kubelet-serving }, status: { conditions: [{ type: Denied, status: "True", reason: No, message: not you }] } }`,
    row: ['failed', 'Denied', 'system:node:n-1', 'kubernetes.io/kubelet-serving', '! not you'],
  },
];
