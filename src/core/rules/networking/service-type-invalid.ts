import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsSubdomain, qualifiedName } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber, goText, isEmpty, isEmptyList } from '../values.ts';
import { isHeadless, serviceType, serviceTypes } from './service.ts';

export const serviceTypeInvalid: Rule = {
  code: 'service-type-invalid',
  title: 'Fields of a Service that its type does not take',
  origin: 'server',
  severity: 'error',
  docs: `
The type of a Service says which other fields make sense. \`ExternalName\` needs \`externalName\` and has no addresses of
the cluster. \`NodePort\` and \`LoadBalancer\` cannot be headless. Only a \`LoadBalancer\` takes \`loadBalancerClass\`,
\`loadBalancerSourceRanges\` and \`allocateLoadBalancerNodePorts\`. \`externalTrafficPolicy\` needs a Service that is
reached from outside, \`healthCheckNodePort\` a load balancer with \`externalTrafficPolicy: Local\`.

\`\`\`yaml
# bad
type: ClusterIP
externalTrafficPolicy: Local
# good
type: LoadBalancer
externalTrafficPolicy: Local
\`\`\`
`,
  visit: {
    'core/v1.ServiceSpec'(spec, visit) {
      if (!isEmpty(spec.get('type'))) checkChoice(spec.get('type'), serviceTypes, visit);
      const type = serviceType(spec);
      if (type === null) return;
      if (type === 'ExternalName') checkExternalName(spec, visit);
      if (type === 'LoadBalancer') checkForm(spec.get('loadBalancerClass'), qualifiedName, visit);
      else checkBalancerFields(spec, visit);
      if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec) === true)
        visit.report(
          isEmptyList(spec.get('clusterIPs')) ? spec.get('clusterIP') : spec.get('clusterIPs'),
          message('A Service of type {0} cannot be headless; remove None or use type ClusterIP', type),
          { path: `${spec.path}.clusterIPs[0]` },
        );
      checkTraffic(spec, type, visit);
    },
  },
};

function checkExternalName(spec: Field, visit: Visit): void {
  const addresses = isEmptyList(spec.get('clusterIPs')) ? spec.get('clusterIP') : spec.get('clusterIPs');
  if (addresses.key === 'clusterIPs' || !isEmpty(addresses)) forbid(spec.get('clusterIPs'), addresses, visit);
  if (!isEmptyList(spec.get('ipFamilies'))) forbid(spec.get('ipFamilies'), spec.get('ipFamilies'), visit);
  if (spec.get('ipFamilyPolicy').written)
    forbid(spec.get('ipFamilyPolicy'), spec.get('ipFamilyPolicy'), visit);
  const field = spec.get('externalName');
  const name = goText(field);
  // The dot at the end of a domain name that is complete.
  const domain = name?.endsWith('.') === true ? name.slice(0, -1) : name;
  if (domain === '')
    visit.missing(spec, 'externalName', message('Type ExternalName needs externalName; add it'));
  else if (domain !== null && !dnsSubdomain.fits(domain))
    visit.report(field, message(dnsSubdomain.template, 'externalName', domain));
}

function forbid({ path }: Field, field: Field, visit: Visit): void {
  visit.report(field, message('A Service of type ExternalName has no {0}; remove it', field.key), {
    path,
    fixes: removal(field, visit),
  });
}

function checkBalancerFields(spec: Field, visit: Visit): void {
  for (const key of ['loadBalancerClass', 'allocateLoadBalancerNodePorts'])
    if (spec.get(key).written) refuse(spec.get(key), 'LoadBalancer', visit);
  const ranges = spec.get('loadBalancerSourceRanges');
  // The server gives this field another name.
  if (!isEmptyList(ranges)) refuse(ranges, 'LoadBalancer', visit, `${spec.path}.LoadBalancerSourceRanges`);
}

function refuse(field: Field, type: string, visit: Visit, path = field.path): void {
  visit.report(field, message('{0} needs type {1}; set it or remove {0}', field.key, type), {
    path,
    fixes: removal(field, visit),
  });
}

const policies: readonly string[] = ['Cluster', 'Local'];

function checkTraffic(spec: Field, type: string, visit: Visit): void {
  const policy = spec.get('externalTrafficPolicy');
  const exposed =
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && !isEmptyList(spec.get('externalIPs')));
  if (!isEmpty(policy)) {
    if (exposed) checkChoice(policy, policies, visit);
    else refuse(policy, 'LoadBalancer or NodePort', visit);
  }
  const health = spec.get('healthCheckNodePort');
  const number = goNumber(health);
  const local = goText(policy);
  if (number === null || number === 0 || local === null || (type === 'LoadBalancer' && local === 'Local'))
    return;
  visit.report(
    health,
    message('healthCheckNodePort needs type LoadBalancer and externalTrafficPolicy: Local'),
    {
      fixes: removal(health, visit),
    },
  );
}
