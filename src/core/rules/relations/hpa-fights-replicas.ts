import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { autoscalersOf } from './budgets.ts';
import { otherPlace, standTogether } from './places.ts';

export const hpaFightsReplicas: Rule = {
  code: 'hpa-fights-replicas',
  title: 'Replicas written beside an autoscaler',
  origin: 'advice',
  severity: 'warning',
  docs: `
A workload that an autoscaler scales has its number of replicas written in the manifest, too. Each apply sets it back,
in the middle of the day's load, until the autoscaler notices. Leave \`replicas\` out.

When it is taken out of a workload that was applied with \`kubectl apply\`, the next apply sets the replicas to 1 once:
hand the field over first (\`kubectl apply edit-last-applied\`), or use server-side apply.

\`\`\`yaml
# bad: a HorizontalPodAutoscaler targets the Deployment
kind: Deployment
spec:
  replicas: 3
# good
kind: Deployment
spec: {}
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    if (here.facts.pod === null || here.facts.replicas === null || workspace.mayDiffer(here)) return;
    const [autoscaler, ...more] = autoscalersOf(here, workspace);
    if (autoscaler === undefined || more.length > 0) return;
    const { particulars, name } = autoscaler.facts;
    if (particulars?.of !== 'autoscaler' || particulars.maximum === null) return;
    const { minimum, maximum } = particulars;
    const { replicas } = here.facts;
    // Zero switches an autoscaler off: that is meant. Bounds that exclude each other are told of themselves.
    if (replicas === 0 || minimum > maximum) return;
    const place = object.at('spec.replicas');
    const within = replicas >= minimum && replicas <= maximum;
    const text = within
      ? message(
          'Autoscaler {0} sets the replicas; each apply resets them to {1}; remove this',
          name,
          replicas,
        )
      : message(
          'Autoscaler {0} keeps {1} to {2} replicas, not {3}; remove this',
          name,
          minimum,
          maximum,
          replicas,
        );
    relation.report(place, text, {
      range: { start: place.entry?.keyRange.start ?? place.range.start, end: place.range.end },
      // An overlay may bring the autoscaler for some places only, and others keep the number.
      severity: standTogether(autoscaler, here) ? 'warning' : 'hint',
      fixes: removal(place, relation),
      others: otherPlace(autoscaler, message('The autoscaler')),
    });
  },
};
