import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';

export const rbacWildcard: Rule = {
  code: 'rbac-wildcard',
  title: 'Role that allows everything',
  origin: 'advice',
  severity: 'hint',
  strict: 'warning',
  docs: `
\`*\` stands for all there is and all there will be: verbs such as \`escalate\` and \`impersonate\`, resources such as
\`secrets\`, and those of every extension installed later. A rule with \`*\` for groups, resources and verbs alike is
cluster-admin by another name, and a warning. Name what is needed.

The roles that come with Kubernetes (\`cluster-admin\` and those with a \`system:\` name) are not looked at.

\`\`\`yaml
# bad
rules:
  - apiGroups: ['*']
    resources: ['*']
    verbs: ['*']
# good
rules:
  - apiGroups: [apps]
    resources: [deployments]
    verbs: [get, list, watch, patch]
\`\`\`

Source: [Role based access control good practices](https://kubernetes.io/docs/concepts/security/rbac-good-practices/).
`,
  visit: {
    'rbac/v1.PolicyRule'(rule, visit) {
      const name = rule.object.at('metadata.name').text() ?? '';
      if (name === 'cluster-admin' || name.startsWith('system:')) return;
      const resources = starIn(rule.get('resources'));
      const verbs = starIn(rule.get('verbs'));
      const groups = starIn(rule.get('apiGroups'));
      if (verbs !== null && resources !== null && groups !== null) {
        visit.report(
          verbs,
          message('This rule allows everything; name the groups, resources and verbs needed'),
          {
            severity: 'warning',
          },
        );
      } else if (verbs !== null) {
        visit.report(verbs, message('"*" allows every verb, those of the future too; name the ones needed'));
      } else if (resources !== null && writes(rule.get('verbs'))) {
        visit.report(
          resources,
          message('"*" allows this on every resource, secrets too; name the ones needed'),
        );
      }
    },
  },
};

function starIn(list: Field): Field | null {
  return list.items().find((item) => item.text() === '*') ?? null;
}

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

function writes(verbs: Field): boolean {
  return verbs.items().some((verb) => !reading.has(verb.text() ?? 'get'));
}
