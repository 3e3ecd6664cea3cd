import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Reference, ReferencePart } from '../../workspace/facts.ts';
import type { Relation, Rule } from '../rule.ts';
import { reportMissing, targetsOf } from './missing.ts';
import { otherPlace } from './places.ts';

export const ingressBackendMissing: Rule = {
  code: 'ingress-backend-missing',
  title: 'Ingress that leads to no Service or port',
  origin: 'advice',
  severity: 'warning',
  docs: `
An Ingress names a Service that is not in the workspace, or a port that the Service does not have. Whoever asks for
that path gets \`503\`.

The port is the Service's own (\`port\` or its name), not the container's.

\`\`\`yaml
# bad: the Service has port 80, which leads to 8080 of the container
backend:
  service: { name: web, port: { number: 8080 } }
# good
backend:
  service: { name: web, port: { number: 80 } }
\`\`\`
`,
  relate(object, relation) {
    if (relation.here.facts.kind !== 'Ingress') return;
    for (const reference of relation.here.facts.references) {
      if (reference.kind !== 'Service') continue;
      if (reportMissing(object, relation, reference, { amongOthers: 'info', alone: 'hint' })) continue;
      for (const port of reference.parts) lookForPort(object, relation, reference, port);
    }
  },
};

function lookForPort(object: Field, relation: Relation, reference: Reference, port: ReferencePart): void {
  const targets = targetsOf(reference, relation);
  const [target] = targets;
  if (target === undefined || targets.some((one) => relation.workspace.mayDiffer(one))) return;
  const ports = targets.flatMap(({ facts }) => facts.ports);
  // A Service without ports is one of another kind, or of another name elsewhere.
  if (ports.length === 0 || targets.some(({ facts }) => facts.particulars?.of !== 'service')) return;
  const byName = port.path.endsWith('.name');
  const has = ports.some(({ name, number }) => (byName ? name : String(number ?? '')) === port.name);
  if (has || ports.some(({ number }) => number === null)) return;
  const known = [
    ...new Set(ports.map(({ name, number }) => (byName && name !== '' ? name : String(number)))),
  ];
  relation.report(
    object,
    message('Service {0} has no port {1}; it has {2}', reference.name, port.name, known.join(', ')),
    {
      range: port.range,
      path: port.path,
      fixes: fixes(byName ? ports.map(({ name }) => name) : known, port),
      others: otherPlace(
        target,
        message('Service {0} is here', reference.name),
        target.facts.ports[0]?.range,
      ),
    },
  );
}

/** Where there is but one port, it is meant. */
function fixes(known: readonly string[], { range }: ReferencePart) {
  const [only, ...more] = known;
  if (only === undefined || only === '' || more.length > 0) return [];
  return [{ title: message('Change to {0}', only), edits: [{ range, newText: only }], preferred: false }];
}
