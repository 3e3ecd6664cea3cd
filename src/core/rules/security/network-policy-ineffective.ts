import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { appendItem } from '../edits.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyList } from '../values.ts';

const directions = [
  { key: 'ingress', type: 'Ingress' },
  { key: 'egress', type: 'Egress' },
] as const;

export const networkPolicyIneffective: Rule = {
  code: 'network-policy-ineffective',
  title: 'Rules of a network policy that do not count',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`policyTypes\` says which rules of a NetworkPolicy count. With \`policyTypes: [Ingress]\` the rules under \`egress\`
are kept and do nothing: the pods go on to reach everything. Without \`policyTypes\` rules of both kinds count.

\`\`\`yaml
# bad
spec:
  podSelector: {}
  policyTypes: [Ingress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
# good
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: db } } }]
\`\`\`

Source: [Network policies](https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource)
in the Kubernetes documentation.
`,
  visit: {
    'networking/v1.NetworkPolicySpec'(spec, visit) {
      const types = spec.get('policyTypes');
      if (isEmptyList(types)) return;
      const named = types.items().map((type) => type.text());
      // A misspelt type is refused: what it was meant to be cannot be known.
      const known = named.every((name) => directions.some(({ type }) => type === name));
      if (types.node?.type !== 'sequence' || !known) return;
      for (const { key, type } of directions) {
        const rules = spec.get(key);
        if (isEmptyList(rules) || named.includes(type)) continue;
        visit.report(
          rules,
          message('Rules under {0} do not count unless policyTypes has {1}; add it', key, type),
          { range: rules.head, fixes: adding(types, type, visit) },
        );
      }
    },
  },
};

function adding(types: Field, type: string, visit: Visit): readonly Fix[] {
  const { node } = types;
  const last = types.items().at(-1);
  if (node?.type !== 'sequence' || last?.node?.type !== 'scalar') return [];
  const { text } = visit.context.document;
  const inline = { range: { start: last.node.range.end, end: last.node.range.end }, newText: `, ${type}` };
  const edit = text[node.range.start] === '[' ? inline : appendItem(text, node, [type]);
  return edit === null
    ? []
    : [{ title: message('Add {0} to policyTypes', type), edits: [edit], preferred: false }];
}
