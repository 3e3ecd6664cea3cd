/** What rules about Jobs share. */
import type { Field } from '../../schema/field.ts';

/** Annotations of tools that delete a Job themselves once it has done its work. */
const hooks = /^(?:helm\.sh\/hook|argocd\.argoproj\.io\/hook)/;

/** The whole of a Job, not a part of one in a patch. */
export function isWholeJob(spec: Field): boolean {
  return spec.at('template.spec').get('containers').items().length > 0;
}

export function isOfCronJob(spec: Field): boolean {
  return spec.object.is('batch/v1.CronJob');
}

/** A tool runs the Job at a step of its own work, and cleans up after it. */
export function isHook(spec: Field): boolean {
  return spec.object
    .at('metadata.annotations')
    .entries()
    .some(({ key }) => hooks.test(key));
}
