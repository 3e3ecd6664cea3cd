import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';

export const historyNone: Rule = {
  code: 'history-none',
  title: 'Workload that cannot be rolled back',
  origin: 'advice',
  severity: 'hint',
  docs: `
With \`revisionHistoryLimit: 0\` nothing is kept of what ran before, so a rollout cannot be undone in the cluster, and
nobody can look at what it replaced. Where each change comes from a repository, the way back is there.

\`\`\`yaml
# bad
revisionHistoryLimit: 0
# good
revisionHistoryLimit: 3
\`\`\`

Source: [Clean up policy](https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy) in the
Kubernetes documentation.
`,
  visit: {
    'apps/v1.DeploymentSpec': check,
    'apps/v1.StatefulSetSpec': check,
    'apps/v1.DaemonSetSpec': check,
  },
};

function check(spec: Field, visit: Visit): void {
  if (!spec.has('revisionHistoryLimit')) return;
  const limit = spec.get('revisionHistoryLimit');
  if (limit.number() !== 0) return;
  visit.report(limit, message('No earlier revision is kept, so no rollout can be undone; keep some'), {
    fixes: removal(limit, visit),
  });
}
