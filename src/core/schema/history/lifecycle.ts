/** Facts from the Go source of the Kubernetes API, up to 1.36; made by scripts/schema-history.ts: do not edit. */

/** The minor versions that can be chosen, from the first to the last. */
export const known = { first: 29, last: 36 };

/** Minor versions of Kubernetes 1, what replaces the kinds (the kind told where it is another one), and the kinds. */
type Row = readonly [
  introduced: number | null,
  deprecated: number | null,
  removed: number | null,
  replacement: string | null,
  kinds: string,
];

/** Kinds that came after 1.29, are deprecated, or were removed since 1.16, by API version. */
export const lifecycles: Readonly<Record<string, readonly Row[]>> = {
  'admissionregistration.k8s.io/v1': [
    [30, null, null, null, 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'],
    [36, null, null, null, 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding'],
  ],
  'admissionregistration.k8s.io/v1alpha1': [
    [26, 29, 32, null, 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'],
    [32, 35, 38, null, 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding'],
  ],
  'admissionregistration.k8s.io/v1beta1': [
    [
      9,
      16,
      22,
      'admissionregistration.k8s.io/v1',
      'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    ],
    [28, 31, 34, null, 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'],
    [34, 37, 40, 'admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding'],
  ],
  'apiextensions.k8s.io/v1beta1': [
    [7, 16, 22, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    [13, 19, 22, 'apiextensions.k8s.io/v1', 'ConversionReview'],
  ],
  'apiregistration.k8s.io/v1beta1': [[7, 19, 22, 'apiregistration.k8s.io/v1', 'APIService']],
  'apps/v1beta1': [
    [6, 8, 16, 'apps/v1', 'Deployment DeploymentRollback'],
    [6, 8, 16, 'autoscaling/v1', 'Scale'],
    [5, 8, 16, 'apps/v1', 'StatefulSet'],
    [7, 8, 16, 'apps/v1', 'ControllerRevision'],
  ],
  'apps/v1beta2': [
    [8, 9, 16, 'apps/v1', 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet'],
    [8, 9, 16, 'autoscaling/v1', 'Scale'],
  ],
  'authentication.k8s.io/v1alpha1': [[26, 29, 32, null, 'SelfSubjectReview']],
  'authentication.k8s.io/v1beta1': [
    [4, 19, 22, 'authentication.k8s.io/v1', 'TokenReview'],
    [27, 30, 33, null, 'SelfSubjectReview'],
  ],
  'authorization.k8s.io/v1beta1': [
    [8, 19, 22, 'authorization.k8s.io/v1', 'SelfSubjectRulesReview'],
    [
      2,
      19,
      22,
      'authorization.k8s.io/v1',
      'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview',
    ],
  ],
  'autoscaling/v2beta1': [[8, 22, 25, 'autoscaling/v2', 'HorizontalPodAutoscaler']],
  'autoscaling/v2beta2': [[12, 23, 26, 'autoscaling/v2', 'HorizontalPodAutoscaler']],
  'batch/v1beta1': [
    [8, 22, 25, null, 'JobTemplate'],
    [8, 21, 25, 'batch/v1', 'CronJob'],
  ],
  'batch/v2alpha1': [[null, null, 21, null, 'CronJob JobTemplate']],
  'certificates.k8s.io/v1alpha1': [
    [26, 34, 37, null, 'ClusterTrustBundle'],
    [34, null, 35, null, 'PodCertificateRequest'],
  ],
  'certificates.k8s.io/v1beta1': [
    [12, 19, 22, 'certificates.k8s.io/v1', 'CertificateSigningRequest'],
    [33, 37, 40, null, 'ClusterTrustBundle'],
    [35, 38, 41, null, 'PodCertificateRequest'],
  ],
  'coordination.k8s.io/v1alpha1': [[31, null, 32, null, 'LeaseCandidate']],
  'coordination.k8s.io/v1alpha2': [[32, 35, 38, null, 'LeaseCandidate']],
  'coordination.k8s.io/v1beta1': [
    [12, 19, 22, 'coordination.k8s.io/v1', 'Lease'],
    [33, 36, 39, null, 'LeaseCandidate'],
  ],
  'discovery.k8s.io/v1alpha1': [[null, null, 21, null, 'EndpointSlice']],
  'discovery.k8s.io/v1beta1': [[16, 21, 25, 'discovery.k8s.io/v1', 'EndpointSlice']],
  'events.k8s.io/v1beta1': [[8, 22, 25, null, 'Event']],
  'extensions/v1beta1': [
    [1, 8, 16, 'apps/v1', 'DaemonSet Deployment'],
    [2, 8, 16, null, 'DeploymentRollback'],
    [1, 2, 16, null, 'Scale'],
    [1, 14, 22, 'networking.k8s.io/v1', 'Ingress'],
    [2, 8, 16, 'apps/v1', 'ReplicaSet'],
    [2, 11, 16, 'policy/v1beta1', 'PodSecurityPolicy'],
    [3, 9, 16, 'networking.k8s.io/v1', 'NetworkPolicy'],
  ],
  'flowcontrol.apiserver.k8s.io/v1alpha1': [
    [18, 20, 21, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema PriorityLevelConfiguration'],
  ],
  'flowcontrol.apiserver.k8s.io/v1beta1': [
    [20, 23, 26, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema PriorityLevelConfiguration'],
  ],
  'flowcontrol.apiserver.k8s.io/v1beta2': [
    [23, 26, 29, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema PriorityLevelConfiguration'],
  ],
  'flowcontrol.apiserver.k8s.io/v1beta3': [
    [26, 29, 32, 'flowcontrol.apiserver.k8s.io/v1', 'FlowSchema PriorityLevelConfiguration'],
  ],
  'networking.k8s.io/v1': [[33, null, null, null, 'IPAddress ServiceCIDR']],
  'networking.k8s.io/v1alpha1': [
    [25, 28, 29, null, 'ClusterCIDR'],
    [27, 30, 33, null, 'IPAddress ServiceCIDR'],
  ],
  'networking.k8s.io/v1beta1': [
    [14, 19, 22, 'networking.k8s.io/v1', 'Ingress'],
    [18, 19, 22, 'networking.k8s.io/v1', 'IngressClass'],
    [31, 34, 37, null, 'IPAddress ServiceCIDR'],
  ],
  'node.k8s.io/v1beta1': [[13, 22, 25, null, 'RuntimeClass']],
  'policy/v1beta1': [
    [5, 21, 25, 'policy/v1', 'PodDisruptionBudget'],
    [10, 21, 25, null, 'PodSecurityPolicy'],
    [5, 22, 25, null, 'Eviction'],
  ],
  'rbac.authorization.k8s.io/v1beta1': [
    [6, 17, 22, 'rbac.authorization.k8s.io/v1', 'ClusterRole ClusterRoleBinding Role RoleBinding'],
  ],
  'resource.k8s.io/v1': [
    [34, null, null, null, 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice'],
  ],
  'resource.k8s.io/v1alpha1': [
    [26, null, 27, null, 'PodScheduling ResourceClaim ResourceClaimTemplate ResourceClass'],
  ],
  'resource.k8s.io/v1alpha2': [
    [27, null, 31, null, 'PodSchedulingContext ResourceClaim ResourceClaimTemplate ResourceClass'],
    [30, null, 31, null, 'ResourceClaimParameters ResourceClassParameters ResourceSlice'],
  ],
  'resource.k8s.io/v1alpha3': [
    [
      31,
      null,
      34,
      'resource.k8s.io/v1beta1',
      'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
    ],
    [31, null, 32, null, 'PodSchedulingContext'],
    [33, 36, 39, null, 'DeviceTaintRule'],
    [36, 39, 42, null, 'ResourcePoolStatusRequest'],
  ],
  'resource.k8s.io/v1beta1': [
    [32, 35, 38, null, 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice'],
  ],
  'resource.k8s.io/v1beta2': [
    [33, 36, 39, null, 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice'],
    [36, 39, 42, null, 'DeviceTaintRule'],
  ],
  'scheduling.k8s.io/v1alpha1': [
    [null, null, 36, null, 'PriorityClass'],
    [35, null, 36, null, 'Workload'],
  ],
  'scheduling.k8s.io/v1alpha2': [[36, null, null, null, 'PodGroup Workload']],
  'scheduling.k8s.io/v1beta1': [[11, 14, 22, 'scheduling.k8s.io/v1', 'PriorityClass']],
  'storage.k8s.io/v1': [[34, null, null, null, 'VolumeAttributesClass']],
  'storage.k8s.io/v1alpha1': [
    [9, 21, 24, 'storage.k8s.io/v1', 'VolumeAttachment'],
    [19, 21, 24, 'storage.k8s.io/v1beta1', 'CSIStorageCapacity'],
    [29, 32, 35, 'storage.k8s.io/v1', 'VolumeAttributesClass'],
  ],
  'storage.k8s.io/v1beta1': [
    [4, 19, 22, 'storage.k8s.io/v1', 'StorageClass'],
    [10, 19, 22, 'storage.k8s.io/v1', 'VolumeAttachment'],
    [14, 19, 22, 'storage.k8s.io/v1', 'CSIDriver'],
    [14, 17, 22, 'storage.k8s.io/v1', 'CSINode'],
    [21, 24, 27, 'storage.k8s.io/v1', 'CSIStorageCapacity'],
    [31, 34, 37, 'storage.k8s.io/v1', 'VolumeAttributesClass'],
  ],
  'storagemigration.k8s.io/v1alpha1': [[30, 33, 35, null, 'StorageVersionMigration']],
  'storagemigration.k8s.io/v1beta1': [[35, 38, 41, null, 'StorageVersionMigration']],
  v1: [
    [0, 33, null, 'discovery.k8s.io/v1 EndpointSlice', 'Endpoints'],
    [0, 19, null, null, 'ComponentStatus'],
    [null, null, 22, null, 'EphemeralContainers'],
  ],
};
