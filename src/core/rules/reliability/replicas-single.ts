import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

export const replicasSingle: Rule = {
  code: 'replicas-single',
  title: 'One replica',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
A Deployment with one pod answers nobody while that pod moves to another node. Two are enough to survive the upgrade of
a node. Controllers that elect a leader, programs that must not run twice, and environments for tests are right with one.

A Deployment that does not say \`replicas\` is not looked at: an autoscaler may decide.

\`\`\`yaml
# bad
replicas: 1
# good
replicas: 2
\`\`\`

Source: [Disruptions](https://kubernetes.io/docs/concepts/workloads/pods/disruptions/) in the Kubernetes documentation.
`,
  visit: {
    'apps/v1.DeploymentSpec'(spec, visit) {
      const replicas = spec.get('replicas');
      // A disk that only one node has at a time allows no second pod.
      if (replicas.number() !== 1 || spec.at('strategy.type').text() === 'Recreate') return;
      visit.report(replicas, message('One pod answers nobody while it moves to another node; run two'));
    },
  },
};
