import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { PodFacts, PortFacts } from '../../workspace/facts.ts';
import type { Located } from '../../workspace/lookup.ts';
import type { Relation, Rule } from '../rule.ts';
import { nearest, otherPlace } from './places.ts';
import { hasPlaceholders } from './placeholders.ts';

export const serviceTargetPortMissing: Rule = {
  code: 'service-target-port-missing',
  title: 'Service that leads to no port of its pods',
  origin: 'advice',
  severity: 'warning',
  docs: `
The \`targetPort\` of a Service is a port that no container of the selected pods declares. By name it leads nowhere: the
Service has no endpoints for that port. By number it works only if something listens there all the same; where the
containers declare other ports, this one is likely a mistake. Without a \`targetPort\` the Service's own port counts.

\`\`\`yaml
# bad: the container's port is called http
ports:
  - { port: 80, targetPort: web }
# good
ports:
  - { port: 80, targetPort: http }
\`\`\`
`,
  relate(object, relation) {
    const { particulars, selections, namespace } = relation.here.facts;
    const selection = selections.find(({ by }) => by === 'service');
    if (particulars?.of !== 'service' || particulars.external || selection === undefined) return;
    if (hasPlaceholders(object.at('spec.selector'))) return;
    const selected = relation.workspace.podsSelected(selection.selector, namespace);
    const pods = nearest(selected, relation.here);
    if (pods.length === 0 || pods.some((one) => relation.workspace.mayDiffer(one))) return;
    for (const port of object.at('spec.ports').items()) look(port, relation, pods, particulars.headless);
  },
};

function look(port: Field, relation: Relation, pods: readonly Located[], headless: boolean): void {
  const target = port.get('targetPort');
  const own = port.get('port');
  if (hasPlaceholders(target) || hasPlaceholders(own)) return;
  const name = target.text();
  const number = target.number() ?? (target.written && target.number() !== 0 ? null : own.number());
  const protocol = port.get('protocol').text() ?? 'TCP';
  const declared = pods.map(({ facts }) => portsOf(facts.pod));
  const [first] = pods;
  if (first === undefined) return;
  if (name !== null && name !== '') {
    const named = declared.flat().filter((one) => one.name === name);
    if (named.some((one) => one.protocol === protocol)) return;
    const [other] = named;
    const { kind, name: whose } = first.facts;
    if (other !== undefined) {
      relation.report(
        target,
        message(
          'Port {0} of {1} {2} is {3}, not {4}; let the protocols be equal',
          name,
          kind,
          whose,
          other.protocol,
          protocol,
        ),
        { others: otherPlace(first, message('The port is here'), other.range) },
      );
      return;
    }
  } else if (number === null || headless || !isOddOneOut(number, protocol, declared)) return;
  tell(target.written ? target : own, name ?? String(number), first, relation);
}

/** Ports need not be declared: one that is not says something only beside others that are. */
function isOddOneOut(number: number, protocol: string, declared: readonly (readonly PortFacts[])[]): boolean {
  return declared.every(
    (ports) =>
      ports.some((one) => one.protocol === protocol) &&
      ports.every((one) => one.number !== null && (one.number !== number || one.protocol !== protocol)),
  );
}

function portsOf(pod: PodFacts | null): readonly PortFacts[] {
  return pod?.containers.filter(({ running }) => running).flatMap(({ ports }) => ports) ?? [];
}

function tell(place: Field, wanted: string, pods: Located, relation: Relation): void {
  const { kind, name, pod } = pods.facts;
  const ports = portsOf(pod);
  const [only, ...more] = ports;
  const known = [...new Set(ports.map((one) => (one.name === '' ? String(one.number) : one.name)))];
  const text =
    only === undefined
      ? message('No container of {0} {1} has a port {2}; declare it there', kind, name, wanted)
      : message('No container of {0} {1} has a port {2}; it has {3}', kind, name, wanted, known.join(', '));
  const newText = only === undefined ? '' : only.name || String(only.number);
  const fixable = only !== undefined && more.length === 0 && place.key === 'targetPort';
  relation.report(place, text, {
    fixes: fixable
      ? [
          {
            title: message('Change to {0}', newText),
            edits: [{ range: place.range, newText }],
            preferred: false,
          },
        ]
      : [],
    others: otherPlace(pods, message('{0} {1} is here', kind, name), only?.range),
  });
}
