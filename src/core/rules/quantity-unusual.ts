import { message } from '../finding.ts';
import type { Rule } from './rule.ts';

export const quantityUnusual: Rule = {
  code: 'quantity-unusual',
  title: 'Quantity that hides a slip',
  origin: 'advice',
  severity: 'warning',
  docs: `
The API server reads a unit or a sign without any digit as zero, and a number that ends in a dot as if the
dot were not there. It accepts both, and hardly anybody means either.

\`\`\`yaml
# bad: a request of nothing
requests: { memory: Mi }
# good
requests: { memory: 64Mi }
\`\`\`
`,
  *check({ quantities }) {
    for (const { node, path, text, reading } of quantities) {
      if (!reading.ok || text === null) continue;
      const written = text.trim();
      if (!/\d/.test(written.replace(/[eE].*$/, ''))) {
        yield {
          message: message('{0} has no digits and counts as 0; write the number', written),
          range: node.range,
          path,
        };
      } else if (/\d\.(?!\d)/.test(written)) {
        const newText = written.replace(/\.(?!\d)/, '');
        yield {
          message: message('{0} ends its number with a dot; write {1}', written, newText),
          range: node.range,
          path,
          fixes: [
            {
              title: message('Change to {0}', newText),
              edits: [{ range: node.range, newText }],
              preferred: true,
            },
          ],
        };
      }
    }
  },
};
