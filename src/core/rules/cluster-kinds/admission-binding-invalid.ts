import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkFilled, dnsSubdomain, pathSegment, requireForm } from '../forms.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, isEmpty, isEmptyList } from '../values.ts';
import { checkMutatingOperations } from './admission-operations.ts';

const actions: readonly string[] = ['Deny', 'Warn', 'Audit'];
const notFoundActions: readonly string[] = ['Allow', 'Deny'];

export const admissionBindingInvalid: Rule = {
  code: 'admission-binding-invalid',
  title: 'Binding of an admission policy that does nothing',
  origin: 'server',
  severity: 'error',
  docs: `
A binding names its policy. That of a ValidatingAdmissionPolicy has \`validationActions\`: \`Deny\`, \`Warn\` or \`Audit\`,
each once, and not both \`Deny\` and \`Warn\`. \`paramRef\` has either a \`name\` or a \`selector\`, and says by
\`parameterNotFoundAction\` what happens without parameters.

\`\`\`yaml
# bad
validationActions: [Deny, Warn]
# good
validationActions: [Deny, Audit]
\`\`\`
`,
  visit: {
    'admissionregistration/v1.ValidatingAdmissionPolicyBinding'(binding, visit) {
      const spec = binding.get('spec');
      requireForm(spec, 'policyName', dnsSubdomain, visit);
      checkActions(spec, visit);
    },
    'admissionregistration/v1.MutatingAdmissionPolicyBinding'(binding, visit) {
      const spec = binding.get('spec');
      requireForm(spec, 'policyName', dnsSubdomain, visit);
      checkMutatingOperations(spec.get('matchResources'), visit);
    },
    'admissionregistration/v1.ParamRef': checkParameters,
  },
};

function checkActions(spec: Field, visit: Visit): void {
  const list = spec.get('validationActions');
  if (isEmptyList(list))
    visit.missing(spec, list.key, message('A binding needs validationActions; add [Deny]'));
  const seen = new Map<string, Field>();
  for (const action of list.items()) {
    checkChoice(action, actions, visit);
    checkUnique(action, seen, visit);
  }
  if (seen.has('Deny') && seen.has('Warn'))
    visit.report(list, message('Deny and Warn say the same twice; remove one'));
}

function checkParameters(reference: Field, visit: Visit): void {
  if (reference.node?.type !== 'mapping') return;
  const [name, selector, action] = ['name', 'selector', 'parameterNotFoundAction'].map((key) =>
    reference.get(key),
  );
  if (name === undefined || selector === undefined || action === undefined) return;
  checkFilled(name, pathSegment, visit);
  if (!isEmpty(name) && selector.written)
    visit.report(selector, message('paramRef has a name or a selector; remove one'));
  if (isEmpty(name) && !selector.written && reference.parent !== null)
    visit.missing(reference.parent, reference.key, message('paramRef needs a name or a selector; add one'));
  if (isEmpty(action))
    visit.missing(reference, action.key, message('paramRef needs parameterNotFoundAction; add Deny'));
  else checkChoice(action, notFoundActions, visit);
}
