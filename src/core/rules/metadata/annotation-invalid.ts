import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isAnnotationKey } from '../names.ts';
import type { Rule } from '../rule.ts';
import { checkedPath } from './checked-metadata.ts';

/** Of all keys and values together, in bytes. */
const LARGEST = 256 * 1024;

export const annotationInvalid: Rule = {
  code: 'annotation-invalid',
  title: 'Invalid annotation',
  origin: 'server',
  severity: 'error',
  docs: `
The key of an annotation is a name of at most 63 letters, digits, \`-\`, \`_\` and \`.\`, with a letter or digit at both
ends, and may have a domain before it (\`example.com/owner\`). Its value is any text. All annotations of an object together
have at most 256 KiB; what is larger belongs in a ConfigMap.

\`\`\`yaml
# bad
annotations:
  example.com/team/owner: Anna
# good
annotations:
  example.com/owner: Anna
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const annotations = metadata.get('annotations');
      if (!annotations.written) return;
      const owner = checkedPath(metadata);
      if (owner === null) return;
      const path = `${owner}.annotations`;
      for (const annotation of annotations.entries()) {
        if (isAnnotationKey(annotation.key)) continue;
        const text = message(
          '"{0}" cannot be an annotation; use a name such as owner or example.com/owner',
          annotation.key,
        );
        visit.report(annotation, text, { path, range: annotation.head });
      }
      const size = sizeOf(annotations);
      if (size <= LARGEST) return;
      const text = message(
        'The annotations have {0} bytes; 262144 is the most, so move some elsewhere',
        size,
      );
      visit.report(annotations, text, { path });
    },
  },
};

function sizeOf(annotations: Field): number {
  let units = 0;
  for (const { key, node } of annotations.entries()) {
    if (node?.type === 'scalar') units += key.length + node.source.length;
  }
  // No character has more than three bytes a unit: nearly always, there is nothing to count.
  return 3 * units <= LARGEST ? units : exactSizeOf(annotations);
}

function exactSizeOf(annotations: Field): number {
  let bytes = 0;
  for (const annotation of annotations.entries())
    bytes += byteLength(annotation.key) + byteLength(annotation.text() ?? '');
  return bytes;
}

/** In UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x80) bytes += code < 0x800 ? 1 : 2;
  }
  return bytes;
}
