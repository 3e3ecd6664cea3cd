import type { Rule } from '../rule.ts';
import { checkOneSource, podSources } from './volume-sources.ts';

export const volumeSourceConflict: Rule = {
  code: 'volume-source-conflict',
  title: 'Volume of two kinds',
  origin: 'server',
  severity: 'error',
  docs: `
A volume comes from one place: a ConfigMap, a Secret, a claim, an empty folder … A volume with two of them is refused; to
have the contents of several in one folder, use \`projected\`. A volume with only a name is an empty folder.

\`\`\`yaml
# bad
volumes:
  - name: config
    configMap: { name: app }
    emptyDir: {}
# good
volumes:
  - name: config
    configMap: { name: app }
\`\`\`
`,
  visit: {
    'core/v1.Volume'(volume, visit) {
      checkOneSource(volume, podSources, visit);
    },
  },
};
