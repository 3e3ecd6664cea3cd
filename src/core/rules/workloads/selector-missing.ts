import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import { readPlain } from '../../manifest/scalars.ts';
import type { Field } from '../../schema/field.ts';
import { appendLines } from '../edits.ts';
import type { Rule, Visit } from '../rule.ts';
import { readLabels } from '../selectors.ts';
import { isEmptyList, isEmptyMap } from '../values.ts';

export const selectorMissing: Rule = {
  code: 'selector-missing',
  title: 'Workload without a selector',
  origin: 'server',
  severity: 'error',
  docs: `
A workload finds its pods by labels. Its selector names at least one, and cannot be changed later: the labels of the
template that tell this workload from all others are what belongs there. Only a ReplicationController takes all labels
of its template where it has no selector.

\`\`\`yaml
# bad
spec:
  template:
    metadata:
      labels: { app: web }
# good
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
\`\`\`
`,
  visit: {
    'apps/v1.Deployment': look,
    'apps/v1.ReplicaSet': look,
    'apps/v1.StatefulSet': look,
    'apps/v1.DaemonSet'(set, visit) {
      // Where there is no selector at all, the server says that it does not match.
      look(set, visit, set.at('spec.template.metadata.labels').path);
    },
    'core/v1.ReplicationController'(controller, visit) {
      if (visit.context.completion?.labels === true) return;
      const spec = controller.get('spec');
      if (isEmptyMap(spec.get('selector')) && isEmptyMap(spec.at('template.metadata.labels')))
        visit.missing(spec, 'selector', wanting);
    },
  },
};

const wanting: Message = message('The selector has no labels; add those by which the pods are found');

function look(workload: Field, visit: Visit, absent?: string): void {
  if (visit.context.completion?.labels === true) return;
  const spec = workload.get('spec');
  const selector = spec.get('selector');
  if (!selector.written) {
    const text = message('There is no selector; add one with labels of the template');
    const options = { fixes: additions(spec, visit) };
    visit.missing(spec, 'selector', text, absent === undefined ? options : { ...options, path: absent });
  } else if (selector.node?.type === 'scalar' && selector.node.value !== null) {
    return; // What is no mapping is told as such.
  } else if (isEmptyMap(selector.get('matchLabels')) && isEmptyList(selector.get('matchExpressions'))) {
    visit.missing(spec, 'selector', wanting);
  }
}

/** All labels of the template: fewer would do, but which ones, only its author knows. */
function additions(spec: Field, visit: Visit): readonly Fix[] {
  const { node } = spec;
  const labels = readLabels(spec.at('template.metadata.labels'));
  if (node?.type !== 'mapping' || labels === null || labels.size === 0) return [];
  const lines = [...labels].map(([key, value]) => `    ${key}: ${quoted(value)}`);
  const edit = appendLines(visit.context.document.text, node, ['selector:', '  matchLabels:', ...lines]);
  return edit === null
    ? []
    : [{ title: message('Select the labels of the template'), edits: [edit], preferred: true }];
}

/** A label's value as YAML. */
export function quoted(value: string): string {
  return typeof readPlain(value) === 'string' && value !== '' ? value : `"${value}"`;
}
