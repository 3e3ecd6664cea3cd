import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsSubdomain } from '../forms.ts';
import { addition, removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkChoice, isEmpty, isPending, requireText } from '../values.ts';

const group = 'rbac.authorization.k8s.io';
const kinds: readonly string[] = ['ServiceAccount', 'User', 'Group'];

export const subjectInvalid: Rule = {
  code: 'subject-invalid',
  title: 'Subject of a binding that nobody is',
  origin: 'server',
  severity: 'error',
  docs: `
A subject is a \`ServiceAccount\`, a \`User\` or a \`Group\`, and has a name. A service account has no \`apiGroup\`, and in a
ClusterRoleBinding it needs its namespace. The \`apiGroup\` of users and groups is \`rbac.authorization.k8s.io\`.

\`\`\`yaml
# bad
subjects:
  - kind: ServiceAccount
    name: Runner
# good
subjects:
  - kind: ServiceAccount
    name: runner
    namespace: ci
\`\`\`
`,
  visit: {
    'rbac/v1.Subject'(subject, visit) {
      if (isPending(subject)) return;
      requireText(subject, 'name', visit);
      const kind = subject.get('kind');
      if (isEmpty(kind))
        visit.missing(subject, 'kind', message('A subject needs a kind; add ServiceAccount'));
      else checkChoice(kind, kinds, visit);
      if (kind.text() === 'ServiceAccount') checkAccount(subject, visit);
      else if (kinds.includes(kind.text() ?? '')) checkGroup(subject.get('apiGroup'), visit);
    },
  },
};

function checkAccount(subject: Field, visit: Visit): void {
  const [name, apiGroup] = [subject.get('name'), subject.get('apiGroup')];
  if (!isEmpty(name)) checkForm(name, dnsSubdomain, visit);
  if (!isEmpty(apiGroup) && apiGroup.text() !== null)
    visit.report(apiGroup, message('A ServiceAccount has no apiGroup here; remove it'), {
      fixes: removal(apiGroup, visit, true),
    });
  if (isEmpty(subject.get('namespace')) && subject.up('rbac/v1.ClusterRoleBinding') !== null)
    visit.missing(subject, 'namespace', message('A ServiceAccount needs its namespace here; add it'), {
      fixes: addition(subject, 'namespace: default', visit),
    });
}

function checkGroup(apiGroup: Field, visit: Visit): void {
  const text = apiGroup.text();
  if (text === null || text === '' || text === group) return;
  visit.report(apiGroup, message('The apiGroup of users and groups is {0}; change it', group), {
    fixes: changeTo(apiGroup, group),
  });
}
