import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, dnsLabel, dnsSubdomain, qualifiedName } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goText, isEmpty, isEmptyList, isPending } from '../values.ts';
import { checkEndpointIp } from './endpoint-address.ts';

const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];

export const endpointsInvalid: Rule = {
  code: 'endpoints-invalid',
  title: 'Endpoints that nobody can reach',
  origin: 'server',
  severity: 'error',
  docs: `
Each subset of Endpoints has addresses, ready or not. An address is one that the cluster can reach: no loopback, no
link-local and no unspecified one. With more than one port, each needs a name.

\`\`\`yaml
# bad
subsets:
  - addresses: [{ ip: 127.0.0.1 }]
# good
subsets:
  - addresses: [{ ip: 192.0.2.7 }]
\`\`\`
`,
  visit: {
    'core/v1.EndpointSubset'(subset, visit) {
      if (isPending(subset)) return;
      if (isEmptyList(subset.get('addresses')) && isEmptyList(subset.get('notReadyAddresses')))
        visit.report(subset, message('A subset needs addresses or notReadyAddresses; add one'));
      const ports = subset.get('ports').items();
      for (const port of ports) checkPort(port, ports.length > 1, visit);
    },
    'core/v1.EndpointAddress'(address, visit) {
      if (isEmpty(address.get('ip'))) visit.missing(address, 'ip', message('{0} is required; add it', 'ip'));
      else checkEndpointIp(address.get('ip'), visit);
      checkFilled(address.get('hostname'), dnsLabel, visit);
      checkForm(address.get('nodeName'), dnsSubdomain, visit);
    },
  },
};

function checkPort(port: Field, nameNeeded: boolean, visit: Visit): void {
  const name = port.get('name');
  if (nameNeeded && isEmpty(name))
    visit.missing(port, 'name', message('Each of several ports needs a name; add one'));
  else checkFilled(name, dnsLabel, visit);
  checkRange(port.get('port'), 1, 65_535, visit);
  if (goText(port.get('protocol')) !== '') checkChoice(port.get('protocol'), protocols, visit);
  checkForm(port.get('appProtocol'), qualifiedName, visit);
}
