import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';
import { definedProblems } from './defined.ts';

export const customFieldMissing: Rule = {
  code: 'custom-field-missing',
  title: 'Custom resource without a field that its definition requires',
  origin: 'server',
  severity: 'error',
  docs: `
The CustomResourceDefinition of this kind lists the field under \`required\` and gives it no default. The API server
refuses the object. Definitions are taken from the workspace, and from the cluster that manifests are deployed to.

\`\`\`yaml
# the definition
properties:
  schedule: { type: string }
required: [schedule]
# bad
spec: {}
# good
spec:
  schedule: 0 3 * * *
\`\`\`
`,
  visit: {
    root(object, visit) {
      for (const { problem, field, path } of definedProblems(object)) {
        if (problem.kind !== 'missing' || field.parent === null) continue;
        const text = message('{0} is required by the definition; add it', field.key);
        visit.missing(field.parent, field.key, text, { path });
      }
    },
  },
};
