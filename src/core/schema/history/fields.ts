/** Facts from the Go source of the Kubernetes API, up to 1.36; made by scripts/schema-history.ts: do not edit. */

/** Minor version → type → the fields it changed, in alphabetical order. */
type FieldChanges = Readonly<Record<number, Readonly<Record<string, string>>>>;

/** Fields that came after 1.29, to types that were there before. */
export const addedFields: FieldChanges = {
  '30': {
    'apiextensions/v1.CustomResourceDefinitionVersion': 'selectableFields',
    'batch/v1.JobSpec': 'managedBy successPolicy',
    'core/v1.ContainerStatus': 'volumeMounts',
    'core/v1.NodeStatus': 'runtimeHandlers',
    'core/v1.PodSecurityContext': 'appArmorProfile',
    'core/v1.SecurityContext': 'appArmorProfile',
    'core/v1.ServiceSpec': 'trafficDistribution',
    'core/v1.VolumeMount': 'recursiveReadOnly',
  },
  '31': {
    'authorization/v1.ResourceAttributes': 'fieldSelector labelSelector',
    'coordination/v1.LeaseSpec': 'preferredHolder strategy',
    'core/v1.ContainerStatus': 'allocatedResourcesStatus user',
    'core/v1.NodeRuntimeHandlerFeatures': 'userNamespaces',
    'core/v1.NodeStatus': 'features',
    'core/v1.PodResourceClaim': 'resourceClaimName resourceClaimTemplateName',
    'core/v1.PodSecurityContext': 'supplementalGroupsPolicy',
    'core/v1.ResourceClaim': 'request',
    'core/v1.Volume': 'image',
  },
  '32': {
    'core/v1.PodSecurityContext': 'seLinuxChangePolicy',
    'core/v1.PodSpec': 'resources',
    'meta/v1.DeleteOptions': 'ignoreStoreReadErrorWithClusterBreakingPotential',
  },
  '33': {
    'apps/v1.DeploymentStatus': 'terminatingReplicas',
    'apps/v1.ReplicaSetStatus': 'terminatingReplicas',
    'autoscaling/v2.HPAScalingRules': 'tolerance',
    'core/v1.ContainerStatus': 'stopSignal',
    'core/v1.Lifecycle': 'stopSignal',
    'core/v1.NodeSystemInfo': 'swap',
    'core/v1.PodCondition': 'observedGeneration',
    'core/v1.PodStatus': 'observedGeneration',
    'discovery/v1.EndpointHints': 'forNodes',
    'storage/v1.CSIDriverSpec': 'nodeAllocatableUpdatePeriodSeconds',
    'storage/v1.VolumeError': 'errorCode',
  },
  '34': {
    'core/v1.Container': 'restartPolicyRules',
    'core/v1.EnvVarSource': 'fileKeyRef',
    'core/v1.EphemeralContainer': 'restartPolicyRules',
    'core/v1.PodSpec': 'hostnameOverride',
    'core/v1.PodStatus': 'extendedResourceClaimStatus',
    'core/v1.VolumeProjection': 'podCertificate',
  },
  '35': {
    'apiextensions/v1.CustomResourceDefinitionCondition': 'observedGeneration',
    'apiextensions/v1.CustomResourceDefinitionStatus': 'observedGeneration',
    'core/v1.NodeStatus': 'declaredFeatures',
    'core/v1.PodCertificateProjection': 'userAnnotations',
    'core/v1.PodSpec': 'workloadRef',
    'core/v1.PodStatus': 'allocatedResources resources',
    'storage/v1.CSIDriverSpec': 'serviceAccountTokenInSecrets',
  },
  '36': {
    'core/v1.PodSpec': 'schedulingGroup',
    'core/v1.PodStatus': 'nodeAllocatableResourceClaimStatuses',
    'core/v1.ResourceHealth': 'message',
    'core/v1.VolumeMountStatus': 'volumeStatus',
    'meta/v1.ListMeta': 'shardInfo',
    'resource/v1.Device': 'nodeAllocatableResourceMappings',
    'resource/v1.DeviceAttribute': 'bools ints strings versions',
    'storage/v1.CSIDriverSpec': 'preventPodSchedulingIfMissing',
  },
};

/** Fields that 1.29 or a later version had and the newest has no more. */
export const removedFields: FieldChanges = {
  '31': {
    'core/v1.PodResourceClaim': 'source',
  },
  '36': {
    'core/v1.PodSpec': 'workloadRef',
  },
};
