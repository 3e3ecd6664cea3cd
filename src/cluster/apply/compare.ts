import type { KubeObject } from '../model.ts';
import { isFields } from './json.ts';
import { withoutNoise } from './noise.ts';

/** Leaf fields that differ between two states of an object, apart from what the server writes itself. */
export function countChanges(before: KubeObject, after: KubeObject): number {
  return differences(withoutNoise(before), withoutNoise(after));
}

function differences(before: unknown, after: unknown): number {
  if (isFields(before) && isFields(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].reduce((sum, name) => sum + differences(before[name], after[name]), 0);
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after);
  if (before === undefined) return leaves(after);
  if (after === undefined) return leaves(before);
  return Object.is(before, after) ? 0 : Math.max(leaves(before), leaves(after));
}

/** Items that have names are compared with their namesakes, so that one inserted at the front is one change. */
function listDifferences(before: readonly unknown[], after: readonly unknown[]): number {
  const left = byName(before);
  const right = byName(after);
  if (left !== null && right !== null) {
    const names = new Set([...left.keys(), ...right.keys()]);
    return [...names].reduce<number>((sum, name) => sum + differences(left.get(name), right.get(name)), 0);
  }
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) => differences(before[index], after[index])).reduce(
    (sum, count) => sum + count,
    0,
  );
}

function byName(items: readonly unknown[]): Map<unknown, unknown> | null {
  const named = new Map<unknown, unknown>();
  for (const item of items) {
    if (!isFields(item) || typeof item.name !== 'string') return null;
    named.set(item.name, item);
  }
  return named.size === items.length ? named : null;
}

/** Leaves below a value; an empty mapping or list is one. */
function leaves(value: unknown): number {
  const children = Array.isArray(value) ? (value as unknown[]) : isFields(value) ? Object.values(value) : [];
  return Math.max(
    1,
    children.reduce<number>((sum, child) => sum + leaves(child), 0),
  );
}
