import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { matches, readLabels, readLabelSelector } from '../selectors.ts';
import { goText } from '../values.ts';

/** What the server sets to the name of the Job and to its uid, which nobody knows before. */
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

export const jobSelectorInvalid: Rule = {
  code: 'job-selector-invalid',
  title: 'Selector or labels that a Job makes by itself',
  origin: 'server',
  severity: 'error',
  docs: `
A Job labels its pods with its name and its uid and selects them by these. So it has no \`selector\`, and its template
none of the labels \`job-name\`, \`controller-uid\` and \`batch.kubernetes.io/...\`; copied Jobs have them. Whoever wants
to select other pods says \`manualSelector: true\`, and then has to give a selector. In a CronJob neither is possible.

\`\`\`yaml
# bad
kind: Job
spec:
  selector:
    matchLabels: { app: import }
# good
kind: Job
spec:
  template:
    metadata:
      labels: { app: import }
\`\`\`
`,
  visit: {
    'batch/v1.Job'(job, visit) {
      const spec = job.get('spec');
      const manual = spec.get('manualSelector');
      if (manual.flag() === true) {
        if (!spec.get('selector').written)
          visit.missing(spec, 'selector', message('manualSelector needs a selector; add one, or remove it'));
        return;
      }
      // A template may yet turn it on.
      if (manual.written && manual.flag() === null) return;
      checkSelector(spec, visit);
      checkLabels(job, spec, visit);
    },
    'batch/v1.JobTemplateSpec'(template, visit) {
      const spec = template.get('spec');
      const selector = spec.get('selector');
      if (selector.written)
        visit.report(selector, message('Jobs of a CronJob make their selector by themselves; remove it'), {
          fixes: removal(selector, visit, true),
        });
      const manual = spec.get('manualSelector');
      if (manual.flag() === true)
        visit.report(manual, message('Jobs of a CronJob cannot have manualSelector; remove it'), {
          fixes: removal(manual, visit, true),
        });
    },
  },
};

/** The selector has to match the labels that the server adds, whatever else the template has. */
function checkSelector(spec: Field, visit: Visit): void {
  const selector = spec.get('selector');
  const requirements = selector.written ? readLabelSelector(selector) : null;
  const name = goText(spec.object.at('metadata.name'));
  if (name === null) return;
  const labels = new Map([
    ...nameLabels.map((key) => [key, name] as const),
    // No selector can name this value.
    ...uidLabels.map((key) => [key, ' '] as const),
  ]);
  if (requirements === null) return;
  const options = { fixes: removal(selector, visit) };
  const text = message('A Job makes its selector by itself; remove it, or set manualSelector: true');
  if (!matches(requirements, labels)) {
    visit.report(selector, text, options);
    return;
  }
  const field = spec.at('template.metadata.labels');
  const own = readLabels(field);
  if (own !== null && !matches(requirements, new Map([...labels, ...own])))
    visit.report(selector, text, { ...options, path: field.path });
}

function checkLabels(job: Field, spec: Field, visit: Visit): void {
  const labels = spec.at('template.metadata.labels');
  if (!labels.written) return;
  const name = job.at('metadata.name');
  for (const label of labels.entries()) {
    const isName = nameLabels.includes(label.key);
    if (!isName && !uidLabels.includes(label.key)) continue;
    const value = label.written ? label.text() : '';
    if (isName && (value === null || goText(name) === null || value === goText(name))) continue;
    visit.report(label, message('A Job sets the label {0} by itself; remove it here', label.key), {
      fixes: removal(label, visit, true),
    });
  }
}
