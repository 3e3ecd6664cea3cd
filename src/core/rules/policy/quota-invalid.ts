import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isWhole } from '../../quantity.ts';
import { isCountedResource, isQuotaResource, isStandardQuotaResource } from '../resource-names.ts';
import type { Rule, Visit } from '../rule.ts';
import { isEmptyList, listOf } from '../values.ts';

const podScopes: ReadonlySet<string> = new Set([
  'Terminating',
  'NotTerminating',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
]);
const scopes: readonly string[] = [...podScopes, 'BestEffort', 'VolumeAttributesClass'];
const ofPods: ReadonlySet<string> = new Set([
  'pods',
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
]);
const ofClaims: ReadonlySet<string> = new Set(['persistentvolumeclaims', 'requests.storage']);
const conflicts = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;
/** These have no values to choose from. */
const onlyExist: ReadonlySet<string> = new Set([
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
]);

export const quotaInvalid: Rule = {
  code: 'quota-invalid',
  title: 'ResourceQuota that cannot be counted',
  origin: 'server',
  severity: 'error',
  docs: `
A quota limits resources that Kubernetes knows (\`requests.cpu\`, \`pods\`, \`services.loadbalancers\` …) or that have a
domain (\`requests.nvidia.com/gpu\`, \`count/deployments.apps\`). No amount is negative, and what is counted comes in whole
numbers. A scope must fit every resource beside it: \`BestEffort\` only counts pods. \`scopeSelector\` takes \`In\` and
\`NotIn\` with values, \`Exists\` and \`DoesNotExist\` without.

\`\`\`yaml
# bad
hard:
  deployments: 10
# good
hard:
  count/deployments.apps: 10
\`\`\`
`,
  visit: {
    'core/v1.ResourceQuotaSpec'(spec, visit) {
      const names = spec.get('hard').entries();
      for (const amount of names) checkAmount(amount, visit);
      checkScopes(spec.get('scopes'), names, visit);
      checkSelector(spec.get('scopeSelector'), names, visit);
    },
  },
};

function checkAmount(amount: Field, visit: Visit): void {
  const name = amount.key;
  if (!isQuotaResource(name))
    visit.report(
      amount,
      message('A quota cannot limit {0}; use a name such as requests.cpu or count/{0}', name),
      {
        range: amount.head,
      },
    );
  const quantity = amount.quantity();
  if (quantity === null) return;
  if (quantity.nano < 0n) visit.report(amount, message('{0} must not be negative; use 0 or more', name));
  if (isCountedResource(name) && !isWhole(quantity))
    visit.report(amount, message('{0} is counted in whole numbers; change the amount', name));
}

function checkScopes(list: Field, resources: readonly Field[], visit: Visit): void {
  const seen = new Set<string>();
  for (const scope of list.items()) {
    const name = scope.text();
    if (name === null) continue;
    seen.add(name);
    const problem = scopeProblem(name, resources);
    if (problem !== null) visit.report(scope, problem, { path: list.path });
  }
  checkConflicts(seen, list, visit);
}

function scopeProblem(name: string, resources: readonly Field[]) {
  if (!scopes.includes(name)) return message('There is no scope {0}; use {1}', name, listOf(scopes));
  const misfit = resources.find(({ key }) => isStandardQuotaResource(key) && !fits(name, key));
  return misfit === undefined
    ? null
    : message('Scope {0} cannot limit {1}; use another quota for it', name, misfit.key);
}

function fits(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  return podScopes.has(scope) ? ofPods.has(resource) : ofClaims.has(resource);
}

function checkConflicts(seen: ReadonlySet<string>, list: Field, visit: Visit): void {
  for (const [one, other] of conflicts) {
    if (seen.has(one) && seen.has(other))
      visit.report(list, message('Nothing is both {0} and {1}; remove one', one, other));
  }
}

/** The server names these places without the index of the expression. */
function checkSelector(selector: Field, resources: readonly Field[], visit: Visit): void {
  const list = selector.get('matchExpressions');
  const seen = new Set<string>();
  for (const expression of list.items()) {
    const scope = expression.get('scopeName');
    const name = scope.text() ?? (scope.written ? null : '');
    if (name === null) continue;
    seen.add(name);
    const problem = scopeProblem(name, resources);
    const unknown = !scopes.includes(name);
    if (problem !== null)
      visit.report(scope, problem, { path: unknown ? `${list.path}.scopeName` : list.path });
    checkOperator(expression, name, visit);
  }
  checkConflicts(seen, list, visit);
}

function checkOperator(expression: Field, scope: string, visit: Visit): void {
  const [field, values] = [expression.get('operator'), expression.get('values')];
  const operator = field.written ? field.text() : '';
  const path = expression.parent?.path ?? '';
  if (operator === null) return;
  if (onlyExist.has(scope) && operator !== 'Exists')
    visit.report(field, message('Scope {0} takes operator Exists only; use it', scope), {
      path: `${path}.operator`,
    });
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (isEmptyList(values))
        visit.report(values, message('Operator {0} needs values; add one', operator), {
          path: `${path}.values`,
        });
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (!isEmptyList(values))
        visit.report(values, message('Operator {0} takes no values; remove them', operator), {
          path: `${path}.values`,
        });
      break;
    default:
      visit.report(field, message('operator must be In, NotIn, Exists or DoesNotExist; change it'), {
        path: `${path}.operator`,
      });
  }
}
