import type { Rule } from '../rule.ts';
import { containerNameInvalid } from './container-name-invalid.ts';
import { containerPolicyInvalid } from './container-policy-invalid.ts';
import { containerRestartInvalid } from './container-restart-invalid.ts';
import { envFromInvalid } from './env-from-invalid.ts';
import { envInvalid } from './env-invalid.ts';
import { envSourceInvalid } from './env-source-invalid.ts';
import { handlerInvalid } from './handler-invalid.ts';
import { hostPortConflict } from './host-port-conflict.ts';
import { hugepagesInvalid } from './hugepages-invalid.ts';
import { imageInvalid } from './image-invalid.ts';
import { initContainerForbidden } from './init-container-forbidden.ts';
import { lifecycleInvalid } from './lifecycle-invalid.ts';
import { podResourcesInvalid } from './pod-resources-invalid.ts';
import { portInvalid } from './port-invalid.ts';
import { probeInvalid } from './probe-invalid.ts';
import { resizePolicyInvalid } from './resize-policy-invalid.ts';
import { resourceClaimInvalid } from './resource-claim-invalid.ts';
import { resourceNameInvalid } from './resource-name-invalid.ts';
import { resourceNotOvercommitted } from './resource-not-overcommitted.ts';
import { restartPolicyMisplaced } from './restart-policy-misplaced.ts';
import { securityContextInvalid } from './security-context-invalid.ts';
import { securityProfileInvalid } from './security-profile-invalid.ts';
import { volumeMountInvalid } from './volume-mount-invalid.ts';
import { windowsOptionsInvalid } from './windows-options-invalid.ts';

/** What the API server refuses of containers and of the resources of pods, and a slip it takes. */
export const containerRules: readonly Rule[] = [
  containerNameInvalid,
  containerPolicyInvalid,
  containerRestartInvalid,
  envFromInvalid,
  envInvalid,
  envSourceInvalid,
  handlerInvalid,
  hostPortConflict,
  hugepagesInvalid,
  imageInvalid,
  initContainerForbidden,
  lifecycleInvalid,
  podResourcesInvalid,
  portInvalid,
  probeInvalid,
  resizePolicyInvalid,
  resourceClaimInvalid,
  resourceNameInvalid,
  resourceNotOvercommitted,
  restartPolicyMisplaced,
  securityContextInvalid,
  securityProfileInvalid,
  volumeMountInvalid,
  windowsOptionsInvalid,
];
