import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText } from '../values.ts';

const policies = ['Always', 'OnFailure', 'Never'];
const actions = ['Restart', 'RestartAllContainers'];
const operators = ['In', 'NotIn'];
const MOST_RULES = 20;
const MOST_CODES = 255;

export const containerRestartInvalid: Rule = {
  code: 'container-restart-invalid',
  title: 'Restart policy of a container that cannot be',
  origin: 'server',
  severity: 'error',
  docs: `
A container's own \`restartPolicy\` is \`Always\`, \`OnFailure\` or \`Never\`. \`restartPolicyRules\` make exceptions from
it, so they need one; each has an action, \`Restart\` or \`RestartAllContainers\`, and the exit codes it is for.

\`\`\`yaml
# bad
restartPolicyRules:
  - action: Restart
# good
restartPolicy: Never
restartPolicyRules:
  - action: Restart
    exitCodes: { operator: In, values: [42] }
\`\`\`
`,
  visit: {
    'core/v1.Container'(container, visit) {
      const rules = container.has('restartPolicyRules') ? container.get('restartPolicyRules') : null;
      const policy = container.has('restartPolicy') ? container.get('restartPolicy') : null;
      if (policy?.written === true) checkChoice(policy, policies, visit);
      else if (rules !== null && rules.items().length > 0)
        visit.missing(
          container,
          'restartPolicy',
          message('restartPolicyRules are exceptions from a restartPolicy; add one'),
        );
      if (rules !== null) checkRules(rules, visit);
    },
  },
};

function checkRules(rules: Field, visit: Visit): void {
  const items = rules.items();
  if (items.length > MOST_RULES)
    visit.report(rules, message('A container has at most {0} restart rules; remove some', MOST_RULES));
  for (const rule of items) {
    checkWord(rule, 'action', actions, visit);
    const codes = rule.get('exitCodes');
    if (!codes.written) {
      visit.missing(
        rule,
        'exitCodes',
        message('A restart rule needs the exit codes it is for; add exitCodes'),
      );
      continue;
    }
    checkWord(codes, 'operator', operators, visit);
    if (codes.get('values').items().length > MOST_CODES)
      visit.report(
        codes.get('values'),
        message('A rule has at most {0} exit codes; remove some', MOST_CODES),
      );
  }
}

function checkWord(owner: Field, key: string, words: readonly string[], visit: Visit): void {
  const field = owner.get(key);
  if (goText(field) === '') visit.missing(owner, key, message('{0} is required; add it', key));
  else checkChoice(field, words, visit);
}
