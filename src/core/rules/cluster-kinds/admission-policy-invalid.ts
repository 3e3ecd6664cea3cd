import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isDns1035Label, isDnsSubdomain, isQualifiedName } from '../names.ts';
import { generatedName } from '../metadata/generated-name.ts';
import type { Rule, Visit } from '../rule.ts';
import { checkChoice, checkUnique, goText, isEmpty, isEmptyList, isPending } from '../values.ts';
import {
  checkMatchConditions,
  failurePolicies,
  matchPolicies,
  reinvocationPolicies,
  requireExpression,
} from './admission.ts';
import { checkMutatingOperations } from './admission-operations.ts';

const MOST_ANNOTATIONS = 20;
const LONGEST_VALUE = 5 * 1024;
const reasons: readonly string[] = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const patchTypes: readonly string[] = ['ApplyConfiguration', 'JSONPatch'];
const identifier = /^[_a-zA-Z][_a-zA-Z0-9]*$/;
const lineBreak = /[\n\r]/;
/** Words that an expression of the Common Expression Language cannot use as a name. */
const reserved: ReadonlySet<string> = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return ' +
    'var void while'
  ).split(' '),
);

export const admissionPolicyInvalid: Rule = {
  code: 'admission-policy-invalid',
  title: 'Admission policy with missing or contradictory parts',
  origin: 'server',
  severity: 'error',
  docs: `
An admission policy needs \`matchConstraints\` with \`resourceRules\`. A ValidatingAdmissionPolicy has \`validations\` or
\`auditAnnotations\`; a MutatingAdmissionPolicy has \`mutations\`, each with the one block that its \`patchType\` names, and
a \`reinvocationPolicy\`. Whether the expressions themselves compile, only the API server can tell.

\`\`\`yaml
# bad
spec:
  validations:
    - message: At most 100 replicas.
# good
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }
  validations:
    - expression: object.spec.replicas <= 100
      message: At most 100 replicas.
\`\`\`
`,
  visit: {
    'admissionregistration/v1.ValidatingAdmissionPolicy'(policy, visit) {
      const spec = policy.get('spec');
      checkShared(spec, visit);
      checkValidations(policy, spec, visit);
    },
    'admissionregistration/v1.MutatingAdmissionPolicy'(policy, visit) {
      const spec = policy.get('spec');
      checkShared(spec, visit);
      checkMutatingOperations(spec.get('matchConstraints'), visit);
      if (isEmptyList(spec.get('mutations')))
        visit.missing(spec, 'mutations', message('A policy needs a mutation; add one'));
      for (const mutation of spec.get('mutations').items()) checkMutation(mutation, visit);
      if (isEmpty(spec.get('reinvocationPolicy')))
        visit.missing(
          spec,
          'reinvocationPolicy',
          message('A policy needs a reinvocationPolicy; add Never or IfNeeded'),
        );
      else checkChoice(spec.get('reinvocationPolicy'), reinvocationPolicies, visit);
    },
    'admissionregistration/v1.MatchResources': (match, visit) =>
      checkChoice(match.get('matchPolicy'), matchPolicies, visit),
    'admissionregistration/v1.ParamKind': checkParamKind,
  },
};

function checkShared(spec: Field, visit: Visit): void {
  checkChoice(spec.get('failurePolicy'), failurePolicies, visit);
  const match = spec.get('matchConstraints');
  if (!match.written)
    visit.missing(
      spec,
      'matchConstraints',
      message('A policy needs matchConstraints; say which requests it is about'),
    );
  else if (isEmptyList(match.get('resourceRules')))
    visit.missing(match, 'resourceRules', message('matchConstraints needs resourceRules; add one'));
  checkMatchConditions(spec.get('matchConditions'), visit);
  for (const variable of spec.get('variables').items()) checkVariable(variable, visit);
}

function checkVariable(variable: Field, visit: Visit): void {
  if (isPending(variable)) return;
  requireExpression(variable, 'expression', visit);
  const field = variable.get('name');
  const name = goText(field);
  if (name === null || (identifier.test(name) && !reserved.has(name))) return;
  if (name.trim() !== '')
    visit.report(field, message('A variable cannot be called "{0}"; use letters, digits and "_"', name));
  else visit.missing(variable, 'name', message('{0} is required; add it', 'name'));
}

function checkParamKind(kind: Field, visit: Visit): void {
  const [version, name] = [goText(kind.get('apiVersion')), goText(kind.get('kind'))];
  if (version === '') visit.missing(kind, 'apiVersion', message('{0} is required; add it', 'apiVersion'));
  else if (version !== null && !isApiVersion(version))
    visit.report(
      kind.get('apiVersion'),
      message('"{0}" is no apiVersion; write one such as apps/v1', version),
    );
  if (name === '') visit.missing(kind, 'kind', message('{0} is required; add it', 'kind'));
  else if (name !== null && !isDns1035Label(name.toLowerCase()))
    visit.report(kind.get('kind'), message('"{0}" is no kind; use letters and digits', name));
}

function isApiVersion(text: string): boolean {
  const [group = '', version, more] = text.includes('/') ? text.split('/', 3) : ['', text];
  return more === undefined && isDns1035Label(version ?? '') && (group === '' || isDnsSubdomain(group));
}

function checkValidations(policy: Field, spec: Field, visit: Visit): void {
  const [validations, annotations] = [spec.get('validations'), spec.get('auditAnnotations')];
  if (isEmptyList(validations) && isEmptyList(annotations)) {
    visit.missing(spec, 'validations', message('A policy needs validations or auditAnnotations; add one'));
    return;
  }
  for (const validation of validations.items()) checkValidation(validation, visit);
  const items = annotations.items();
  if (items.length > MOST_ANNOTATIONS)
    visit.report(
      annotations,
      message('{0} has at most {1} items; remove some', annotations.key, MOST_ANNOTATIONS),
    );
  const seen = new Map<string, Field>();
  const name = goText(policy.at('metadata.name'));
  const prefix = policy.at('metadata.generateName').text();
  const whole = name === '' && prefix !== null ? generatedName(prefix) : name;
  for (const annotation of items) {
    checkUnique(annotation.get('key'), seen, visit, goText(annotation.get('key')));
    checkAnnotation(annotation, whole, visit);
  }
}

function checkValidation(validation: Field, visit: Visit): void {
  if (isPending(validation)) return;
  requireExpression(validation, 'expression', visit);
  for (const key of ['message', 'messageExpression']) {
    const field = validation.get(key);
    const text = field.text() ?? '';
    if (text !== '' && text.trim() === '')
      visit.report(field, message('{0} is blank; fill it in or remove it', key));
    else if (key === 'message' && lineBreak.test(text.trim()))
      visit.report(field, message('The message of a validation is one line; put it on one'));
  }
  checkChoice(validation.get('reason'), reasons, visit);
}

/** The key and the policy's name make the key of an annotation together. */
function checkAnnotation(annotation: Field, policy: string | null, visit: Visit): void {
  const [key, value] = [annotation.get('key'), annotation.get('valueExpression')];
  const text = goText(key);
  if (text === '') visit.missing(annotation, 'key', message('{0} is required; add it', 'key'));
  else if (text !== null && policy !== null && !isQualifiedName(`${policy}/${text}`))
    visit.report(
      key,
      message('"{0}" cannot be a key; use letters, digits, "-", "_" and ".", 63 at most', text),
    );
  requireExpression(annotation, 'valueExpression', visit);
  if ((value.text() ?? '').trim().length > LONGEST_VALUE)
    visit.report(
      value,
      message('{0} has at most {1} characters; shorten it', 'valueExpression', LONGEST_VALUE),
    );
}

function checkMutation(mutation: Field, visit: Visit): void {
  const type = mutation.get('patchType');
  if (isEmpty(type)) {
    if (mutation.node?.type === 'mapping')
      visit.missing(mutation, 'patchType', message('A mutation needs a patchType; add ApplyConfiguration'));
    return;
  }
  checkChoice(type, patchTypes, visit);
  const name = type.text();
  if (name === null || !patchTypes.includes(name)) return;
  const [own, other] =
    name === 'JSONPatch' ? ['jsonPatch', 'applyConfiguration'] : ['applyConfiguration', 'jsonPatch'];
  if (mutation.get(own).written) requireExpression(mutation.get(own), 'expression', visit);
  else visit.missing(mutation, own, message('patchType {0} needs {1}; add it', name, own));
  if (mutation.get(other).written)
    visit.report(mutation.get(other), message('patchType {0} has no {1}; remove it', name, other));
}
