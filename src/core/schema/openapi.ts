import type { CustomKind } from './crd.ts';
import { customName, leafOf, typeNameOf } from './openapi-names.ts';
import type { SchemaModels } from './schema.ts';

/** What a cluster serves, as it is kept: plain data. */
export interface ClusterModels {
  /** `v1.36.3`. */
  readonly version: string;
  readonly models: SchemaModels;
  /** Kinds that definitions in the cluster bring. */
  readonly customs: readonly CustomKind[];
  /** API versions whose documents were read; of all others it is not known what the cluster has. */
  readonly covered: readonly string[];
  /** All of its documents were read: what is not found is not there. */
  readonly complete: boolean;
}

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function part(from: unknown, key: string): Json {
  const value = isJson(from) ? from[key] : undefined;
  return isJson(value) ? value : {};
}

function text(from: unknown, key: string): string {
  const value = isJson(from) ? from[key] : undefined;
  return typeof value === 'string' ? value : '';
}

function list(from: unknown, key: string): readonly unknown[] {
  const value = isJson(from) ? from[key] : undefined;
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Whether a file holds an OpenAPI document of version 3, as `/openapi/v3/…` answers. */
function isOpenApiDocument(value: unknown): boolean {
  return text(value, 'openapi').startsWith('3.') && isJson(part(value, 'components')['schemas']);
}

/** Takes the documents of a server in, one for each group and version, and gives what it serves. */
export class OpenApiReader {
  readonly #types: Record<string, Record<string, string>> = {};
  readonly #kinds: Record<string, Record<string, string>> = {};
  readonly #customs = new Map<string, CustomKind>();
  readonly #covered = new Set<string>();

  /** What is no OpenAPI document is passed over; whether it was one. */
  add(document: unknown): boolean {
    if (!isOpenApiDocument(document)) return false;
    const definitions = part(part(document, 'components'), 'schemas');
    const places = placesIn(part(document, 'paths'));
    for (const { apiVersion } of places.values()) this.#covered.add(apiVersion);
    for (const [name, definition] of Object.entries(definitions)) {
      const kinds = kindsOf(definition);
      const [kind] = kinds;
      if (kind !== undefined && name === customName(kind.group, kind.version, kind.kind)) {
        this.#addCustom(kind, definition, places);
        continue;
      }
      if (leafOf(name) !== null) continue;
      const typeName = typeNameOf(name);
      this.#types[typeName] ??= this.#fields(typeName, definition, definitions);
      // Options of deletions, events of watches and what discovery answers: nobody writes these down.
      if (kind !== undefined && !typeName.startsWith('meta/'))
        (this.#kinds[apiVersionOf(kind)] ??= {})[kind.kind] = typeName;
    }
    return true;
  }

  result(version: string, complete: boolean): ClusterModels {
    const models = { kinds: this.#kinds, types: this.#types };
    const customs = [...this.#customs.values()];
    return { version, models, customs, covered: [...this.#covered], complete };
  }

  #addCustom(kind: GroupVersionKind, definition: unknown, places: ReadonlyMap<string, Place>): void {
    const place = places.get(`${apiVersionOf(kind)} ${kind.kind}`);
    // Lists of custom objects are published like these, and have no place of their own.
    if (place === undefined) return;
    const apiVersion = apiVersionOf(kind);
    const { plural, namespaced, statusApart } = place;
    const schema = JSON.stringify(definition);
    const custom = { apiVersion, kind: kind.kind, plural, namespaced, statusApart, schema };
    this.#customs.set(`${apiVersion} ${kind.kind}`, custom);
  }

  #fields(owner: string, definition: unknown, definitions: Json): Record<string, string> {
    const required = new Set(list(definition, 'required'));
    const fields: Record<string, string> = {};
    for (const [field, schema] of Object.entries(part(definition, 'properties'))) {
      const needed = required.has(field) && field !== 'kind' && field !== 'apiVersion';
      fields[field] = (needed ? '!' : '') + this.#specification(schema, `${owner}.${field}`, definitions);
    }
    return fields;
  }

  /** As `SchemaModels` has it. */
  #specification(schema: unknown, name: string, definitions: Json): string {
    const target = text(schema, '$ref') || text(list(schema, 'allOf')[0], '$ref');
    if (target !== '') return referred(target.slice(target.lastIndexOf('/') + 1), definitions);
    if (text(schema, 'format') === 'int-or-string') return 'x';
    switch (text(schema, 'type')) {
      case 'array':
        return `[${this.#specification(part(schema, 'items'), name, definitions)}`;
      case 'object':
        return this.#mapping(schema, name, definitions);
      case 'integer':
        return text(schema, 'format') === 'int32' ? 'i' : 'l';
      case 'number':
        return 'n';
      case 'boolean':
        return 'b';
      case 'string':
        return text(schema, 'format') === 'byte' ? 'y' : textSpecification(schema);
      default:
        return 'j';
    }
  }

  #mapping(schema: unknown, name: string, definitions: Json): string {
    if (isJson(schema) && isJson(schema['additionalProperties']))
      return `{${this.#specification(schema['additionalProperties'], name, definitions)}`;
    if (Object.keys(part(schema, 'properties')).length === 0) return 'j';
    this.#types[name] ??= this.#fields(name, schema, definitions);
    return `@${name}`;
  }
}

function textSpecification(schema: unknown): string {
  const values = list(schema, 'enum').filter((one) => typeof one === 'string' && !one.includes('|'));
  return values.length === 0 ? 's' : `=${values.join('|')}`;
}

/** Types that are declared without fields take whatever is written. Only a status subresource is truly empty. */
function referred(definition: string, definitions: Json): string {
  const leaf = leafOf(definition);
  if (leaf !== null) return leaf;
  const declared = Object.keys(part(definitions[definition], 'properties')).length > 0;
  const empty = definition.endsWith('.CustomResourceSubresourceStatus');
  return declared || empty ? `@${typeNameOf(definition)}` : 'j';
}

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

function apiVersionOf({ group, version }: GroupVersionKind): string {
  return group === '' ? version : `${group}/${version}`;
}

function kindOf(value: unknown): GroupVersionKind | null {
  const kind = text(value, 'kind');
  return kind === '' ? null : { group: text(value, 'group'), version: text(value, 'version'), kind };
}

const kindKey = 'x-kubernetes-group-version-kind';

function kindsOf(definition: unknown): readonly GroupVersionKind[] {
  return list(definition, kindKey).flatMap((one) => kindOf(one) ?? []);
}

/** Where the objects of a kind are found. */
interface Place {
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly statusApart: boolean;
}

/** Path of one object, or of its status. */
const objectPath = /^\/apis?\/.*?(\/namespaces\/\{namespace\})?\/([^/{}]+)\/\{name\}$/;

function placesIn(paths: Json): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const [path, operations] of Object.entries(paths)) {
    const [, namespace, plural = ''] = objectPath.exec(path) ?? [];
    const kind = kindOf(part(part(operations, 'get'), kindKey));
    if (plural === '' || kind === null) continue;
    const apiVersion = apiVersionOf(kind);
    const statusApart = Object.hasOwn(paths, `${path}/status`);
    places.set(`${apiVersion} ${kind.kind}`, {
      apiVersion,
      plural,
      namespaced: namespace !== undefined,
      statusApart,
    });
  }
  return places;
}
