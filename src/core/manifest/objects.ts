import type { TextRange } from '../finding.ts';
import type { MappingNode } from './nodes.ts';
import type { Node } from './nodes.ts';
import { joinIndex, joinPath, parsePath } from './path.ts';
import type { PathStep } from './path.ts';

/** A Kubernetes object as it stands in its document's text. Offsets count from the start of the document. */
export interface ObjectNode {
  /** `''`, or `items[2]` for an item of a List. */
  readonly path: string;
  readonly node: MappingNode;
  /** `''` where it is missing or no text. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
}

/** Lists within lists; the API server itself knows one level. */
const DEEPEST_LIST = 4;

/** The objects of a document: one, or the items of a List. None where nothing names an API version or a kind. */
export function objectsOf(root: Node | null): readonly ObjectNode[] {
  return root?.type === 'mapping' ? collect(root, '', 0) : [];
}

function collect(node: MappingNode, path: string, depth: number): readonly ObjectNode[] {
  const apiVersion = node.text('apiVersion') ?? '';
  const kind = node.text('kind') ?? '';
  const items = kind.endsWith('List') && depth < DEEPEST_LIST ? node.sequence('items') : null;
  if (items !== null) {
    return items.items.flatMap((item, index) =>
      item.type === 'mapping' ? collect(item, joinPath(path, joinIndex('items', index)), depth + 1) : [],
    );
  }
  if (apiVersion === '' && kind === '') return [];
  const metadata = node.mapping('metadata');
  return [
    {
      path,
      node,
      apiVersion,
      kind,
      name: nameOf(metadata),
      namespace: metadata?.text('namespace') ?? null,
    },
  ];
}

function nameOf(metadata: MappingNode | null): string {
  const written = metadata?.scalar('name')?.value ?? metadata?.scalar('generateName')?.value;
  return written === null || written === undefined ? '' : String(written);
}

/**
 * The range a field path names: the value where it is a single one, else its key; of a path that is not
 * written down, the nearest ancestor that is.
 */
export function locateField(object: MappingNode, path: string): TextRange {
  let node: Node = object;
  let range = headOf(object);
  for (const step of parsePath(path)) {
    const next = follow(node, step);
    if (next === null) return range;
    ({ node, range } = next);
  }
  return range;
}

function follow(node: Node, step: PathStep): { node: Node; range: TextRange } | null {
  if (node.type === 'mapping') {
    const key = typeof step === 'object' ? null : String(step);
    const entry = key === null ? null : node.entry(key);
    if (key === null || entry === null) return null;
    const single = entry.value.type === 'scalar' && entry.value.range.end > entry.value.range.start;
    return { node: node.get(key) ?? entry.value, range: single ? entry.value.range : entry.keyRange };
  }
  if (node.type !== 'sequence') return null;
  const item =
    typeof step === 'number'
      ? node.items[step]
      : typeof step === 'object'
        ? node.items.find((one) => one.type === 'mapping' && isCalled(one, step.key, step.value))
        : undefined;
  return item === undefined ? null : { node: item, range: headOf(item) };
}

function isCalled(node: MappingNode, key: string, value: string): boolean {
  return node.scalar(key)?.source === value;
}

/** What stands for a whole node in the margin: the name of a mapping, else its first key; never many lines. */
export function headOf(node: Node): TextRange {
  if (node.type === 'scalar') return node.range;
  if (node.type === 'sequence') {
    const first = node.items[0];
    return first === undefined ? node.range : headOf(first);
  }
  const named = node.entry('kind') ?? node.entry('name');
  if (named?.value.type === 'scalar' && !named.inherited) return named.value.range;
  return node.entries.find((entry) => !entry.inherited)?.keyRange ?? node.range;
}
