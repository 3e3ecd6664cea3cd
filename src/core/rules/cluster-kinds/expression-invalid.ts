import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import type { Rule, Visit } from '../rule.ts';
import { expressionFault } from './expression-syntax.ts';

export const expressionInvalid: Rule = {
  code: 'expression-invalid',
  title: 'Expression that cannot be read',
  origin: 'server',
  severity: 'error',
  docs: `
Policies, conditions of webhooks and selectors of devices hold expressions of the Common Expression Language. The API
server compiles them when it stores the object, and refuses what it cannot read: a bracket or a quote that is never
closed, two values without an operator between them, a sign that the language does not have. Whether the names and types
in an expression are right, only the server can tell.

\`\`\`yaml
# bad
validations:
  - expression: object.spec.replicas <= 100 and object.spec.paused
# good
validations:
  - expression: object.spec.replicas <= 100 && object.spec.paused
\`\`\`

Source: [Common Expression Language in Kubernetes](https://kubernetes.io/docs/reference/using-api/cel/) in the Kubernetes
documentation.
`,
  visit: {
    'admissionregistration/v1.MatchCondition': (place, visit) => look(place.get('expression'), visit),
    'admissionregistration/v1.Variable': (place, visit) => look(place.get('expression'), visit),
    'admissionregistration/v1.Validation': (place, visit) => {
      look(place.get('expression'), visit);
      look(place.get('messageExpression'), visit);
    },
    'admissionregistration/v1.AuditAnnotation': (place, visit) => look(place.get('valueExpression'), visit),
    'resource/v1.CELDeviceSelector': (place, visit) => look(place.get('expression'), visit),
  },
};

function look(field: Field, visit: Visit): void {
  const text = field.text();
  // Of one that is not there another rule tells.
  if (text === null || text.trim() === '') return;
  const fault = expressionFault(text);
  if (fault === null) return;
  visit.report(
    field,
    fault.word === ''
      ? message('This expression breaks off; complete it')
      : message('{0} cannot stand where it does in this expression; correct it', fault.word),
  );
}
