import { message } from '../../finding.ts';
import type { Fix } from '../../finding.ts';
import type { Entry } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import { before, fieldAdded } from '../../schema/history/index.ts';
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
    const { schemaProblems, schema } = context;
    if (schema.version === null) return;
    for (const problem of schemaProblems) {
      if (problem.kind !== 'unknown') continue;
      const added = fieldComesLater(problem.parent, problem.entry.key, schema.version);
      if (added !== null) yield tooNew(problem.parent, problem.entry, added, context);
    }
  },
};

/** The version after `version` that brings a field to a place which has none of that name yet. */
export function fieldComesLater({ type }: Field, key: string, version: string | null): string | null {
  const added = type?.kind === 'object' ? fieldAdded(type.name, key) : null;
  return added !== null && version !== null && before(version, added) ? added : null;
}

function tooNew(parent: Field, entry: Entry, added: string, { schema, document }: RuleContext): Problem {
  const { node } = parent;
  const removal = node?.type === 'mapping' ? removeEntry(document.text, node, entry) : null;
  const fixes: readonly Fix[] =
    removal === null ? [] : [{ title: message('Remove {0}', entry.key), edits: [removal], preferred: false }];
  return {
    message: message(
      '{0} came with Kubernetes {1}; the target is {2}',
      entry.key,
      added,
      schema.version ?? '',
    ),
    range: entry.keyRange,
    path: parent.get(entry.key).path,
    fixes,
  };
}
