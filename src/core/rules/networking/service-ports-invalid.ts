import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, checkForm, dnsLabel, portName, qualifiedName } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import {
  changeTo,
  checkChoice,
  checkRange,
  checkUnique,
  goNumber,
  goText,
  isEmpty,
  isEmptyList,
} from '../values.ts';
import { isHeadless, serviceType } from './service.ts';

const LAST_PORT = 65_535;
const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];

export const servicePortsInvalid: Rule = {
  code: 'service-ports-invalid',
  title: 'Ports of a Service that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
A Service needs at least one port, unless it is headless (\`clusterIP: None\`) or an \`ExternalName\`. With more than one
port, each needs a name of its own: small letters, digits and \`-\`. A port is a number from 1 to 65535; \`targetPort\` is
such a number or the name of a container's port. No two ports may share their number and protocol, or their
\`nodePort\` and protocol. A \`nodePort\` needs the type \`NodePort\` or \`LoadBalancer\`.

\`\`\`yaml
# bad
ports:
  - port: 80
  - port: 443
# good
ports:
  - name: http
    port: 80
  - name: https
    port: 443
\`\`\`
`,
  visit: {
    'core/v1.Service'(service, visit) {
      const spec = service.get('spec');
      const type = serviceType(spec);
      if (
        isEmptyList(spec.get('ports')) &&
        type !== null &&
        type !== 'ExternalName' &&
        isHeadless(spec) === false
      )
        visit.missing(spec, 'ports', message('A Service needs a port; add one, or clusterIP: None'));
    },
    'core/v1.ServiceSpec'(spec, visit) {
      const ports = spec.get('ports').items();
      const names = new Map<string, Field>();
      for (const port of ports) {
        checkName(port, ports.length > 1, names, visit);
        checkPort(port, visit);
      }
      checkRepeated(ports, visit);
      if (serviceType(spec) === 'ClusterIP') forbidNodePorts(spec, ports, visit);
    },
  },
};

function checkName(port: Field, needed: boolean, names: Map<string, Field>, visit: Visit): void {
  const name = port.get('name');
  if (!isEmpty(name)) {
    checkForm(name, dnsLabel, visit);
    checkUnique(name, names, visit);
  } else if (needed) {
    visit.missing(port, 'name', message('Each of several ports needs a name; add one'));
  }
}

function checkPort(port: Field, visit: Visit): void {
  checkRange(port.get('port'), 1, LAST_PORT, visit);
  if (!isEmpty(port.get('protocol'))) checkChoice(port.get('protocol'), protocols, visit);
  checkForm(port.get('appProtocol'), qualifiedName, visit);
  const target = port.get('targetPort');
  // 0 and '' stand for the port itself.
  if (target.number() !== null && target.number() !== 0) checkRange(target, 1, LAST_PORT, visit);
  else checkFilled(target, portName, visit);
}

function checkRepeated(ports: readonly Field[], visit: Visit): void {
  const numbers = new Map<string, Field>();
  const nodePorts = new Map<string, Field>();
  for (const port of ports) {
    const protocol = goText(port.get('protocol'));
    const number = goNumber(port.get('port'));
    const nodePort = goNumber(port.get('nodePort'));
    if (protocol === null) continue;
    const suffix = `/${protocol || 'TCP'}`;
    if (number !== null) checkUnique(port, numbers, visit, number + suffix);
    if (nodePort !== null && nodePort !== 0)
      checkUnique(port.get('nodePort'), nodePorts, visit, nodePort + suffix);
  }
}

function forbidNodePorts(spec: Field, ports: readonly Field[], visit: Visit): void {
  for (const port of ports) {
    const nodePort = port.get('nodePort');
    if (nodePort.number() === null || nodePort.number() === 0) continue;
    visit.report(
      nodePort,
      message('A Service of type ClusterIP has no nodePort; set type: NodePort or remove it'),
      {
        fixes: [...changeTo(spec.get('type'), 'NodePort', false), ...removal(nodePort, visit)],
      },
    );
  }
}
