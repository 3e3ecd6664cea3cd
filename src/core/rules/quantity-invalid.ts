import { message } from '../finding.ts';
import type { Fix, Message } from '../finding.ts';
import { suggestQuantities } from '../quantity.ts';
import type { QuantityProblem } from '../quantity.ts';
import type { Field } from '../schema/field.ts';
import { countsBytes, resourceOf } from './quantities.ts';
import type { Rule } from './rule.ts';

export const quantityInvalid: Rule = {
  code: 'quantity-invalid',
  title: 'Not a quantity',
  origin: 'server',
  severity: 'error',
  docs: `
Amounts are a number and at most one unit, without a space between: \`n\` \`u\` \`m\`, none, \`k\` \`M\` \`G\`
\`T\` \`P\` \`E\` (powers of 1000), or \`Ki\` \`Mi\` \`Gi\` \`Ti\` \`Pi\` \`Ei\` (powers of 1024). Letter case counts.
The API server refuses everything else, and negative amounts of a container's resources.

\`\`\`yaml
# bad
resources:
  limits: { memory: 500Mb, cpu: 0,5 }
# good
resources:
  limits: { memory: 500Mi, cpu: 500m }
\`\`\`
`,
  visit: {
    quantity(field, visit) {
      const written = field.writtenQuantity();
      if (written === null || (written.reading.ok && written.reading.quantity.nano >= 0n)) return;
      if (!written.reading.ok) {
        const { message: said, fixes } = describe(field, written.reading.problem);
        visit.report(field, said, { fixes });
      } else if (mustNotBeNegative(field)) {
        visit.report(
          field,
          message('{0} must not be negative; write an amount of 0 or more', resourceOf(field)),
          { path: serverPath(field) },
        );
      }
    },
  },
};

/** An overhead is to the server a set of limits. */
function serverPath({ key, parent, path }: Field): string {
  return parent?.key === 'overhead' ? `${parent.path}.limits[${key}]` : path;
}

/** Resources of a container or a pod, and sizes of its volumes. */
function mustNotBeNegative({ key, parent }: Field): boolean {
  if (key === 'sizeLimit' || parent?.key === 'overhead') return true;
  return parent?.parent?.is('core/v1.ResourceRequirements') === true;
}

function describe(
  field: Field,
  problem: QuantityProblem,
): { readonly message: Message; readonly fixes: readonly Fix[] } {
  const { node } = field;
  const text = shorten(field.writtenQuantity()?.text ?? (node?.type === 'scalar' ? node.source : ''));
  const bytes = countsBytes(resourceOf(field));
  const suggestions = [...suggestQuantities(text)];
  // A count of cores or pods is never meant in powers of 1024.
  if (!bytes) suggestions.sort((a, b) => Number(a.endsWith('i')) - Number(b.endsWith('i')));
  return {
    message: sentence(text, problem, suggestions[0], bytes),
    fixes: suggestions.map((newText): Fix => ({
      title: message('Change to {0}', newText),
      edits: [{ range: field.range, newText }],
      preferred: suggestions.length === 1,
    })),
  };
}

function sentence(
  text: string,
  problem: QuantityProblem,
  suggestion: string | undefined,
  bytes: boolean,
): Message {
  if (suggestion !== undefined) return message('{0} is not a quantity; did you mean {1}?', text, suggestion);
  if (problem === 'empty')
    return message('An amount is missing here; write one, such as {0}', bytes ? '128Mi' : '250m');
  if (problem === 'range') return message('{0} is more than any amount can be; write a smaller one', text);
  if (problem === 'unit')
    return message('{0} has no known unit; use {1}', text, bytes ? 'Ki, Mi, Gi' : 'm, k, M');
  if (text === '')
    return message('A quantity belongs here; write one, such as {0}', bytes ? '128Mi' : '250m');
  return message('{0} is not a quantity; write one, such as {1}', text, bytes ? '128Mi' : '250m');
}

const LONGEST = 40;

function shorten(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
