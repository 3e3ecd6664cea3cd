import type { TextRange } from '../finding.ts';
import { headOf } from '../manifest/objects.ts';
import type { Entry, MappingNode, Node } from '../manifest/nodes.ts';
import { joinKey } from '../manifest/path.ts';
import { isPlaceholder } from '../manifest/templates.ts';
import { parseQuantity } from '../quantity.ts';
import type { Quantity, QuantityReading } from '../quantity.ts';
import type { TypeName } from './generated/type-names.ts';
import { quantityText } from './scalars.ts';
import type { Type } from './type.ts';

/** What stands where a quantity belongs, and how the server reads it. */
export interface WrittenQuantity {
  /** Null for a mapping, a list and a boolean. */
  readonly text: string | null;
  readonly reading: QuantityReading;
}

const noFields: readonly Field[] = [];
const noTexts = new Set<Type['kind']>(['integer', 'number', 'boolean']);
/** Mappings up to this size are searched field by field: an index would cost more than it saves. */
const SMALL = 8;
const LARGEST = { 32: 2 ** 31 - 1, 64: 2 ** 63 } as const;

/**
 * A place of a Kubernetes object, written or not. Values are told only where they are of the type the schema wants:
 * a rule that reads a number gets null where a text stands, and another rule says so.
 */
export class Field {
  readonly parent: Field | null;
  /** Key in a mapping, index in a list; the object's own path (`items[2]`) at its root. */
  readonly key: string;
  /** Null where the schema does not know the place. */
  readonly type: Type | null;
  /** Null where nothing is written. */
  readonly node: Node | null;
  /** The key and value that put it there; null for an item of a list, for an object, and where nothing is written. */
  readonly entry: Entry | null;
  #parts: readonly Field[] | null = null;
  #index: ReadonlyMap<string, Field> | null = null;
  #absent: Field[] | null = null;
  #quantity: WrittenQuantity | null = null;

  private constructor(
    parent: Field | null,
    key: string,
    type: Type | null,
    node: Node | null,
    entry: Entry | null,
  ) {
    this.parent = parent;
    this.key = key;
    this.type = type;
    this.node = node;
    this.entry = entry;
  }

  /** The root of an object that stands at `path` of its document. */
  static root(node: MappingNode, type: Type, path: string): Field {
    return new Field(null, path, type, node, null);
  }

  /** Something else than null is written: to the server, null is nothing. */
  get written(): boolean {
    const { node } = this;
    return node !== null && (node.type !== 'scalar' || node.value !== null);
  }

  /** From the root of the document, as the API server writes it: `spec.containers[0].resources.requests[memory]`. */
  get path(): string {
    const { parent, key } = this;
    if (parent === null) return key;
    const before = parent.path;
    const { type, node } = parent;
    if (type?.kind === 'list' || node?.type === 'sequence') return `${before}[${key}]`;
    if (type === null || type.kind === 'any') return joinKey(before, key);
    if (type.kind === 'map' && type.dotted !== true) return `${before}[${key}]`;
    return before === '' ? key : `${before}.${key}`;
  }

  /** The value where it is a single one, else its key; of what is not written, the nearest ancestor that is. */
  get range(): TextRange {
    const { node } = this;
    if (node?.type === 'scalar' && node.range.end > node.range.start) return node.range;
    return this.head;
  }

  /** Its key; of an item of a list what names it; of what is not written, the nearest ancestor that is. */
  get head(): TextRange {
    const { entry, node, parent } = this;
    if (node === null) return parent?.head ?? { start: 0, end: 0 };
    return entry?.keyRange ?? headOf(node);
  }

  /** The object all this belongs to. */
  get object(): Field {
    return this.parent?.object ?? this;
  }

  /** The nearest place around this one that has a type; null where there is none. */
  up(type: TypeName): Field | null {
    for (let field = this.parent; field !== null; field = field.parent) {
      if (field.is(type)) return field;
    }
    return null;
  }

  is(type: TypeName): boolean {
    return this.type?.kind === 'object' && this.type.name === type;
  }

  /** Whether a mapping has a key, be its value null. Costs less than asking for the field. */
  has(key: string): boolean {
    const { node } = this;
    return node?.type === 'mapping' && node.entry(key) !== null;
  }

  /** A field inside this one, written or not. */
  get(key: string): Field {
    return this.#writtenPart(key) ?? this.#absentPart(key);
  }

  /** A field deeper inside: `at('spec.template')`. */
  at(path: string): Field {
    return path.split('.').reduce<Field>((field, key) => field.get(key), this);
  }

  items(): readonly Field[] {
    const { node, type } = this;
    if (node?.type !== 'sequence') return noFields;
    if (this.#parts !== null) return this.#parts;
    const ofItems = type?.kind === 'list' ? type.items : null;
    return (this.#parts = node.items.map(
      (item, index) => new Field(this, String(index), ofItems, item, null),
    ));
  }

  /** What is written in a mapping, in order, each key once. */
  entries(): readonly Field[] {
    const { node } = this;
    if (node?.type !== 'mapping') return noFields;
    if (this.#parts !== null) return this.#parts;
    const entries = node.repeats
      ? [...new Set(node.entries.map(({ key }) => key))].flatMap((key) => node.entry(key) ?? [])
      : node.entries;
    return (this.#parts = entries.map((entry) => {
      const value = node.repeats ? node.get(entry.key) : entry.value;
      return new Field(this, entry.key, this.#typeOfPart(entry.key), value, entry);
    }));
  }

  /** A string; null when there is none, none belongs here, or a template has yet to fill it in. */
  text(): string | null {
    const value = this.#scalar();
    return typeof value === 'string' && !(this.type !== null && noTexts.has(this.type.kind)) ? value : null;
  }

  /** Null where no number is written, and where it is none its field can hold. */
  number(): number | null {
    const value = this.#scalar();
    return typeof value === 'number' && fits(value, this.type) ? value : null;
  }

  flag(): boolean | null {
    const value = this.#scalar();
    return typeof value === 'boolean' ? value : null;
  }

  /** Null where none is written, or what is written is none. */
  quantity(): Quantity | null {
    const reading = this.writtenQuantity()?.reading;
    return reading?.ok === true ? reading.quantity : null;
  }

  /** Null where nothing is written, or a template has yet to fill it in. A null among the values of a map is zero. */
  writtenQuantity(): WrittenQuantity | null {
    const { node } = this;
    if (node === null) return null;
    if (!this.written) return this.parent?.type?.kind === 'map' ? zero : null;
    if (node.type === 'scalar' && isPlaceholder(node.source)) return null;
    return (this.#quantity ??= readQuantity(node));
  }

  #scalar(): string | number | boolean | null {
    const { node } = this;
    if (node?.type !== 'scalar' || isPlaceholder(node.source)) return null;
    return node.value ?? this.#emptyItem();
  }

  /** Go has no null among the texts or numbers of a list or map: it decodes one to the type's empty value. */
  #emptyItem(): '' | 0 | null {
    const around = this.parent?.type?.kind;
    if (around !== 'list' && around !== 'map') return null;
    return this.type?.kind === 'string' ? '' : this.type?.kind === 'integer' ? 0 : null;
  }

  #writtenPart(key: string): Field | undefined {
    if (this.node?.type !== 'mapping') return undefined;
    const parts = this.entries();
    if (parts.length <= SMALL) {
      for (const part of parts) if (part.key === key) return part;
      return undefined;
    }
    this.#index ??= new Map(parts.map((part) => [part.key, part]));
    return this.#index.get(key);
  }

  #absentPart(key: string): Field {
    this.#absent ??= [];
    for (const part of this.#absent) if (part.key === key) return part;
    const part = new Field(this, key, this.#typeOfPart(key), null, null);
    this.#absent.push(part);
    return part;
  }

  #typeOfPart(key: string): Type | null {
    const { type } = this;
    if (type?.kind === 'object') return type.fields.get(key) ?? null;
    return type?.kind === 'map' ? type.values : null;
  }
}

const zero: WrittenQuantity = { text: '0', reading: parseQuantity('0') };

function readQuantity(node: Node): WrittenQuantity {
  const text = quantityText(node);
  return { text, reading: text === null ? { ok: false, problem: 'number' } : parseQuantity(text) };
}

function fits(value: number, type: Type | null): boolean {
  if (type?.kind !== 'integer' && type?.kind !== 'intOrString') return true;
  return Number.isInteger(value) && Math.abs(value) <= LARGEST[type.bits ?? 32];
}
