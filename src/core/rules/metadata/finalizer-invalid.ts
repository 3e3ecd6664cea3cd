import { message } from '../../finding.ts';
import { isQualifiedName } from '../names.ts';
import type { Rule } from '../rule.ts';
import { goText } from '../values.ts';
import { objectKind } from './object-kinds.ts';

/** Those of Kubernetes itself; all others have a domain. */
const plain: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

export const finalizerInvalid: Rule = {
  code: 'finalizer-invalid',
  title: 'Invalid finalizer',
  origin: 'server',
  severity: 'error',
  docs: `
An object with finalizers stays until whoever they name has removed them. A finalizer is called by a domain and a name
(\`example.com/cleanup\`). Only \`kubernetes\`, \`orphan\` and \`foregroundDeletion\` have no domain, and the last two
exclude each other.

\`\`\`yaml
# bad
finalizers:
  - cleanup
# good
finalizers:
  - example.com/cleanup
\`\`\`
`,
  visit: {
    'meta/v1.ObjectMeta'(metadata, visit) {
      const finalizers = metadata.get('finalizers');
      const kind = finalizers.written && metadata.parent !== null ? objectKind(metadata.parent) : null;
      if (kind === null) return;
      const { path } = finalizers;
      const names = new Set<string>();
      for (const finalizer of finalizers.items()) {
        const name = goText(finalizer);
        if (name === null) continue;
        names.add(name);
        const text = message('"{0}" cannot be a finalizer; use a name such as example.com/cleanup', name);
        if (!isQualifiedName(name)) visit.report(finalizer, text, { path });
        else if (kind.knownFinalizers && !name.includes('/') && !plain.has(name))
          visit.report(finalizer, text);
      }
      if (names.has('orphan') && names.has('foregroundDeletion'))
        visit.report(finalizers, message('orphan and foregroundDeletion exclude each other; remove one'));
    },
  },
};
