import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';

export const workloadRestartPolicy: Rule = {
  code: 'workload-restart-policy',
  title: 'Pod that is meant to end, in a workload that never does',
  origin: 'server',
  severity: 'error',
  docs: `
Pods of a Deployment, ReplicaSet, StatefulSet, DaemonSet or ReplicationController are kept running, so their
\`restartPolicy\` can only be \`Always\`, and they have no \`activeDeadlineSeconds\`. What runs to an end is a Job.

\`\`\`yaml
# bad
kind: Deployment
spec:
  template:
    spec:
      restartPolicy: OnFailure
# good
kind: Job
spec:
  template:
    spec:
      restartPolicy: OnFailure
\`\`\`
`,
  visit: {
    'apps/v1.DeploymentSpec': look,
    'apps/v1.ReplicaSetSpec': look,
    'apps/v1.StatefulSetSpec': look,
    'apps/v1.DaemonSetSpec': look,
    'core/v1.ReplicationControllerSpec': look,
  },
};

function look(spec: Field, visit: Visit): void {
  const pod = spec.at('template.spec');
  if (!pod.written) return;
  const policy = pod.get('restartPolicy');
  const text = policy.text();
  // What is none at all is told by another rule.
  if (text === 'OnFailure' || text === 'Never') {
    visit.report(policy, message('Pods here always restart; remove restartPolicy, or make it a Job'), {
      fixes: removal(policy, visit, true),
    });
  }
  const deadline = pod.get('activeDeadlineSeconds');
  if (deadline.written) {
    visit.report(
      deadline,
      message('Pods here run for ever; remove activeDeadlineSeconds, or make it a Job'),
      {
        fixes: removal(deadline, visit),
      },
    );
  }
}
