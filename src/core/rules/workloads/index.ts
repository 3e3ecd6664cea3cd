import type { Rule } from '../rule.ts';
import { controllerRevisionInvalid } from './controller-revision-invalid.ts';
import { countNegative } from './count-negative.ts';
import { cronJobInvalid } from './cron-job-invalid.ts';
import { cronScheduleInvalid } from './cron-schedule-invalid.ts';
import { jobCompletionsInvalid } from './job-completions-invalid.ts';
import { jobManagementInvalid } from './job-management-invalid.ts';
import { jobNameInvalid } from './job-name-invalid.ts';
import { jobRestartPolicy } from './job-restart-policy.ts';
import { jobSelectorInvalid } from './job-selector-invalid.ts';
import { podFailurePolicyInvalid } from './pod-failure-policy-invalid.ts';
import { progressDeadlineInvalid } from './progress-deadline-invalid.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { selectorMissing } from './selector-missing.ts';
import { statefulSetInvalid } from './stateful-set-invalid.ts';
import { strategyInvalid } from './strategy-invalid.ts';
import { successPolicyInvalid } from './success-policy-invalid.ts';
import { templateMissing } from './template-missing.ts';
import { workloadRestartPolicy } from './workload-restart-policy.ts';

export const workloadRules: readonly Rule[] = [
  selectorMissing,
  selectorMismatch,
  templateMissing,
  workloadRestartPolicy,
  countNegative,
  strategyInvalid,
  progressDeadlineInvalid,
  statefulSetInvalid,
  jobNameInvalid,
  jobSelectorInvalid,
  jobRestartPolicy,
  jobCompletionsInvalid,
  jobManagementInvalid,
  podFailurePolicyInvalid,
  successPolicyInvalid,
  cronScheduleInvalid,
  cronJobInvalid,
  controllerRevisionInvalid,
];
