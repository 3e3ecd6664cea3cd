import type { Rule } from '../rule.ts';
import { hpaBehaviorInvalid } from './hpa-behavior-invalid.ts';
import { hpaMetricInvalid } from './hpa-metric-invalid.ts';
import { hpaReplicasInvalid } from './hpa-replicas-invalid.ts';
import { hpaTargetInvalid } from './hpa-target-invalid.ts';
import { pdbInvalid } from './pdb-invalid.ts';

export const autoscalingRules: readonly Rule[] = [
  hpaReplicasInvalid,
  hpaTargetInvalid,
  hpaMetricInvalid,
  hpaBehaviorInvalid,
  pdbInvalid,
];
