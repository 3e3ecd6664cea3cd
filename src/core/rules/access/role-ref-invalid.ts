import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { pathSegment, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkChoice, isEmpty, listOf } from '../values.ts';

const group = 'rbac.authorization.k8s.io';
const kinds: readonly string[] = ['Role', 'ClusterRole'];
const clusterKinds: readonly string[] = ['ClusterRole'];

export const roleRefInvalid: Rule = {
  code: 'role-ref-invalid',
  title: 'Binding to something else than a role',
  origin: 'server',
  severity: 'error',
  docs: `
The \`roleRef\` of a RoleBinding names a \`Role\` of the same namespace or a \`ClusterRole\`; that of a ClusterRoleBinding
names a \`ClusterRole\`. Its \`apiGroup\` is \`rbac.authorization.k8s.io\`.

\`\`\`yaml
# bad
kind: ClusterRoleBinding
roleRef: { kind: Role, name: reader }
# good
kind: ClusterRoleBinding
roleRef: { kind: ClusterRole, name: reader }
\`\`\`
`,
  visit: {
    'rbac/v1.RoleBinding': (binding, visit) => checkReference(binding.get('roleRef'), kinds, visit),
    'rbac/v1.ClusterRoleBinding': (binding, visit) =>
      checkReference(binding.get('roleRef'), clusterKinds, visit),
  },
};

function checkReference(reference: Field, choices: readonly string[], visit: Visit): void {
  const [apiGroup, kind] = [reference.get('apiGroup'), reference.get('kind')];
  const text = apiGroup.text();
  if (text !== null && text !== '' && text !== group)
    visit.report(apiGroup, message('The apiGroup of a role is {0}; change it', group), {
      fixes: changeTo(apiGroup, group),
    });
  if (isEmpty(kind))
    visit.missing(reference, 'kind', message('roleRef needs a kind; add {0}', listOf(choices)));
  else checkChoice(kind, choices, visit);
  requireForm(reference, 'name', pathSegment, visit);
}
