/** The kinds the tree knows by itself; those that only some servers have are in custom.ts. */
import { helmRelease, message, type Message, summarizeRelease } from '../../../core/index.ts';
import { projectAs, type RowSummary } from '../rows/rows.ts';
import { summarizeEvent } from '../rows/events.ts';
import type { KindDescription } from './description.ts';

type Entry = Pick<KindDescription, 'apiVersion' | 'kind' | 'plural' | 'group'> &
  Partial<Omit<KindDescription, 'project'>> & {
    readonly summary?: Parameters<typeof projectAs>[0]['summary'];
  };

/** A description of an entry that says only what is particular to it. */
export function describe(entry: Entry): KindDescription {
  const { summary, ...rest } = entry;
  const key = entry.key ?? entry.kind;
  return {
    key,
    empty: null,
    scalable: false,
    replicas: false,
    below: [],
    judged: true,
    order: 'name',
    ...rest,
    project: projectAs({
      key,
      apiVersion: entry.apiVersion,
      kind: entry.kind,
      ...(summary === undefined ? {} : { summary }),
    }),
  };
}

function summarizeHelm(secret: unknown): RowSummary {
  const release = helmRelease(secret);
  return release === null ? silent : summarizeRelease(release);
}

/** Of what has no row. */
const silent: RowSummary = { health: 'unknown', words: [], facts: [], reason: null };

const of =
  (apiVersion: string) =>
  (kind: string, plural: string, group: Message, rest: Partial<Entry> = {}): KindDescription =>
    describe({ apiVersion, kind, plural, group, ...rest });

const core = of('v1');
const apps = of('apps/v1');
const batch = of('batch/v1');
const network = of('networking.k8s.io/v1');
const rbac = of('rbac.authorization.k8s.io/v1');
const storage = of('storage.k8s.io/v1');

const all: readonly KindDescription[] = [
  apps('Deployment', 'deployments', message('Deployments'), {
    empty: 'No deployments in {0}',
    scalable: true,
    replicas: true,
  }),
  apps('StatefulSet', 'statefulsets', message('StatefulSets'), { scalable: true, replicas: true }),
  apps('DaemonSet', 'daemonsets', message('DaemonSets'), { replicas: true }),
  batch('CronJob', 'cronjobs', message('CronJobs')),
  batch('Job', 'jobs', message('Jobs'), { below: ['CronJob'] }),
  apps('ReplicaSet', 'replicasets', message('ReplicaSets'), {
    scalable: true,
    replicas: true,
    below: ['Deployment'],
    order: 'revision',
  }),
  core('Pod', 'pods', message('Pods'), { below: ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] }),

  core('Service', 'services', message('Services')),
  of('discovery.k8s.io/v1')('EndpointSlice', 'endpointslices', message('EndpointSlices'), {
    below: ['Service'],
    judged: false,
  }),
  network('Ingress', 'ingresses', message('Ingresses')),
  network('NetworkPolicy', 'networkpolicies', message('NetworkPolicies')),
  network('IngressClass', 'ingressclasses', message('IngressClasses')),

  core('ConfigMap', 'configmaps', message('ConfigMaps')),
  // Helm keeps its releases as Secrets: they are large, and have a place of their own.
  core('Secret', 'secrets', message('Secrets'), { fieldSelector: 'type!=helm.sh/release.v1' }),
  of('autoscaling/v2')('HorizontalPodAutoscaler', 'horizontalpodautoscalers', message('Autoscalers')),
  of('policy/v1')('PodDisruptionBudget', 'poddisruptionbudgets', message('Disruption budgets')),
  core('ResourceQuota', 'resourcequotas', message('Quotas')),
  core('LimitRange', 'limitranges', message('Limit ranges')),

  core('PersistentVolumeClaim', 'persistentvolumeclaims', message('Claims')),
  core('PersistentVolume', 'persistentvolumes', message('Volumes')),
  storage('StorageClass', 'storageclasses', message('Storage classes')),

  core('ServiceAccount', 'serviceaccounts', message('Service accounts')),
  rbac('Role', 'roles', message('Roles')),
  rbac('RoleBinding', 'rolebindings', message('Role bindings')),
  rbac('ClusterRole', 'clusterroles', message('Cluster roles')),
  rbac('ClusterRoleBinding', 'clusterrolebindings', message('Cluster role bindings')),

  core('Event', 'events', message('Events'), { judged: false, order: 'newest', summary: summarizeEvent }),
  // What keeps running pods from being ready: read where there are such pods, and shown in their rows.
  core('Event', 'events', message('Events'), {
    key: 'ProbeFailure',
    fieldSelector: 'reason=Unhealthy',
    judged: false,
    summary: () => silent,
  }),
  core('Secret', 'secrets', message('Helm releases'), {
    key: 'HelmRelease',
    labelSelector: 'owner=helm',
    fieldSelector: 'type=helm.sh/release.v1',
    summary: summarizeHelm,
    order: 'revision',
  }),

  core('Namespace', 'namespaces', message('Namespaces'), { judged: false }),
  core('Node', 'nodes', message('Nodes')),
  of('coordination.k8s.io/v1')('Lease', 'leases', message('Leases'), {
    judged: false,
    from: 'kube-node-lease',
    summary: () => silent,
  }),
  of('apiextensions.k8s.io/v1')(
    'CustomResourceDefinition',
    'customresourcedefinitions',
    message('Definitions'),
  ),
];

const byKey = new Map(all.map((description) => [description.key, description]));

/** null for a kind the tree does not know by itself. */
export function kindOf(key: string): KindDescription | null {
  return byKey.get(key) ?? null;
}
