import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { isEmpty } from '../values.ts';
import { objectKind } from './object-kinds.ts';

export const nameMissing: Rule = {
  code: 'name-missing',
  title: 'Object without a name',
  origin: 'server',
  severity: 'error',
  docs: `
Every object needs a name, by which it is found again when the manifest is applied a second time. Where each run shall
make an object of its own, as Jobs that are started by hand, give \`generateName\` instead: the server adds five
characters to it. \`kubectl apply\` cannot work with \`generateName\`; \`kubectl create\` can.

\`\`\`yaml
# bad
metadata:
  labels: { app: web }
# good
metadata:
  name: web
  labels: { app: web }
\`\`\`
`,
  visit: {
    root(object, visit) {
      if (objectKind(object)?.nameOptional !== false) return;
      const metadata = object.get('metadata');
      if (!isEmpty(metadata.get('name')) || !isEmpty(metadata.get('generateName'))) return;
      visit.missing(metadata, 'name', message('The object has no name; add metadata.name'));
    },
  },
};
