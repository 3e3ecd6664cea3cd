/** Ways into an object that hold in its source too, where lists have other items before theirs. */
import type { TextRange } from '../finding.ts';
import type { MappingNode, Node } from '../manifest/nodes.ts';
import { headOf } from '../manifest/objects.ts';
import { parsePath } from '../manifest/path.ts';

/** One step into an object: by a key, or to an item of a list, which is known by what names it. */
export interface Step {
  readonly key: string;
  /** The item of a list the step leads to, as rendered; null for the step to a key, and where nothing is written. */
  readonly item: Node | null;
  /** What is said is said of the key, not of its value. */
  readonly onKey: boolean;
}

/**
 * The steps to what a finding speaks of, through an object as rendered. Its field path may name no more than the
 * mapping around it, or more than is written: its range tells the rest.
 */
export function stepsTo(root: MappingNode, path: string, range: TextRange): readonly Step[] {
  const along = stepsAlong(root, path);
  const at = stepsAt(root, range);
  return along.length <= at.length && along.every(({ key }, index) => key === at[index]?.key) ? at : along;
}

function stepsAlong(root: MappingNode, path: string): readonly Step[] {
  const steps: Step[] = [];
  let node: Node | null = root;
  for (const part of parsePath(path)) {
    if (typeof part === 'object') break;
    const key = String(part);
    const inside: Node | null = node === null ? null : child(node, key);
    steps.push({ key, item: node?.type === 'sequence' ? inside : null, onKey: false });
    node = inside;
  }
  return steps;
}

function stepsAt(node: Node, range: TextRange): readonly Step[] {
  if (node.type === 'scalar') return [];
  if (node.type === 'sequence') {
    const index = node.items.findIndex((item) => holds(item.range, range.start));
    const item = node.items[index];
    return item === undefined ? [] : [{ key: String(index), item, onKey: false }, ...stepsAt(item, range)];
  }
  for (const { key, keyRange, value, inherited } of node.entries) {
    if (inherited) continue;
    if (holds(keyRange, range.start)) return [{ key, item: null, onKey: true }];
    if (holds(value.range, range.start)) return [{ key, item: null, onKey: false }, ...stepsAt(value, range)];
  }
  return [];
}

function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset < end;
}

function child(node: Node, key: string): Node | null {
  if (node.type === 'mapping') return node.get(key);
  return node.type === 'sequence' ? (node.items[Number(key)] ?? null) : null;
}

/** How far steps lead in another text. */
export interface Reach {
  /** Number of steps that are written there. */
  readonly depth: number;
  /** What the last of them leads to. */
  readonly node: Node;
  /** Of the value where it is a single one, else of its key or of what names it. */
  readonly range: TextRange;
}

/** Follows steps as far as they are written. */
export function reach(root: Node, steps: readonly Step[]): Reach {
  let found: Reach = { depth: 0, node: root, range: headOf(root) };
  for (const step of steps) {
    const next = follow(found.node, step);
    if (next === null) break;
    found = { depth: found.depth + 1, ...next };
  }
  return found;
}

function follow(node: Node, step: Step): Pick<Reach, 'node' | 'range'> | null {
  if (node.type === 'sequence') {
    const item =
      step.item === null ? node.items[Number(step.key)] : counterpart(node.items, step.item, step.key);
    return item === undefined ? null : { node: item, range: headOf(item) };
  }
  if (node.type !== 'mapping') return null;
  const entry = node.entry(step.key);
  const value = node.get(step.key);
  if (entry === null || value === null) return null;
  const { range } = entry.value;
  const single = value.type === 'scalar' && range.end > range.start && !step.onKey;
  return { node: value, range: single ? range : entry.keyRange };
}

/** What tells the items of a list apart, in the order in which it is believed (most are merge keys of the API). */
const identities = [
  'name',
  'containerPort',
  'port',
  'mountPath',
  'devicePath',
  'topologyKey',
  'key',
  'ip',
  'host',
  'path',
  'type',
];

/** The item that became `rendered`: one with the same name, or an equal value; at the same place where nothing tells. */
function counterpart(items: readonly Node[], rendered: Node, place: string): Node | undefined {
  if (rendered.type === 'scalar') return items.find((item) => sameScalar(item, rendered));
  const identity =
    rendered.type === 'mapping' ? identities.find((key) => rendered.scalar(key) !== null) : undefined;
  if (rendered.type !== 'mapping' || identity === undefined) return items[Number(place)];
  const named = rendered.scalar(identity);
  return items.find((item) => item.type === 'mapping' && sameScalar(item.scalar(identity), named));
}

/** Whether two nodes are the same single value. */
export function sameScalar(a: Node | null, b: Node | null): boolean {
  return a?.type === 'scalar' && b?.type === 'scalar' && String(a.value) === String(b.value);
}

/** Whether two steps lead to the same key, or to items of the same name. */
export function sameItem(a: Node | null, b: Node | null): boolean {
  if (a === null || b === null) return false;
  if (a.type === 'scalar') return sameScalar(a, b);
  if (a.type !== 'mapping' || b.type !== 'mapping') return false;
  const identity = identities.find((key) => a.scalar(key) !== null);
  return identity !== undefined && sameScalar(a.scalar(identity), b.scalar(identity));
}
