/** Manifests of the kinds people have, small, for one namespace; those without one carry its name. */

type Manifest = Readonly<Record<string, unknown>>;

/** The definition of a custom kind first: the rest needs it. */
export function objectsOfEveryKind(namespace: string, image: string): readonly Manifest[] {
  const inside = (
    apiVersion: string,
    kind: string,
    name: string,
    body: Manifest,
    labels: Readonly<Record<string, string>> = {},
  ): Manifest => ({ apiVersion, kind, metadata: { name, namespace, labels }, ...body });
  const outside = (apiVersion: string, kind: string, name: string, body: Manifest): Manifest => ({
    apiVersion,
    kind,
    metadata: { name, labels: { 'made-for': namespace } },
    ...body,
  });
  return [
    outside(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      `cranes.${namespace}.example.com`,
      crane(namespace),
    ),
    ...workloads(inside, image),
    ...networking(inside, outside, namespace),
    ...configuration(inside),
    ...policy(inside),
    ...storage(inside, outside, namespace),
    ...access(inside, outside, namespace),
    inside(`${namespace}.example.com/v1`, 'Crane', 'big', {
      spec: { size: '40t', parts: [{ material: 'steel' }, { material: 'rope' }] },
    }),
    inside(`${namespace}.example.com/v1`, 'Crane', 'small', { spec: { size: '2t' } }),
    outside('scheduling.k8s.io/v1', 'PriorityClass', `high-${namespace}`, { value: 1000 }),
    outside('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', `guard-${namespace}`, {
      webhooks: [
        {
          name: 'guard.example.com',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { url: 'https://127.0.0.1:1/guard' },
          namespaceSelector: { matchLabels: { guarded: 'nowhere' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
      ],
    }),
  ];
}

type Inside = (
  apiVersion: string,
  kind: string,
  name: string,
  body: Manifest,
  labels?: Readonly<Record<string, string>>,
) => Manifest;
type Outside = (apiVersion: string, kind: string, name: string, body: Manifest) => Manifest;

function template(app: string, spec: Manifest): Manifest {
  return { metadata: { labels: { app } }, spec: { terminationGracePeriodSeconds: 0, ...spec } };
}

function workloads(inside: Inside, image: string): readonly Manifest[] {
  const resources = { requests: { cpu: '10m', memory: '8Mi' }, limits: { memory: '32Mi' } };
  const app = { name: 'app', image, resources, ports: [{ name: 'http', containerPort: 8080 }] };
  const once = { ...app, command: ['/bin/true'] };
  const job = { template: template('once', { restartPolicy: 'Never', containers: [once] }) };
  const selector = (name: string): Manifest => ({ matchLabels: { app: name } });
  return [
    inside('apps/v1', 'Deployment', 'web', {
      spec: { replicas: 2, selector: selector('web'), template: template('web', { containers: [app] }) },
    }),
    inside('apps/v1', 'StatefulSet', 'db', {
      spec: {
        serviceName: 'headless',
        selector: selector('db'),
        template: template('db', {
          initContainers: [
            { ...once, name: 'prepare' },
            { ...app, name: 'watcher', restartPolicy: 'Always', ports: [], command: ['/bin/sleep', '3600'] },
          ],
          containers: [app],
        }),
      },
    }),
    inside('apps/v1', 'DaemonSet', 'agent', {
      spec: { selector: selector('agent'), template: template('agent', { containers: [app] }) },
    }),
    inside('batch/v1', 'Job', 'once', { spec: job }),
    inside('batch/v1', 'CronJob', 'nightly', { spec: { schedule: '0 3 * * *', jobTemplate: { spec: job } } }),
  ];
}

function networking(inside: Inside, outside: Outside, namespace: string): readonly Manifest[] {
  const backend = { service: { name: 'public', port: { number: 80 } } };
  const paths = [{ path: '/', pathType: 'Prefix', backend }];
  return [
    inside('v1', 'Service', 'public', {
      spec: {
        type: 'LoadBalancer',
        selector: { app: 'web' },
        ports: [{ port: 80, targetPort: 8080, name: 'http' }],
      },
    }),
    inside('v1', 'Service', 'headless', {
      spec: { clusterIP: 'None', selector: { app: 'db' }, ports: [{ port: 5432 }] },
    }),
    inside('v1', 'Service', 'elsewhere', { spec: { type: 'ExternalName', externalName: 'db.example.com' } }),
    outside('networking.k8s.io/v1', 'IngressClass', `nginx-${namespace}`, {
      spec: { controller: 'example.com/nginx' },
    }),
    inside('networking.k8s.io/v1', 'Ingress', 'shop', {
      spec: {
        ingressClassName: `nginx-${namespace}`,
        rules: [{ host: 'shop.example.com', http: { paths } }, { http: { paths } }],
        tls: [{ hosts: ['shop.example.com'], secretName: 'login' }],
      },
    }),
    inside('networking.k8s.io/v1', 'NetworkPolicy', 'closed', {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          {
            to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
            ports: [{ port: 53, protocol: 'UDP' }],
          },
        ],
      },
    }),
  ];
}

function configuration(inside: Inside): readonly Manifest[] {
  return [
    inside('v1', 'ConfigMap', 'settings', {
      data: { 'a.txt': 'hello', 'b.txt': '你好abc' },
      binaryData: { 'c.bin': 'AAECAw==' },
    }),
    inside('v1', 'Secret', 'login', {
      type: 'kubernetes.io/basic-auth',
      stringData: { username: 'admin', password: 'hunter2' },
    }),
    inside(
      'v1',
      'Secret',
      'sh.helm.release.v1.shop.v3',
      { type: 'helm.sh/release.v1', data: { release: 'SDRzSUFBQUFBQUFBLw==' } },
      { owner: 'helm', name: 'shop', status: 'deployed', version: '3', modifiedAt: '1789000000' },
    ),
  ];
}

function policy(inside: Inside): readonly Manifest[] {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  const metric = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
  };
  return [
    inside('v1', 'ResourceQuota', 'team', {
      spec: { hard: { pods: '20', 'requests.cpu': '4', configmaps: '50' } },
    }),
    inside('v1', 'LimitRange', 'defaults', {
      spec: {
        limits: [
          {
            type: 'Container',
            max: { memory: '1Gi' },
            defaultRequest: { cpu: '10m' },
            default: { memory: '64Mi' },
          },
        ],
      },
    }),
    inside('policy/v1', 'PodDisruptionBudget', 'web', {
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    }),
    inside('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
      spec: { scaleTargetRef: target, minReplicas: 2, maxReplicas: 4, metrics: [metric] },
    }),
  ];
}

function storage(inside: Inside, outside: Outside, namespace: string): readonly Manifest[] {
  return [
    outside('storage.k8s.io/v1', 'StorageClass', `slow-${namespace}`, {
      provisioner: 'example.com/slow',
      volumeBindingMode: 'WaitForFirstConsumer',
    }),
    outside('v1', 'PersistentVolume', `disk-${namespace}`, {
      spec: {
        capacity: { storage: '2Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'manual',
        hostPath: { path: '/tmp/disk' },
      },
    }),
    inside('v1', 'PersistentVolumeClaim', 'data', {
      spec: {
        storageClassName: `slow-${namespace}`,
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
      },
    }),
  ];
}

function access(inside: Inside, outside: Outside, namespace: string): readonly Manifest[] {
  const group = 'rbac.authorization.k8s.io';
  const robot = { kind: 'ServiceAccount', name: 'robot', namespace };
  const roleRef = (kind: string, name: string): Manifest => ({ apiGroup: group, kind, name });
  return [
    inside('v1', 'ServiceAccount', 'robot', { automountServiceAccountToken: false }),
    inside(`${group}/v1`, 'Role', 'reader', {
      rules: [
        { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'], resourceNames: ['web'] },
      ],
    }),
    inside(`${group}/v1`, 'RoleBinding', 'reader', {
      roleRef: roleRef('Role', 'reader'),
      subjects: [robot, { kind: 'User', name: 'alice', apiGroup: group }],
    }),
    outside(`${group}/v1`, 'ClusterRole', `look-${namespace}`, {
      rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }],
    }),
    outside(`${group}/v1`, 'ClusterRoleBinding', `look-${namespace}`, {
      roleRef: roleRef('ClusterRole', `look-${namespace}`),
      subjects: [robot],
    }),
  ];
}

/** A custom kind with the printer columns that definitions of the field have. */
function crane(namespace: string): Manifest {
  const column = (name: string, type: string, jsonPath: string): Manifest => ({ name, type, jsonPath });
  return {
    spec: {
      group: `${namespace}.example.com`,
      scope: 'Namespaced',
      names: { kind: 'Crane', plural: 'cranes', singular: 'crane' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          additionalPrinterColumns: [
            column('Ready', 'string', '.status.conditions[?(@.type=="Ready")].status'),
            column('Size', 'string', '.spec.size'),
            column('Load', 'integer', '.status.load'),
            column('Material', 'string', '.spec.parts[*].material'),
            column('Last', 'string', '.spec.parts[-1].material'),
            column('Parts', 'string', '.spec.parts'),
            column('Absent', 'string', '.spec.nothing.here'),
            column('Age', 'date', '.metadata.creationTimestamp'),
          ],
        },
      ],
    },
  };
}
