import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';

/** Bound by Kubernetes itself, so that clients without a login can ask for versions and health. */
const publicRoles: ReadonlySet<string> = new Set([
  'system:public-info-viewer',
  'system:discovery',
  'system:basic-user',
]);

export const subjectTooWide: Rule = {
  code: 'subject-too-wide',
  title: 'Role bound to everybody',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`system:anonymous\` and \`system:unauthenticated\` are all who reach the API server, without any login;
\`system:authenticated\` and \`system:serviceaccounts\` are all who have one, every pod among them. The service account
\`default\` is that of each pod in the namespace that names none. Bind a role to an account made for the purpose.

\`\`\`yaml
# bad
subjects:
  - { kind: ServiceAccount, name: default, namespace: shop }
# good
subjects:
  - { kind: ServiceAccount, name: web, namespace: shop }
\`\`\`

Source: [Role based access control good practices](https://kubernetes.io/docs/concepts/security/rbac-good-practices/).
`,
  visit: {
    'rbac/v1.RoleBinding': check,
    'rbac/v1.ClusterRoleBinding': check,
  },
};

function check(binding: Field, visit: Visit): void {
  const role = binding.at('roleRef.name').text() ?? '';
  if (publicRoles.has(role)) return;
  for (const subject of binding.get('subjects').items()) {
    const name = subject.get('name');
    const text = name.text();
    if (text === null) continue;
    const kind = subject.get('kind').text();
    if (text === 'system:anonymous' || text === 'system:unauthenticated') {
      visit.report(name, message('{0} is everybody, without any login; bind a role to an account', text));
    } else if (kind === 'Group' && (text === 'system:authenticated' || text === 'system:serviceaccounts')) {
      visit.report(
        name,
        message('{0} is everybody with a login, each pod too; bind a role to an account', text),
      );
    } else if (kind === 'ServiceAccount' && text === 'default') {
      visit.report(name, message('default is the account of every pod that names none; make one for this'));
    }
  }
}
