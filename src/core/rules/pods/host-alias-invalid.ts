import { checkItems, dnsSubdomain, ip, requireForm } from '../forms.ts';
import type { Rule } from '../rule.ts';

export const hostAliasInvalid: Rule = {
  code: 'host-alias-invalid',
  title: 'Entry for the hosts file that is none',
  origin: 'server',
  severity: 'error',
  docs: `
Every entry of \`hostAliases\` becomes a line of the pod's \`/etc/hosts\`: one IP address, and the host names that lead
to it, in small letters.

\`\`\`yaml
# bad
hostAliases:
  - ip: localhost
    hostnames: [Db.example.com]
# good
hostAliases:
  - ip: 127.0.0.1
    hostnames: [db.example.com]
\`\`\`
`,
  visit: {
    'core/v1.HostAlias'(alias, visit) {
      requireForm(alias, 'ip', ip, visit);
      checkItems(alias.get('hostnames'), dnsSubdomain, visit);
    },
  },
};
