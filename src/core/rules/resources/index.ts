import type { Rule } from '../rule.ts';
import { amountImplausible } from './amount-implausible.ts';
import { cpuLimitMissing } from './cpu-limit-missing.ts';
import { cpuLimitSet } from './cpu-limit-set.ts';
import { ephemeralStorageMissing } from './ephemeral-storage-missing.ts';
import { initRequestHighest } from './init-request-highest.ts';
import { limitRatioHigh } from './limit-ratio-high.ts';
import { memoryLimitMissing } from './memory-limit-missing.ts';
import { memoryMillibytes } from './memory-millibytes.ts';
import { memoryOvercommitted } from './memory-overcommitted.ts';
import { qosBestEffort } from './qos-best-effort.ts';
import { quantityUnusual } from './quantity-unusual.ts';
import { requestsMissing } from './requests-missing.ts';

/** What people regret about requests and limits. */
export const resourceRules: readonly Rule[] = [
  quantityUnusual,
  memoryMillibytes,
  amountImplausible,
  requestsMissing,
  memoryLimitMissing,
  memoryOvercommitted,
  cpuLimitMissing,
  cpuLimitSet,
  limitRatioHigh,
  ephemeralStorageMissing,
  qosBestEffort,
  initRequestHighest,
];
