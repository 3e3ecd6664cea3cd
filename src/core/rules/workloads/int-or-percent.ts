import { message } from '../../finding.ts';
import type { Field } from '../../schema/field.ts';
import { isPercentage } from '../names.ts';
import type { Visit } from '../rule.ts';
import { nameOf } from '../values.ts';

/** Says that a field is neither a count nor a percentage, or is more than all. */
export function checkIntOrPercent(field: Field, visit: Visit, limit: 'atMostAll' | 'unlimited'): void {
  const name = nameOf(field);
  const number = field.number();
  if (number !== null && number < 0)
    visit.report(field, message('{0} must not be negative; change it', name));
  const text = field.text();
  if (text === null) return;
  if (!isPercentage(text))
    visit.report(field, message('{0} must be a whole number or a percentage such as 25%; change it', name));
  else if (limit === 'atMostAll' && Number.parseInt(text, 10) > 100)
    visit.report(field, message('{0} must not be more than 100%; lower it', name));
}

/** Whether the server takes it for 0, as it does with what is no percentage; null where it cannot be known. */
export function isZero(field: Field): boolean | null {
  const number = field.number();
  if (number !== null) return number === 0;
  const text = field.text();
  return text === null ? null : !isPercentage(text) || Number.parseInt(text, 10) === 0;
}
