import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

const reading: ReadonlySet<string> = new Set(['get', 'list', 'watch', '*']);

export const rbacSecretsReadable: Rule = {
  code: 'rbac-secrets-readable',
  title: 'Cluster role that reads all secrets',
  origin: 'advice',
  severity: 'off',
  strict: 'hint',
  docs: `
Who may read the Secrets of every namespace has the tokens and passwords of all of them. \`list\` and \`watch\` hand out
their contents as well as \`get\` does. Use a Role in the namespace, or name the Secrets by \`resourceNames\` (which
only \`get\` honours in full). A ClusterRole that is only bound inside namespaces is harmless, which cannot be seen here.

\`\`\`yaml
# bad
kind: ClusterRole
rules:
  - { apiGroups: [''], resources: [secrets], verbs: [get, list] }
# good
kind: ClusterRole
rules:
  - { apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [registry] }
\`\`\`

Source: [Listing secrets](https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets).
`,
  visit: {
    'rbac/v1.PolicyRule'(rule, visit) {
      if (!rule.object.is('rbac/v1.ClusterRole') || rule.get('resourceNames').items().length > 0) return;
      const verb = rule
        .get('verbs')
        .items()
        .find((one) => reading.has(one.text() ?? ''));
      const secrets = rule
        .get('resources')
        .items()
        .find((one) => one.text() === 'secrets');
      if (verb === undefined || secrets === undefined) return;
      visit.report(
        secrets,
        message('This reads the secrets of every namespace; use a Role, or resourceNames'),
      );
    },
  },
};
