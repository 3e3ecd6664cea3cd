import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, checkItems, dnsSubdomain, hostName } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyList } from '../values.ts';

const classAnnotation = 'kubernetes.io/ingress.class';
const addressLike = /^[\d.]+$/;

export const ingressInvalid: Rule = {
  code: 'ingress-invalid',
  title: 'Ingress that leads nowhere',
  origin: 'server',
  severity: 'error',
  docs: `
An Ingress needs \`rules\` or a \`defaultBackend\`. Hosts are DNS names in small letters, no addresses and without a port;
\`*.\` may stand at their start. \`secretName\` and \`ingressClassName\` are names of objects. Where the annotation
\`kubernetes.io/ingress.class\` is written too, it must say the same.

\`\`\`yaml
# bad
rules:
  - host: https://Shop.example.com:8080
# good
rules:
  - host: shop.example.com
\`\`\`
`,
  visit: {
    'networking/v1.Ingress'(ingress, visit) {
      const spec = ingress.get('spec');
      checkClass(ingress, visit);
      if (!isEmptyList(spec.get('rules')) || spec.get('defaultBackend').written) return;
      visit.missing(ingress, 'spec', message('An Ingress needs rules or a defaultBackend; add one'), {
        range: spec.head,
      });
    },
    'networking/v1.IngressSpec'(spec, visit) {
      checkForm(spec.get('ingressClassName'), dnsSubdomain, visit);
    },
    'networking/v1.IngressRule'(rule, visit) {
      const host = rule.get('host');
      if (!checkFilled(host, hostName, visit)) checkNoAddress(host, visit);
    },
    'networking/v1.HTTPIngressRuleValue'(http, visit) {
      if (isEmptyList(http.get('paths'))) visit.missing(http, 'paths', message('http needs paths; add one'));
    },
    'networking/v1.IngressTLS'(tls, visit) {
      checkItems(tls.get('hosts'), hostName, visit);
      checkFilled(tls.get('secretName'), dnsSubdomain, visit);
    },
  },
};

/** An IPv4 address has the form of a name, even with zeros at the start of its parts. */
function checkNoAddress(host: Field, visit: Visit): void {
  const text = host.text() ?? '';
  const parts = addressLike.test(text) ? text.split('.') : [];
  if (parts.length === 4 && parts.every((part) => part !== '' && Number(part) <= 255))
    visit.report(host, message('host cannot be an address; write a host name, or remove it for all hosts'));
}

function checkClass(ingress: Field, visit: Visit): void {
  const annotation = ingress.at('metadata.annotations').get(classAnnotation);
  const name = ingress.at('spec.ingressClassName').text();
  const other = annotation.text();
  if (name === null || other === null || name === other) return;
  visit.report(
    annotation,
    message('ingressClassName is {0}, this annotation {1}; remove the annotation', name, other),
    {
      path: `${ingress.path === '' ? '' : `${ingress.path}.`}annotations.${classAnnotation}`,
    },
  );
}
