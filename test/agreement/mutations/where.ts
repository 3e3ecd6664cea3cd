import { findTrees, isTree, type Tree } from '../tree.ts';

/** Mappings that several mutations change. */

function listed(tree: Tree, key: string): readonly Tree[] {
  const list = tree[key];
  return Array.isArray(list) ? list.filter(isTree) : [];
}

/** Every mapping, the tree itself among them, that has the key. */
export function withKey(key: string): (tree: Tree) => readonly Tree[] {
  return (tree) => [tree, ...new Set(findTrees(tree, '**'))].filter((mapping) => key in mapping);
}

/** Of pods and of templates. */
export function podSpecs(tree: Tree): readonly Tree[] {
  return withKey('containers')(tree).filter(
    ({ containers }) => listed({ containers }, 'containers').length > 0,
  );
}

/** Specs of templates. */
export function templates(tree: Tree): readonly Tree[] {
  return withKey('template')(tree)
    .map(({ template }) => template)
    .filter(isTree);
}

export function containers(tree: Tree): readonly Tree[] {
  return podSpecs(tree).flatMap((spec) => listed(spec, 'containers'));
}

export function initContainers(tree: Tree): readonly Tree[] {
  return podSpecs(tree).flatMap((spec) => listed(spec, 'initContainers'));
}

export function anyContainers(tree: Tree): readonly Tree[] {
  return [...containers(tree), ...initContainers(tree)];
}

/** Items of a list that every container may have. */
export function ofContainers(key: string): (tree: Tree) => readonly Tree[] {
  return (tree) => anyContainers(tree).flatMap((container) => listed(container, key));
}

/** Items of a list that every pod may have. */
export function ofPods(key: string): (tree: Tree) => readonly Tree[] {
  return (tree) => podSpecs(tree).flatMap((spec) => listed(spec, key));
}

/** Mappings under a key of one of the mappings. */
export function under(where: (tree: Tree) => readonly Tree[], key: string): (tree: Tree) => readonly Tree[] {
  return (tree) =>
    where(tree)
      .map((mapping) => mapping[key])
      .filter(isTree);
}

const probeKeys = ['livenessProbe', 'readinessProbe', 'startupProbe'];

export function probes(tree: Tree): readonly Tree[] {
  return anyContainers(tree).flatMap((container) => probeKeys.map((key) => container[key]).filter(isTree));
}

/** The objects of one of the kinds themselves. */
export function ofKind(...kinds: readonly string[]): (tree: Tree) => readonly Tree[] {
  return (tree) => (kinds.includes(String(tree.kind)) ? [tree] : []);
}

/** The specs of objects of one of the kinds. */
export function specOf(...kinds: readonly string[]): (tree: Tree) => readonly Tree[] {
  return under(ofKind(...kinds), 'spec');
}

/** Mappings that fit the pattern in objects of the kinds. */
export function inKind(kinds: string | readonly string[], pattern: string): (tree: Tree) => readonly Tree[] {
  const own = ofKind(...[kinds].flat());
  return (tree) => own(tree).flatMap((each) => findTrees(each, pattern));
}
