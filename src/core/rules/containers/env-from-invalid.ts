import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDnsSubdomain, isEnvVarName } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmpty, requireText } from '../values.ts';

const sources = ['configMapRef', 'secretRef'];

export const envFromInvalid: Rule = {
  code: 'env-from-invalid',
  title: 'Set of environment variables from nowhere or from two places',
  origin: 'server',
  severity: 'error',
  docs: `
Each entry of \`envFrom\` takes all variables of one ConfigMap or of one Secret, which it names. A \`prefix\` becomes the
beginning of every name, and is made of what a name may be made of.

\`\`\`yaml
# bad
envFrom:
  - prefix: DB_
# good
envFrom:
  - prefix: DB_
    secretRef: { name: db }
\`\`\`
`,
  visit: {
    'core/v1.EnvFromSource'(source, visit) {
      const list = source.parent;
      const prefix = source.get('prefix');
      const text = prefix.text();
      if (text !== null && text !== '' && !isEnvVarName(text))
        visit.report(prefix, message('"{0}" cannot begin the name of a variable; use letters and "_"', text));
      const written = sources.filter((key) => source.get(key).written);
      for (const key of written) checkName(source.get(key), visit);
      // The server says it of the list.
      const path = list?.path ?? source.path;
      if (written.length === 0)
        visit.missing(source, '', message('Add configMapRef or secretRef to say where variables come from'), {
          path,
          range: source.head,
        });
      else if (written.length > 1)
        visit.report(source, message('An entry has one source; make two entries of these two'), { path });
    },
  },
};

/** What is asked for is the beginning of a name, as for `generateName`. */
function checkName(ref: Field, visit: Visit): void {
  const name = ref.get('name');
  if (!requireText(ref, 'name', visit) || isEmpty(name)) return;
  const text = name.text();
  if (text === null || isDnsSubdomain(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text))
    return;
  visit.report(name, message('"{0}" is no name of an object; use small letters, digits, "-" and "."', text));
}
