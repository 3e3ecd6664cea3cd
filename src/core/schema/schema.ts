import type { CustomKind } from './crd.ts';
import { customType } from './crd-type.ts';
import { models } from './generated/models.ts';
import type { TypeName } from './generated/type-names.ts';
import type { ObjectType, ScalarType, Type } from './type.ts';

/**
 * A schema as it is stored. `types` gives for every type its fields by name, each by a short text: `!` where it is
 * required; `[` for a list of, `{` for a map of; then `s`tring, `i`nt32, `l` for int64, `n`umber, `b`oolean,
 * `q`uantity, `x` for int-or-string, `t`ime, `u` for a time with microseconds, `y` for base64 bytes, `j` for any JSON,
 * `=A|B` for a string that is one of these, `@type` for another type. A field `*` of any kind makes a type open.
 */
export interface SchemaModels {
  /** Type of every kind, by API version. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What one version of Kubernetes has of all that is stored. */
export interface SchemaEdition {
  /** `1.36`; null where it is not known. */
  readonly version: string | null;
  hasKind(apiVersion: string, kind: string): boolean;
  hasField(type: string, field: string): boolean;
  /** Fields of a type that are no longer stored; they take any value. */
  formerFields(type: string): readonly string[];
  /** Fields of a type that come with a later version, and with which. */
  laterFields(type: string): ReadonlyMap<string, string>;
}

const everything: SchemaEdition = {
  version: null,
  hasKind: () => true,
  hasField: () => true,
  formerFields: () => [],
  laterFields: () => new Map(),
};

const scalars: Readonly<Record<string, ScalarType>> = {
  s: { kind: 'string' },
  i: { kind: 'integer', bits: 32 },
  l: { kind: 'integer', bits: 64 },
  n: { kind: 'number' },
  b: { kind: 'boolean' },
  q: { kind: 'quantity' },
  x: { kind: 'intOrString' },
  t: { kind: 'time' },
  u: { kind: 'microTime' },
  y: { kind: 'bytes' },
  j: { kind: 'any' },
};

const any: ScalarType = { kind: 'any' };

/** Kinds that CustomResourceDefinitions bring: by API version, then by kind. */
type CustomKinds = ReadonlyMap<string, ReadonlyMap<string, CustomKind>>;

/** Kinds and fields of one Kubernetes API; types are read when they are first asked for. */
export class Schema {
  readonly #models: SchemaModels;
  readonly #edition: SchemaEdition;
  readonly #types = new Map<string, ObjectType>();
  #customs: CustomKinds = new Map();
  readonly #customTypes = new Map<CustomKind, ObjectType | null>();
  #extended = new WeakMap<readonly CustomKind[], Schema>();
  #versions: Map<string, { readonly kind: string; readonly versions: string[] }> | null = null;

  constructor(stored: SchemaModels, edition: SchemaEdition = everything) {
    this.#models = stored;
    this.#edition = edition;
  }

  /**
   * The same API with more kinds; those it has already stay as they are. The same list gives the same schema again.
   */
  with(kinds: readonly CustomKind[]): Schema {
    if (kinds.length === 0) return this;
    const known = this.#extended.get(kinds);
    if (known !== undefined) return known;
    const extended = new Schema(this.#models, this.#edition);
    const foreign = kinds.filter(({ apiVersion }) => !Object.hasOwn(this.#models.kinds, apiVersion));
    extended.#customs = merged(this.#customs, foreign);
    this.#extended.set(kinds, extended);
    return extended;
  }

  /** The same API as another version of Kubernetes has it. */
  edition(edition: SchemaEdition): Schema {
    return new Schema(this.#models, edition);
  }

  /** The version of Kubernetes this describes; null where it is not known. */
  get version(): string | null {
    return this.#edition.version;
  }

  /** Null for a kind this API does not have. */
  typeOf(apiVersion: string, kind: string): ObjectType | null {
    if (this.isCustom(apiVersion)) return this.storedType(apiVersion, kind);
    return this.#edition.hasKind(apiVersion, kind) ? this.storedType(apiVersion, kind) : null;
  }

  /** The type of a kind even where this version no longer has the kind, or does not have it yet. */
  storedType(apiVersion: string, kind: string): ObjectType | null {
    const { kinds } = this.#models;
    const custom = this.#customs.get(apiVersion)?.get(kind);
    if (custom !== undefined) return this.#customType(custom);
    const name = Object.hasOwn(kinds, apiVersion) ? kinds[apiVersion]?.[kind] : undefined;
    return typeof name === 'string' ? this.type(name as TypeName) : null;
  }

  /** A type by its name; one nobody declared has no fields and takes any. */
  type(name: TypeName): ObjectType {
    const kept = this.#types.get(name);
    if (kept !== undefined) return kept;
    const type = this.#read(name);
    this.#types.set(name, type);
    return type;
  }

  /** Whether the kinds of an API version are brought by definitions: others may bring more. */
  isCustom(apiVersion: string): boolean {
    return this.#customs.has(apiVersion);
  }

  /** Kinds of an API version; null for a version this API does not have. */
  kinds(apiVersion: string): readonly string[] | null {
    const customs = this.#customs.get(apiVersion);
    if (customs !== undefined) return [...customs.keys()];
    if (!Object.hasOwn(this.#models.kinds, apiVersion)) return null;
    const kinds = Object.keys(this.#models.kinds[apiVersion] ?? {});
    return kinds.filter((kind) => this.#edition.hasKind(apiVersion, kind));
  }

  get apiVersions(): readonly string[] {
    return [...Object.keys(this.#models.kinds), ...this.#customs.keys()];
  }

  /**
   * A kind of Kubernetes by its name in any letter case, with the API versions that have it, stable ones first; null
   * when none has.
   */
  kindNamed(name: string): { readonly kind: string; readonly versions: readonly string[] } | null {
    this.#versions ??= this.#indexKinds();
    return this.#versions.get(name.toLowerCase()) ?? null;
  }

  #indexKinds(): Map<string, { kind: string; versions: string[] }> {
    const index = new Map<string, { kind: string; versions: string[] }>();
    const versions = Object.keys(this.#models.kinds).sort((a, b) => rank(a) - rank(b));
    for (const version of versions) {
      for (const kind of this.kinds(version) ?? []) {
        const entry = index.get(kind.toLowerCase());
        if (entry === undefined) index.set(kind.toLowerCase(), { kind, versions: [version] });
        else entry.versions.push(version);
      }
    }
    return index;
  }

  #customType(custom: CustomKind): ObjectType | null {
    const kept = this.#customTypes.get(custom);
    if (kept !== undefined) return kept;
    const type = customType(custom, this.type('meta/v1.ObjectMeta'));
    this.#customTypes.set(custom, type);
    return type;
  }

  #read(name: string): ObjectType {
    const stored = this.#models.types[name];
    const fields = new Map<string, Type>();
    const required = new Set<string>();
    for (const [field, text] of Object.entries(stored ?? {})) {
      if (field === '*' || !this.#edition.hasField(name, field)) continue;
      const needed = text.startsWith('!');
      if (needed) required.add(field);
      fields.set(field, this.#specified(needed ? text.slice(1) : text));
    }
    for (const field of this.#edition.formerFields(name)) fields.set(field, any);
    const open = stored === undefined || '*' in stored;
    return { kind: 'object', name, fields, required, open, later: this.#edition.laterFields(name) };
  }

  #specified(text: string): Type {
    const rest = text.slice(1);
    switch (text[0]) {
      case '[':
        return { kind: 'list', items: this.#specified(rest) };
      case '{':
        return { kind: 'map', values: this.#specified(rest) };
      case '=':
        return { kind: 'string', values: rest.split('|') };
      case '@':
        return this.#reference(rest);
      default:
        return scalars[text] ?? any;
    }
  }

  /** Types refer to each other in circles: what a reference leads to is read when its fields are asked for. */
  #reference(name: string): ObjectType {
    let type: ObjectType | null = null;
    const read = (): ObjectType => (type ??= this.type(name as TypeName));
    return {
      kind: 'object',
      name,
      get fields() {
        return read().fields;
      },
      get required() {
        return read().required;
      },
      get open() {
        return read().open;
      },
      get later() {
        return read().later ?? new Map<string, string>();
      },
    };
  }
}

function merged(known: CustomKinds, more: readonly CustomKind[]): CustomKinds {
  const all = new Map([...known].map(([apiVersion, kinds]) => [apiVersion, new Map(kinds)]));
  for (const custom of more) {
    const kinds = all.get(custom.apiVersion) ?? new Map<string, CustomKind>();
    all.set(custom.apiVersion, kinds);
    if (!kinds.has(custom.kind)) kinds.set(custom.kind, custom);
  }
  return all;
}

/** Stable versions before beta ones; `v1` and `apps/v1` before the rest. */
function rank(apiVersion: string): number {
  const unstable = /alpha|beta/.test(apiVersion) ? 100 : 0;
  const legacy = apiVersion.startsWith('extensions/') ? 50 : 0;
  const order = ['v1', 'apps/v1', 'autoscaling/v2'].indexOf(apiVersion);
  return unstable + legacy + (order < 0 ? 10 : order);
}

let stored: SchemaModels | null = null;

/** What comes with the product, as it is stored. */
export function bundledModels(): SchemaModels {
  return (stored ??= JSON.parse(models) as SchemaModels);
}

let bundled: Schema | null = null;

/** The schema that comes with the product: the newest Kubernetes it knows, and API versions that were removed. */
export function bundledSchema(): Schema {
  return (bundled ??= new Schema(bundledModels()));
}
