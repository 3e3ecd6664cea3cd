import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

/** Kubernetes 1.36, `pkg/api/node`; what replaces each. */
const successors: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
  ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'],
]);

export const nodeLabelDeprecated: Rule = {
  code: 'node-label-deprecated',
  title: 'Label of nodes that is on its way out',
  origin: 'advice',
  severity: 'warning',
  docs: `
The pod goes by a label of nodes that has another name since Kubernetes 1.14 or 1.17. New nodes may no longer have the
old one, and then the pod finds no node. \`node-role.kubernetes.io/master\` is gone since 1.24.

\`\`\`yaml
# bad
nodeSelector: { beta.kubernetes.io/os: linux }
# good
nodeSelector: { kubernetes.io/os: linux }
\`\`\`

Source: the API server warns of it;
[Well-known labels](https://kubernetes.io/docs/reference/labels-annotations-taints/) in the Kubernetes documentation.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('nodeSelector')) return;
      for (const label of spec.get('nodeSelector').entries()) {
        if (label.entry !== null && !label.entry.inherited) tell(label, label.key, label.head, visit);
      }
    },
    'core/v1.NodeSelectorRequirement': (requirement, visit) => checkText(requirement.get('key'), visit),
    'core/v1.TopologySpreadConstraint': (constraint, visit) =>
      checkText(constraint.get('topologyKey'), visit),
    'core/v1.PodAffinityTerm': (term, visit) => checkText(term.get('topologyKey'), visit),
  },
};

function checkText(field: Field, visit: Visit): void {
  const text = field.text();
  if (text !== null && field.up('core/v1.PodSpec') !== null) tell(field, text, field.range, visit);
}

function tell(field: Field, label: string, range: Field['range'], visit: Visit): void {
  const newText = successors.get(label);
  if (newText === undefined) return;
  visit.report(field, message('Nodes may no longer have this label; use {0}', newText), {
    range,
    fixes: [{ title: message('Change to {0}', newText), edits: [{ range, newText }], preferred: true }],
  });
}
