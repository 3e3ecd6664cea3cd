import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { parseIp } from '../addresses.ts';
import {
  canonicalIp,
  checkFilled,
  checkForm,
  dnsLabel,
  dnsSubdomain,
  domainName,
  labelValue,
  qualifiedName,
} from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, isEmptyList } from '../values.ts';
import { checkEndpointIp } from './endpoint-address.ts';

const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 20_000;
const MOST_HINTS = 8;
const addressTypes: readonly string[] = ['IPv4', 'IPv6', 'FQDN'];
const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];

export const endpointSliceInvalid: Rule = {
  code: 'endpoint-slice-invalid',
  title: 'EndpointSlice that nobody can use',
  origin: 'server',
  severity: 'error',
  docs: `
\`addressType\` is \`IPv4\`, \`IPv6\` or \`FQDN\`, and every endpoint has from 1 to 100 addresses of that type, which the
cluster can reach. Names of ports are unique; one port may have none.

\`\`\`yaml
# bad
addressType: ipv4
endpoints:
  - addresses: [127.0.0.1]
# good
addressType: IPv4
endpoints:
  - addresses: [10.1.2.3]
\`\`\`
`,
  visit: {
    'discovery/v1.EndpointSlice'(slice, visit) {
      const type = slice.get('addressType');
      if (isEmpty(type))
        visit.missing(
          slice,
          'addressType',
          message('An EndpointSlice needs an addressType; add IPv4 or IPv6'),
        );
      else checkChoice(type, addressTypes, visit);
      checkPorts(slice.get('ports'), visit);
      if (checkCount(slice.get('endpoints'), MOST_ENDPOINTS, visit))
        for (const endpoint of slice.get('endpoints').items()) checkEndpoint(endpoint, type.text(), visit);
    },
  },
};

/** Whether there are not too many items. */
function checkCount(list: Field, most: number, visit: Visit): boolean {
  if (list.items().length <= most) return true;
  visit.report(list, message('{0} has at most {1} items; remove some', list.key, most));
  return false;
}

function checkPorts(ports: Field, visit: Visit): void {
  if (!checkCount(ports, MOST_PORTS, visit)) return;
  const names = new Map<string, Field>();
  for (const port of ports.items()) {
    const name = port.get('name');
    checkFilled(name, dnsLabel, visit);
    if (port.node?.type === 'mapping') checkUnique(name, names, visit, goText(name));
    checkChoice(port.get('protocol'), protocols, visit);
    checkForm(port.get('appProtocol'), qualifiedName, visit);
  }
}

function checkEndpoint(endpoint: Field, type: string | null, visit: Visit): void {
  const addresses = endpoint.get('addresses');
  if (isEmptyList(addresses))
    visit.missing(endpoint, 'addresses', message('An endpoint needs an address; add one'));
  else checkCount(addresses, MOST_ADDRESSES, visit);
  for (const address of addresses.items()) checkAddress(address, type, visit);
  checkForm(endpoint.get('nodeName'), dnsSubdomain, visit);
  checkForm(endpoint.get('hostname'), dnsLabel, visit);
  checkHints(endpoint.get('hints'), visit);
}

function checkAddress(address: Field, type: string | null, visit: Visit): void {
  if (type === 'FQDN' && isEmpty(address)) visit.report(address, message('An address is empty; write one'));
  else if (type === 'FQDN') checkForm(address, domainName, visit);
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const bytes = parseIp(goText(address) ?? '');
  if (type === 'IPv6' && bytes !== null && checkForm(address, canonicalIp, visit)) return;
  checkEndpointIp(address, visit);
  if (bytes !== null && bytes.length !== (type === 'IPv4' ? 4 : 16))
    visit.report(
      address,
      message('{0} is no {1} address, as addressType wants it', address.text() ?? '', type),
      {
        path: address.parent?.path ?? '',
      },
    );
}

function checkHints(hints: Field, visit: Visit): void {
  for (const [key, form] of [
    ['forZones', labelValue],
    ['forNodes', dnsSubdomain],
  ] as const) {
    const list = hints.get(key);
    if (!checkCount(list, MOST_HINTS, visit)) return;
    const names = new Map<string, Field>();
    for (const item of list.items()) {
      const name = item.get('name');
      checkUnique(name, names, visit, goText(name));
      if (name.written || key === 'forZones') checkForm(name, form, visit);
      else visit.missing(item, 'name', message('{0} is required; add it', 'name'));
    }
  }
}
