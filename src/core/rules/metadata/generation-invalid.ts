import { message } from '../../finding.ts';
import { removal } from '../fixes.ts';
import type { Rule } from '../rule.ts';
import { objectKind } from './object-kinds.ts';

export const generationInvalid: Rule = {
  code: 'generation-invalid',
  title: 'Negative generation',
  origin: 'server',
  severity: 'error',
  docs: `
The API server counts in \`generation\` how often an object was changed. It does not belong in a manifest, where at best
it is ignored. Most kinds of object cannot have a negative one.

\`\`\`yaml
# bad
metadata:
  name: web
  generation: -1
# good
metadata:
  name: web
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const generation = metadata.get('generation');
      if ((generation.number() ?? 0) >= 0 || metadata.parent === null) return;
      const kind = objectKind(metadata.parent);
      if (kind?.keepsGeneration !== true) return;
      visit.report(generation, message('generation must not be negative; remove it'), {
        fixes: removal(generation, visit, true),
      });
    },
  },
};
