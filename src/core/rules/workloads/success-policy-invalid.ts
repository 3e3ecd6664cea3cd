import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyList } from '../values.ts';
import { completionsOf } from './completions.ts';
import { countIndexes } from './indexes.ts';
import { reportRelying } from './relying.ts';

const MOST_RULES = 20;
const LONGEST = 64 * 1024;

export const successPolicyInvalid: Rule = {
  code: 'success-policy-invalid',
  title: 'Invalid policy for success',
  origin: 'server',
  severity: 'error',
  docs: `
A Job with \`completionMode: Indexed\` may succeed before all its indexes have: each of the 1 to 20 rules of
\`successPolicy\` names indexes, in order and below \`completions\` (\`0,2-5\`), a number of them, or both. The number
is at most that of the indexes there are.

\`\`\`yaml
# bad
completionMode: Indexed
completions: 3
successPolicy:
  rules:
    - succeededIndexes: 1-3
# good
completionMode: Indexed
completions: 3
successPolicy:
  rules:
    - succeededIndexes: 0-2
      succeededCount: 2
\`\`\`
`,
  visit: {
    'batch/v1.SuccessPolicy'(policy, visit) {
      const spec = policy.parent;
      if (spec === null) return;
      const mode = spec.get('completionMode');
      if (!mode.written || mode.text() === 'NonIndexed') {
        reportRelying(policy, mode, message('successPolicy needs completionMode Indexed; add that'), visit);
        return;
      }
      const rules = policy.get('rules');
      if (isEmptyList(rules)) visit.missing(policy, 'rules', message('The policy has no rules; add one'));
      if (rules.items().length > MOST_RULES)
        visit.report(rules, message('There are more than 20 rules; remove some'));
      for (const rule of rules.items()) checkRule(rule, completionsOf(spec), visit);
    },
  },
};

function checkRule(rule: Field, completions: number | null, visit: Visit): void {
  const indexes = rule.get('succeededIndexes');
  const count = rule.get('succeededCount');
  if (!indexes.written && !count.written) {
    const text = message('The rule asks for nothing; add succeededIndexes or succeededCount');
    visit.missing(rule, 'succeededCount', text, { path: rule.path });
  }
  if (completions === null) return;
  const text = indexes.text();
  const total = text === null ? null : checkIndexes(indexes, text, completions, visit);
  const most = total === null ? completions : Math.min(completions, total);
  const wanted = count.number();
  if (wanted !== null && wanted > most)
    visit.report(count, message('succeededCount must be at most {0} here; lower it', most));
}

/** How many indexes are named, none where they cannot be read. */
function checkIndexes(field: Field, text: string, completions: number, visit: Visit): number {
  if (text.length > LONGEST)
    visit.report(field, message('succeededIndexes has more than 65536 characters; shorten it'));
  const total = countIndexes(text, completions);
  if (total === null) {
    const said = message('Write indexes in order and below {0}, such as 0,2-5', completions);
    visit.report(field, said);
  }
  return total ?? 0;
}
