import { objectOf, objectsIn, textOf } from '../json.ts';
import { timeOf } from './fields.ts';

/** One entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  /** `True`, `False` or `Unknown`; of an object of unexpected shape anything else. */
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  /** Of its last change, in milliseconds since 1970; null: it does not say. */
  readonly since: number | null;
}

/** Every condition of an object, in the order the controller wrote them. */
export function conditionsOf(object: unknown): readonly Condition[] {
  return readConditions(objectOf(objectOf(object)['status'])['conditions']);
}

/** Conditions of a list that stands elsewhere (`status.listeners[].conditions` of a Gateway). */
export function readConditions(list: unknown): readonly Condition[] {
  return objectsIn(list).map((one) => ({
    type: textOf(one['type']),
    status: textOf(one['status']) || 'Unknown',
    reason: textOf(one['reason']),
    message: textOf(one['message']),
    since: timeOf(one['lastTransitionTime']) ?? timeOf(one['lastUpdateTime']),
  }));
}

export function conditionOf(conditions: readonly Condition[], type: string): Condition | null {
  return conditions.find((one) => one.type === type) ?? null;
}

/** Whether an object says that it is ready, as pods and nodes do. */
export function isReady(object: unknown): boolean {
  return conditionOf(conditionsOf(object), 'Ready')?.status === 'True';
}

/** A condition's message, else its reason; `''` when it gives neither. */
export function explanation(condition: Condition | null): string {
  if (condition === null) return '';
  return condition.message === '' ? condition.reason : condition.message;
}
