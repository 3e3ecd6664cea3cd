import { message } from '../../finding.ts';
import type { Message } from '../../finding.ts';
import { toJson } from '../../manifest/nodes.ts';
import type { Field } from '../../schema/field.ts';
import type { Visit } from '../rule.ts';
import { listOf } from '../values.ts';
import { written } from './crd.ts';
import type { Located } from './crd.ts';

/** Says that a default does not fit its own schema. What patterns, formats and rules say is left to the server. */
export function checkDefault({ field, path }: Located, visit: Visit): void {
  const value = written(field, 'default');
  if (value === null || hasPlaceholder(value)) return;
  checkValue({ field: value, path: `${path}.default` }, field, visit);
}

function hasPlaceholder({ node }: Field): boolean {
  return node !== null && JSON.stringify(toJson(node)).includes('${');
}

function checkValue(value: Located, schema: Field, visit: Visit): void {
  if (schema.node?.type !== 'mapping') return;
  const problem = typeProblem(value.field, schema) ?? limitProblem(value.field, schema);
  if (problem !== null) {
    visit.report(value.field, problem, { path: value.path });
    return;
  }
  if (value.field.node?.type === 'sequence') checkItems(value, schema, visit);
  else if (value.field.node?.type === 'mapping') checkProperties(value, schema, visit);
}

function checkItems({ field, path }: Located, schema: Field, visit: Visit): void {
  const items = written(schema, 'items');
  if (items === null) return;
  for (const [index, item] of field.items().entries())
    checkValue({ field: item, path: `${path}.[${index}]` }, items, visit);
}

/** Fields that the schema does not know would be dropped: the server finds them where the whole default stands. */
function checkProperties({ field, path }: Located, schema: Field, visit: Visit): void {
  const properties = written(schema, 'properties');
  const more = written(schema, 'additionalProperties');
  for (const entry of field.entries()) {
    const own = properties === null ? null : written(properties, entry.key);
    const other = more?.node?.type === 'mapping' ? more : null;
    if (own !== null || other !== null)
      checkValue({ field: entry, path: `${path}.${entry.key}` }, own ?? other ?? schema, visit);
    else if (more === null && !takesAny(schema))
      visit.report(entry, message('The schema has no field {0}; remove it from the default', entry.key), {
        path: path.replace(/\.default\b.*$/s, '.default'),
        range: entry.head,
      });
  }
  for (const name of written(schema, 'required')?.items() ?? []) {
    const key = name.text();
    if (key !== null && !field.has(key))
      visit.report(field, message('The default needs {0}, as its schema requires it', key), {
        path: `${path}.${key}`,
      });
  }
}

function takesAny(schema: Field): boolean {
  return ['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'].some(
    (key) => written(schema, key) !== null,
  );
}

function kindOf({ node }: Field): string | null {
  if (node?.type === 'sequence') return 'array';
  if (node?.type === 'mapping') return 'object';
  if (node === null || node.value === null) return null;
  if (typeof node.value === 'number') return Number.isInteger(node.value) ? 'integer' : 'number';
  return typeof node.value;
}

function typeProblem(value: Field, schema: Field): Message | null {
  const type = written(schema, 'type')?.text() ?? null;
  const kind = kindOf(value);
  const mixed = written(schema, 'x-kubernetes-int-or-string')?.flag() === true;
  if (kind === null) {
    const nullable = written(schema, 'nullable')?.flag() !== false && schema.has('nullable');
    return nullable || type === null ? null : message('A default of null needs nullable: true; add it');
  }
  if (mixed || type === null || type === kind || (type === 'number' && kind === 'integer')) return null;
  return message('The default must be of type {0}; change one', type);
}

function limitProblem(value: Field, schema: Field): Message | null {
  const choices = written(schema, 'enum');
  if (choices !== null && choices.items().length > 0) {
    const own = jsonOf(value);
    if (!choices.items().some((choice) => jsonOf(choice) === own))
      return message('The default must be {0}', listOf(choices.items().map(jsonOf)));
  }
  const size = sizeOf(value);
  if (size === null) return null;
  if (size.least === 'minimum' && !hasWidth(size.amount, schema))
    return message('The default must be a number of 32 bits; change it');
  const edge = (key: string): boolean => written(schema, key)?.flag() === true;
  const least = written(schema, size.least)?.number() ?? null;
  const most = written(schema, size.most)?.number() ?? null;
  if (least !== null && (size.amount < least || (size.amount === least && edge('exclusiveMinimum'))))
    return message('The default is below {0}; change one', size.least);
  if (most !== null && (size.amount > most || (size.amount === most && edge('exclusiveMaximum'))))
    return message('The default is above {0}; change one', size.most);
  return null;
}

function hasWidth(value: number, schema: Field): boolean {
  return written(schema, 'format')?.text() !== 'int32' || Math.abs(value + 0.5) < 2 ** 31;
}

/** With keys in order: two mappings of the same fields are equal. */
function jsonOf({ node }: Field): string {
  return JSON.stringify(node === null ? null : toJson(node), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function sizeOf(value: Field): { amount: number; least: string; most: string } | null {
  const { node } = value;
  if (node?.type === 'sequence') return { amount: node.items.length, least: 'minItems', most: 'maxItems' };
  if (node?.type === 'mapping')
    return { amount: value.entries().length, least: 'minProperties', most: 'maxProperties' };
  if (typeof node?.value === 'number') return { amount: node.value, least: 'minimum', most: 'maximum' };
  return typeof node?.value === 'string'
    ? { amount: [...node.value].length, least: 'minLength', most: 'maxLength' }
    : null;
}
