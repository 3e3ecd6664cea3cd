import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

export const clusterAdminBound: Rule = {
  code: 'cluster-admin-bound',
  title: 'Binding to cluster-admin',
  origin: 'advice',
  severity: 'warning',
  docs: `
The service account may do everything in the whole cluster, and so may whoever takes over one of its pods. Bind a role
that names what the program does. For people there are groups; a binding of \`cluster-admin\` to users and groups is
not reported.

\`\`\`yaml
# bad
kind: ClusterRoleBinding
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
  - { kind: ServiceAccount, name: deployer, namespace: ci }
# good
kind: RoleBinding
metadata: { name: deployer, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit }
subjects:
  - { kind: ServiceAccount, name: deployer, namespace: ci }
\`\`\`

Source: [Least privilege](https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege).
`,
  visit: { 'rbac/v1.ClusterRoleBinding': check },
};

function check(binding: Field, visit: Visit): void {
  const name = binding.at('roleRef.name');
  if (name.text() !== 'cluster-admin') return;
  const account = binding
    .get('subjects')
    .items()
    .find((one) => one.get('kind').text() === 'ServiceAccount');
  if (account === undefined) return;
  visit.report(
    name,
    message(
      'Service account {0} may do everything; bind a role of what it needs',
      account.get('name').text() ?? '',
    ),
    { related: [{ message: message('The service account is here'), range: account.range }] },
  );
}
