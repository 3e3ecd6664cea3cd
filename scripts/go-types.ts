import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a file says of a kind: the version in which it was introduced, deprecated, removed; what replaces it. */
const lifecycleMethod = /^func \(in \*(\w+)\) APILifecycle(\w+)\(\)[^{]*\{\n\treturn (.*)\n/gm;

/** One package of API types, as its Go source declares it. */
export interface GoPackage {
  /** `networking.k8s.io/v1`; `meta/v1` for the types all groups share. */
  readonly apiVersion: string;
  /** Objects that are registered with the scheme, lists and options included. */
  readonly kinds: readonly string[];
  readonly structs: ReadonlyMap<string, GoStruct>;
  readonly lifecycles: ReadonlyMap<string, Lifecycle>;
}

/** Minor versions of Kubernetes 1; null where the source says nothing. */
export interface Lifecycle {
  readonly introduced: number | null;
  readonly deprecated: number | null;
  readonly removed: number | null;
  /** API version that has the kind instead, with the kind behind a space where it is another one. */
  readonly replacement: string | null;
}

export interface GoStruct {
  /** Type of each field by its name in JSON, as a {@link typeName}. */
  readonly fields: ReadonlyMap<string, string>;
  /** Types whose fields are this type's own in JSON. */
  readonly inline: readonly string[];
}

/** Folders below a module that hold a package of types: `core/v1`. */
export function typeFolders(root: string): readonly string[] {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name }) => readdirSync(join(root, name)).map((version) => join(root, name, version)))
    .filter((folder) => existsSync(join(folder, 'register.go')));
}

export function readPackage(folder: string): GoPackage {
  const files = readdirSync(folder).filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
  const source = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const register = source('register.go');
  const version = folder.slice(folder.lastIndexOf('/') + 1);
  const group = folder.endsWith('apis/meta/v1') ? 'meta' : groupName(folder, register);
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const types = files.filter((file) => /^types(?:_jsonschema)?\.go$/.test(file));
  const lifecycle = files.filter((file) => /^(?:zz_generated\.prerelease-)?lifecycle\.go$/.test(file));
  return {
    apiVersion,
    kinds: [...register.matchAll(/&(\w+)\{\}/g)].map(([, kind = '']) => kind),
    structs: new Map(types.flatMap((file) => [...structs(source(file), apiVersion)])),
    lifecycles: lifecycles(lifecycle.map(source).join('')),
  };
}

function groupName(folder: string, register: string): string {
  const shared = join(folder, '..', 'register.go');
  const text = existsSync(shared) ? register + readFileSync(shared, 'utf8') : register;
  const name = /\bGroupName\s*=\s*"(.*)"/.exec(text)?.[1];
  if (name === undefined) throw new Error(`No group name in ${folder}`);
  return name;
}

/** `core/v1.PodSpec`: the first word of the group, the version, the type's own name. */
export function typeName(apiVersion: string, name: string): string {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `${group.split('.')[0]}/${version}.${name}`;
}

function* structs(source: string, apiVersion: string): Iterable<[string, GoStruct]> {
  const packages = new Map<string, string>();
  for (const [, alias, path = ''] of source.matchAll(/^(?:import )?\s*(?:(\w+) )?"(k8s\.io\/[^"]+)"$/gm)) {
    const [group = '', version = ''] = path.split('/').slice(-2);
    packages.set(alias ?? version, `${group}/${version}`);
  }
  const named = (expression: string): string => {
    const [, owner, name = ''] = /(?:(\w+)\.)?(\w+)$/.exec(expression) ?? [];
    return typeName(owner === undefined ? apiVersion : (packages.get(owner) ?? owner), name);
  };
  for (const [, name = '', body = ''] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    yield [name, readStruct(body, named)];
  }
  // Another name for the same fields.
  for (const [, name = '', other = ''] of source.matchAll(/^type (\w+) =? ?(\w+\.\w+)$/gm)) {
    yield [name, { fields: new Map(), inline: [named(other)] }];
  }
}

function readStruct(body: string, named: (expression: string) => string): GoStruct {
  const fields = new Map<string, string>();
  const inline: string[] = [];
  for (const line of body.split('\n')) {
    const [, type = '', tag] = /^\t(?:\w+\s+)?([^\s`]+)\s+`.*\bjson:"([^"]*)"/.exec(line) ?? [];
    if (tag === undefined) continue;
    const [name = ''] = tag.split(',');
    if (name === '') inline.push(named(type));
    else if (name !== '-') fields.set(name, named(type));
  }
  return { fields, inline };
}

function lifecycles(source: string): ReadonlyMap<string, Lifecycle> {
  const told = new Map<string, string>();
  for (const [, kind, what, value = ''] of source.matchAll(lifecycleMethod))
    told.set(`${kind} ${what}`, value);
  const minor = (kind: string, what: string): number | null => {
    const value = told.get(`${kind} ${what}`);
    return value === undefined ? null : Number(value.replace(/^1, /, ''));
  };
  const kinds = new Set([...told.keys()].map((key) => key.slice(0, key.indexOf(' '))));
  return new Map(
    [...kinds].map((kind) => {
      const lifecycle: Lifecycle = {
        introduced: minor(kind, 'Introduced'),
        deprecated: minor(kind, 'Deprecated'),
        removed: minor(kind, 'Removed'),
        replacement: replacement(kind, told.get(`${kind} Replacement`) ?? ''),
      };
      return [kind, lifecycle];
    }),
  );
}

function replacement(kind: string, value: string): string | null {
  const [, group = '', version, other] = /Group: "(.*?)", Version: "(.*?)", Kind: "(.*?)"/.exec(value) ?? [];
  if (version === undefined) return null;
  // One kind of networking.k8s.io/v1beta1 names the list of its replacement.
  const same = other?.replace(/List$/, '') === kind.replace(/List$/, '');
  return (group === '' ? version : `${group}/${version}`) + (same ? '' : ` ${other}`);
}
