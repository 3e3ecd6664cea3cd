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

/** Where a field that stands in the text came from. */
interface Written {
  readonly node: Node;
  /** Null for an item of a list and for the object itself. */
  readonly entry: Entry | null;
}

/** What stands where a quantity belongs, and how the server reads it. */
export interface WrittenQuantity {
  /** Null for a mapping, a list and a boolean. */
  readonly text: string | null;
  readonly reading: QuantityReading;
}

const noFields: readonly Field[] = [];
const noTexts = new Set<Type['kind']>(['integer', 'number', 'boolean']);
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
  readonly #written: Written | null;
  #children: Map<string, Field> | null = null;
  #items: readonly Field[] | null = null;
  #entries: readonly Field[] | null = null;
  #quantity: WrittenQuantity | null = null;

  constructor(parent: Field | null, key: string, type: Type | null, written: Written | null) {
    this.parent = parent;
    this.key = key;
    this.type = type;
    this.#written = written;
  }

  /** The root of an object that stands at `path` of its document. */
  static root(node: MappingNode, type: Type, path: string): Field {
    return new Field(null, path, type, { node, entry: null });
  }

  /** Null where nothing is written. */
  get node(): Node | null {
    return this.#written?.node ?? null;
  }

  /** The key and value that put it there; null for an item of a list, for an object, and where nothing is written. */
  get entry(): Entry | null {
    return this.#written?.entry ?? null;
  }

  /** Something else than null is written: to the server, null is nothing. */
  get written(): boolean {
    const node = this.node;
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
    return type.kind === 'map' ? `${before}[${key}]` : before === '' ? key : `${before}.${key}`;
  }

  /** The value where it is a single one, else its key; of what is not written, the nearest ancestor that is. */
  get range(): TextRange {
    const { node } = this;
    if (node?.type === 'scalar' && node.range.end > node.range.start) return node.range;
    return this.head;
  }

  /** Its key; of an item of a list what names it; of what is not written, the nearest ancestor that is. */
  get head(): TextRange {
    if (this.#written === null) return this.parent?.head ?? { start: 0, end: 0 };
    const { entry, node } = this.#written;
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
    const kept = this.#children?.get(key);
    if (kept !== undefined) return kept;
    const node = this.node;
    const entry = node?.type === 'mapping' ? node.entry(key) : null;
    const value = entry !== null && node?.type === 'mapping' ? node.get(key) : null;
    const child = new Field(
      this,
      key,
      this.#typeOfChild(key),
      entry !== null && value !== null ? { node: value, entry } : null,
    );
    (this.#children ??= new Map()).set(key, child);
    return child;
  }

  /** A field deeper inside: `at('spec.template')`. */
  at(path: string): Field {
    return path.split('.').reduce<Field>((field, key) => field.get(key), this);
  }

  items(): readonly Field[] {
    const node = this.node;
    if (node?.type !== 'sequence') return noFields;
    const type = this.type?.kind === 'list' ? this.type.items : null;
    return (this.#items ??= node.items.map(
      (item, index) => new Field(this, String(index), type, { node: item, entry: null }),
    ));
  }

  /** What is written in a mapping, in order, each key once. */
  entries(): readonly Field[] {
    const node = this.node;
    if (node?.type !== 'mapping') return noFields;
    return (this.#entries ??= (
      node.repeats ? [...new Set(node.entries.map(({ key }) => key))] : node.entries.map(({ key }) => key)
    ).map((key) => this.get(key)));
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

  /** Null where nothing is written, or a template has yet to fill it in. */
  writtenQuantity(): WrittenQuantity | null {
    const { node } = this;
    if (node === null || !this.written || (node.type === 'scalar' && isPlaceholder(node.source))) return null;
    return (this.#quantity ??= readQuantity(node));
  }

  #scalar(): string | number | boolean | null {
    const { node } = this;
    return node?.type !== 'scalar' || isPlaceholder(node.source) ? null : node.value;
  }

  #typeOfChild(key: string): Type | null {
    const { type } = this;
    if (type?.kind === 'object') return type.fields.get(key) ?? null;
    return type?.kind === 'map' ? type.values : null;
  }
}

function readQuantity(node: Node): WrittenQuantity {
  const text = quantityText(node);
  return { text, reading: text === null ? { ok: false, problem: 'number' } : parseQuantity(text) };
}

function fits(value: number, type: Type | null): boolean {
  if (type?.kind !== 'integer' && type?.kind !== 'intOrString') return true;
  return Number.isInteger(value) && Math.abs(value) <= LARGEST[type.bits ?? 32];
}
