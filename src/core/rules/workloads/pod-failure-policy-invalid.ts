import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { containerLists } from '../../workload/kinds.ts';
import { qualifiedName } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, goText, isEmpty, isEmptyList } from '../values.ts';
import { reportRelying } from './relying.ts';

const MOST_RULES = 20;
const MOST_CONDITIONS = 20;
const MOST_CODES = 255;

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const statuses = ['True', 'False', 'Unknown'];

export const podFailurePolicyInvalid: Rule = {
  code: 'pod-failure-policy-invalid',
  title: 'Invalid policy for failed pods',
  origin: 'server',
  severity: 'error',
  docs: `
Each rule of a Job's \`podFailurePolicy\` has an \`action\` (\`Count\`, \`FailIndex\`, \`FailJob\` or \`Ignore\`) and looks
at either exit codes or conditions of the pod, not at both. Exit codes are listed in order, each once, with the operator
\`In\` or \`NotIn\`; 0 is no failure, so \`In\` cannot name it. A \`containerName\` is one of the template's. \`FailIndex\`
needs \`backoffLimitPerIndex\`. There are at most 20 rules.

\`\`\`yaml
# bad
podFailurePolicy:
  rules:
    - action: FailJob
      onExitCodes: { operator: In, values: [0, 42] }
# good
podFailurePolicy:
  rules:
    - action: FailJob
      onExitCodes: { operator: In, values: [42] }
\`\`\`
`,
  visit: {
    'batch/v1.PodFailurePolicy'(policy, visit) {
      const rules = policy.get('rules');
      atMost(rules, MOST_RULES, visit);
      for (const rule of rules.items()) checkRule(rule, policy.parent, visit);
    },
  },
};

function checkRule(rule: Field, spec: Field | null, visit: Visit): void {
  const action = rule.get('action');
  if (isEmpty(action))
    visit.missing(rule, 'action', message('The rule has no action; add one, such as FailJob or Ignore'));
  else if (action.text() !== 'FailIndex') checkChoice(action, actions, visit);
  else if (spec !== null && !spec.get('backoffLimitPerIndex').written) {
    const text = message('FailIndex needs backoffLimitPerIndex in the Job; add it');
    reportRelying(action, spec.get('backoffLimitPerIndex'), text, visit);
  }
  const codes = rule.get('onExitCodes');
  const conditions = rule.get('onPodConditions');
  if (codes.written) checkCodes(codes, spec, visit);
  atMost(conditions, MOST_CONDITIONS, visit);
  for (const condition of conditions.items()) checkCondition(condition, visit);
  if (codes.written && !isEmptyList(conditions))
    visit.report(rule, message('A rule looks at exit codes or at conditions; make two rules of this one'));
  if (!codes.written && isEmptyList(conditions)) {
    const text = message('The rule looks at nothing; add onExitCodes or onPodConditions');
    visit.missing(rule, 'onExitCodes', text, { path: rule.path });
  }
}

function atMost(list: Field, most: number, visit: Visit): void {
  if (list.items().length > most)
    visit.report(list, message('{0} has more than {1} entries; remove some', list.key, most));
}

function checkCondition(condition: Field, visit: Visit): void {
  const type = condition.get('type');
  const text = goText(type);
  if (text === '') visit.missing(condition, 'type', message('The condition has no type; add one'));
  else if (text !== null && !qualifiedName.fits(text))
    visit.report(type, message(qualifiedName.template, 'type', text));
  // It is True where it is not written.
  if (!isEmpty(condition.get('status'))) checkChoice(condition.get('status'), statuses, visit);
}

function checkCodes(codes: Field, spec: Field | null, visit: Visit): void {
  const operator = codes.get('operator');
  if (isEmpty(operator)) visit.missing(codes, 'operator', message('operator is required; add In or NotIn'));
  else checkChoice(operator, ['In', 'NotIn'], visit);
  const container = codes.get('containerName');
  const name = container.text();
  if (name !== null && spec !== null && !hasContainer(spec, name))
    visit.report(container, message('The template has no container {0}; name one that it has', name));
  const values = codes.get('values');
  if (isEmptyList(values)) visit.missing(codes, 'values', message('There are no exit codes; list some'));
  atMost(values, MOST_CODES, visit);
  checkOrder(values, operator.text() === 'In', visit);
}

function checkOrder(values: Field, excludesZero: boolean, visit: Visit): void {
  const seen = new Set<number>();
  let previous = Number.NEGATIVE_INFINITY;
  let ordered = true;
  for (const item of values.items()) {
    const code = item.written ? item.number() : 0;
    if (code === null) continue;
    if (excludesZero && code === 0)
      visit.report(item, message('Exit code 0 is no failure; remove it, or use NotIn'));
    if (seen.has(code)) visit.report(item, message('{0} is written twice; remove one', code));
    seen.add(code);
    if (code < previous) ordered = false;
    previous = code;
  }
  if (!ordered) visit.report(values, message('Exit codes must be in order; sort them'));
}

/** True also where a name cannot be known. */
function hasContainer(spec: Field, name: string): boolean {
  const pod = spec.at('template.spec');
  return containerLists.some(
    (list) =>
      list !== 'ephemeralContainers' &&
      pod
        .get(list)
        .items()
        .some((container) => {
          const text = goText(container.get('name'));
          return text === null || text === name;
        }),
  );
}
