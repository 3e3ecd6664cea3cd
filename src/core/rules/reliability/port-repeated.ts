import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { containersOf } from '../pods/pod.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText } from '../values.ts';

export const portRepeated: Rule = {
  code: 'port-repeated',
  title: 'Port written twice in a pod',
  origin: 'advice',
  severity: 'warning',
  docs: `
All containers of a pod share its address, so two of them cannot listen on one port, and the second one fails as it
starts. Two ports of one name are no better: Services that go by the name find the first. Within one container a second
entry is at best of no use, and gets lost when the manifest is applied again.

\`\`\`yaml
# bad
containers:
  - name: web
    ports: [{ containerPort: 8080 }]
  - name: admin
    ports: [{ containerPort: 8080 }]
# good
containers:
  - name: web
    ports: [{ containerPort: 8080 }]
  - name: admin
    ports: [{ containerPort: 8081 }]
\`\`\`

Source: the API server warns of it.
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const numbers = new Map<string, Field>();
      const names = new Map<string, Field>();
      for (const container of containersOf(spec)) {
        if (!container.has('ports')) continue;
        for (const port of container.get('ports').items()) check(port, numbers, names, visit);
      }
    },
  },
};

function check(port: Field, numbers: Map<string, Field>, names: Map<string, Field>, visit: Visit): void {
  const field = port.get('containerPort');
  const number = field.number();
  const protocol = goText(port.get('protocol'));
  // One that is opened at several ports or addresses of the node is written several times on purpose.
  if (number !== null && protocol !== null && !port.has('hostPort') && !port.has('hostIP')) {
    const first = numbers.get(`${number}/${protocol || 'TCP'}`);
    if (number < 1 || number > 65535 || (first !== undefined && isCopy(port, first))) return;
    if (first === undefined) numbers.set(`${number}/${protocol || 'TCP'}`, field);
    else
      tell(
        field,
        message('Port {0} is written before in this pod; remove or change it', number),
        first,
        visit,
      );
  }
  const name = port.get('name');
  const text = name.text();
  const container = port.parent?.parent;
  if (text === null || text === '') return;
  const first = names.get(text);
  if (first === undefined) names.set(text, name);
  // Within one container the server refuses it.
  else if (first.parent?.parent?.parent !== container)
    tell(name, message('Another container has a port named {0}; Services find that one', text), first, visit);
}

/** Of a port that is there twice with its name the server tells. */
function isCopy(port: Field, { parent }: Field): boolean {
  const name = port.get('name').text() ?? '';
  return name !== '' && parent?.get('name').text() === name && parent.parent === port.parent;
}

function tell(field: Field, text: ReturnType<typeof message>, first: Field, visit: Visit): void {
  visit.report(field, text, { related: [{ message: message('The first one is here'), range: first.range }] });
}
