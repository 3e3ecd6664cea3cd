import type { Rule } from '../rule.ts';
import { annotationDeprecated } from './annotation-deprecated.ts';
import { cronDeadlineShort } from './cron-deadline-short.ts';
import { cronOverlap } from './cron-overlap.ts';
import { cronScheduleUnusual } from './cron-schedule-unusual.ts';
import { envRepeated } from './env-repeated.ts';
import { execProbeFrequent } from './exec-probe-frequent.ts';
import { gracePeriodZero } from './grace-period-zero.ts';
import { historyNone } from './history-none.ts';
import { jobBackoffMissing } from './job-backoff-missing.ts';
import { jobDeadlineMissing } from './job-deadline-missing.ts';
import { jobTtlMissing } from './job-ttl-missing.ts';
import { livenessProbeHasty } from './liveness-probe-hasty.ts';
import { nodeLabelDeprecated } from './node-label-deprecated.ts';
import { pdbBlocksDrain } from './pdb-blocks-drain.ts';
import { pdbSelectorMissing } from './pdb-selector-missing.ts';
import { podsNotSpread } from './pods-not-spread.ts';
import { portRepeated } from './port-repeated.ts';
import { preStopCutOff } from './pre-stop-cut-off.ts';
import { probePortUnknown } from './probe-port-unknown.ts';
import { probeTimeoutLong } from './probe-timeout-long.ts';
import { probesIdentical } from './probes-identical.ts';
import { readinessProbeMissing } from './readiness-probe-missing.ts';
import { replicasSingle } from './replicas-single.ts';
import { rolloutStopsAll } from './rollout-stops-all.ts';
import { selectorSelectsNothing } from './selector-selects-nothing.ts';
import { strategyRecreate } from './strategy-recreate.ts';
import { volumePluginGone } from './volume-plugin-gone.ts';

/** What people regret when pods start, stop, move or are replaced. */
export const reliabilityRules: readonly Rule[] = [
  readinessProbeMissing,
  probesIdentical,
  livenessProbeHasty,
  probeTimeoutLong,
  probePortUnknown,
  execProbeFrequent,
  rolloutStopsAll,
  replicasSingle,
  strategyRecreate,
  podsNotSpread,
  historyNone,
  pdbBlocksDrain,
  pdbSelectorMissing,
  jobBackoffMissing,
  jobDeadlineMissing,
  jobTtlMissing,
  cronOverlap,
  cronDeadlineShort,
  cronScheduleUnusual,
  gracePeriodZero,
  preStopCutOff,
  envRepeated,
  portRepeated,
  selectorSelectsNothing,
  nodeLabelDeprecated,
  annotationDeprecated,
  volumePluginGone,
];
