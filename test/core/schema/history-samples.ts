/** Manifests of API versions that were removed, as people wrote them; each can be moved by its quick fix. */
export interface OldManifest {
  readonly name: string;
  readonly text: string;
  /** What the fix makes of it, where more than the apiVersion changes. */
  readonly moved?: string;
}

const pod = `      containers:
        - name: web
          image: web:1
          resources: { requests: { cpu: 100m, memory: 64Mi } }
`;

function workload(apiVersion: string, kind: string, spec: string): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: web
spec:
${spec}  template:
    metadata:
      labels:
        app: web # which one
        "tier": front
    spec:
${pod}`;
}

const selector = `  selector:
    matchLabels:
      app: web
      "tier": front
`;

function simple(apiVersion: string, kind: string, rest: string): OldManifest {
  return {
    name: `${kind} of ${apiVersion}`,
    text: `# kept\napiVersion: ${apiVersion} # kept too\nkind: ${kind}\nmetadata:\n  name: web\n${rest}`,
  };
}

function withoutSelector(apiVersion: string, kind: string, spec = ''): OldManifest {
  const replicas = kind === 'DaemonSet' ? '' : '  replicas: 2 # enough\n';
  return {
    name: `${kind} of ${apiVersion}, without a selector`,
    text: workload(apiVersion, kind, replicas + spec),
    // Behind the replicas, or else before all that is there.
    moved: workload('apps/v1', kind, replicas + selector + spec),
  };
}

const job = `spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
${pod.replaceAll(/^/gm, '    ').trimEnd()}
`;

const rules = `rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
`;

const binding = (
  kind: string,
): string => `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: web }
subjects:
  - { kind: ServiceAccount, name: web, namespace: default }
`;

const flowSchema = `spec:
  matchingPrecedence: 500
  priorityLevelConfiguration: { name: global-default }
`;

const autoscaled = `spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 4
`;

/** A real one, of nobody. */
const request =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISU1IQUNBUUF3RGpFTU1Bb0dBMVVFQXd3RGQyVmlNRmt3RXdZ' +
  'SEtvWkl6ajBDQVFZSUtvWkl6ajBEQVFjRApRZ0FFcUptNnZCZFBDTjJHK2dLUThiclVybXdacGJoOXdEcE56VXVQQUlUWXc0OWRt' +
  'UkU3NTVkZm5jbmI2TkhuCmt2cVA3akNlRUNibWN5TWs4QlhyQnlZaEw2QUFNQW9HQ0NxR1NNNDlCQU1DQTBnQU1FVUNJUUNoVWhP' +
  'aGxaMzIKYkpRaXM4cDN0UU9UNFBYVXNiZ1laa0ZYM2RDS3U5YkM4QUlnSDlWck1TYXlzbkU2dWxNVnEzKzlkKzJpU05jcgpvSTM1' +
  'SXBFbEdNanRsQjg9Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';

export const oldManifests: readonly OldManifest[] = [
  {
    name: 'Ingress of extensions/v1beta1',
    text: `apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: web
spec:
  backend:
    serviceName: fallback # for the rest
    servicePort: http
  rules:
    - host: shop.example
      http:
        paths:
          # the shop
          - path: /shop # slow
            backend:
              # who
              serviceName: shop
              # where
              servicePort: 80 # plain
          - backend: { serviceName: rest, servicePort: 8080 }
            path: /
          - path: /exact
            pathType: Exact
            backend:
              servicePort: 80
              serviceName: exact
          - backend:
              serviceName: any
              servicePort: 1
`,
    moved: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: fallback # for the rest
      port:
        name: http
  rules:
    - host: shop.example
      http:
        paths:
          # the shop
          - path: /shop # slow
            pathType: ImplementationSpecific
            backend:
              # who
              service:
                name: shop
                port:
                  # where
                  number: 80 # plain
          - backend: { service: {name: rest, port: {number: 8080}} }
            path: /
            pathType: ImplementationSpecific
          - path: /exact
            pathType: Exact
            backend:
              service:
                port:
                  number: 80
                name: exact
          - pathType: ImplementationSpecific
            backend:
              service:
                name: any
                port:
                  number: 1
`,
  },
  {
    name: 'Ingress of networking.k8s.io/v1beta1 in JSON',
    text: `{"apiVersion": "networking.k8s.io/v1beta1", "kind": "Ingress", "metadata": {"name": "web"},
 "spec": {"backend": {"serviceName": "web", "servicePort": 80}}}
`,
    moved: `{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "web"},
 "spec": {"defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}}}
`,
  },
  simple('networking.k8s.io/v1beta1', 'IngressClass', 'spec: { controller: example.com/ingress }\n'),
  withoutSelector('extensions/v1beta1', 'Deployment'),
  withoutSelector('extensions/v1beta1', 'DaemonSet', '  updateStrategy: { type: RollingUpdate }\n'),
  withoutSelector('extensions/v1beta1', 'ReplicaSet'),
  withoutSelector('apps/v1beta1', 'Deployment', '  strategy: { type: Recreate }\n'),
  withoutSelector(
    'apps/v1beta1',
    'StatefulSet',
    '  serviceName: web\n  updateStrategy: { type: OnDelete }\n',
  ),
  {
    name: 'Deployment of apps/v1beta2, with a selector',
    text: workload('apps/v1beta2', 'Deployment', selector),
    moved: workload('apps/v1', 'Deployment', selector),
  },
  simple('extensions/v1beta1', 'NetworkPolicy', 'spec: { podSelector: {}, policyTypes: [Ingress] }\n'),
  simple('batch/v1beta1', 'CronJob', job),
  simple(
    'policy/v1beta1',
    'PodDisruptionBudget',
    'spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }\n',
  ),
  {
    name: 'HorizontalPodAutoscaler of autoscaling/v2beta1',
    text: `apiVersion: autoscaling/v2beta1
kind: HorizontalPodAutoscaler
metadata: { name: web }
${autoscaled}  metrics:
  - type: Resource
    resource:
      name: cpu
      targetAverageUtilization: 60 # leaves some
  - type: Resource
    resource: { name: memory, targetAverageValue: 100Mi }
  - type: Pods
    pods:
      metricName: requests
      targetAverageValue: 1k
      # which of them
      selector:
        matchLabels:
          verb: get
  - type: External
    external: { metricName: queue, metricSelector: { matchLabels: { q: a } }, targetValue: 30 }
  - type: Object
    object:
      target:
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        name: web
      metricName: hits
      targetValue: 100
`,
    moved: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
${autoscaled}  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 60 # leaves some
  - type: Resource
    resource: { name: memory, target: {type: AverageValue, averageValue: 100Mi} }
  - type: Pods
    pods:
      metric:
        name: requests
        # which of them
        selector:
          matchLabels:
            verb: get
      target:
        type: AverageValue
        averageValue: 1k
  - type: External
    external: { metric: {name: queue, selector: { matchLabels: { q: a } }}, target: {type: Value, value: 30} }
  - type: Object
    object:
      describedObject:
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        name: web
      metric:
        name: hits
      target:
        type: Value
        value: 100
`,
  },
  simple(
    'autoscaling/v2beta2',
    'HorizontalPodAutoscaler',
    `${autoscaled}  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } }
  behavior: { scaleDown: { stabilizationWindowSeconds: 60 } }
`,
  ),
  simple('rbac.authorization.k8s.io/v1beta1', 'Role', rules),
  simple('rbac.authorization.k8s.io/v1beta1', 'ClusterRole', rules),
  simple('rbac.authorization.k8s.io/v1beta1', 'RoleBinding', binding('Role')),
  simple('rbac.authorization.k8s.io/v1beta1', 'ClusterRoleBinding', binding('ClusterRole')),
  simple('storage.k8s.io/v1beta1', 'StorageClass', 'provisioner: example.com/disk\n'),
  simple('storage.k8s.io/v1beta1', 'CSIDriver', 'spec: { attachRequired: false }\n'),
  simple('scheduling.k8s.io/v1beta1', 'PriorityClass', 'value: 10\n'),
  simple('node.k8s.io/v1beta1', 'RuntimeClass', 'handler: sandbox\n'),
  simple('coordination.k8s.io/v1beta1', 'Lease', 'spec: { holderIdentity: me }\n'),
  simple(
    'discovery.k8s.io/v1beta1',
    'EndpointSlice',
    'addressType: IPv4\nendpoints: [{ addresses: [10.0.0.1] }]\nports: [{ port: 80 }]\n',
  ),
  simple('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', flowSchema),
  {
    name: 'PriorityLevelConfiguration of flowcontrol.apiserver.k8s.io/v1beta2',
    text: `apiVersion: flowcontrol.apiserver.k8s.io/v1beta2
kind: PriorityLevelConfiguration
metadata: { name: web }
spec:
  type: Limited
  limited:
    assuredConcurrencyShares: 5 # of some 200
    limitResponse: { type: Reject }
`,
    moved: `apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: { name: web }
spec:
  type: Limited
  limited:
    nominalConcurrencyShares: 5 # of some 200
    limitResponse: { type: Reject }
`,
  },
  {
    name: 'ValidatingWebhookConfiguration of admissionregistration.k8s.io/v1beta1',
    text: `apiVersion: admissionregistration.k8s.io/v1beta1
kind: ValidatingWebhookConfiguration
metadata: { name: web }
webhooks:
  - name: check.example.com
    sideEffects: None
    failurePolicy: Fail
    clientConfig: { url: "https://check.example.com/" }
`,
    moved: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: web }
webhooks:
  - name: check.example.com
    sideEffects: None
    failurePolicy: Fail
    clientConfig: { url: "https://check.example.com/" }
    matchPolicy: Exact
    timeoutSeconds: 30
    admissionReviewVersions: [v1beta1]
`,
  },
  {
    name: 'APIService of apiregistration.k8s.io/v1beta1',
    text: `apiVersion: apiregistration.k8s.io/v1beta1
kind: APIService
metadata: { name: v1.example.com }
spec:
  group: example.com
  version: v1
  groupPriorityMinimum: 100
  versionPriority: 10
  service: { name: web, namespace: default }
  insecureSkipTLSVerify: true
`,
  },
  {
    name: 'CertificateSigningRequest of certificates.k8s.io/v1beta1',
    text: `apiVersion: certificates.k8s.io/v1beta1
kind: CertificateSigningRequest
metadata: { name: web }
spec:
  signerName: example.com/web
  usages: [client auth]
  request: ${request}
`,
  },
];
