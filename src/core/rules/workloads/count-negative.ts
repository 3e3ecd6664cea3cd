import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { TypeName } from '../../schema/generated/type-names.ts';
import type { Rule, Visit, Visitors } from '../rule.ts';

/** Of a StatefulSet the server looks at no `revisionHistoryLimit`. */
const counts: { readonly [T in TypeName]?: readonly string[] } = {
  'apps/v1.ControllerRevision': ['revision'],
  'apps/v1.DaemonSetSpec': ['minReadySeconds', 'revisionHistoryLimit'],
  'apps/v1.DeploymentSpec': [
    'replicas',
    'minReadySeconds',
    'revisionHistoryLimit',
    'progressDeadlineSeconds',
  ],
  'apps/v1.ReplicaSetSpec': ['replicas', 'minReadySeconds'],
  'apps/v1.RollingUpdateStatefulSetStrategy': ['partition'],
  'apps/v1.StatefulSetOrdinals': ['start'],
  'apps/v1.StatefulSetSpec': ['replicas', 'minReadySeconds'],
  'autoscaling/v1.ScaleSpec': ['replicas'],
  'batch/v1.CronJobSpec': ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'],
  'batch/v1.JobSpec': [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ],
  'batch/v1.SuccessPolicyRule': ['succeededCount'],
  'core/v1.ReplicationControllerSpec': ['replicas', 'minReadySeconds'],
};

export const countNegative: Rule = {
  code: 'count-negative',
  title: 'Negative count or duration',
  origin: 'server',
  severity: 'error',
  docs: `
Replicas, completions, limits and seconds of a workload are 0 or more. Nothing stands for "without limit": leave the
field out to have its default.

\`\`\`yaml
# bad
spec:
  replicas: -1
# good
spec:
  replicas: 0
\`\`\`
`,
  visit: Object.fromEntries(
    Object.entries(counts).map(([type, keys]) => [
      type,
      (place: Field, visit: Visit) => look(place, keys, visit),
    ]),
  ) satisfies Visitors,
};

function look(place: Field, keys: readonly string[], visit: Visit): void {
  for (const key of keys) {
    const field = place.get(key);
    if ((field.number() ?? 0) < 0)
      visit.report(field, message('{0} must not be negative; use 0 or more', key));
  }
}
