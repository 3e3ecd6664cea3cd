import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel, dnsSubdomain, pathSegment, portName, requireForm } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkRange, isEmpty } from '../values.ts';

export const ingressBackendInvalid: Rule = {
  code: 'ingress-backend-invalid',
  title: 'Backend of an Ingress that is no single place',
  origin: 'server',
  severity: 'error',
  docs: `
A backend is a Service with one port, or a resource in the same namespace; not both. The port is given by name or by
number, not by both.

\`\`\`yaml
# bad
backend:
  service:
    name: web
    port: { name: http, number: 80 }
# good
backend:
  service:
    name: web
    port: { number: 80 }
\`\`\`
`,
  visit: {
    'networking/v1.HTTPIngressPath'(path, visit) {
      // The server looks no further where there is no pathType.
      if (path.get('pathType').written && !path.get('backend').written)
        visit.missing(path, 'backend', message('A path needs a backend; add a service with its port'));
    },
    'networking/v1.IngressBackend'(backend, visit) {
      const [service, resource] = [backend.get('service'), backend.get('resource')];
      if (backend.up('networking/v1.HTTPIngressPath')?.get('pathType').written === false) return;
      if (service.written && resource.written)
        visit.report(backend, message('A backend is a service or a resource; remove one'), {
          fixes: [...removal(resource, visit), ...removal(service, visit)],
        });
      else if (service.node?.type === 'mapping') checkService(service, visit);
      else if (service.written) return;
      else if (resource.written) checkResource(resource, visit);
      else if (backend.parent !== null)
        visit.missing(
          backend.parent,
          backend.key,
          message('A backend needs a service or a resource; add one'),
        );
    },
  },
};

function checkService(service: Field, visit: Visit): void {
  requireForm(service, 'name', dnsLabel, visit);
  const backend = service.parent;
  const [name, number] = [service.at('port.name'), service.at('port.number')];
  const [named, numbered] = [!isEmpty(name), number.written && number.number() !== 0];
  if (named && numbered)
    visit.report(number, message('A port has a name or a number; remove one'), {
      path: backend?.path ?? '',
      fixes: [...removal(number, visit), ...removal(name, visit)],
    });
  else if (named) checkForm(name, portName, visit);
  else if (numbered) checkRange(number, 1, 65_535, visit);
  else if (backend?.parent != null && isKnownPort(service.get('port')))
    visit.missing(backend.parent, backend.key, message('The service needs a port; add its name or number'), {
      range: (service.get('port').written ? service.get('port') : service).head,
    });
}

/** What a template fills in may hold anything. */
function isKnownPort(port: Field): boolean {
  return !port.written || port.node?.type === 'mapping';
}

function checkResource(resource: Field, visit: Visit): void {
  checkForm(resource.get('apiGroup'), dnsSubdomain, visit);
  requireForm(resource, 'kind', pathSegment, visit);
  requireForm(resource, 'name', pathSegment, visit);
}
