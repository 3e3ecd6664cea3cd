import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { objectKind } from './object-kinds.ts';

export const resourceVersionSet: Rule = {
  code: 'resource-version-set',
  title: 'Version of a stored object in a manifest',
  origin: 'advice',
  severity: 'warning',
  docs: `
\`resourceVersion\` comes along when an object is copied from a cluster. An object that has one cannot be created, and one
that exists can be changed by this manifest only as long as nobody else has changed it. Dry runs do not notice.

\`\`\`yaml
# bad
metadata:
  name: web
  resourceVersion: "184467"
# good
metadata:
  name: web
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const version = metadata.get('resourceVersion');
      const written = version.text() ?? '';
      if (written === '' || metadata.parent === null || objectKind(metadata.parent) === null) return;
      const text = message('An object with a resourceVersion cannot be created; remove it');
      visit.report(version, text, { fixes: removal(version, visit, true) });
    },
  },
};
