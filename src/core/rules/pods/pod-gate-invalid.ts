import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { qualifiedName, requireForm } from '../forms.ts';
import { isQualifiedName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText, isEmpty } from '../values.ts';
import { isOfPod } from './pod.ts';

export const podGateInvalid: Rule = {
  code: 'pod-gate-invalid',
  title: 'Gate of a pod that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
A scheduling gate holds a pod back until a controller removes it; a readiness gate is a condition that a controller must
set before the pod counts as ready. Both go by a name such as \`example.com/quota\`. No gate may be listed twice, and a
Pod with scheduling gates cannot be bound to a node already.

\`\`\`yaml
# bad
schedulingGates:
  - name: wait for quota
# good
schedulingGates:
  - name: example.com/quota
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('schedulingGates')) return;
      const gates = spec.get('schedulingGates').items();
      if (gates.length === 0) return;
      checkGates(gates, visit);
      const node = spec.get('nodeName');
      if (isOfPod(spec) && !isEmpty(node))
        visit.report(node, message('A pod with scheduling gates cannot have a node yet; remove nodeName'));
    },
    'core/v1.PodReadinessGate'(gate, visit) {
      requireForm(gate, 'conditionType', qualifiedName, visit);
    },
  },
};

/** The server names the item, not its name. */
function checkGates(gates: readonly Field[], visit: Visit): void {
  const seen = new Set<string>();
  for (const gate of gates) {
    const name = goText(gate.get('name'));
    if (name === null) continue;
    const { range } = gate.get('name');
    if (!isQualifiedName(name))
      visit.report(gate, message('"{0}" is no name of a gate; write one such as example.com/quota', name), {
        range,
      });
    if (seen.has(name))
      visit.report(gate, message('The gate {0} is listed twice; remove one', name), { range });
    seen.add(name);
  }
}
