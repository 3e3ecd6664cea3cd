/**
 * What others stand on comes first: a namespace before what lives in it, a definition before its objects, accounts,
 * configuration and storage before the pods that need them, and what acts on running workloads last.
 */
const order: readonly (readonly string[])[] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['PriorityClass', 'RuntimeClass', 'StorageClass', 'IngressClass', 'VolumeSnapshotClass'],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'PodDisruptionBudget'],
  ['ServiceAccount'],
  ['ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['Secret', 'ConfigMap'],
  ['PersistentVolume'],
  ['PersistentVolumeClaim'],
  ['Service'],
];
const workloads = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
  'Job',
  'CronJob',
];
const afterWorkloads = [
  'HorizontalPodAutoscaler',
  'Ingress',
  'APIService',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];

/** Objects in the order to apply them; those of equal standing stay in the order of the file. */
export function applyOrder<T extends { readonly kind: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((left, right) => rank(left.kind) - rank(right.kind));
}

function rank(kind: string): number {
  const index = order.findIndex((kinds) => kinds.includes(kind));
  if (index >= 0) return index;
  // Kinds we do not know (custom resources) are mostly configuration of something.
  if (workloads.includes(kind)) return order.length + 1;
  return afterWorkloads.includes(kind) ? order.length + 2 : order.length;
}
