import { GoPattern } from './crd-pattern.ts';
import type { DefinedSchema } from './crd-schema.ts';
import { hasFormat } from './crd-formats.ts';

/** Steps from the root of an object: keys and indexes. */
export type Steps = readonly (string | number)[];

/** What a definition says of a value that is not so. `args` go with the kind: what it wants. */
export interface DefinedProblem {
  readonly kind: DefinedProblemKind;
  /** The value; of `missing`, the field that is not there. */
  readonly steps: Steps;
  readonly args: readonly (string | number)[];
}

export type DefinedProblemKind =
  | 'missing'
  | 'type'
  | 'enum'
  | 'pattern'
  | 'format'
  | 'minimum'
  | 'above'
  | 'maximum'
  | 'below'
  | 'multipleOf'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'
  | 'duplicate'
  | 'anyOf'
  | 'oneOf'
  | 'not'
  | 'embedded';

/** Stands for what a template has yet to fill in: it is as it has to be. */
export const unknownValue = Symbol('unknown');

type Mapping = Readonly<Record<string, unknown>>;

/** Deeper than any manifest. */
const DEEPEST = 60;
/** Values that are looked at: what stands behind aliases is met once for each of them. */
const MOST_VALUES = 200_000;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a definition asks of the value and is not so, in no particular order. The value has its defaults by now. */
export function checkDefined(schema: DefinedSchema, value: unknown): readonly DefinedProblem[] {
  const checker = new Checker();
  return [...checker.check(schema, value, []), ...checker.checkLists(schema, value, [])];
}

class Checker {
  #left = MOST_VALUES;
  /** Something was met that a template has yet to fill in. */
  #uncertain = false;

  check(schema: DefinedSchema, value: unknown, steps: Steps): readonly DefinedProblem[] {
    if (value === unknownValue) this.#uncertain = true;
    if (value === unknownValue || this.#left-- < 0 || steps.length > DEEPEST) return [];
    if (!hasType(schema, value)) return [problem('type', steps, [typesOf(schema)])];
    const problems = [...enumProblems(schema, value, steps)];
    if (value === null) return problems;
    problems.push(...this.#alternatives(schema, value, steps));
    if (typeof value === 'string') problems.push(...textProblems(schema, value, steps));
    else if (typeof value === 'number') problems.push(...numberProblems(schema, value, steps));
    else if (Array.isArray(value)) problems.push(...this.#list(schema, value as unknown[], steps));
    else if (isMapping(value)) problems.push(...this.#mapping(schema, value, steps));
    return problems;
  }

  /** Items of lists that must differ: looked at apart, after all else, as the server does. */
  *checkLists(schema: DefinedSchema, value: unknown, steps: Steps): Iterable<DefinedProblem> {
    if (steps.length > DEEPEST || this.#left-- < 0) return;
    if (Array.isArray(value)) {
      const list = value as unknown[];
      yield* duplicates(schema, list, steps);
      const items = schema.schema('items');
      if (items !== null)
        for (const [index, item] of list.entries()) yield* this.checkLists(items, item, [...steps, index]);
    } else if (isMapping(value)) {
      for (const [key, part] of Object.entries(value)) {
        const inside = schema.properties.get(key) ?? schema.additional;
        if (inside !== null) yield* this.checkLists(inside, part, [...steps, key]);
      }
    }
  }

  #list(schema: DefinedSchema, value: readonly unknown[], steps: Steps): readonly DefinedProblem[] {
    const items = schema.schema('items');
    const inside =
      items === null ? [] : value.flatMap((item, index) => this.check(items, item, [...steps, index]));
    return [...inside, ...countProblems(schema, 'Items', value.length, steps)];
  }

  #mapping(schema: DefinedSchema, value: Mapping, steps: Steps): readonly DefinedProblem[] {
    const keys = Object.keys(value);
    const problems = [...countProblems(schema, 'Properties', keys.length, steps)];
    for (const key of keys) {
      const inside = schema.properties.get(key) ?? schema.additional;
      if (inside !== null) problems.push(...this.check(inside, value[key], [...steps, key]));
    }
    for (const key of schema.required)
      if (!Object.hasOwn(value, key)) problems.push(problem('missing', [...steps, key]));
    if (!schema.isEmbedded) return problems;
    for (const key of ['apiVersion', 'kind'])
      if (!Object.hasOwn(value, key)) problems.push(problem('missing', [...steps, key]));
      else if (value[key] === '') problems.push(problem('embedded', [...steps, key]));
    return problems;
  }

  #alternatives(schema: DefinedSchema, value: unknown, steps: Steps): readonly DefinedProblem[] {
    const problems = schema.schemas('allOf').flatMap((one) => this.check(one, value, steps));
    const before = this.#uncertain;
    this.#uncertain = false;
    const fitting = (key: string): number =>
      schema.schemas(key).filter((one) => this.check(one, value, steps).length === 0).length;
    const found: DefinedProblem[] = [];
    if (schema.schemas('anyOf').length > 0 && fitting('anyOf') === 0)
      found.push(problem('anyOf', steps, [requirementsOf(schema.schemas('anyOf'))]));
    const alternatives = schema.schemas('oneOf');
    const fit = alternatives.length === 0 ? 1 : fitting('oneOf');
    if (fit !== 1) found.push(problem('oneOf', steps, [fit, requirementsOf(alternatives)]));
    const not = schema.schema('not');
    if (not !== null && this.check(not, value, steps).length === 0)
      found.push(problem('not', steps, [not.required.join(', ')]));
    const certain = !this.#uncertain;
    this.#uncertain ||= before;
    return certain ? [...problems, ...found] : problems;
  }
}

function problem(kind: DefinedProblemKind, steps: Steps, args: DefinedProblem['args'] = []): DefinedProblem {
  return { kind, steps, args };
}

/** The fields of which alternatives ask one each; `''` where they ask for more than that. */
function requirementsOf(alternatives: readonly DefinedSchema[]): string {
  const names = alternatives.map(({ required }) => required);
  return names.every((one) => one.length === 1) ? names.flat().join(', ') : '';
}

function typesOf(schema: DefinedSchema): string {
  return schema.isIntOrString ? 'integer or string' : schema.type;
}

function hasType(schema: DefinedSchema, value: unknown): boolean {
  const { type } = schema;
  if (schema.isIntOrString)
    return typeof value === 'string' || isWhole(value) || (value === null && schema.flag('nullable'));
  if (type === '') return true;
  if (value === null) return schema.flag('nullable');
  switch (type) {
    case 'integer':
      return isWhole(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMapping(value);
    default:
      return typeof value === type;
  }
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

function* enumProblems(schema: DefinedSchema, value: unknown, steps: Steps): Iterable<DefinedProblem> {
  const values = schema.list('enum');
  if (values === null || values.length === 0) return;
  // To the server null is none of the values, even where it is listed.
  if (value !== null && values.some((one) => canonical(one) === canonical(value))) return;
  yield problem(
    'enum',
    steps,
    values.map((one) => (typeof one === 'string' ? one : canonical(one))),
  );
}

/** The value as text, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isMapping(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function* textProblems(schema: DefinedSchema, value: string, steps: Steps): Iterable<DefinedProblem> {
  const format = schema.text('format');
  if (format !== null && !hasFormat(value, format)) yield problem('format', steps, [format]);
  const length = Array.from(value).length;
  const [least, most] = [schema.number('minLength'), schema.number('maxLength')];
  if (least !== null && length < least) yield problem('minLength', steps, [least]);
  if (most !== null && length > most) yield problem('maxLength', steps, [most]);
  const pattern = schema.text('pattern');
  if (pattern !== null && pattern !== '' && patternOf(pattern)?.matches(value) === false)
    yield problem('pattern', steps, [pattern]);
}

const patterns = new Map<string, GoPattern | null>();

function patternOf(pattern: string): GoPattern | null {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  // Patterns change with every keystroke in a definition: those of old are not kept for ever.
  if (patterns.size > 2000) patterns.clear();
  const read = GoPattern.read(pattern);
  patterns.set(pattern, read);
  return read;
}

function* numberProblems(schema: DefinedSchema, value: number, steps: Steps): Iterable<DefinedProblem> {
  const least = schema.number('minimum');
  if (least !== null) {
    if (schema.flag('exclusiveMinimum') && value <= least) yield problem('above', steps, [least]);
    else if (value < least) yield problem('minimum', steps, [least]);
  }
  const most = schema.number('maximum');
  if (most !== null) {
    if (schema.flag('exclusiveMaximum') && value >= most) yield problem('below', steps, [most]);
    else if (value > most) yield problem('maximum', steps, [most]);
  }
  const factor = schema.number('multipleOf');
  if (factor === null || factor <= 0) return;
  const times = factor < 1 ? (1 / factor) * value : value / factor;
  if (!Number.isInteger(times)) yield problem('multipleOf', steps, [factor]);
}

function* countProblems(
  schema: DefinedSchema,
  what: 'Items' | 'Properties',
  count: number,
  steps: Steps,
): Iterable<DefinedProblem> {
  const [least, most] = [schema.number(`min${what}`), schema.number(`max${what}`)];
  if (least !== null && count < least) yield problem(`min${what}`, steps, [least]);
  if (most !== null && count > most) yield problem(`max${what}`, steps, [most]);
}

/** Items that are there twice, in a list whose items must differ, as a whole or by some of their fields. */
function* duplicates(
  schema: DefinedSchema,
  value: readonly unknown[],
  steps: Steps,
): Iterable<DefinedProblem> {
  const kind = schema.text('x-kubernetes-list-type');
  const keys = (schema.list('x-kubernetes-list-map-keys') ?? []).filter((key) => typeof key === 'string');
  const unique = kind === 'set' || kind === 'map';
  if (!unique || value.length > MOST_VALUES) return;
  const seen = new Set<string>();
  const told = new Set<string>();
  for (const [index, item] of value.entries()) {
    const key = kind === 'set' ? item : keysOf(item, keys);
    if (hasUnknown(key)) continue;
    const text = canonical(key);
    if (seen.has(text) && !told.has(text)) {
      told.add(text);
      yield problem('duplicate', [...steps, index], [keys.join(', ')]);
    }
    seen.add(text);
  }
}

function keysOf(item: unknown, keys: readonly string[]): unknown {
  if (!isMapping(item)) return {};
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(item, key)).map((key) => [key, item[key]]));
}

function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isMapping(value) && Object.values(value).some(hasUnknown);
}
