import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule } from '../rule.ts';

/** Verbs that stand for rights their owner does not have. */
const verbs: ReadonlySet<string> = new Set(['escalate', 'bind', 'impersonate']);

/** What to create, or to change, is to have the rights of others. */
const ways: readonly { readonly resource: string; readonly verbs: readonly string[] }[] = [
  { resource: 'serviceaccounts/token', verbs: ['create'] },
  { resource: 'nodes/proxy', verbs: ['get', 'create', '*'] },
  { resource: 'certificatesigningrequests/approval', verbs: ['update', 'patch'] },
];

export const rbacEscalation: Rule = {
  code: 'rbac-escalation',
  title: 'Role that leads to more rights than it names',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Some rights are a way to all others. \`escalate\` and \`bind\` let their owner give away rights that it does not have,
\`impersonate\` lets it act as somebody else; who may create tokens of service accounts (\`serviceaccounts/token\`) is
every one of them; \`nodes/proxy\` runs commands in any container by way of the kubelet; who approves certificates
issues the ones of administrators. Some controllers need one of these. \`resourceNames\` makes most of them harmless,
and then nothing is reported.

\`\`\`yaml
# bad
rules:
  - apiGroups: ['']
    resources: [users, groups]
    verbs: [impersonate]
# good
rules:
  - apiGroups: ['']
    resources: [serviceaccounts]
    resourceNames: [deployer]
    verbs: [impersonate]
\`\`\`

Source: [Privilege escalation risks](https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks).
`,
  visit: {
    'rbac/v1.PolicyRule'(rule, visit) {
      if (rule.object.at('metadata.name').text()?.startsWith('system:') === true) return;
      if (rule.get('resourceNames').items().length > 0) return;
      for (const verb of rule.get('verbs').items()) {
        const text = verb.text();
        if (text === null || !verbs.has(text)) continue;
        visit.report(
          verb,
          message('{0} leads to rights that are not named here; limit it by resourceNames', text),
        );
      }
      for (const resource of rule.get('resources').items()) {
        const way = ways.find((one) => one.resource === resource.text());
        if (way === undefined || !hasAny(rule.get('verbs'), way.verbs)) continue;
        visit.report(
          resource,
          message('{0} leads to rights that are not named here; do without it', way.resource),
        );
      }
    },
  },
};

function hasAny(list: Field, words: readonly string[]): boolean {
  return list.items().some((item) => item.text() === '*' || words.includes(item.text() ?? ''));
}
