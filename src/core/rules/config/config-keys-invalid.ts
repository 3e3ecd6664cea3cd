import { message } from '../../finding.ts';
import { isPlaceholder } from '../../manifest/templates.ts';
import type { Field } from '../../schema/field.ts';
import { dataKey } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';

export const configKeysInvalid: Rule = {
  code: 'config-keys-invalid',
  title: 'Key of a ConfigMap or Secret that cannot be a file',
  origin: 'server',
  severity: 'error',
  docs: `
Every key of a ConfigMap or Secret can become the name of a file: letters, digits, \`-\`, \`_\` and \`.\`, at most 253 of
them, no \`..\` at the start. A key of a ConfigMap stands in \`data\` or in \`binaryData\`, not in both.

\`\`\`yaml
# bad
data:
  conf/app.ini: ""
# good
data:
  conf.app.ini: ""
\`\`\`
`,
  visit: {
    'core/v1.ConfigMap'(config, visit) {
      const [data, binary] = [config.get('data'), config.get('binaryData')];
      checkKeys(data, data.path, visit);
      checkKeys(binary, binary.path, visit);
      for (const { key } of binary.entries()) {
        const other = data.get(key);
        if (other.node === null) continue;
        visit.report(other, message('{0} is in binaryData too; remove one of them', key), {
          range: other.head,
          related: [{ message: message('The other one is here'), range: binary.get(key).head }],
        });
      }
    },
    'core/v1.Secret'(secret, visit) {
      const [data, texts] = [secret.get('data'), secret.get('stringData')];
      checkKeys(data, data.path, visit);
      // The server has put them into data before it looks.
      checkKeys(texts, data.path, visit);
    },
  },
};

function checkKeys(map: Field, path: string, visit: Visit): void {
  for (const field of map.entries()) {
    const { key } = field;
    if (dataKey.fits(key) || isPlaceholder(key)) continue;
    visit.report(field, message(dataKey.template, map.key, key), {
      range: field.head,
      path: `${path}[${key}]`,
    });
  }
}
