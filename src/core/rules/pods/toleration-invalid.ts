import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, qualifiedName } from '../forms.ts';
import { isLabelValue } from '../names.ts';
import type { Rule, Visit } from '../rule.ts';
import { changeTo, checkChoice, goText, tell } from '../values.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const operators = ['Equal', 'Exists'];

export const tolerationInvalid: Rule = {
  code: 'toleration-invalid',
  title: 'Toleration that cannot match',
  origin: 'server',
  severity: 'error',
  docs: `
A toleration names the taint it accepts. \`operator\` is \`Equal\` (of a key and a value, the default) or \`Exists\` (of a
key, whatever its value; of all taints without a key). \`effect\` is \`NoSchedule\`, \`PreferNoSchedule\` or
\`NoExecute\`, or absent for all of them; \`tolerationSeconds\` means something for \`NoExecute\` only.

\`\`\`yaml
# bad
tolerations:
  - key: dedicated
    operator: Exists
    value: gpu
# good
tolerations:
  - key: dedicated
    operator: Equal
    value: gpu
    effect: NoSchedule
\`\`\`
`,
  visit: {
    'core/v1.Toleration'(toleration, visit) {
      checkKey(toleration, visit);
      checkOperator(toleration, visit);
      checkEffect(toleration, visit);
    },
  },
};

function checkKey(toleration: Field, visit: Visit): void {
  const key = goText(toleration.get('key'));
  const operator = goText(toleration.get('operator'));
  if (key === null || operator === null) return;
  checkFilled(toleration.get('key'), qualifiedName, visit);
  if (key !== '' || operator === 'Exists' || (operator !== '' && !operators.includes(operator))) return;
  const text = message('A toleration without a key matches every taint; its operator must be Exists');
  tell(toleration, 'operator', text, visit, { fixes: changeTo(toleration.get('operator'), 'Exists') });
}

function checkOperator(toleration: Field, visit: Visit): void {
  const operator = toleration.get('operator');
  const value = goText(toleration.get('value'));
  switch (goText(operator)) {
    case null:
      return;
    case '':
    case 'Equal':
      if (value !== null && !isLabelValue(value))
        visit.report(
          operator,
          message('"{0}" is no value of a taint; use letters, digits, "-", "_" and "."', value),
          {
            range: toleration.get('value').range,
          },
        );
      return;
    case 'Exists':
      if (value !== null && value !== '')
        visit.report(operator, message('Exists takes any value; remove the value or use Equal'), {
          range: operator.range,
          fixes: changeTo(operator, 'Equal', false),
        });
      return;
    default:
      checkChoice(operator, operators, visit);
  }
}

function checkEffect(toleration: Field, visit: Visit): void {
  const effect = toleration.get('effect');
  const written = goText(effect);
  if (written === null) return;
  if (written !== '') checkChoice(effect, effects, visit);
  if (!toleration.get('tolerationSeconds').written || written === 'NoExecute') return;
  const text = message('tolerationSeconds needs the effect NoExecute; set it or remove the seconds');
  tell(toleration, 'effect', text, visit, { fixes: changeTo(effect, 'NoExecute', false) });
}
