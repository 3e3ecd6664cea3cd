import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

export const selectorSelectsNothing: Rule = {
  code: 'selector-selects-nothing',
  title: 'Spread or affinity that no pod counts for',
  origin: 'advice',
  severity: 'warning',
  docs: `
A topology spread constraint and a pod affinity or anti-affinity look at the pods that their \`labelSelector\` selects.
Without one they select none, and have no effect. Most want the labels of the pod itself.

\`\`\`yaml
# bad
topologySpreadConstraints:
  - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway }
# good
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: { matchLabels: { app: web } }
\`\`\`

Source: the API server warns of it.
`,
  visit: {
    'core/v1.TopologySpreadConstraint': check,
    'core/v1.PodAffinityTerm': check,
  },
};

function check(term: Field, visit: Visit): void {
  if (term.get('labelSelector').written || !term.get('topologyKey').written) return;
  visit.missing(
    term,
    'labelSelector',
    message('Without a labelSelector no pod counts for it; add the labels of the pods it is about'),
    { range: term.get('topologyKey').head },
  );
}
