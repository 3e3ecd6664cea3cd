/** Rules that look beyond one object. */
import type { Rule } from '../rule.ts';
import { claimBlocksRollout } from './claim-blocks-rollout.ts';
import { claimMissing } from './claim-missing.ts';
import { claimSharedByReplicas } from './claim-shared-by-replicas.ts';
import { classMissing } from './class-missing.ts';
import { configKeyMissing } from './config-key-missing.ts';
import { configMapMissing } from './config-map-missing.ts';
import { hpaExceedsQuota } from './hpa-exceeds-quota.ts';
import { hpaFightsReplicas } from './hpa-fights-replicas.ts';
import { hpaRequestMissing } from './hpa-request-missing.ts';
import { hpaSharedTarget } from './hpa-shared-target.ts';
import { hpaTargetMissing } from './hpa-target-missing.ts';
import { ingressBackendMissing } from './ingress-backend-missing.ts';
import { limitRangeDefault } from './limit-range-default.ts';
import { limitRangeExceeded } from './limit-range-exceeded.ts';
import { networkPolicySelectsNothing } from './network-policy-selects-nothing.ts';
import { objectRepeated } from './object-repeated.ts';
import { pdbBlocksEvictions } from './pdb-blocks-evictions.ts';
import { pdbOverlap } from './pdb-overlap.ts';
import { pdbSelectsNothing } from './pdb-selects-nothing.ts';
import { quotaExceeded } from './quota-exceeded.ts';
import { quotaRequestMissing } from './quota-request-missing.ts';
import { roleMissing } from './role-missing.ts';
import { secretMissing } from './secret-missing.ts';
import { serviceAccountMissing } from './service-account-missing.ts';
import { serviceSelectsNothing } from './service-selects-nothing.ts';
import { serviceTargetPortMissing } from './service-target-port-missing.ts';
import { statefulServiceMissing } from './stateful-service-missing.ts';

export const relationRules: readonly Rule[] = [
  serviceSelectsNothing,
  serviceTargetPortMissing,
  ingressBackendMissing,
  networkPolicySelectsNothing,
  hpaTargetMissing,
  hpaRequestMissing,
  hpaFightsReplicas,
  hpaSharedTarget,
  hpaExceedsQuota,
  pdbSelectsNothing,
  pdbBlocksEvictions,
  pdbOverlap,
  configMapMissing,
  secretMissing,
  configKeyMissing,
  claimMissing,
  claimSharedByReplicas,
  claimBlocksRollout,
  serviceAccountMissing,
  roleMissing,
  statefulServiceMissing,
  classMissing,
  limitRangeExceeded,
  limitRangeDefault,
  quotaExceeded,
  quotaRequestMissing,
  objectRepeated,
];
