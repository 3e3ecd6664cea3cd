import type { Type } from '../schema/type.ts';
import type { Site } from './site.ts';

/** Values that are usual in a field, where the schema does not list them; by type and field. */
const values: Readonly<Record<string, string>> = {
  'apiextensions/v1.CustomResourceDefinitionSpec.scope': 'Namespaced Cluster',
  'autoscaling/v1.CrossVersionObjectReference.kind': 'Deployment StatefulSet ReplicaSet',
  'autoscaling/v2.CrossVersionObjectReference.kind': 'Deployment StatefulSet ReplicaSet',
  'autoscaling/v2.ContainerResourceMetricSource.name': 'cpu memory',
  'autoscaling/v2.HPAScalingPolicy.type': 'Percent Pods',
  'autoscaling/v2.HPAScalingRules.selectPolicy': 'Max Min Disabled',
  'autoscaling/v2.MetricSpec.type': 'Resource ContainerResource Pods Object External',
  'autoscaling/v2.MetricTarget.type': 'Utilization AverageValue Value',
  'autoscaling/v2.ResourceMetricSource.name': 'cpu memory',
  'core/v1.Capabilities.add': 'NET_BIND_SERVICE',
  'core/v1.Capabilities.drop': 'ALL',
  'core/v1.Container.restartPolicy': 'Always',
  'core/v1.ContainerResizePolicy.resourceName': 'cpu memory',
  'core/v1.ContainerResizePolicy.restartPolicy': 'NotRequired RestartContainer',
  'core/v1.EmptyDirVolumeSource.medium': 'Memory',
  'core/v1.LimitRangeItem.type': 'Container Pod PersistentVolumeClaim',
  'core/v1.ObjectFieldSelector.fieldPath':
    'metadata.name metadata.namespace metadata.uid spec.nodeName spec.serviceAccountName status.hostIP status.podIP',
  'core/v1.PodAffinityTerm.topologyKey': 'kubernetes.io/hostname topology.kubernetes.io/zone',
  'core/v1.PodOS.name': 'linux windows',
  'core/v1.PodSpec.priorityClassName': 'system-cluster-critical system-node-critical',
  'core/v1.ResourceFieldSelector.resource':
    'requests.cpu requests.memory limits.cpu limits.memory requests.ephemeral-storage limits.ephemeral-storage',
  'core/v1.Secret.type':
    'Opaque kubernetes.io/tls kubernetes.io/dockerconfigjson kubernetes.io/basic-auth kubernetes.io/ssh-auth',
  'core/v1.ServiceSpec.clusterIP': 'None',
  'core/v1.TopologySpreadConstraint.topologyKey': 'kubernetes.io/hostname topology.kubernetes.io/zone',
  'meta/v1.LabelSelectorRequirement.operator': 'In NotIn Exists DoesNotExist',
  'rbac/v1.PolicyRule.verbs': 'get list watch create update patch delete',
  'rbac/v1.PolicyRule.resources':
    'pods pods/log services configmaps secrets deployments statefulsets jobs cronjobs ingresses events namespaces',
  'rbac/v1.RoleRef.apiGroup': 'rbac.authorization.k8s.io',
  'rbac/v1.RoleRef.kind': 'Role ClusterRole',
  'rbac/v1.Subject.kind': 'ServiceAccount User Group',
};

const computed = 'cpu memory ephemeral-storage';
const placement =
  'kubernetes.io/os kubernetes.io/arch kubernetes.io/hostname topology.kubernetes.io/zone node.kubernetes.io/instance-type';

/** Keys that are usual in mappings with free keys; by type and field. */
const keys: Readonly<Record<string, string>> = {
  'core/v1.LimitRangeItem.default': computed,
  'core/v1.LimitRangeItem.defaultRequest': computed,
  'core/v1.LimitRangeItem.max': computed,
  'core/v1.LimitRangeItem.min': computed,
  'core/v1.PersistentVolumeSpec.capacity': 'storage',
  'core/v1.PodSpec.nodeSelector': placement,
  'core/v1.PodSpec.overhead': 'cpu memory',
  'core/v1.ResourceQuotaSpec.hard':
    'requests.cpu requests.memory limits.cpu limits.memory pods services persistentvolumeclaims requests.storage',
  'core/v1.ResourceRequirements.limits': computed,
  'core/v1.ResourceRequirements.requests': computed,
  'core/v1.VolumeResourceRequirements.requests': 'storage',
  'meta/v1.ObjectMeta.labels':
    'app app.kubernetes.io/name app.kubernetes.io/instance app.kubernetes.io/version app.kubernetes.io/component app.kubernetes.io/part-of app.kubernetes.io/managed-by',
};

/** The field a site is the value of, or that its mapping is; of an item of a list, that of the list. */
function fieldOf(site: Site): { readonly type: string; readonly field: string } | null {
  const { owner, outer, steps } = site;
  const last = steps.at(-1);
  if (owner?.kind === 'object' && typeof last === 'string') return { type: owner.name, field: last };
  const before = steps.at(-2);
  return outer?.kind === 'object' && typeof before === 'string' ? { type: outer.name, field: before } : null;
}

/** What a field usually holds, where the schema does not say it. */
export function knownValues(site: Site): readonly string[] {
  const field = fieldOf(site);
  return field === null ? [] : words(values[`${field.type}.${field.field}`]);
}

/** Keys a mapping with free keys usually has. */
export function knownKeys(site: Site): readonly string[] {
  const field = fieldOf(site);
  return field === null ? [] : words(keys[`${field.type}.${field.field}`]);
}

/** Values that the type of a field lists. */
export function listedValues(type: Type): readonly string[] {
  if (type.kind === 'boolean') return ['true', 'false'];
  return type.kind === 'string' ? (type.values ?? []).filter((value) => value !== '') : [];
}

function words(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(' ');
}

const amounts = {
  cpu: ['100m', '250m', '500m', '1'],
  memory: ['64Mi', '128Mi', '256Mi', '512Mi', '1Gi'],
  storage: ['1Gi', '5Gi', '10Gi'],
} as const;

/** Amounts of a resource: of a number that is typed, with each of its units; else some usual ones. */
export function amountsOf(resource: string, typed: string): readonly string[] {
  const kind = /cpu$/.test(resource) ? 'cpu' : /storage$|^sizeLimit$/.test(resource) ? 'storage' : 'memory';
  const number = /^\d+(?:\.\d+)?(?=[A-Za-z]*$)/.exec(typed)?.[0];
  if (number === undefined) return amounts[kind];
  const units = kind === 'cpu' ? ['', 'm'] : ['Mi', 'Gi', 'Ki', 'Ti'];
  return units.map((unit) => number + unit);
}
