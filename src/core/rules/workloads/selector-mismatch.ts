import { message } from '../../finding.ts';
import type { Fix, Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { appendLines } from '../edits.ts';
import type { Rule, Visit } from '../rule.ts';
import { isMet, readExactSelector, readLabels, readLabelSelector } from '../selectors.ts';
import type { Requirement, Selector } from '../selectors.ts';
import { changeTo, isEmptyMap } from '../values.ts';
import { quoted } from './selector-missing.ts';

export const selectorMismatch: Rule = {
  code: 'selector-mismatch',
  title: 'Selector that does not match the template',
  origin: 'server',
  severity: 'error',
  docs: `
A workload makes its pods from its template and finds them again by its selector. So the labels of the template must be
what the selector asks for; they may have more.

\`\`\`yaml
# bad
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: website }
# good
spec:
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web, tier: frontend }
\`\`\`
`,
  visit: {
    'apps/v1.DeploymentSpec': look,
    'apps/v1.ReplicaSetSpec': look,
    'apps/v1.StatefulSetSpec': look,
    'apps/v1.DaemonSetSpec': look,
    'batch/v1.JobSpec'(spec, visit) {
      // Otherwise the server makes both the selector and the labels.
      if (spec.get('manualSelector').flag() === true) look(spec, visit);
    },
    'core/v1.ReplicationControllerSpec'(spec, visit) {
      const selector = spec.get('selector');
      if (!isEmptyMap(selector)) compare(spec, readExactSelector(selector), visit);
    },
  },
};

function look(spec: Field, visit: Visit): void {
  const selector = spec.get('selector');
  if (selector.written) compare(spec, readLabelSelector(selector), visit);
}

function compare(spec: Field, selector: Selector | null, visit: Visit): void {
  const field = spec.at('template.metadata.labels');
  const labels = selector === null ? null : readLabels(field);
  const unmet = labels === null ? undefined : selector?.find((requirement) => !isMet(requirement, labels));
  if (unmet === undefined) return;
  const label = field.get(unmet.key);
  const text = wanted(unmet, label.written);
  const related = [{ message: message('The selector is here'), range: spec.get('selector').head }];
  const { path } = field;
  if (label.written)
    visit.report(label, text, { path, related, fixes: unmet.operator === 'In' ? changes(label, unmet) : [] });
  else visit.missing(field, unmet.key, text, { path, related, fixes: additions(field, unmet, visit) });
}

function wanted({ key, operator, values }: Requirement, written: boolean): Message {
  if (operator === 'Exists' || (operator === 'In' && !written))
    return message('The selector asks for the label {0}, which the template lacks; add it', key);
  if (operator === 'In')
    return message('The selector asks for {0}={1}; change the label or the selector', key, values.join('|'));
  return message('The selector excludes the label {0} as it is here; change the label or the selector', key);
}

function changes(label: Field, { values }: Requirement): readonly Fix[] {
  const [value, ...others] = values;
  return value === undefined || others.length > 0 ? [] : changeTo(label, quoted(value), false);
}

function additions(labels: Field, { key, operator, values }: Requirement, visit: Visit): readonly Fix[] {
  const [value] = values;
  if (operator !== 'In' || value === undefined || labels.node?.type !== 'mapping') return [];
  const edit = appendLines(visit.context.document.text, labels.node, [`${key}: ${quoted(value)}`]);
  return edit === null
    ? []
    : [{ title: message('Add the label {0}: {1}', key, value), edits: [edit], preferred: true }];
}
