import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Entry } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import { removeEntry } from '../edits.ts';
import type { Problem, Rule, RuleContext } from '../rule.ts';

export const fieldTooNew: Rule = {
  code: 'field-too-new',
  title: 'Field that the target version does not have yet',
  origin: 'server',
  severity: 'error',
  docs: `
This field came with a later Kubernetes than the one the manifest is checked for. A server of the target version refuses
it as unknown, or drops it silently when it is not asked to be strict. Leave the field out, or set the Kubernetes version
to that of the cluster.

\`\`\`yaml
# bad for 1.31: the pod has resources of its own since 1.32
spec:
  resources:
    requests: { cpu: "1" }
\`\`\`
`,
  *check(context) {
    for (const problem of context.schemaProblems) {
      if (problem.kind === 'unknown' && problem.since !== null)
        yield tooNew(problem.parent, problem.entry, problem.since, context);
    }
  },
};

function tooNew(parent: Field, entry: Entry, since: string, { schema, document }: RuleContext): Problem {
  const { node } = parent;
  const removal = node?.type === 'mapping' ? removeEntry(document.text, node, entry) : null;
  const fixes: readonly Fix[] =
    removal === null ? [] : [{ title: message('Remove {0}', entry.key), edits: [removal], preferred: false }];
  return {
    message: message(
      '{0} came with Kubernetes {1}; the target is {2}',
      entry.key,
      since,
      schema.version ?? '',
    ),
    range: entry.keyRange,
    path: parent.get(entry.key).path,
    fixes,
  };
}
