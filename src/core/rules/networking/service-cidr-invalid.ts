import { message } from '../../finding.ts';
import { parseCidr } from '../addresses.ts';
import { canonicalCidr, checkItems } from '../forms.ts';
import type { Rule } from '../rule.ts';
import { isEmptyList } from '../values.ts';

export const serviceCidrInvalid: Rule = {
  code: 'service-cidr-invalid',
  title: 'ServiceCIDR without valid ranges',
  origin: 'server',
  severity: 'error',
  docs: `
A ServiceCIDR has one range, or one of IPv4 and one of IPv6, each in its usual form: only zeros behind the prefix, small
letters, the longest run of zeros written as \`::\`.

\`\`\`yaml
# bad
cidrs: [10.96.0.1/16]
# good
cidrs: [10.96.0.0/16]
\`\`\`
`,
  visit: {
    'networking/v1.ServiceCIDR'(serviceCidr, visit) {
      const spec = serviceCidr.get('spec');
      const cidrs = spec.get('cidrs');
      const items = cidrs.items();
      if (isEmptyList(cidrs))
        visit.missing(spec, 'cidrs', message('A ServiceCIDR needs a range; add one to cidrs'));
      else if (items.length > 2) visit.report(cidrs, message('cidrs has at most two ranges; remove some'));
      else {
        checkItems(cidrs, canonicalCidr, visit);
        const [one, other] = items.map((item) => parseCidr(item.text() ?? '')?.address.length);
        if (one !== undefined && one === other)
          visit.report(cidrs, message('cidrs has at most one range of each family; remove one'));
      }
    },
  },
};
