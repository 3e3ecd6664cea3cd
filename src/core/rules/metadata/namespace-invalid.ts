import { dnsLabel, checkFilled } from '../forms.ts';
import type { Rule } from '../rule.ts';
import { objectKind } from './object-kinds.ts';

export const namespaceInvalid: Rule = {
  code: 'namespace-invalid',
  title: 'Name that no namespace can have',
  origin: 'server',
  severity: 'error',
  docs: `
Names of namespaces consist of small letters, digits and \`-\`, with a letter or digit at both ends, and have at most 63
characters. There cannot be a namespace of another name.

\`\`\`yaml
# bad
metadata:
  name: web
  namespace: team_a
# good
metadata:
  name: web
  namespace: team-a
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const kind = metadata.parent === null ? null : objectKind(metadata.parent);
      if (kind?.namespaced === true) checkFilled(metadata.get('namespace'), dnsLabel, visit);
    },
  },
};
