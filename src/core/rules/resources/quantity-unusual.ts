import { message } from '../../finding.ts';
import type { Rule } from '../rule.ts';

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
  visit: {
    quantity(field, visit) {
      const written = field.writtenQuantity();
      if (written?.text == null || !written.reading.ok || isUsual.test(written.text)) return;
      const text = written.text.trim();
      if (!/\d/.test(text.replace(/[eE].*$/, ''))) {
        visit.report(field, message('{0} has no digits and counts as 0; write the number', text));
      } else if (/\d\.(?!\d)/.test(text)) {
        const newText = text.replace(/\.(?!\d)/, '');
        visit.report(field, message('{0} ends its number with a dot; write {1}', text, newText), {
          fixes: [
            {
              title: message('Change to {0}', newText),
              edits: [{ range: field.range, newText }],
              preferred: true,
            },
          ],
        });
      }
    },
  },
};

const isUsual = /^\d+(?:\.\d+)?[A-Za-z]*$/;
