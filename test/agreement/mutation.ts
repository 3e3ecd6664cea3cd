import type { Random } from '../core/random.ts';
import { findTrees, getAt, isTree, type Place, places, render, setAt, type Tree } from './tree.ts';
import type { Seed } from './seeds.ts';

/** Which rules a mutation is about. */
export type Area =
  | 'text'
  | 'structure'
  | 'metadata'
  | 'pods'
  | 'workloads'
  | 'services'
  | 'scaling'
  | 'config'
  | 'storage'
  | 'access'
  | 'cluster';

/** One way of changing a known-good manifest, for better or worse. */
export interface Mutation {
  readonly name: string;
  readonly area: Area;
  /** The changed text, or null where there is nothing of the kind to change. The same random, the same text. */
  apply(seed: Seed, random: Random): string | null;
}

/** Where a value is to be taken away. */
export const absent = Symbol('absent');

/** A change of the text as it stands. */
export function onText(
  name: string,
  change: (text: string, random: Random) => string | null,
  area: Area = 'text',
): Mutation {
  return { name, area, apply: ({ text }, random) => change(text, random) };
}

/** A change of the object; false where there is nothing of the kind to change. */
export function onTree(
  area: Area,
  name: string,
  change: (tree: Tree, random: Random) => boolean | void,
): Mutation {
  return {
    name,
    area,
    apply: (seed, random) => {
      const tree = seed.tree();
      return change(tree, random) === false ? null : render(tree);
    },
  };
}

/** A change of one of the places that fit. */
export function onPlace(
  area: Area,
  name: string,
  fits: (place: Place) => boolean,
  change: (place: Place, random: Random) => boolean | void,
): Mutation {
  return onTree(area, name, (tree, random) => {
    const fitting = places(tree).filter(fits);
    return fitting.length === 0 ? false : change(random.pick(fitting), random);
  });
}

/** Mappings to change: those at places that fit one of the patterns, or that a function finds. */
export type Where = string | readonly string[] | ((tree: Tree) => readonly Tree[]);

function mappings(tree: Tree, where: Where): readonly Tree[] {
  return typeof where === 'function'
    ? where(tree)
    : [where].flat().flatMap((pattern) => findTrees(tree, pattern));
}

/** A change of one of the mappings; false where nothing can be changed. */
export function onMapping(
  area: Area,
  name: string,
  where: Where,
  change: (mapping: Tree, random: Random, tree: Tree) => boolean | void,
): Mutation {
  return onTree(area, name, (tree, random) => {
    const fitting = mappings(tree, where);
    return fitting.length === 0 ? false : change(random.pick(fitting), random, tree);
  });
}

/**
 * Gives `keys` (joined by dots; mappings on the way are made) of one of the mappings one of the values. A value
 * that is a function makes it out of the present one.
 */
export function onField(
  area: Area,
  name: string,
  where: Where,
  keys: string,
  values: readonly unknown[],
): Mutation {
  return onMapping(area, name, where, (mapping, random) => {
    const path = keys.split('.');
    const last = path.pop() ?? '';
    let holder = mapping;
    for (const key of path) {
      const next = holder[key];
      if (isTree(next)) holder = next;
      else holder = holder[key] = {} as Tree;
    }
    return assign({ holder, key: last, path: [] }, values, random);
  });
}

/** Adds one of the items to a list, which is made where there is none. */
export function onList(
  area: Area,
  name: string,
  where: Where,
  key: string,
  items: readonly unknown[],
): Mutation {
  return onMapping(area, name, where, (mapping, random) => {
    const present = mapping[key] ?? [];
    if (!Array.isArray(present)) return false;
    mapping[key] = [...(present as unknown[]), structuredClone(random.pick(items))];
    return true;
  });
}

/** Takes what is there away and puts one of the mappings beside what remains: `{}` only takes away. */
export function onParts(
  area: Area,
  name: string,
  where: Where,
  taken: readonly string[],
  choices: readonly Tree[],
): Mutation {
  return onMapping(area, name, where, (mapping, random) => {
    for (const key of taken) delete mapping[key];
    Object.assign(mapping, structuredClone(random.pick(choices)));
  });
}

/** Gives the place one of the values; false if it has it already. */
function assign(place: Place, values: readonly unknown[], random: Random): boolean {
  const present = getAt(place);
  const choice = random.pick(values);
  if (choice === absent) {
    if (present === undefined || Array.isArray(place.holder)) return false;
    delete place.holder[place.key];
    return true;
  }
  const value: unknown =
    typeof choice === 'function'
      ? (choice as (present: unknown) => unknown)(present)
      : structuredClone(choice);
  if (JSON.stringify(value) === JSON.stringify(present)) return false;
  setAt(place, value);
  return true;
}
