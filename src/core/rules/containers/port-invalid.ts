import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, portName } from '../forms.ts';
import { isPortNumber } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goNumber, isEmpty } from '../values.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];

export const portInvalid: Rule = {
  code: 'port-invalid',
  title: 'Container port that cannot be',
  origin: 'server',
  severity: 'error',
  docs: `
A port of a container has a number from 1 to 65535. Its protocol is \`TCP\` (the default), \`UDP\` or \`SCTP\`, in
capitals. Its name, if it has one, is unique in the container: at most 15 small letters, digits and single \`-\`, a letter
among them.

\`\`\`yaml
# bad
ports:
  - name: http_port
    containerPort: 80
    protocol: tcp
# good
ports:
  - name: http
    containerPort: 80
    protocol: TCP
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      if (!container.has('ports')) return;
      const names = new Map<string, Field>();
      for (const port of container.get('ports').items()) checkPort(port, names, visit);
    },
  },
};

function checkPort(port: Field, names: Map<string, Field>, visit: Visit): void {
  const number = goNumber(port.get('containerPort'));
  if (number === 0) {
    visit.missing(port, 'containerPort', message('A port needs a number; add containerPort'));
  }
  for (const field of port.entries()) {
    switch (field.key) {
      case 'name':
        if (!checkFilled(field, portName, visit) && !isEmpty(field)) checkUnique(field, names, visit);
        break;
      case 'containerPort':
      case 'hostPort':
        checkNumber(field, visit);
        break;
      case 'protocol':
        if (!isEmpty(field)) checkChoice(field, protocols, visit);
        break;
    }
  }
}

/** 0 is as good as none. */
function checkNumber(field: Field, visit: Visit): void {
  const number = goNumber(field);
  if (number !== null && number !== 0 && !isPortNumber(number))
    visit.report(field, message('{0} must be from 1 to 65535; change it', field.key));
}
