import { message } from '../../finding.ts';
import { selects } from '../../workspace/facts.ts';
import type { Rule } from '../rule.ts';
import { nearest, otherPlace, standTogether } from './places.ts';

export const pdbOverlap: Rule = {
  code: 'pdb-overlap',
  title: 'Two disruption budgets for the same pods',
  origin: 'advice',
  severity: 'warning',
  docs: `
Two PodDisruptionBudgets select the same pods. The eviction of such a pod fails with an error, whatever the budgets
say: nodes cannot be drained.

\`\`\`yaml
# bad: both are for app: web
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
---
metadata: { name: web-too }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
# good
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
\`\`\`
`,
  relate(object, relation) {
    const { workspace, here } = relation;
    const selection = here.facts.selections.find(({ by }) => by === 'disruptionBudget');
    if (selection === undefined) return;
    const { namespace, name } = here.facts;
    const pods = nearest(workspace.podsSelected(selection.selector, namespace), here);
    for (const other of workspace.ofKind('PodDisruptionBudget', namespace)) {
      if (other === here || other.facts.name === name || !standTogether(other, here)) continue;
      const theirs = other.facts.selections.find(({ by }) => by === 'disruptionBudget');
      const shared = pods.find(
        ({ facts }) => theirs !== undefined && selects(theirs.selector, facts.pod?.labels ?? {}),
      );
      if (shared === undefined) continue;
      relation.report(
        object,
        message(
          '{0} is for the same pods: no pod of {1} can be evicted; keep one of them',
          other.facts.name,
          shared.facts.name,
        ),
        {
          range: selection.range,
          path: selection.path,
          others: otherPlace(other, message('The other budget')),
        },
      );
    }
  },
};
