import { message } from '../../finding.ts';
import { isEnvVarName } from '../names.ts';
import type { Rule } from '../rule.ts';
import { goText, requireText } from '../values.ts';

export const envInvalid: Rule = {
  code: 'env-invalid',
  title: 'Environment variable without a usable name or with two values',
  origin: 'server',
  severity: 'error',
  docs: `
An environment variable has a name, of printable ASCII characters without \`=\`, and its value from one place: either
\`value\`, or one of the sources under \`valueFrom\`.

\`\`\`yaml
# bad
env:
  - name: PASSWORD
    value: secret
    valueFrom: { secretKeyRef: { name: db, key: password } }
# good
env:
  - name: PASSWORD
    valueFrom: { secretKeyRef: { name: db, key: password } }
\`\`\`
`,
  visit: {
    'core/v1.EnvVar'(variable, visit) {
      if (!requireText(variable, 'name', visit)) return;
      const name = variable.get('name');
      const text = name.text();
      if (text === null || isEnvVarName(text)) return;
      visit.report(name, message('A variable cannot be called "{0}"; use letters, digits and "_"', text));
    },
    'core/v1.EnvVarSource'(source, visit) {
      const variable = source.parent;
      if (variable === null) return;
      let sources = 0;
      for (const field of source.entries()) if (field.written) sources++;
      if (sources === 0) {
        visit.missing(
          variable,
          'valueFrom',
          message('valueFrom names no source; add one, such as secretKeyRef'),
        );
      } else if (goText(variable.get('value')) !== '') {
        if (variable.get('value').text() !== null)
          visit.report(source, message('A variable has either value or valueFrom; remove one'));
      } else if (sources > 1) {
        visit.report(source, message('A variable has one source; remove the others from valueFrom'));
      }
    },
  },
};
