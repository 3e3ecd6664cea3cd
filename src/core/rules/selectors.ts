import type { Field } from '../schema/field.ts';

export type SelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** One condition on the labels of an object. */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  /** None for `Exists` and `DoesNotExist`. */
  readonly values: readonly string[];
}

/** All of these have to hold; an empty one selects everything. */
export type Selector = readonly Requirement[];

export type Labels = ReadonlyMap<string, string>;

const operators: ReadonlySet<string> = new Set<SelectorOperator>(['In', 'NotIn', 'Exists', 'DoesNotExist']);

export function isSelectorOperator(text: string): text is SelectorOperator {
  return operators.has(text);
}

/** Whether labels are what a selector asks for. */
export function matches(selector: Selector, labels: Labels): boolean {
  return selector.every((requirement) => isMet(requirement, labels));
}

/** Whether one condition of a selector holds: `NotIn` does where the label is absent. */
export function isMet({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** Labels as the server reads them: a null is `''`. Null where one of them cannot be known. */
export function readLabels(field: Field): Labels | null {
  const { node } = field;
  if (node !== null && node.type !== 'mapping' && field.written) return null;
  const labels = new Map<string, string>();
  for (const label of field.entries()) {
    const value = label.written ? label.text() : '';
    if (value === null) return null;
    labels.set(label.key, value);
  }
  return labels;
}

/** A selector of exact labels, as a Service and a ReplicationController have it; null where it cannot be known. */
export function readExactSelector(field: Field): Selector | null {
  const labels = readLabels(field);
  return labels === null
    ? null
    : [...labels].map(([key, value]) => ({ key, operator: 'In', values: [value] }));
}

/** A selector with `matchLabels` and `matchExpressions`; null where it is invalid or cannot be known. */
export function readLabelSelector(field: Field): Selector | null {
  const exact = readExactSelector(field.get('matchLabels'));
  const expressions = field.get('matchExpressions').items().map(readRequirement);
  if (exact === null) return null;
  return expressions.every((one) => one !== null) ? [...exact, ...expressions] : null;
}

function readRequirement(field: Field): Requirement | null {
  const key = field.get('key').text();
  const operator = field.get('operator').text();
  const values = field
    .get('values')
    .items()
    .map((value) => (value.written ? value.text() : ''));
  if (key === null || operator === null || !isSelectorOperator(operator)) return null;
  return values.every((value) => value !== null) ? { key, operator, values } : null;
}
