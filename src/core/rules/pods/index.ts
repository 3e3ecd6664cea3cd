import type { Rule } from '../rule.ts';
import { containersMissing } from './containers-missing.ts';
import { dnsConfigInvalid } from './dns-config-invalid.ts';
import { downwardApiInvalid } from './downward-api-invalid.ts';
import { ephemeralContainersForbidden } from './ephemeral-containers-forbidden.ts';
import { ephemeralVolumeInvalid } from './ephemeral-volume-invalid.ts';
import { fileModeInvalid } from './file-mode-invalid.ts';
import { hostAliasInvalid } from './host-alias-invalid.ts';
import { hostPortMismatch } from './host-port-mismatch.ts';
import { hostProcessInvalid } from './host-process-invalid.ts';
import { hostUsersConflict } from './host-users-conflict.ts';
import { hostnameInvalid } from './hostname-invalid.ts';
import { nodeAffinityInvalid } from './node-affinity-invalid.ts';
import { nodeSelectorInvalid } from './node-selector-invalid.ts';
import { podAffinityInvalid } from './pod-affinity-invalid.ts';
import { podAnnotationInvalid } from './pod-annotation-invalid.ts';
import { podClaimInvalid } from './pod-claim-invalid.ts';
import { podDeadlineInvalid } from './pod-deadline-invalid.ts';
import { podGateInvalid } from './pod-gate-invalid.ts';
import { podNameInvalid } from './pod-name-invalid.ts';
import { podOsConflict } from './pod-os-conflict.ts';
import { podOverheadSet } from './pod-overhead-set.ts';
import { podPolicyInvalid } from './pod-policy-invalid.ts';
import { podPrioritySet } from './pod-priority-set.ts';
import { podSecurityInvalid } from './pod-security-invalid.ts';
import { projectedVolumeInvalid } from './projected-volume-invalid.ts';
import { sysctlInvalid } from './sysctl-invalid.ts';
import { tolerationInvalid } from './toleration-invalid.ts';
import { topologySpreadInvalid } from './topology-spread-invalid.ts';
import { volumeDeviceInvalid } from './volume-device-invalid.ts';
import { volumeMissing } from './volume-missing.ts';
import { volumeNameInvalid } from './volume-name-invalid.ts';
import { volumePathInvalid } from './volume-path-invalid.ts';
import { volumeSourceConflict } from './volume-source-conflict.ts';
import { volumeSourceInvalid } from './volume-source-invalid.ts';

/** What the API server refuses of pods: their specs, volumes and mounts. */
export const podRules: readonly Rule[] = [
  containersMissing,
  dnsConfigInvalid,
  downwardApiInvalid,
  ephemeralContainersForbidden,
  ephemeralVolumeInvalid,
  fileModeInvalid,
  hostAliasInvalid,
  hostPortMismatch,
  hostProcessInvalid,
  hostUsersConflict,
  hostnameInvalid,
  nodeAffinityInvalid,
  nodeSelectorInvalid,
  podAffinityInvalid,
  podAnnotationInvalid,
  podClaimInvalid,
  podDeadlineInvalid,
  podGateInvalid,
  podNameInvalid,
  podOsConflict,
  podOverheadSet,
  podPolicyInvalid,
  podPrioritySet,
  podSecurityInvalid,
  projectedVolumeInvalid,
  sysctlInvalid,
  tolerationInvalid,
  topologySpreadInvalid,
  volumeDeviceInvalid,
  volumeMissing,
  volumeNameInvalid,
  volumePathInvalid,
  volumeSourceConflict,
  volumeSourceInvalid,
];
