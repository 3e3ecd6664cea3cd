/** How many pods a workload has, and how many of them may be gone. */
import type { Field } from '../../schema/field.ts';
import type { Located, Lookup } from '../../workspace/lookup.ts';
import { nearest } from './places.ts';

/** The autoscalers of a workload that are applied with it. */
export function autoscalersOf(workload: Located, workspace: Lookup): readonly Located[] {
  const { kind, name, namespace } = workload.facts;
  const all = workspace
    .naming(kind, name, namespace)
    .filter(({ facts }) => facts.particulars?.of === 'autoscaler');
  return nearest(
    all.filter((one) => nearest(workspace.find(kind, name, one.facts.namespace), one).includes(workload)),
    workload,
  );
}

/** The fewest pods a workload runs with, and what says so; null where nobody here can know. */
export function fewestPods(
  workload: Located,
  workspace: Lookup,
): { readonly count: number; readonly by: Located } | null {
  if (workspace.mayDiffer(workload)) return null;
  const [autoscaler, ...more] = autoscalersOf(workload, workspace);
  if (autoscaler !== undefined) {
    const { particulars } = autoscaler.facts;
    if (more.length > 0 || particulars?.of !== 'autoscaler' || workspace.mayDiffer(autoscaler)) return null;
    return { count: particulars.minimum, by: autoscaler };
  }
  const { replicas } = workload.facts;
  return replicas === null ? null : { count: replicas, by: workload };
}

/** A number, or a percentage of `total`, which is rounded up; null where it is neither, or not written. */
export function amountOf(field: Field, total: number): number | null {
  const number = field.number();
  if (number !== null) return number;
  const percent = /^(\d{1,4})%$/.exec(field.text() ?? '')?.[1];
  return percent === undefined ? null : Math.ceil((Number(percent) * total) / 100);
}
