import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber, goText, isEmpty, requireText, tell } from '../values.ts';
import { checkMatchLabelKeys } from './match-label-keys.ts';

const actions = ['DoNotSchedule', 'ScheduleAnyway'];
const policies = ['Honor', 'Ignore'];

export const topologySpreadInvalid: Rule = {
  code: 'topology-spread-invalid',
  title: 'Topology spread that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
A topology spread constraint says how evenly pods are spread over zones or nodes. It needs a \`maxSkew\` of at least 1, a
\`topologyKey\` and a \`whenUnsatisfiable\` of \`DoNotSchedule\` or \`ScheduleAnyway\`. \`minDomains\` means something
with \`DoNotSchedule\` only. No two constraints may have the same \`topologyKey\` and \`whenUnsatisfiable\`.

\`\`\`yaml
# bad
topologySpreadConstraints:
  - topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
# good
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: DoNotSchedule
    labelSelector: { matchLabels: { app: web } }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('topologySpreadConstraints')) return;
      const constraints = spec.get('topologySpreadConstraints').items();
      constraints.forEach((constraint, index) => {
        if (constraints.slice(index + 1).some((later) => isSame(constraint, later)))
          visit.report(
            constraint.get('{topologyKey, whenUnsatisfiable}'),
            message('Two constraints have the same topologyKey and whenUnsatisfiable; remove one'),
            { range: constraint.head },
          );
      });
    },
    'core/v1.TopologySpreadConstraint'(constraint, visit) {
      checkSkew(constraint, visit);
      requireText(constraint, 'topologyKey', visit);
      const action = constraint.get('whenUnsatisfiable');
      if (requireText(constraint, 'whenUnsatisfiable', visit)) checkChoice(action, actions, visit);
      checkDomains(constraint, visit);
      for (const key of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
        if (constraint.get(key).written) checkChoice(constraint.get(key), policies, visit);
      checkMatchLabelKeys(constraint, visit);
    },
  },
};

function isSame(one: Field, other: Field): boolean {
  return ['topologyKey', 'whenUnsatisfiable'].every((key) => {
    const text = goText(one.get(key));
    return text !== null && text === goText(other.get(key));
  });
}

function checkSkew(constraint: Field, visit: Visit): void {
  const skew = goNumber(constraint.get('maxSkew'));
  if (skew !== null && skew <= 0)
    tell(
      constraint,
      'maxSkew',
      message('maxSkew must be at least 1; write how uneven pods may be spread'),
      visit,
    );
}

function checkDomains(constraint: Field, visit: Visit): void {
  const domains = constraint.get('minDomains');
  if (!domains.written) return;
  const action = constraint.get('whenUnsatisfiable');
  if ((domains.number() ?? 1) <= 0)
    visit.report(domains, message('minDomains must be at least 1; change or remove it'));
  else if (!isEmpty(action) && action.text() !== null && action.text() !== 'DoNotSchedule')
    visit.report(domains, message('minDomains needs whenUnsatisfiable: DoNotSchedule; change or remove it'));
}
