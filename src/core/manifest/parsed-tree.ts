import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { MappingTree, ScalarTree, SequenceTree, Tree } from './reader/tree.ts';

/** What the parser made of a text, in the form that the API server's reader gives. */
export function treeOf(node: unknown): Tree {
  if (isAlias(node)) return { kind: 'alias', name: node.source, ...placeOf(node) };
  if (isScalar(node)) return scalarOf(node);
  if (isMap(node)) return mappingOf(node);
  return isSeq(node) ? sequenceOf(node) : nothing;
}

const nothing: ScalarTree = {
  kind: 'scalar',
  start: 0,
  end: 0,
  anchor: null,
  tag: null,
  source: '',
  style: 'plain',
};

function placeOf({ range }: Pick<Node, 'range'>): { readonly start: number; readonly end: number } {
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

function propertiesOf(
  node: Scalar | YAMLMap | YAMLSeq,
): Pick<ScalarTree, 'anchor' | 'tag' | 'start' | 'end'> {
  return { ...placeOf(node), anchor: node.anchor ?? null, tag: node.tag ?? null };
}

function scalarOf(node: Scalar): ScalarTree {
  const { type } = node;
  const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
  return {
    kind: 'scalar',
    ...propertiesOf(node),
    source: typeof node.source === 'string' ? node.source : '',
    style: block ? 'block' : type === 'PLAIN' ? 'plain' : 'quoted',
  };
}

function sequenceOf(node: YAMLSeq): SequenceTree {
  // `[a: 1]` holds a bare pair: no manifest means that.
  const items = node.items.map((item) => (isPair(item) ? { ...nothing, ...placeOf(node) } : treeOf(item)));
  return { kind: 'sequence', ...propertiesOf(node), flow: node.flow === true, items };
}

function mappingOf(node: YAMLMap): MappingTree {
  const pairs = node.items.map((pair): [Tree, Tree] => {
    const key = treeOf(pair.key);
    return [key, valueOf(pair, key)];
  });
  return { kind: 'mapping', ...propertiesOf(node), flow: node.flow === true, pairs };
}

function valueOf({ value }: Pair, key: Tree): Tree {
  if (value === null || value === undefined) return { ...nothing, start: key.end, end: key.end };
  return treeOf(value);
}
