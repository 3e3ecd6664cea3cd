/** Field names of the parts of a workload, by Kubernetes 1.36: enough to tell where a stray field belongs. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const objectFields = words('apiVersion kind metadata spec status');

export const metadataFields = words(`
  annotations creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generateName generation
  labels managedFields name namespace ownerReferences resourceVersion selfLink uid`);

export const templateFields = words('metadata spec');

export const podFields = words(`
  activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks
  ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets
  initContainers nodeName nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates
  resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates schedulingGroup securityContext
  serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain
  terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes`);

export const containerFields = words(`
  args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy
  resources restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce targetContainerName
  terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir`);

export const resourcesFields = words('claims limits requests');

export const jobFields = words(`
  activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector
  maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template
  ttlSecondsAfterFinished`);

const replicaSetFields = words('minReadySeconds replicas selector template');

const specFieldsByKind: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'deployment',
    words(
      'minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template',
    ),
  ],
  [
    'statefulset',
    words(`
      minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas
      revisionHistoryLimit selector serviceName template updateStrategy volumeClaimTemplates`),
  ],
  ['daemonset', words('minReadySeconds revisionHistoryLimit selector template updateStrategy')],
  ['replicaset', replicaSetFields],
  ['replicationcontroller', replicaSetFields],
  ['job', jobFields],
  [
    'cronjob',
    words(`
      concurrencyPolicy failedJobsHistoryLimit jobTemplate schedule startingDeadlineSeconds
      successfulJobsHistoryLimit suspend timeZone`),
  ],
]);

/** Fields of the spec of a workload that makes pods from a template; null for a Pod, a PodTemplate, other kinds. */
export function workloadFields(kind: string): ReadonlySet<string> | null {
  return specFieldsByKind.get(kind.toLowerCase()) ?? null;
}
