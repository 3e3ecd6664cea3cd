import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsLabel } from '../forms.ts';
import { isDnsSubdomain } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isOfStatefulSet } from './pod.ts';

const LONGEST_HOSTNAME = 64;
const hostnames = ['hostname', 'subdomain', 'hostnameOverride'];

export const hostnameInvalid: Rule = {
  code: 'hostname-invalid',
  title: 'Host name that a pod cannot have',
  origin: 'server',
  severity: 'error',
  docs: `
\`hostname\` and \`subdomain\` of a pod are each one part of a DNS name: up to 63 small letters, digits and \`-\`.
\`hostnameOverride\` may be a whole DNS name of up to 64 characters, but neither beside \`hostNetwork: true\` nor beside
\`setHostnameAsFQDN: true\`.

\`\`\`yaml
# bad
hostname: web.example.com
# good
hostname: web
subdomain: example
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!hostnames.some((key) => spec.has(key))) return;
      // The controller of a StatefulSet sets both, whatever is written.
      if (!isOfStatefulSet(spec)) {
        checkFilled(spec.get('hostname'), dnsLabel, visit);
        checkFilled(spec.get('subdomain'), dnsLabel, visit);
      }
      if (spec.get('hostnameOverride').written) checkOverride(spec, visit);
    },
  },
};

function checkOverride(spec: Field, visit: Visit): void {
  const override = spec.get('hostnameOverride');
  const name = override.text();
  for (const key of ['setHostnameAsFQDN', 'hostNetwork']) {
    if (spec.get(key).flag() === true)
      visit.report(override, message('hostnameOverride cannot be used with {0}: true; remove one', key));
  }
  if (name !== null && (name.length > LONGEST_HOSTNAME || !isDnsSubdomain(name)))
    visit.report(
      override,
      message('hostnameOverride must be a DNS name of up to {0} characters', LONGEST_HOSTNAME),
    );
}
