import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice } from '../values.ts';
import { completionsOf } from './completions.ts';
import { reportRelying } from './relying.ts';

const MOST = 100_000;
/** Of parallel pods and failed indexes, where there are more completions than that. */
const MOST_BEYOND = 10_000;

export const jobCompletionsInvalid: Rule = {
  code: 'job-completions-invalid',
  title: 'Counts of a Job that do not fit together',
  origin: 'server',
  severity: 'error',
  docs: `
A Job with \`completionMode: Indexed\` needs \`completions\`, and runs at most 100000 pods at a time. Only such a Job can
count failures by index (\`backoffLimitPerIndex\`), and only where it does, \`maxFailedIndexes\` limits them, to at most
as many as there are completions. With more than 100000 completions and \`backoffLimitPerIndex\`, \`maxFailedIndexes\` is
required, and both it and \`parallelism\` are at most 10000.

\`\`\`yaml
# bad
spec:
  completionMode: Indexed
  parallelism: 3
# good
spec:
  completionMode: Indexed
  completions: 10
  parallelism: 3
\`\`\`
`,
  visit: {
    'batch/v1.JobSpec'(spec, visit) {
      const mode = spec.get('completionMode');
      checkChoice(mode, ['Indexed', 'NonIndexed'], visit);
      const perIndex = spec.get('backoffLimitPerIndex');
      const failures = spec.get('maxFailedIndexes');
      if (failures.written && !perIndex.written) {
        const text = message('maxFailedIndexes needs backoffLimitPerIndex; add it');
        visit.missing(spec, 'backoffLimitPerIndex', text, { range: failures.range });
      }
      if (mode.text() === 'Indexed') checkIndexed(spec, visit);
      else if (!mode.written || mode.text() === 'NonIndexed') {
        for (const field of [perIndex, failures]) if (field.written) wantIndexed(field, mode, visit);
      }
    },
  },
};

function wantIndexed(field: Field, mode: Field, visit: Visit): void {
  reportRelying(field, mode, message('{0} needs completionMode Indexed; add that', field.key), visit);
}

function checkIndexed(spec: Field, visit: Visit): void {
  const parallelism = spec.get('parallelism');
  const failures = spec.get('maxFailedIndexes');
  const all = completionsOf(spec);
  if (all === null && !spec.get('completions').written)
    visit.missing(spec, 'completions', message('completionMode Indexed needs completions; add it'));
  const most = all === null ? MOST : Math.min(all, MOST);
  check(parallelism, MOST, visit);
  const limited = check(failures, most, visit);
  if (all === null || all <= MOST || !spec.get('backoffLimitPerIndex').written) return;
  check(parallelism, MOST_BEYOND, visit);
  const text = message('More than 100000 completions need maxFailedIndexes; add it, at most 10000');
  if (!failures.written) visit.missing(spec, 'maxFailedIndexes', text);
  else if (limited) check(failures, MOST_BEYOND, visit);
}

/** Whether the field, if there is one, is within its limit. */
function check(field: Field, most: number, visit: Visit): boolean {
  const value = field.number();
  if (value === null || value <= most) return true;
  const text: Message = message('{0} must be at most {1} here; lower it', field.key, most);
  visit.report(field, text);
  return false;
}
