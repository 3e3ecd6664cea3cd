import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkItems, dnsSubdomain, labelValue, qualifiedName, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkRange, goText, isEmpty, isEmptyList, tell } from '../values.ts';

const labelOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];
const fieldOperators = ['In', 'NotIn'];

export const nodeAffinityInvalid: Rule = {
  code: 'node-affinity-invalid',
  title: 'Node affinity that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
Node affinity says on which nodes a pod may run, or a volume can be reached. What is required needs at least one term;
each condition of a term has a key, an operator and the values that go with it: \`In\` and \`NotIn\` at least one,
\`Exists\` and \`DoesNotExist\` none, \`Gt\` and \`Lt\` exactly one. A field of the node (\`matchFields\`) can only be
\`metadata.name\`, compared with one name. The weight of a preference is from 1 to 100.

\`\`\`yaml
# bad
matchExpressions:
  - { key: disktype, operator: Equals, values: [ssd] }
# good
matchExpressions:
  - { key: disktype, operator: In, values: [ssd] }
\`\`\`
`,
  visit: {
    'core/v1.NodeSelector'(selector, visit) {
      if (isOfNodes(selector) && isEmptyList(selector.get('nodeSelectorTerms')))
        visit.missing(
          selector,
          'nodeSelectorTerms',
          message('A required node affinity needs at least one term; add it'),
        );
    },
    'core/v1.PreferredSchedulingTerm'(preference, visit) {
      checkRange(preference.get('weight'), 1, 100, visit);
    },
    'core/v1.NodeSelectorTerm'(term, visit) {
      if (!isOfNodes(term)) return;
      // The server forgives values that no label can have where they are only preferred.
      const strict = term.key !== 'preference';
      for (const condition of term.get('matchExpressions').items()) checkLabel(condition, strict, visit);
      for (const condition of term.get('matchFields').items()) checkField(condition, visit);
    },
  },
};

/** Devices have node selectors as well, with rules of their own. */
function isOfNodes(field: Field): boolean {
  return field.up('core/v1.NodeAffinity') !== null || field.up('core/v1.VolumeNodeAffinity') !== null;
}

function checkLabel(condition: Field, strict: boolean, visit: Visit): void {
  const values = condition.get('values');
  checkOperator(condition, labelOperators, visit);
  checkCount(condition, visit);
  requireForm(condition, 'key', qualifiedName, visit);
  if (strict) checkItems(values, labelValue, visit);
}

function checkField(condition: Field, visit: Visit): void {
  const values = condition.get('values');
  checkOperator(condition, fieldOperators, visit);
  const operator = condition.get('operator').text();
  if ((operator === 'In' || operator === 'NotIn') && (isEmptyList(values) || values.items().length > 1))
    tell(condition, 'values', message('A condition on a field of the node takes exactly one value'), visit);
  if (goText(condition.get('key')) === 'metadata.name') {
    checkItems(values, dnsSubdomain, visit);
  } else if (goText(condition.get('key')) !== null) {
    tell(condition, 'key', message('The only field of a node that can be asked for is metadata.name'), visit);
  }
}

function checkOperator(condition: Field, operators: readonly string[], visit: Visit): void {
  const operator = condition.get('operator');
  if (isEmpty(operator))
    visit.missing(
      condition,
      'operator',
      message('A condition on nodes needs an operator; add one such as In'),
    );
  else checkChoice(operator, operators, visit);
}

function checkCount(condition: Field, visit: Visit): void {
  const values = condition.get('values');
  if (values.written && values.node?.type !== 'sequence') return;
  const count = values.items().length;
  const operator = condition.get('operator').text();
  if ((operator === 'In' || operator === 'NotIn') && count === 0)
    tell(condition, 'values', message('In and NotIn need at least one value; add it'), visit);
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0)
    tell(condition, 'values', message('Exists and DoesNotExist take no values; remove them'), visit);
  if ((operator === 'Gt' || operator === 'Lt') && count !== 1)
    tell(condition, 'values', message('Gt and Lt compare with exactly one number; write one'), visit);
}
