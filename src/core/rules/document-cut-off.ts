import { message } from '../finding.ts';
import type { Rule } from './rule.ts';

export const documentCutOff: Rule = {
  code: 'document-cut-off',
  title: 'Lines that the API server does not read',
  origin: 'advice',
  severity: 'warning',
  docs: `
To the API server's YAML reader a document ends where a line is indented less than the first one. It takes what stands
above, and drops the rest without a word: a space that slipped in before \`apiVersion\` is enough for an object without
any of its fields.

\`\`\`yaml
# bad: data is dropped, and the ConfigMap is created empty
 apiVersion: v1
 kind: ConfigMap
 metadata: { name: web }
data: { colour: red }
# good
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data: { colour: red }
\`\`\`
`,
  *check({ document: { cutOff } }) {
    if (cutOff === null) return;
    yield {
      message: message(
        'This is indented less than the first line: the API server drops it and all below; line them up',
      ),
      range: cutOff,
    };
  },
};
