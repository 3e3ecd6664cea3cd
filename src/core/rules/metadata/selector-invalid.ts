import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { labelValue, qualifiedName, checkItems } from '../forms.ts';
import { removal } from '../fixes.ts';
import type { Rule, Visit } from '../rule.ts';
import { isSelectorOperator } from '../selectors.ts';
import { changeTo, goText, isEmpty, isEmptyList } from '../values.ts';
import { nearestWord } from '../../nearest.ts';
import { checkLabels } from './label-invalid.ts';

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export const selectorInvalid: Rule = {
  code: 'selector-invalid',
  title: 'Invalid label selector',
  origin: 'server',
  severity: 'error',
  docs: `
A selector names labels that objects must have. \`matchLabels\` lists them with their values. Each of \`matchExpressions\`
has a \`key\` and an \`operator\`: \`In\` and \`NotIn\` need \`values\`, \`Exists\` and \`DoesNotExist\` must have none. Keys
and values have the form of labels.

\`\`\`yaml
# bad
matchExpressions:
  - { key: tier, operator: Exists, values: [web] }
# good
matchExpressions:
  - { key: tier, operator: In, values: [web] }
\`\`\`
`,
  visit: {
    'meta/v1.LabelSelector'(selector, visit) {
      if (isUnchecked(selector)) return;
      const exact = selector.get('matchLabels');
      if (exact.written) checkLabels(exact, exact.path, visit);
      const expressions = selector.get('matchExpressions');
      if (expressions.written) for (const one of expressions.items()) checkExpression(one, visit);
    },
  },
};

/** Of a metric the server takes any selector, and a CronJob's Jobs must have none. */
function isUnchecked({ parent }: Field): boolean {
  if (parent === null) return false;
  const { parent: owner } = parent;
  return (
    parent.is('autoscaling/v2.MetricIdentifier') ||
    (parent.is('batch/v1.JobSpec') && owner !== null && owner.is('batch/v1.JobTemplateSpec'))
  );
}

function checkExpression(expression: Field, visit: Visit): void {
  const key = expression.get('key');
  if (isEmpty(key)) visit.missing(expression, 'key', message('The expression has no key; name a label'));
  else checkKey(key, visit);
  const operator = expression.get('operator');
  const name = goText(operator);
  const values = expression.get('values');
  if (name === null) return;
  if (!isSelectorOperator(name)) {
    const text = message('operator must be In, NotIn, Exists or DoesNotExist; change it');
    if (name === '') visit.missing(expression, 'operator', text);
    else {
      const meant = nearestWord(name, operators);
      visit.report(operator, text, { fixes: meant === null ? [] : changeTo(operator, meant) });
    }
  } else if (name === 'In' || name === 'NotIn') {
    if (isEmptyList(values))
      visit.missing(expression, 'values', message('{0} needs values; list some', name));
  } else if (!isEmptyList(values)) {
    visit.report(values, message('{0} takes no values; remove them, or use In', name), {
      fixes: removal(values, visit),
    });
  }
  checkItems(values, labelValue, visit);
}

function checkKey(key: Field, visit: Visit): void {
  const text = key.text();
  if (text !== null && !qualifiedName.fits(text))
    visit.report(key, message(qualifiedName.template, 'key', text));
}
