import type { Field } from '../../schema/field.ts';
import { checkForm, dnsLabel } from '../forms.ts';
import type { Rule } from '../rule.ts';
import { checkUnique, requireText } from '../values.ts';

export const volumeNameInvalid: Rule = {
  code: 'volume-name-invalid',
  title: 'Name of a volume that cannot be used',
  origin: 'server',
  severity: 'error',
  docs: `
Containers mount volumes by their names. Each volume of a pod has a name of its own: up to 63 small letters, digits and
\`-\`.

\`\`\`yaml
# bad
volumes:
  - name: app_config
    configMap: { name: app }
# good
volumes:
  - name: app-config
    configMap: { name: app }
\`\`\`
`,
  visit: {
    'core/v1.PodSpec'(spec, visit) {
      if (!spec.has('volumes')) return;
      const volumes = spec.get('volumes').items();
      if (volumes.length === 0) return;
      const seen = new Map<string, Field>();
      for (const volume of volumes) {
        if (!requireText(volume, 'name', visit)) continue;
        if (!checkForm(volume.get('name'), dnsLabel, visit)) checkUnique(volume.get('name'), seen, visit);
      }
    },
  },
};
