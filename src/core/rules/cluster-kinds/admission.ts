/** What webhooks and admission policies have in common. */
import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { checkForm, qualifiedName } from '../forms.ts';
import type { Visit } from '../rule.ts';
import { checkUnique, goText, isEmpty, isPending } from '../values.ts';

export const failurePolicies: readonly string[] = ['Fail', 'Ignore'];
export const matchPolicies: readonly string[] = ['Equivalent', 'Exact'];
export const reinvocationPolicies: readonly string[] = ['IfNeeded', 'Never'];

const MOST_CONDITIONS = 64;

/** Conditions have a name of their own and an expression. What the expression says, only the server can tell. */
export function checkMatchConditions(list: Field, visit: Visit): void {
  const items = list.items();
  const names = new Map<string, Field>();
  if (items.length > MOST_CONDITIONS)
    visit.report(list, message('{0} has at most {1} items; remove some', list.key, MOST_CONDITIONS));
  for (const condition of items) {
    if (isPending(condition)) continue;
    requireExpression(condition, 'expression', visit);
    const name = condition.get('name');
    if (isEmpty(name)) visit.missing(condition, 'name', message('A condition needs a name; add it'));
    else if (!checkForm(name, qualifiedName, visit)) checkUnique(name, names, visit);
  }
}

/** Says that an expression is missing; blanks are none. */
export function requireExpression(parent: Field, key: string, visit: Visit): void {
  const field = parent.get(key);
  if (goText(field)?.trim() !== '') return;
  const text = message('{0} is empty; write an expression', key);
  if (isEmpty(field)) visit.missing(parent, key, text);
  else visit.report(field, text);
}
