import { isMap, parseDocument, stringify } from 'yaml';

/** An object of a manifest, as plain data. */
export type Tree = Record<string, unknown>;

/** One value in a tree, and what holds it. */
export interface Place {
  readonly holder: Tree | unknown[];
  readonly key: string | number;
  readonly path: readonly (string | number)[];
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseTree(text: string): Tree {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined || !isMap(document.contents)) {
    throw new Error(`No mapping: ${error?.message ?? text}`);
  }
  return document.toJS() as Tree;
}

const RAW = /"@@raw:((?:[^"\\]|\\.)*?)@@"/g;

/** A value that is to be written exactly so, without quotes or escapes. */
export function raw(text: string): string {
  return `@@raw:${text}@@`;
}

/**
 * The tree as YAML. Strings which the server's reader, of the older version, would take for something else are
 * quoted.
 */
export function render(tree: Tree, indent = 2): string {
  const text = stringify(tree, { version: '1.1', lineWidth: 0, indent, aliasDuplicateObjects: false });
  return text.replace(RAW, (_, inner: string) => JSON.parse(`"${inner}"`) as string);
}

export function getAt({ holder, key }: Place): unknown {
  return Array.isArray(holder) ? holder[Number(key)] : holder[key];
}

export function setAt({ holder, key }: Place, value: unknown): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  else holder[key] = value;
}

export function removeAt({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Every value below the root but what says which kind of object it is. */
export function places(tree: Tree): readonly Place[] {
  return [...walk(tree, [])].filter(
    ({ path }) => path.length > 1 || !['apiVersion', 'kind'].includes(String(path[0])),
  );
}

function* walk(holder: Tree | unknown[], path: readonly (string | number)[]): Iterable<Place> {
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(holder)
    ? [...holder.entries()]
    : Object.entries(holder);
  for (const [key, value] of entries) {
    const here = [...path, key];
    yield { holder, key, path: here };
    if (Array.isArray(value) || isTree(value)) yield* walk(value, here);
  }
}

/**
 * The values at places that fit a pattern: keys joined by dots, `*` for any key or item, `**` for any number of
 * them. The empty pattern is the tree itself.
 */
function find(tree: Tree, pattern: string): readonly unknown[] {
  if (pattern === '') return [tree];
  if (pattern === '**') return places(tree).map(getAt);
  const segments = pattern.split('.');
  return places(tree)
    .filter(({ path }) => fits(path, segments))
    .map(getAt);
}

/** Like `find`, mappings only. */
export function findTrees(tree: Tree, pattern: string): readonly Tree[] {
  return find(tree, pattern).filter(isTree);
}

function fits(path: readonly (string | number)[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === '**') return path.some((_, index) => fits(path.slice(index), rest)) || fits([], rest);
  if (path.length === 0) return false;
  return (first === '*' || first === String(path[0])) && fits(path.slice(1), rest);
}
