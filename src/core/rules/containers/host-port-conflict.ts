import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isOfPod } from '../pods/pod.ts';
import type { Rule, Visit } from '../rule.ts';
import { goText } from '../values.ts';

export const hostPortConflict: Rule = {
  code: 'host-port-conflict',
  title: 'Port of the node taken twice',
  origin: 'server',
  severity: 'error',
  docs: `
A port of the node (\`hostPort\`) can be had once: two containers of a pod, or two ports of one, cannot have the same
one with the same protocol and address. In a Pod with \`hostNetwork: true\` every container port is a port of the node.

\`\`\`yaml
# bad
ports:
  - { containerPort: 8080, hostPort: 80 }
  - { containerPort: 8081, hostPort: 80 }
# good
ports:
  - { containerPort: 8080, hostPort: 80 }
  - { containerPort: 8081, hostPort: 81 }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      const onHost = isOfPod(spec) && spec.has('hostNetwork') && spec.get('hostNetwork').flag() === true;
      const taken = new Map<string, Field>();
      for (const container of spec.get('containers').items()) {
        checkPorts(container, onHost, taken, visit, container.path);
      }
      if (!spec.has('initContainers')) return;
      const list = spec.get('initContainers');
      // They run one after another; the server calls each of them the first.
      for (const container of list.items())
        checkPorts(container, onHost, new Map(), visit, `${list.path}[0]`);
    },
  },
};

function checkPorts(
  container: Field,
  onHost: boolean,
  taken: Map<string, Field>,
  visit: Visit,
  path: string,
): void {
  if (!container.has('ports')) return;
  for (const port of container.get('ports').items()) {
    const place = port.has('hostPort') || !onHost ? 'hostPort' : 'containerPort';
    if (!port.has(place)) continue;
    const number = port.get(place).number() ?? 0;
    const [protocol, address] = [goText(port.get('protocol')), goText(port.get('hostIP'))];
    if (number === 0 || protocol === null || address === null) continue;
    const key = `${protocol === '' ? 'TCP' : protocol}/${address}/${number}`;
    const first = taken.get(key);
    if (first === undefined) {
      taken.set(key, port.get(place));
      continue;
    }
    visit.report(
      port.get('hostPort'),
      message('Port {0} of the node is taken already; use another', number),
      {
        path: `${path}.ports[${port.key}].hostPort`,
        range: port.get(place).range,
        related: [{ message: message('The first one is here'), range: first.range }],
      },
    );
  }
}
