import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isWholePod } from '../workload-role.ts';

export const podsNotSpread: Rule = {
  code: 'pods-not-spread',
  title: 'Pods that may all run on one node',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Several pods protect from the loss of a node only if they run on several. The scheduler spreads the pods of a workload
by itself where it can, but does not insist. \`topologySpreadConstraints\` or a pod anti-affinity say that it matters.

\`\`\`yaml
# bad
replicas: 3
template:
  spec:
    containers: [{ name: web, image: 'web:1' }]
# good
replicas: 3
template:
  spec:
    topologySpreadConstraints:
      - maxSkew: 1
        topologyKey: kubernetes.io/hostname
        whenUnsatisfiable: ScheduleAnyway
        labelSelector: { matchLabels: { app: web } }
    containers: [{ name: web, image: 'web:1' }]
\`\`\`

Source: [Pod topology spread constraints](https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/)
in the Kubernetes documentation.
`,
  visit: {
    'apps/v1.DeploymentSpec': check,
    'apps/v1.StatefulSetSpec': check,
  },
};

function check(workload: Field, visit: Visit): void {
  const replicas = workload.get('replicas');
  const count = replicas.number();
  const spec = workload.at('template.spec');
  if (count === null || count < 2 || !isWholePod(spec)) return;
  if (spec.get('topologySpreadConstraints').written || spec.get('affinity').get('podAntiAffinity').written)
    return;
  visit.missing(
    spec,
    'topologySpreadConstraints',
    message('All {0} pods may run on one node; add topologySpreadConstraints', count),
    { range: replicas.range },
  );
}
