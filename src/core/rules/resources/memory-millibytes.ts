import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { countsBytes, resourceOf } from '../quantities.ts';
import type { Rule } from '../rule.ts';

const NANO = 1_000_000_000n;

export const memoryMillibytes: Rule = {
  code: 'memory-millibytes',
  title: 'Fraction of a byte',
  origin: 'advice',
  severity: 'warning',
  docs: `
An amount of memory or storage that is not a whole number of bytes. In \`128m\` the \`m\` means thousandths:
0.128 bytes, which rounds up to one byte, and the container is killed as soon as it starts. Nearly always
\`128Mi\` is meant. The API server accepts it with a warning.

\`\`\`yaml
# bad
limits: { memory: 128m }
# good
limits: { memory: 128Mi }
\`\`\`
`,
  visit: {
    quantity(field, visit) {
      const resource = resourceOf(field);
      if (!countsBytes(resource)) return;
      const written = field.writtenQuantity();
      if (written?.text == null || !written.reading.ok) return;
      const { nano } = written.reading.quantity;
      if (nano < 0n || nano % NANO === 0n) return;
      const text = written.text.trim();
      const replacements = replacementsFor(text, nano);
      visit.report(field, sentence(subject(field, resource), text, nano, replacements[0]), {
        fixes: replacements.map((newText): Fix => ({
          title: message('Change to {0}', newText),
          edits: [{ range: field.range, newText }],
          preferred: replacements.length === 1,
        })),
      });
    },
  },
};

/** `128m` can only mean mebibytes; `0.5` may mean any unit; what is larger than a kibibyte is rounded up to whole bytes. */
function replacementsFor(text: string, nano: bigint): readonly string[] {
  const milli = /^\+?(\d+(?:\.\d+)?)m$/.exec(text)?.[1];
  if (milli !== undefined) {
    // 536870912000m is how a whole number of bytes was once printed, not a slip.
    return nano < NANO * 1024n ? [`${milli}Mi`] : [String(roundUp(nano))];
  }
  if (nano >= NANO * 1024n) return [String(roundUp(nano))];
  return /^\+?\d*\.?\d+$/.test(text) ? [`${text}Gi`, `${text}Mi`] : [];
}

function roundUp(nano: bigint): bigint {
  return (nano + NANO - 1n) / NANO;
}

function sentence(what: string, text: string, nano: bigint, meant: string | undefined): Message {
  if (meant === undefined) return message('{0} {1} is {2} bytes; write whole bytes', what, text, bytes(nano));
  return message('{0} {1} is {2} bytes; did you mean {3}?', what, text, bytes(nano), meant);
}

/** `Memory request`, `Memory limit`, `Storage` …: what the amount is of. */
function subject({ parent }: Field, resource: string): string {
  const name = resource === 'sizeLimit' ? 'Size limit' : resource.charAt(0).toUpperCase() + resource.slice(1);
  if (parent?.key === 'requests') return `${name} request`;
  return parent?.key === 'limits' ? `${name} limit` : name;
}

/** Bytes in plain digits, exact. */
function bytes(nano: bigint): string {
  const fraction = String(nano % NANO)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nano / NANO}.${fraction}`;
}
