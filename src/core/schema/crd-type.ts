import { DefinedSchema } from './crd-schema.ts';
import type { CustomKind } from './crd.ts';
import type { ObjectType, ScalarType, Type } from './type.ts';

const any: ScalarType = { kind: 'any' };
const text: ScalarType = { kind: 'string' };
/** What the server adds to the root of every object, whatever its definition says. */
const ownFields: ReadonlyMap<string, Type> = new Map([
  ['apiVersion', text],
  ['kind', text],
]);

/** Type of the objects of a custom kind; `metadata` is that of all objects. Null where the schema cannot be read. */
export function customType(custom: CustomKind, metadata: ObjectType): ObjectType | null {
  const { apiVersion, kind, schema, statusApart } = custom;
  const root = DefinedSchema.of(parse(schema));
  if (root === null) return null;
  const { fields, required, open, docs } = new TypeMaker(metadata).object(root, `${apiVersion}.${kind}`);
  return {
    kind: 'object',
    name: `${apiVersion}.${kind}`,
    fields: new Map([
      ...ownFields,
      ['metadata', metadata],
      ...without(fields, 'metadata', 'apiVersion', 'kind'),
    ]),
    required,
    open,
    ...(docs === undefined ? {} : { docs }),
    definition: { schema: root, statusApart },
  };
}

function parse(schema: string): unknown {
  try {
    return JSON.parse(schema);
  } catch {
    // A cache that was tampered with: the kind is known, and nothing is known of its fields.
    return null;
  }
}

function without(fields: ReadonlyMap<string, Type>, ...names: readonly string[]): [string, Type][] {
  return [...fields].filter(([name]) => !names.includes(name));
}

class TypeMaker {
  readonly #metadata: ObjectType;

  constructor(metadata: ObjectType) {
    this.#metadata = metadata;
  }

  /** A mapping with named fields; what is inside is read when it is asked for. */
  object(schema: DefinedSchema, name: string, open = schema.isOpen): ObjectType {
    const read = once(() => this.#fields(schema, name));
    return {
      kind: 'object',
      name,
      get fields() {
        return read();
      },
      required: new Set(schema.required),
      open,
      docs: (field) => (field === '' ? schema : schema.properties.get(field))?.text('description') ?? null,
    };
  }

  #fields(schema: DefinedSchema, name: string): ReadonlyMap<string, Type> {
    const fields = new Map(
      [...schema.properties].map(([key, one]) => [key, this.#type(one, `${name}.${key}`)]),
    );
    if (!schema.isEmbedded) return fields;
    return new Map([...fields, ...ownFields, ['metadata', this.#metadata]]);
  }

  /** `open`: what stands in a list that keeps fields nobody declared keeps them as well. */
  #type(schema: DefinedSchema, name: string, open = schema.isOpen): Type {
    if (schema.isIntOrString) return { kind: 'intOrString', bits: 64 };
    switch (schema.type) {
      case 'object':
        return this.#mapping(schema, name, open);
      case 'array': {
        const items = schema.schema('items');
        return { kind: 'list', items: items === null ? any : this.#type(items, name, open || items.isOpen) };
      }
      case 'integer':
        return { kind: 'integer', bits: schema.text('format') === 'int32' ? 32 : 64 };
      case 'number':
        return { kind: 'number' };
      case 'boolean':
        return { kind: 'boolean' };
      case 'string':
        return this.#text(schema);
      default:
        // A published schema may only refer to the metadata that all objects have.
        return schema.list('allOf') === null || schema.isOpen ? any : this.#referred(schema);
    }
  }

  #text(schema: DefinedSchema): ScalarType {
    const values = (schema.list('enum') ?? []).filter((one) => typeof one === 'string');
    return values.length === 0 ? text : { kind: 'string', values };
  }

  #mapping(schema: DefinedSchema, name: string, open: boolean): Type {
    if (schema.properties.size > 0 || schema.isEmbedded || !schema.hasAdditional)
      return this.object(schema, name, open);
    const { additional } = schema;
    // The server keeps any value here, and drops the fields of those that are mappings.
    const values = additional === null ? any : this.#type(additional, name);
    return { kind: 'map', values, dotted: true };
  }

  #referred(schema: DefinedSchema): Type {
    const [target] = schema.schemas('allOf');
    return target?.text('$ref')?.endsWith('.meta.v1.ObjectMeta') === true ? this.#metadata : any;
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
