type Raw = Readonly<Record<string, unknown>>;

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * One schema of a CustomResourceDefinition (`openAPIV3Schema` and all inside it). Somebody may be writing it just now:
 * each part is asked for by name and by what it has to be, and what is something else counts as absent.
 */
export class DefinedSchema {
  readonly #raw: Raw;
  #properties: ReadonlyMap<string, DefinedSchema> | null = null;
  readonly #parts = new Map<string, DefinedSchema | null>();

  private constructor(raw: Raw) {
    this.#raw = raw;
  }

  /** Null for what is no schema. */
  static of(value: unknown): DefinedSchema | null {
    return isRaw(value) ? new DefinedSchema(value) : null;
  }

  /** `''` where none is given. */
  get type(): string {
    return this.text('type') ?? '';
  }

  /** A number or a text. */
  get isIntOrString(): boolean {
    return this.flag('x-kubernetes-int-or-string') || this.text('format') === 'int-or-string';
  }

  /** Fields nobody declared are kept. */
  get isOpen(): boolean {
    return this.flag('x-kubernetes-preserve-unknown-fields');
  }

  /** A whole object with `apiVersion`, `kind` and `metadata` of its own. */
  get isEmbedded(): boolean {
    return this.flag('x-kubernetes-embedded-resource');
  }

  get properties(): ReadonlyMap<string, DefinedSchema> {
    return (this.#properties ??= this.#readProperties());
  }

  get required(): readonly string[] {
    return (this.list('required') ?? []).filter((one) => typeof one === 'string');
  }

  /** Schema of keys that are not declared; null where there is none, also where any value will do. */
  get additional(): DefinedSchema | null {
    return this.schema('additionalProperties');
  }

  /** Keys that are not declared may be there. */
  get hasAdditional(): boolean {
    const given = this.#raw['additionalProperties'];
    return given === true || isRaw(given);
  }

  /** Undefined where there is none: null is none either, to the server. */
  get fallback(): unknown {
    return this.#raw['default'] ?? undefined;
  }

  text(key: string): string | null {
    const value = this.#raw[key];
    return typeof value === 'string' ? value : null;
  }

  number(key: string): number | null {
    const value = this.#raw[key];
    return typeof value === 'number' ? value : null;
  }

  flag(key: string): boolean {
    return this.#raw[key] === true;
  }

  list(key: string): readonly unknown[] | null {
    const value = this.#raw[key];
    return Array.isArray(value) ? (value as readonly unknown[]) : null;
  }

  schema(key: string): DefinedSchema | null {
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    const schema = DefinedSchema.of(this.#raw[key]);
    this.#parts.set(key, schema);
    return schema;
  }

  /** Of `allOf`, `anyOf` and `oneOf`. */
  schemas(key: string): readonly DefinedSchema[] {
    return (this.list(key) ?? []).flatMap((one) => DefinedSchema.of(one) ?? []);
  }

  #readProperties(): ReadonlyMap<string, DefinedSchema> {
    const given = this.#raw['properties'];
    if (!isRaw(given)) return new Map();
    return new Map(Object.entries(given).map(([name, value]) => [name, DefinedSchema.of(value) ?? nothing]));
  }
}

/** What a schema that is not written yet says. */
const nothing = DefinedSchema.of({}) as DefinedSchema;
