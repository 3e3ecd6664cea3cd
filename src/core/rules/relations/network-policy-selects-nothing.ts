import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { reportUnselected } from './near-miss.ts';
import { hasPlaceholders } from './placeholders.ts';

export const networkPolicySelectsNothing: Rule = {
  code: 'network-policy-selects-nothing',
  title: 'Network policy that selects no pod',
  origin: 'advice',
  severity: 'warning',
  docs: `
No workload of the workspace makes pods with the labels a NetworkPolicy is for: it guards nothing. Where one label is
all that differs, the message says which. An empty \`podSelector\` is for every pod of the namespace.

\`\`\`yaml
# bad: the pods are labelled app: db
kind: NetworkPolicy
spec:
  podSelector: { matchLabels: { app: bd } }
# good
kind: NetworkPolicy
spec:
  podSelector: { matchLabels: { app: db } }
\`\`\`
`,
  relate(object, relation) {
    const selection = relation.here.facts.selections.find(({ by }) => by === 'networkPolicy');
    if (selection === undefined || hasPlaceholders(object.at('spec.podSelector'))) return;
    reportUnselected(object, relation, selection, {
      nothing: message('No workload here has pods with these labels; the policy would guard nothing'),
      weight: 'hint',
      alikeWeight: 'warning',
    });
  },
};
