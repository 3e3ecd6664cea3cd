import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel, dnsSubdomain, domainPath, pathSegment, requireForm } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText } from '../values.ts';

const LONGEST_CONTROLLER = 250;
const scopes: readonly string[] = ['Cluster', 'Namespace'];

export const ingressClassInvalid: Rule = {
  code: 'ingress-class-invalid',
  title: 'IngressClass without a valid controller',
  origin: 'server',
  severity: 'error',
  docs: `
The controller of an IngressClass is a domain and a path, at most 250 characters. Its parameters name an object by kind
and name; with the scope \`Namespace\` they need a namespace, with \`Cluster\` they have none.

\`\`\`yaml
# bad
spec:
  controller: nginx
# good
spec:
  controller: k8s.io/ingress-nginx
\`\`\`
`,
  visit: {
    'networking/v1.IngressClass'(ingressClass, visit) {
      const spec = ingressClass.get('spec');
      requireForm(spec, 'controller', domainPath, visit);
      if ((spec.get('controller').text() ?? '').length > LONGEST_CONTROLLER)
        visit.report(
          spec.get('controller'),
          message('controller is longer than {0} characters; shorten it', LONGEST_CONTROLLER),
        );
    },
    'networking/v1.IngressClassParametersReference'(parameters, visit) {
      checkForm(parameters.get('apiGroup'), dnsSubdomain, visit);
      requireForm(parameters, 'kind', pathSegment, visit);
      requireForm(parameters, 'name', pathSegment, visit);
      checkScope(parameters, visit);
    },
  },
};

function checkScope(parameters: Field, visit: Visit): void {
  const [field, namespace] = [parameters.get('scope'), parameters.get('namespace')];
  checkChoice(field, scopes, visit);
  const scope = field.written ? goText(field) : 'Cluster';
  if (scope === 'Cluster' && namespace.written)
    visit.report(
      namespace,
      message('Parameters of the scope Cluster have no namespace; set scope: Namespace'),
      {
        fixes: removal(namespace, visit),
      },
    );
  if (scope !== 'Namespace') return;
  if (namespace.written) checkForm(namespace, dnsLabel, visit);
  else
    visit.missing(
      parameters,
      'namespace',
      message('Parameters of the scope Namespace need a namespace; add it'),
    );
}
