/** Parts of objects, in the syntax of LSP snippets, by the type of the mapping or list item they are written in. */
export interface PartSnippet {
  readonly label: string;
  /** Type of the mapping it is part of. */
  readonly within: string;
  /** The keys it writes: it is not proposed where the first is there already. */
  readonly key: string;
  /** Lines as they stand at column 0. */
  readonly body: string;
}

const resources = `resources:
  requests:
    cpu: \${1:100m}
    memory: \${2:128Mi}
  limits:
    memory: \${3:256Mi}`;

const httpProbe = (name: string): string => `${name}:
  httpGet:
    path: \${1:/healthz}
    port: \${2:http}
  periodSeconds: \${3:10}
  failureThreshold: \${4:3}`;

const execProbe = (name: string): string => `${name}:
  exec:
    command: [\${1:cat}, \${2:/tmp/healthy}]
  periodSeconds: \${3:10}`;

const tcpProbe = (name: string): string => `${name}:
  tcpSocket:
    port: \${1:http}
  periodSeconds: \${2:10}`;

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((key): PartSnippet[] => [
  { label: `${key} (HTTP)`, within: 'core/v1.Container', key, body: httpProbe(key) },
  { label: `${key} (TCP)`, within: 'core/v1.Container', key, body: tcpProbe(key) },
  { label: `${key} (command)`, within: 'core/v1.Container', key, body: execProbe(key) },
]);

const variable = (source: string, reference: string, name: string): PartSnippet => ({
  label: `env (from a ${source})`,
  within: 'core/v1.Container',
  key: 'env',
  body: `env:
  - name: \${1:NAME}
    valueFrom:
      ${reference}:
        name: \${2:${name}}
        key: \${3:key}`,
});

export const parts: readonly PartSnippet[] = [
  {
    label: 'resources (requests and limits)',
    within: 'core/v1.Container',
    key: 'resources',
    body: resources,
  },
  ...probes,
  {
    label: 'securityContext (restricted)',
    within: 'core/v1.Container',
    key: 'securityContext',
    body: `securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop:
      - ALL
  seccompProfile:
    type: RuntimeDefault`,
  },
  {
    label: 'securityContext (restricted)',
    within: 'core/v1.PodSpec',
    key: 'securityContext',
    body: `securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault`,
  },
  {
    label: 'containers (with resources and a port)',
    within: 'core/v1.PodSpec',
    key: 'containers',
    body: `containers:
  - name: \${1:web}
    image: \${2:registry.example.com/web:1.0.0}
    resources:
      requests:
        cpu: \${3:100m}
        memory: \${4:128Mi}
      limits:
        memory: \${4:128Mi}
    ports:
      - name: http
        containerPort: \${5:8080}`,
  },
  {
    label: 'name (a whole container)',
    within: 'core/v1.Container',
    key: 'name',
    body: `name: \${1:web}
image: \${2:registry.example.com/web:1.0.0}
resources:
  requests:
    cpu: \${3:100m}
    memory: \${4:128Mi}
  limits:
    memory: \${4:128Mi}`,
  },
  variable('ConfigMap', 'configMapKeyRef', 'settings'),
  variable('Secret', 'secretKeyRef', 'credentials'),
  {
    label: 'envFrom (a ConfigMap)',
    within: 'core/v1.Container',
    key: 'envFrom',
    body: `envFrom:
  - configMapRef:
      name: \${1:settings}`,
  },
  ...['configMap', 'secret', 'persistentVolumeClaim', 'emptyDir'].map((source): PartSnippet => ({
    label: `volumes (${source})`,
    within: 'core/v1.PodSpec',
    key: 'volumes',
    body: `volumes:\n  - name: \${1:data}\n    ${volumeSource(source)}`,
  })),
  {
    label: 'topologySpreadConstraints (over zones)',
    within: 'core/v1.PodSpec',
    key: 'topologySpreadConstraints',
    body: `topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        app: \${1:web}`,
  },
];

function volumeSource(source: string): string {
  switch (source) {
    case 'configMap':
      return 'configMap:\n      name: ${2:settings}';
    case 'secret':
      return 'secret:\n      secretName: ${2:credentials}';
    case 'persistentVolumeClaim':
      return 'persistentVolumeClaim:\n      claimName: ${2:data}';
    default:
      return 'emptyDir:\n      sizeLimit: ${2:1Gi}';
  }
}
