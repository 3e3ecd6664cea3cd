import type { Case } from './support.ts';

/** What belongs to an application: workloads and all around them. */
export const applicationCases: readonly Case[] = [
  {
    name: 'a deployment whose pods may not be made',
    object: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, generation: 2 }
spec: { replicas: 3 }
status:
  observedGeneration: 2
  replicas: 1
  updatedReplicas: 1
  readyReplicas: 1
  availableReplicas: 1
  conditions: [{ type: ReplicaFailure, status: "True", reason: FailedCreate, message: 'pods "web-x" is forbidden: exceeded quota: team' }]`,
    row: ['warning', '1/3 ready', '! pods "web-x" is forbidden: exceeded quota: team'],
  },
  {
    name: 'a pod in a crash loop after running out of memory',
    object: `
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop }
spec: { nodeName: n-1, containers: [{ name: app, image: app:1 }] }
status:
  phase: Running
  containerStatuses:
    - name: app
      ready: false
      restartCount: 5
      state: { waiting: { reason: CrashLoopBackOff, message: back-off 2m40s restarting failed container } }
      lastState: { terminated: { exitCode: 137, reason: OOMKilled } }`,
    row: ['failed', 'CrashLoopBackOff ×5', '0/1', 'n-1', '! OOMKilled, exit 137'],
  },
  {
    name: 'a pod no node takes',
    object: `
apiVersion: v1
kind: Pod
metadata: { name: web-2 }
spec: { containers: [{ name: app, image: app:1 }] }
status: { phase: Pending, conditions: [{ type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes are available: 3 Insufficient cpu." }] }`,
    row: ['warning', 'Pending', '0/1', '! 0/3 nodes are available: 3 Insufficient cpu.'],
    facts: { Node: 'none yet' },
  },
  {
    name: 'a cron job whose last run failed',
    object: `
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec: { schedule: "0 3 * * *", timeZone: Europe/Berlin, concurrencyPolicy: Forbid }
status: { lastScheduleTime: "2026-11-21T02:00:00Z", lastSuccessfulTime: "2026-11-20T02:01:00Z" }`,
    row: ['warning', '0 3 * * *', '! Its last run did not succeed'],
    facts: { Schedule: '0 3 * * * (Europe/Berlin)', 'Last run': '2026-11-21T02:00:00Z' },
  },
  {
    name: 'a cron job at work',
    object: `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: often }, spec: { schedule: "* * * * *" }, status: { active: [{ name: often-1 }], lastScheduleTime: "2026-11-21T10:00:00Z" } }`,
    row: ['progressing', '* * * * *', '1 active'],
  },
  {
    name: 'a suspended cron job',
    object: `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: never }, spec: { schedule: "@daily", suspend: true }, status: {} }`,
    row: ['idle', '@daily', 'suspended'],
    facts: { 'Last run': 'never' },
  },
  {
    name: 'an autoscaler at its most',
    object: `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }
    - { type: Pods, pods: { metric: { name: requests }, target: { type: AverageValue, averageValue: 1k } } }
    - { type: External, external: { metric: { name: queue }, target: { type: Value, value: "30" } } }
status:
  currentReplicas: 10
  desiredReplicas: 10
  currentMetrics:
    - { type: Resource, resource: { name: cpu, current: { averageUtilization: 164, averageValue: 164m } } }
    - { type: Pods, pods: { metric: { name: requests }, current: { averageValue: 800500m } } }
  conditions:
    - { type: AbleToScale, status: "True", reason: ReadyForNewScale }
    - { type: ScalingActive, status: "True", reason: ValidMetricFound }
    - { type: ScalingLimited, status: "True", reason: TooManyReplicas, message: the desired replica count is more than the maximum replica count }`,
    row: [
      'warning',
      '10',
      '2–10',
      'cpu 164 of 80 %',
      'requests 800.5 of 1000',
      '! the desired replica count is more than the maximum replica count',
    ],
    facts: { Target: 'Deployment web', Metric: 'queue ? of 30', ScalingLimited: 'True, TooManyReplicas' },
  },
  {
    name: 'an autoscaler on its way, of the older version',
    object: `{ apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: { name: web }, spec: { maxReplicas: 4, targetCPUUtilizationPercentage: 50 }, status: { currentReplicas: 1, desiredReplicas: 3, currentCPUUtilizationPercentage: 140 } }`,
    row: ['progressing', '1 → 3', '1–4', 'cpu 140 of 50 %'],
  },
  {
    name: 'an autoscaler switched off by zero replicas',
    object: `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: web }, spec: { maxReplicas: 4, metrics: [{ type: ContainerResource, containerResource: { name: cpu, container: app, target: { type: AverageValue, averageValue: 500m } } }] }, status: { currentReplicas: 0, desiredReplicas: 0, conditions: [{ type: ScalingActive, status: "False", reason: ScalingDisabled, message: scaling is disabled since the replica count of the target is zero }] } }`,
    row: [
      'idle',
      '0',
      '1–4',
      'cpu (app) ? of 500m',
      '! scaling is disabled since the replica count of the target is zero',
    ],
  },
  {
    name: 'a budget with room',
    object: `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web }, spec: { maxUnavailable: 25% }, status: { disruptionsAllowed: 2, currentHealthy: 8, desiredHealthy: 6, expectedPods: 8 } }`,
    row: ['healthy', '2 disruptions allowed', 'max 25%', '8/8 healthy'],
  },
  {
    name: 'a budget without any room by its own rule',
    object: `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web }, spec: { minAvailable: 2 }, status: { disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, expectedPods: 2 } }`,
    row: [
      'warning',
      '0 disruptions allowed',
      'min 2',
      '2/2 healthy',
      '! All of its pods (2) have to stay: no node with one of them can be drained',
    ],
  },
  {
    name: 'a budget whose pods are ill',
    object: `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web }, spec: { minAvailable: 2 }, status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2, expectedPods: 3 } }`,
    row: [
      'warning',
      '0 disruptions allowed',
      'min 2',
      '1/3 healthy',
      '! Healthy: 1, needed: 2; none of its pods may be evicted',
    ],
  },
  {
    name: 'a budget for nothing',
    object: `{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: web }, spec: { minAvailable: 1 }, status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 1, expectedPods: 0 } }`,
    row: ['idle', '0 disruptions allowed', 'min 1', '0/0 healthy', '! It selects no pods'],
  },
  {
    name: 'a load balancer with its address',
    object: `
apiVersion: v1
kind: Service
metadata: { name: public }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.7
  clusterIPs: [10.96.0.7, "fd00::7"]
  externalTrafficPolicy: Local
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: http, nodePort: 30080, protocol: TCP }, { name: https, port: 443, targetPort: 443 }, { name: dns, port: 53, protocol: UDP }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.5 }, { hostname: lb.example.com }] } }`,
    row: ['healthy', 'LoadBalancer', '10.96.0.7', '203.0.113.5 +1', '80→http/TCP, 443/TCP +1'],
    facts: {
      'Cluster address': '10.96.0.7, fd00::7',
      'External address': '203.0.113.5, lb.example.com',
      Ports: 'http 80→http/TCP:30080, https 443/TCP, dns 53/UDP',
      Selector: 'app=web',
    },
  },
  {
    name: 'endpoints, one of three ready',
    object: `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-x, namespace: shop, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ name: http, port: 8080, protocol: TCP }]
endpoints:
  - { addresses: [10.1.0.1], conditions: { ready: true }, nodeName: n-1, zone: a, targetRef: { kind: Pod, namespace: shop, name: web-1, uid: u1 } }
  - { addresses: [10.1.0.2], conditions: { ready: false, serving: true, terminating: true }, targetRef: { kind: Pod, name: web-2, uid: u2 } }
  - { addresses: [10.1.0.3], conditions: { ready: false } }`,
    row: ['progressing', '1 of 3 ready', 'http 8080/TCP', '! Endpoints not ready: 2'],
    facts: { Service: 'web', 'Address type': 'IPv4' },
  },
  {
    name: 'no endpoints',
    object: `{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: web-x }, addressType: IPv4, endpoints: null, ports: null }`,
    row: ['idle', 'no endpoints'],
  },
  {
    name: 'endpoints of the older kind',
    object: `{ apiVersion: v1, kind: Endpoints, metadata: { name: kubernetes }, subsets: [{ addresses: [{ ip: 10.0.0.1 }], notReadyAddresses: [], ports: [{ name: https, port: 6443, protocol: TCP }] }] }`,
    row: ['healthy', '1 of 1 ready', 'https 6443/TCP'],
  },
  {
    name: 'an ingress that nobody answers for',
    object: `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, creationTimestamp: "2026-11-20T10:00:00Z" }
spec:
  ingressClassName: nginx
  rules:
    - { host: shop.example.com, http: { paths: [{ path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }, { pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }] } }
  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]
status: { loadBalancer: {} }`,
    row: [
      'unknown',
      'nginx',
      'shop.example.com',
      'no address yet',
      '! No ingress controller published an address; is one of its class running?',
    ],
    facts: {
      Routes: 'shop.example.com/api → api:80, shop.example.com/ → web:http',
      TLS: 'shop.example.com (shop-tls)',
    },
  },
  {
    name: 'a policy with rules both ways',
    object: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress, Egress]
  ingress:
    - { from: [{ podSelector: { matchLabels: { app: web } } }, { namespaceSelector: { matchLabels: { team: ops } }, podSelector: {} }], ports: [{ port: 5432 }, { port: 8000, endPort: 8010, protocol: UDP }] }
    - { from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }
  egress: [{}]`,
    row: ['healthy', 'app=db', 'in: 2 rules', 'out: to anywhere'],
    facts: {
      'Into them': 'app=web, [team=ops] * : 5432/TCP, 8000–8010/UDP; 10.0.0.0/8 − 10.1.0.0/16',
      'Out of them': '*',
    },
  },
  {
    name: 'a policy without types is about what comes in',
    object: `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: closed }, spec: { podSelector: {} } }`,
    row: ['healthy', 'all pods', 'in: denied'],
    facts: { 'Out of them': 'not restricted' },
  },
  {
    name: 'a config map near the limit',
    object: `{ apiVersion: v1, kind: ConfigMap, metadata: { name: big }, immutable: true, data: { a: ${'x'.repeat(1_000_000)} } }`,
    row: [
      'warning',
      '1 key',
      '976.56 KiB',
      'immutable',
      '! Its 976.56 KiB are close to the 1 MiB the server allows',
    ],
  },
  {
    name: 'a secret for TLS',
    object: `{ apiVersion: v1, kind: Secret, metadata: { name: tls }, type: kubernetes.io/tls, data: { tls.crt: LS0t, tls.key: LS0t } }`,
    row: ['healthy', 'tls', '2 keys', '6 B'],
    facts: { Keys: 'tls.crt, tls.key', Type: 'kubernetes.io/tls' },
  },
  {
    name: 'an empty opaque secret',
    object: `{ apiVersion: v1, kind: Secret, metadata: { name: empty }, type: Opaque }`,
    row: ['healthy', 'no keys', '0 B'],
  },
  {
    name: 'a Helm release that failed',
    object: `{ apiVersion: v1, kind: Secret, metadata: { name: sh.helm.release.v1.shop.v12, namespace: shop, labels: { owner: helm, name: shop, status: failed, version: "12", modifiedAt: "1789000000" } }, type: helm.sh/release.v1, data: { release: SDRz } }`,
    row: ['failed', 'failed', 'v12', '! The last Helm operation failed'],
  },
  {
    name: 'a claim that grows',
    object: `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: { storageClassName: fast, accessModes: [ReadWriteOnce, ReadOnlyMany], volumeName: pv-1, resources: { requests: { storage: 20Gi } } }, status: { phase: Bound, capacity: { storage: 10Gi }, conditions: [{ type: FileSystemResizePending, status: "True", message: Waiting for user to (re-)start a pod to finish file system resize of volume on node. }] } }`,
    row: [
      'progressing',
      'Bound',
      '10Gi → 20Gi',
      'fast',
      'RWO,ROX',
      '! Waiting for user to (re-)start a pod to finish file system resize of volume on node.',
    ],
  },
  {
    name: 'a claim that lost its volume',
    object: `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data }, spec: { volumeName: pv-1 }, status: { phase: Lost } }`,
    row: ['failed', 'Lost', '! Its volume pv-1 is gone, and its data with it'],
  },
  {
    name: 'a volume that is kept',
    object: `{ apiVersion: v1, kind: PersistentVolume, metadata: { name: pv-1 }, spec: { capacity: { storage: 10Gi }, persistentVolumeReclaimPolicy: Retain, claimRef: { namespace: shop, name: data }, csi: { driver: ebs.csi.aws.com } }, status: { phase: Released } }`,
    row: [
      'warning',
      'Released',
      '10Gi',
      'shop/data',
      '! Its claim is gone; its data is kept until somebody deletes the volume',
    ],
    facts: { Source: 'csi ebs.csi.aws.com' },
  },
  {
    name: 'the default storage class',
    object: `{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast, annotations: { storageclass.kubernetes.io/is-default-class: "true" } }, provisioner: ebs.csi.aws.com, reclaimPolicy: Delete, volumeBindingMode: WaitForFirstConsumer, allowVolumeExpansion: true }`,
    row: ['healthy', 'default', 'ebs.csi.aws.com', 'Delete', 'WaitForFirstConsumer'],
  },
  {
    name: 'an attachment that failed',
    object: `{ apiVersion: storage.k8s.io/v1, kind: VolumeAttachment, metadata: { name: csi-1 }, spec: { attacher: ebs, nodeName: n-1, source: { persistentVolumeName: pv-1 } }, status: { attached: false, attachError: { message: disk is in use } } }`,
    row: ['failed', 'not attached', 'pv-1', 'n-1', '! disk is in use'],
  },
  {
    name: 'a warning that repeats',
    object: `
apiVersion: v1
kind: Event
metadata: { name: web.1, namespace: shop, creationTimestamp: "2026-11-21T09:00:00Z" }
involvedObject: { kind: Pod, namespace: shop, name: web-1, uid: u1, fieldPath: "spec.containers{app}" }
type: Warning
reason: BackOff
message: Back-off restarting failed container
count: 7
firstTimestamp: "2026-11-21T09:00:00Z"
lastTimestamp: "2026-11-21T09:56:00Z"
source: { component: kubelet, host: n-1 }`,
    row: [
      'warning',
      'BackOff ×7',
      'Pod web-1',
      'Back-off restarting failed container',
      '! Back-off restarting failed container',
    ],
    facts: { 'Last seen': '2026-11-21T09:56:00Z', Source: 'kubelet', Part: 'spec.containers{app}' },
  },
  {
    name: 'an event of the newer API',
    object: `
apiVersion: events.k8s.io/v1
kind: Event
metadata: { name: web.2 }
eventTime: "2026-11-21T09:00:00.000000Z"
regarding: { kind: Deployment, name: web }
note: Scaled up
reason: ScalingReplicaSet
type: Normal
series: { count: 3, lastObservedTime: "2026-11-21T09:30:00.000000Z" }
reportingController: deployment-controller`,
    row: ['healthy', 'ScalingReplicaSet ×3', 'Deployment web', 'Scaled up'],
    facts: { 'Last seen': '2026-11-21T09:30:00Z', Source: 'deployment-controller' },
  },
];
