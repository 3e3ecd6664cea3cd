import { message } from '../../finding.ts';
import { checkFilled, dnsSubdomain, pathSegment, requireForm } from '../forms.ts';
import type { Rule } from '../rule.ts';

export const ipAddressInvalid: Rule = {
  code: 'ip-address-invalid',
  title: 'IPAddress that belongs to nothing',
  origin: 'server',
  severity: 'error',
  docs: `
An IPAddress names the object that uses it: \`parentRef\` with the resource's plural name in small letters and the
object's name.

\`\`\`yaml
# bad
spec: {}
# good
spec:
  parentRef: { resource: services, namespace: default, name: web }
\`\`\`
`,
  visit: {
    'networking/v1.IPAddress'(address, visit) {
      const spec = address.get('spec');
      if (!spec.get('parentRef').written)
        visit.missing(
          spec,
          'parentRef',
          message('An IPAddress needs the object that uses it; add parentRef'),
        );
    },
    'networking/v1.ParentReference'(parent, visit) {
      checkFilled(parent.get('group'), dnsSubdomain, visit);
      requireForm(parent, 'resource', pathSegment, visit);
      requireForm(parent, 'name', pathSegment, visit);
      checkFilled(parent.get('namespace'), pathSegment, visit);
    },
  },
};
