import { message } from '../../finding.ts';
import { isHttpHeaderName, isPortName, isPortNumber } from '../names.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty, isEmptyList } from '../values.ts';
import { containerOf, runsFirst } from './container.ts';

const schemes = ['HTTP', 'HTTPS'];

export const handlerInvalid: Rule = {
  code: 'handler-invalid',
  title: 'Probe or hook that asks for nothing',
  origin: 'server',
  severity: 'error',
  docs: `
What a probe or a hook does has to be said completely: \`exec\` needs a command; \`httpGet\`, \`tcpSocket\` and \`grpc\`
need a port from 1 to 65535, the first two may name one of the container's ports instead. The \`scheme\` of \`httpGet\` is
\`HTTP\` or \`HTTPS\`, in capitals; its headers have names of letters, digits and \`-\`.

\`\`\`yaml
# bad
readinessProbe:
  httpGet: { path: /ready, scheme: https }
# good
readinessProbe:
  httpGet: { path: /ready, port: 8443, scheme: HTTPS }
\`\`\`
`,
  visit: {
    'core/v1.ExecAction'(action, visit) {
      if (!isChecked(action) || !isEmptyList(action.get('command'))) return;
      visit.missing(action, 'command', message('exec needs a command; add it'));
    },
    'core/v1.HTTPGetAction'(action, visit) {
      if (!isChecked(action)) return;
      checkPort(action, visit);
      const scheme = action.get('scheme');
      if (!isEmpty(scheme)) checkChoice(scheme, schemes, visit);
      for (const header of action.get('httpHeaders').items()) checkHeader(header, visit);
    },
    'core/v1.TCPSocketAction'(action, visit) {
      if (isChecked(action)) checkPort(action, visit);
    },
    'core/v1.GRPCAction'(action, visit) {
      if (isChecked(action)) checkPort(action, visit);
    },
  },
};

/** A container that ends before the others can have no probes and hooks at all; that is told instead. */
function isChecked(action: Field): boolean {
  const container = containerOf(action);
  return container === null || !runsFirst(container);
}

function checkPort(action: Field, visit: Visit): void {
  const port = action.get('port');
  const [number, name] = [port.number(), port.text()];
  if (!port.written) visit.missing(action, 'port', message('{0} needs a port; add it', action.key));
  else if (number !== null && !isPortNumber(number))
    visit.report(port, message('{0} must be from 1 to 65535; change it', 'port'));
  else if (name !== null && action.key !== 'grpc' && !isPortName(name))
    visit.report(port, message('"{0}" is neither the number nor the name of a port; change it', name));
}

/** The server names the list without the header. */
function checkHeader(header: Field, visit: Visit): void {
  const name = header.get('name');
  const text = goText(name);
  if (text === null || isHttpHeaderName(text)) return;
  const options = { path: header.parent?.path ?? header.path };
  const said = message('"{0}" is no name of a header; use letters, digits and "-"', text);
  if (text === '') visit.missing(header, 'name', message('A header needs a name; add it'), options);
  else visit.report(name, said, options);
}
