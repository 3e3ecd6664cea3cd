import { message } from '../../finding.ts';
import { isQualifiedName } from '../names.ts';
import type { Rule } from '../rule.ts';
import { goText } from '../values.ts';

const known: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

export const namespaceFinalizerInvalid: Rule = {
  code: 'namespace-finalizer-invalid',
  title: 'Invalid finalizer of a Namespace',
  origin: 'server',
  severity: 'error',
  docs: `
A finalizer in the \`spec\` of a Namespace is \`kubernetes\`, or a domain and a name.

\`\`\`yaml
# bad
spec: { finalizers: [cleanup] }
# good
spec: { finalizers: [example.com/cleanup] }
\`\`\`
`,
  visit: {
    'core/v1.NamespaceSpec'(spec, visit) {
      const list = spec.get('finalizers');
      for (const item of list.items()) {
        const name = goText(item);
        if (name === null || (isQualifiedName(name) && (name.includes('/') || known.has(name)))) continue;
        visit.report(
          item,
          message('"{0}" cannot be a finalizer; use a name such as example.com/cleanup', name),
          {
            path: list.path,
          },
        );
      }
    },
  },
};
