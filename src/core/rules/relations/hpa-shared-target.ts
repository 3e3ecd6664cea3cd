import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { otherPlace, standTogether } from './places.ts';

export const hpaSharedTarget: Rule = {
  code: 'hpa-shared-target',
  title: 'Two autoscalers for one target',
  origin: 'advice',
  severity: 'warning',
  docs: `
Two HorizontalPodAutoscalers scale the same workload. Each undoes what the other does; from Kubernetes 1.26 on both
stop, with the condition \`AmbiguousSelector\`. One autoscaler can have several metrics: the largest number wins.

\`\`\`yaml
# bad
metadata: { name: web-cpu }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }
---
metadata: { name: web-memory }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }
# good: one, with two metrics
metadata: { name: web }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 5 }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    if (here.facts.particulars?.of !== 'autoscaler') return;
    for (const { kind, name, path, range } of here.facts.references) {
      const others = workspace
        .naming(kind, name, here.facts.namespace)
        .filter(
          (one) =>
            one.facts.particulars?.of === 'autoscaler' &&
            one.facts.name !== here.facts.name &&
            standTogether(one, here),
        );
      const [other] = others;
      if (other === undefined) continue;
      relation.report(
        object,
        message(
          '{0} {1} is scaled by {2}, too; put the metrics of both into one',
          kind,
          name,
          other.facts.name,
        ),
        {
          range,
          path,
          // Files of one folder may be alternatives.
          severity: other.uri === here.uri ? 'warning' : 'info',
          others: otherPlace(other, message('The other autoscaler')),
        },
      );
    }
  },
};
