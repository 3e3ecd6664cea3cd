import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isCidr, isIp, parseIp } from '../addresses.ts';
import { cidr, ip } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmptyList } from '../values.ts';
import { checkEndpointIp } from './endpoint-address.ts';
import { isHeadless, serviceType } from './service.ts';

const families: readonly string[] = ['IPv4', 'IPv6'];
const familyPolicies: readonly string[] = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];
const sourceRanges = 'service.beta.kubernetes.io/load-balancer-source-ranges';

export const serviceAddressesInvalid: Rule = {
  code: 'service-addresses-invalid',
  title: 'Addresses of a Service that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
\`clusterIPs\` holds at most one address of each family, the first of them the same as \`clusterIP\`; \`None\` stands
alone. \`ipFamilies\` are \`IPv4\` and \`IPv6\`, each once, in the order of the addresses. \`externalIPs\` are addresses that
others can reach: none of this machine, none of the link. \`loadBalancerSourceRanges\` are ranges with nothing but zeros
behind their prefix.

\`\`\`yaml
# bad
loadBalancerSourceRanges: [10.1.2.3/8]
# good
loadBalancerSourceRanges: [10.0.0.0/8]
\`\`\`
`,
  visit: {
    'core/v1.Service'(service, visit) {
      checkRangesAnnotation(service, visit);
    },
    'core/v1.ServiceSpec'(spec, visit) {
      const type = serviceType(spec);
      if (type !== null && type !== 'ExternalName') checkClusterIps(spec, visit);
      for (const address of spec.get('externalIPs').items()) checkEndpointIp(address, visit);
      checkRanges(spec, visit);
    },
  },
};

function checkClusterIps(spec: Field, visit: Visit): void {
  checkFamilies(spec, visit);
  const [single, list] = [spec.get('clusterIP'), spec.get('clusterIPs')];
  const own = goText(single);
  const addresses = isEmptyList(list) ? [single] : list.items();
  const [first] = addresses;
  if (own === null || first === undefined) return;
  if (first !== single && goText(first) !== null && goText(first) !== own)
    visit.report(list, message('The first of clusterIPs must be the same as clusterIP; change one'));
  if (first === single && own === '') return;
  if (!checkEach(spec, addresses, visit)) return;
  if (addresses.length > 2) visit.report(list, message('clusterIPs has at most two addresses; remove some'));
  else if (addresses.length === 2) checkBothFamilies(list, addresses, visit);
  if (isHeadless(spec) === false) checkAgreement(spec, addresses, visit);
}

function checkFamilies(spec: Field, visit: Visit): void {
  const seen = new Map<string, Field>();
  const items = spec.get('ipFamilies').items();
  for (const family of items) {
    checkChoice(family, families, visit);
    checkUnique(family, seen, visit);
  }
  const policy = spec.get('ipFamilyPolicy');
  checkChoice(policy, familyPolicies, visit);
  if (policy.text() === 'SingleStack' && items.length === 2)
    visit.report(policy, message('SingleStack takes one of ipFamilies; remove one or use PreferDualStack'));
}

/** Whether every one is an address, or `None` alone. */
function checkEach(spec: Field, addresses: readonly Field[], visit: Visit): boolean {
  let good = true;
  for (const [index, address] of addresses.entries()) {
    const text = goText(address);
    if (text === null) good = false;
    if (text === null || isIp(text)) continue;
    const none = index === 0 && text === 'None';
    if (none && addresses.length === 1) continue;
    good = false;
    visit.report(
      address,
      none
        ? message('None must be the only one of clusterIPs; remove the others')
        : message(ip.template, address.parent?.key === 'clusterIPs' ? 'clusterIPs' : address.key, text),
      { path: none ? spec.get('clusterIPs').path : `${spec.get('clusterIPs').path}[${index}]` },
    );
  }
  return good;
}

function familyOf(address: Field | undefined): string | null {
  const bytes = parseIp(address?.text() ?? '');
  return bytes === null ? null : bytes.length === 4 ? 'IPv4' : 'IPv6';
}

function checkBothFamilies(list: Field, [one, other]: readonly Field[], visit: Visit): void {
  if (familyOf(one) === familyOf(other))
    visit.report(list, message('clusterIPs has at most one address of each family; remove one'));
}

function checkAgreement(spec: Field, addresses: readonly Field[], visit: Visit): void {
  const wanted = spec.get('ipFamilies').items();
  for (const [index, address] of addresses.entries()) {
    const family = wanted[index]?.text() ?? null;
    if (family === null || !families.includes(family) || familyOf(address) === family) continue;
    visit.report(
      address,
      message('{0} is no {1} address, as ipFamilies wants it', address.text() ?? '', family),
      {
        path: `${spec.get('clusterIPs').path}[${index}]`,
      },
    );
  }
}

/** A range may have blanks around it, and the server gives the field another name. */
function checkRanges(spec: Field, visit: Visit): void {
  for (const range of spec.get('loadBalancerSourceRanges').items()) {
    const text = goText(range)?.trim();
    if (text === undefined || isCidr(text)) continue;
    visit.report(range, message(cidr.template, 'loadBalancerSourceRanges', text), {
      path: `${spec.path}.LoadBalancerSourceRanges[${range.key}]`,
    });
  }
}

/** The field's forerunner counts where there is no field. */
function checkRangesAnnotation(service: Field, visit: Visit): void {
  const annotation = service.at('metadata.annotations').get(sourceRanges);
  const type = serviceType(service.get('spec'));
  if (!annotation.written || type === null || !isEmptyList(service.at('spec.loadBalancerSourceRanges')))
    return;
  if (type !== 'LoadBalancer')
    visit.report(
      annotation,
      message('Source ranges need type LoadBalancer; set it or remove the annotation'),
      {
        fixes: removal(annotation, visit),
      },
    );
  const text = goText(annotation)?.trim() ?? '';
  const wrong = text === '' ? undefined : text.split(',').find((range) => !isCidr(range.trim()));
  if (wrong !== undefined) visit.report(annotation, message(cidr.template, sourceRanges, wrong.trim()));
}
