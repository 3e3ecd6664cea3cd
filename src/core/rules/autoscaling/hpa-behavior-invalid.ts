import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goNumber, goText, tell } from '../values.ts';

const LONGEST_WINDOW = 3600;
const LONGEST_PERIOD = 1800;

export const hpaBehaviorInvalid: Rule = {
  code: 'hpa-behavior-invalid',
  title: 'Invalid scaling behavior',
  origin: 'server',
  severity: 'error',
  docs: `
\`behavior.scaleUp\` and \`behavior.scaleDown\` limit how fast an autoscaler goes. \`stabilizationWindowSeconds\` is 0 to
3600. Each policy has a type (\`Pods\` or \`Percent\`), a value above 0 and \`periodSeconds\` from 1 to 1800; a list of
policies cannot be empty, but may be left out. \`selectPolicy\` is \`Max\`, \`Min\` or \`Disabled\`, which turns that
direction off. \`tolerance\` is not negative.

\`\`\`yaml
# bad
scaleDown:
  policies: []
# good
scaleDown:
  selectPolicy: Disabled
\`\`\`
`,
  visit: {
    'autoscaling/v2.HPAScalingRules'(rules, visit) {
      const window = rules.get('stabilizationWindowSeconds');
      const seconds = window.number() ?? 0;
      if (seconds < 0 || seconds > LONGEST_WINDOW)
        visit.report(window, message('stabilizationWindowSeconds must be from 0 to 3600; change it'));
      checkChoice(rules.get('selectPolicy'), ['Max', 'Min', 'Disabled'], visit);
      const policies = rules.get('policies');
      if (policies.node?.type === 'sequence' && policies.items().length === 0)
        visit.missing(rules, 'policies', message('policies is empty; remove it, or add a policy'));
      for (const policy of policies.items()) checkPolicy(policy, visit);
      const tolerance = rules.get('tolerance');
      if ((tolerance.quantity()?.nano ?? 0n) < 0n)
        visit.report(tolerance, message('tolerance must not be negative; use 0 or more'));
    },
  },
};

function checkPolicy(policy: Field, visit: Visit): void {
  const type = goText(policy.get('type'));
  if (type === '') visit.missing(policy, 'type', message('The policy has no type; add Pods or Percent'));
  else checkChoice(policy.get('type'), ['Pods', 'Percent'], visit);
  const value = goNumber(policy.get('value'));
  if (value !== null && value <= 0)
    tell(policy, 'value', message('value must be greater than 0; raise it'), visit);
  const period = goNumber(policy.get('periodSeconds'));
  if (period !== null && (period <= 0 || period > LONGEST_PERIOD))
    tell(policy, 'periodSeconds', message('periodSeconds must be from 1 to 1800; change it'), visit);
}
