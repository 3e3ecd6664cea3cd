import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, dns1035Label, dnsSubdomain } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkRange, goText, isEmpty, requireText } from '../values.ts';

const HIGHEST_GROUP_PRIORITY = 20_000;
const HIGHEST_VERSION_PRIORITY = 1000;

export const apiServiceInvalid: Rule = {
  code: 'api-service-invalid',
  title: 'APIService that serves nothing',
  origin: 'server',
  severity: 'error',
  docs: `
An APIService is called by its version and its group (\`v1beta1.metrics.k8s.io\`). \`groupPriorityMinimum\` is from 1 to
20000, \`versionPriority\` from 1 to 1000. Its \`service\` has a name and a namespace; without one there is neither
\`caBundle\` nor \`insecureSkipTLSVerify\`, and never both of these.

\`\`\`yaml
# bad
metadata: { name: metrics }
# good
metadata: { name: v1beta1.metrics.k8s.io }
\`\`\`
`,
  visit: {
    'apiregistration/v1.APIService'(apiService, visit) {
      const spec = apiService.get('spec');
      checkGroupVersion(apiService, visit);
      checkRange(spec.get('groupPriorityMinimum'), 1, HIGHEST_GROUP_PRIORITY, visit);
      checkRange(spec.get('versionPriority'), 1, HIGHEST_VERSION_PRIORITY, visit);
      checkService(spec, visit);
    },
  },
};

function checkGroupVersion(apiService: Field, visit: Visit): void {
  const spec = apiService.get('spec');
  const [group, version] = [goText(spec.get('group')), goText(spec.get('version'))];
  if (version === '') visit.missing(spec, 'version', message('{0} is required; add it', 'version'));
  else checkForm(spec.get('version'), dns1035Label, visit);
  if (group === '' && version !== null && version !== 'v1')
    visit.missing(spec, 'group', message('{0} is required; add it', 'group'));
  checkFilled(spec.get('group'), dnsSubdomain, visit);
  const name = apiService.at('metadata.name');
  const text = name.text() ?? '';
  if (group === null || version === null || text === '' || text === `${version}.${group}`) return;
  visit.report(
    name,
    message('An APIService is called by its version and group: {0}', `${version}.${group}`),
    {
      fixes: changeTo(name, `${version}.${group}`),
    },
  );
}

function checkService(spec: Field, visit: Visit): void {
  const [service, bundle, insecure] = [
    spec.get('service'),
    spec.get('caBundle'),
    spec.get('insecureSkipTLSVerify'),
  ];
  const skips = insecure.flag() === true;
  if (!service.written) {
    if (!isEmpty(bundle)) refuse(bundle, visit);
    if (skips) refuse(insecure, visit);
    return;
  }
  if (service.node?.type !== 'mapping') return;
  requireText(service, 'namespace', visit);
  requireText(service, 'name', visit);
  if (service.get('port').written) checkRange(service.get('port'), 1, 65_535, visit);
  if (skips && !isEmpty(bundle))
    visit.report(insecure, message('insecureSkipTLSVerify makes caBundle useless; remove one'), {
      fixes: removal(insecure, visit),
    });
}

function refuse(field: Field, visit: Visit): void {
  visit.report(field, message('{0} needs a service; add it or remove {0}', field.key), {
    fixes: removal(field, visit),
  });
}
