import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { reportUnselected } from './near-miss.ts';
import { hasPlaceholders } from './placeholders.ts';

export const pdbSelectsNothing: Rule = {
  code: 'pdb-selects-nothing',
  title: 'Disruption budget that selects no pod',
  origin: 'advice',
  severity: 'warning',
  docs: `
No workload of the workspace makes pods with the labels a PodDisruptionBudget selects: it protects nothing, and nobody
notices until the day nodes are drained. Where one label is all that differs, the message says which.

\`\`\`yaml
# bad: the pods are labelled app: web
kind: PodDisruptionBudget
spec:
  minAvailable: 1
  selector: { matchLabels: { app: wbe } }
# good
kind: PodDisruptionBudget
spec:
  minAvailable: 1
  selector: { matchLabels: { app: web } }
\`\`\`
`,
  relate(object, relation) {
    const selection = relation.here.facts.selections.find(({ by }) => by === 'disruptionBudget');
    if (selection === undefined || hasPlaceholders(object.at('spec.selector'))) return;
    reportUnselected(object, relation, selection, {
      nothing: message('No workload here has pods with these labels; the budget would protect nothing'),
      weight: 'info',
      alikeWeight: 'warning',
    });
  },
};
