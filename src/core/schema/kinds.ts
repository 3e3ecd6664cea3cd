/** Kinds a Kubernetes 1.36 API server serves in each stable API version, as people write them in manifests. */
const kindsByVersion: Readonly<Record<string, string>> = {
  v1: 'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'batch/v1': 'CronJob Job',
  'autoscaling/v2': 'HorizontalPodAutoscaler',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'networking.k8s.io/v1': 'IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'storage.k8s.io/v1':
    'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'node.k8s.io/v1': 'RuntimeClass',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'resource.k8s.io/v1': 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'admissionregistration.k8s.io/v1':
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'flowcontrol.apiserver.k8s.io/v1': 'FlowSchema PriorityLevelConfiguration',
  'authentication.k8s.io/v1': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io/v1':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
};

const known: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(kindsByVersion).map(([version, kinds]) => [version, kinds.split(' ')]),
);

/** API versions that have a kind, the preferred one first, and the kind in its right letter case. */
const versionsByKind = new Map<string, { readonly kind: string; readonly versions: string[] }>();
for (const [version, kinds] of known) {
  for (const kind of kinds) {
    const entry = versionsByKind.get(kind.toLowerCase());
    if (entry === undefined) versionsByKind.set(kind.toLowerCase(), { kind, versions: [version] });
    else entry.versions.push(version);
  }
}

/** Kinds of a stable API version; null for one that is not known, which may be a newer server's or somebody else's. */
export function kindsOf(apiVersion: string): readonly string[] | null {
  return known.get(apiVersion) ?? null;
}

/** A known kind by its name in any letter case, with the API versions that have it; null when none has. */
export function kindNamed(
  name: string,
): { readonly kind: string; readonly versions: readonly string[] } | null {
  return versionsByKind.get(name.toLowerCase()) ?? null;
}
