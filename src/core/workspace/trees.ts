/** Which kustomizations fetch what nobody can see here, and whose objects that may be meant for. */
import { folderOf, resolvePath } from '../manifest/roles.ts';
import { fileKey } from './file-key.ts';
import type { Hints } from './hints.ts';

/** What a kustomization is built of, and where its objects go. */
export interface TreeHints {
  /** Paths of files and folders, as it writes them. */
  readonly includes: readonly string[];
  /** Null: none is set. */
  readonly namespace: string | null;
}

/** Kustomizations that are built together, by one of them or another. */
interface Tree {
  readonly namespaces: ReadonlySet<string>;
  /** Namespaces of what some of them fetch; null: it may be any. */
  readonly fetched: readonly (ReadonlySet<string> | null)[];
}

/** Kustomizations of a workspace by what they include. */
export class Trees {
  /** By the path of a file, or of a kustomization's folder, what else is in its tree. */
  readonly #trees = new Map<string, Tree>();
  readonly #fetching: readonly Tree[];

  /** By the paths, or addresses, of the kustomizations. */
  constructor(described: ReadonlyMap<string, Hints>) {
    const links = new Links();
    const nodes: Node[] = [];
    for (const [file, { tree, open }] of described) {
      if (tree === undefined) continue;
      const folder = folderOf(pathKey(file));
      const includes = tree.includes.map((path) => resolvePath(folder, path));
      for (const path of includes) links.join(folder, path);
      nodes.push({ folder, includes, namespace: tree.namespace, open });
    }
    for (const [root, members] of Map.groupBy(nodes, ({ folder }) => links.rootOf(folder))) {
      const tree = treeOf(members);
      for (const path of links.membersOf(root)) this.#trees.set(path, tree);
    }
    this.#fetching = [...new Set(this.#trees.values())].filter(({ fetched }) => fetched.length > 0);
  }

  /**
   * Whether what one object of a file names may be among what is fetched: by the tree the file is in, or into the same
   * namespace by another. `namespace`: where it is looked for; null where that is not written, `''` for what is in none.
   */
  mayFetch(uri: string, namespace: string | null): boolean {
    if (this.#fetching.length === 0) return false;
    if (namespace === '') return true;
    const own = this.#trees.get(pathKey(uri));
    if (own !== undefined && own.fetched.length > 0) return true;
    const namespaces = new Set([...(namespace === null ? [] : [namespace]), ...(own?.namespaces ?? [])]);
    return this.#fetching.some(({ fetched }) =>
      fetched.some((into) => {
        // Of files that no kustomization includes, nobody knows what they are deployed with.
        if (into === null || namespaces.size === 0) return own === undefined;
        return [...namespaces].some((one) => into.has(one));
      }),
    );
  }
}

interface Node {
  readonly folder: string;
  readonly includes: readonly string[];
  readonly namespace: string | null;
  readonly open: boolean;
}

/** What is fetched goes to the namespaces that are set around it; where none is at the top, it keeps its own. */
function treeOf(members: readonly Node[]): Tree {
  const included = new Set(members.flatMap(({ includes }) => includes));
  const isSettled = members
    .filter(({ folder }) => !included.has(folder))
    .every(({ namespace }) => namespace !== null);
  const namespaces = new Set(members.flatMap(({ namespace }) => namespace ?? []));
  const fetched = members
    .filter(({ open }) => open)
    .map(({ namespace }) => (isSettled || namespace !== null ? namespaces : null));
  return { namespaces, fetched };
}

/** Paths that belong together. */
class Links {
  readonly #members = new Map<string, Set<string>>();
  readonly #roots = new Map<string, string>();

  rootOf(path: string): string {
    return this.#roots.get(path) ?? path;
  }

  membersOf(root: string): ReadonlySet<string> {
    return this.#members.get(root) ?? new Set([root]);
  }

  /** The smaller part goes over to the larger. */
  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a === b) return;
    const [large, small] = this.membersOf(a).size < this.membersOf(b).size ? [b, a] : [a, b];
    const members = new Set(this.membersOf(small));
    const all = this.#members.get(large) ?? new Set([large]);
    for (const path of members) {
      all.add(path);
      this.#roots.set(path, large);
    }
    this.#members.set(large, all);
    this.#members.delete(small);
  }
}

/** The same for the address of a file and its path. */
function pathKey(place: string): string {
  const path = fileKey(place).replace(/^file:\/\//, '');
  return path.replace(/^\/?([A-Za-z]):\//, (_, drive: string) => `/${drive.toLowerCase()}:/`);
}
