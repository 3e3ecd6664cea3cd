import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';

const kept: ReadonlySet<string> = new Set(['annotations', 'labels']);

export const templateMetadataForbidden: Rule = {
  code: 'template-metadata-forbidden',
  title: 'Metadata that a template of a claim cannot give',
  origin: 'server',
  severity: 'error',
  docs: `
Each pod gets a claim of its own from a ResourceClaimTemplate, and the server names it. So the template's
\`spec.metadata\` has labels and annotations only; the name of the template itself stands in \`metadata\`.

\`\`\`yaml
# bad
spec:
  metadata: { name: gpu }
# good
spec:
  metadata:
    labels: { app: training }
\`\`\`
`,
  visit: {
    'resource/v1.ResourceClaimTemplateSpec'(template, visit) {
      for (const field of template.get('metadata').entries()) {
        if (kept.has(field.key) || field.type === null || isNothing(field)) continue;
        const { path } = field;
        visit.report(field, message('Claims get no {0} from their template; remove it', field.key), {
          // The server writes it as its own code does.
          path: field.key === 'uid' ? path.replace(/uid$/, 'uID') : path,
          fixes: removal(field, visit),
        });
      }
    },
  },
};

/** As Go sees it: of numbers only the generation is the same whether it is 0 or absent. */
function isNothing(field: Field): boolean {
  return !field.written || field.text() === '' || (field.key === 'generation' && field.number() === 0);
}
