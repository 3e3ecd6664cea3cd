import type { Entry, Node, ScalarNode } from '../manifest/nodes.ts';
import { readInteger } from '../manifest/scalars.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import type { Field } from './field.ts';
import type { ScalarType, Type } from './type.ts';

/** What the schema itself forbids. Quantities are none of it: whether a text is one is told by the rule about them. */
export type SchemaProblem =
  | {
      readonly kind: 'unknown';
      readonly parent: Field;
      readonly entry: Entry;
      /** The version of Kubernetes that brings the field; null where none does. */
      readonly since: string | null;
    }
  | { readonly kind: 'type' | 'range' | 'time' | 'microTime' | 'bytes'; readonly field: Field };

/** JSON has one kind of number; a value of these types stands as a text or a number, the rest as themselves. */
const takesNumber = new Set<Type['kind']>(['integer', 'number', 'quantity', 'intOrString']);
const takesText = new Set<Type['kind']>(['string', 'quantity', 'intOrString', 'time', 'microTime', 'bytes']);

/**
 * What the server's decoder says about one place; null when it takes it. It takes null anywhere, a number only if it
 * is whole where whole ones are wanted (`80.0` is), and no number or boolean for a text.
 */
export function typeProblem(field: Field): SchemaProblem | null {
  const { node, type } = field;
  if (node === null || type === null || type.kind === 'any') return null;
  if (node.type === 'scalar') return scalarProblem(field, node, type);
  const fits =
    node.type === 'sequence'
      ? type.kind === 'list' || (type.kind === 'bytes' && node.items.every(isByte))
      : type.kind === 'object' || type.kind === 'map';
  return fits || type.kind === 'quantity' ? null : { kind: 'type', field };
}

/** Go takes a list of numbers for data as well, where people see an empty list. */
function isByte(node: Node): boolean {
  if (node.type !== 'scalar') return false;
  const { value } = node;
  return (
    value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256)
  );
}

function scalarProblem(field: Field, node: ScalarNode, type: Type): SchemaProblem | null {
  const { value, source } = node;
  if (value === null || isPlaceholder(source)) return null;
  if (type.kind === 'object' || type.kind === 'map' || type.kind === 'list') return { kind: 'type', field };
  if (typeof value === 'boolean') {
    return type.kind === 'boolean' || type.kind === 'quantity' ? null : { kind: 'type', field };
  }
  if (typeof value === 'number') {
    return takesNumber.has(type.kind) ? numberProblem(field, node, type) : { kind: 'type', field };
  }
  return takesText.has(type.kind) ? textProblem(field, value, type) : { kind: 'type', field };
}

const limits = { 32: 2n ** 31n, 64: 2n ** 63n } as const;

function numberProblem(field: Field, { value, source }: ScalarNode, type: ScalarType): SchemaProblem | null {
  if (type.kind !== 'integer' && type.kind !== 'intOrString') return null;
  const exact = readInteger(source) ?? wholeNumber(value as number);
  if (exact === null) return { kind: 'type', field };
  const limit = limits[type.bits ?? 32];
  return exact >= -limit && exact < limit ? null : { kind: 'range', field };
}

/** From 1e21 on a server's JSON writes a whole number with an exponent, and takes it for none. */
function wholeNumber(value: number): bigint | null {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value) : null;
}

// As Go parses it: an hour of one digit will do, small letters will not.
const time = /^\d{4}-\d\d-\d\dT\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const microTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function textProblem(field: Field, value: string, { kind }: ScalarType): SchemaProblem | null {
  if (kind === 'time') return time.test(value) && isDate(value) ? null : { kind, field };
  if (kind === 'microTime') return microTime.test(value) && isDate(value) ? null : { kind, field };
  // Line breaks are no part of the data: a literal block of base64 is common.
  if (kind === 'bytes') return base64.test(value.replaceAll(/[\r\n]/g, '')) ? null : { kind, field };
  return null;
}

function isDate(value: string): boolean {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (value.match(/\d+/g) ?? []).map(
    Number,
  );
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

/**
 * What is wrong with a field that the type of its mapping does not have; null for one it has. `patch`: the mapping
 * belongs to a strategic merge patch, whose directives (`$patch`, `$setElementOrder/…`) are none of its fields.
 */
export function unknownProblem({ key, type, entry, parent }: Field, patch: boolean): SchemaProblem | null {
  if (type !== null || entry === null || parent?.type?.kind !== 'object' || parent.type.open) return null;
  if (isPlaceholder(key) || (patch && key.startsWith('$')) || isSeal(parent, entry)) return null;
  return { kind: 'unknown', parent, entry, since: parent.type.later?.get(key) ?? null };
}

/** What SOPS writes beside the values it encrypts, and takes away again before anything is applied. */
function isSeal(parent: Field, { key, value }: Entry): boolean {
  return key === 'sops' && parent.parent === null && value.type === 'mapping' && value.entry('mac') !== null;
}

/** Whether a node is worth going into: it holds others, and its type says of what kind. */
export function hasParts(node: Node | null, type: Type | null): boolean {
  if (node === null || type === null) return false;
  if (node.type === 'sequence') return type.kind === 'list';
  return node.type === 'mapping' && (type.kind === 'object' || type.kind === 'map');
}
