import type { Field } from '../../schema/field.ts';

/**
 * How many pods of a Job have to succeed. One, where a Job has neither `completions` nor `parallelism`; the Jobs that a
 * CronJob makes have no such default when they are looked at. Null where there is no such number, or it cannot be known.
 */
export function completionsOf(spec: Field): number | null {
  const completions = spec.get('completions');
  if (completions.written) return completions.number();
  const isJob = spec.parent?.is('batch/v1.Job') ?? false;
  return isJob && !spec.get('parallelism').written ? 1 : null;
}
