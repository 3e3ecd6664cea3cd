import { idOf, type TreeNode } from './nodes.ts';

interface Known {
  readonly node: TreeNode;
  readonly children: Set<string>;
  /** What was last handed out, to tell whether it changed; null until it was. */
  face: string | null;
  order: readonly TreeNode[] | null;
}

const nobody: ReadonlySet<never> = new Set<never>();

/**
 * The rows handed out so far. VS Code knows a row by the object it was given, so a row that is still there
 * must stay the same object.
 */
export class NodeRegistry {
  readonly #known = new Map<string, Known>();
  readonly #byUid = new Map<string, Set<TreeNode>>();
  /** Rows that are no objects, by place: they look different, or hold others, when objects do. */
  readonly #frames = new Map<string, Set<TreeNode>>();

  /** The node of this id handed out before, else this one. */
  adopt(node: TreeNode): TreeNode {
    const known = this.#known.get(node.id)?.node;
    if (known !== undefined) {
      if (known.type === 'notice' && node.type === 'notice') known.notice = node.notice;
      if (known.type === 'more' && node.type === 'more') {
        known.shown = node.shown;
        known.all = node.all;
      }
      return known;
    }
    this.#known.set(node.id, { node, children: new Set(), face: null, order: null });
    if (node.parent !== null) this.#known.get(node.parent.id)?.children.add(node.id);
    this.#index(node, (index, key) => {
      const same = index.get(key);
      if (same === undefined) index.set(key, new Set([node]));
      else same.add(node);
    });
    return node;
  }

  get(id: string): TreeNode | null {
    return this.#known.get(id)?.node ?? null;
  }

  /** The rows an object has, its parts' among them; it may stand in several places. */
  ofObject(context: string, uid: string): ReadonlySet<TreeNode> {
    return this.#byUid.get(idOf(context, uid)) ?? nobody;
  }

  /** The rows of a place that are no objects; undefined: of the context itself. */
  frames(context: string, place: string | null): ReadonlySet<TreeNode> {
    return this.#frames.get(frameKey(context, place)) ?? nobody;
  }

  childrenOf(node: TreeNode): readonly TreeNode[] {
    const ids = this.#known.get(node.id)?.children ?? nobody;
    return [...ids].map((id) => this.get(id)).filter((child) => child !== null);
  }

  /** The node and all beneath it that were handed out; null: all there are. */
  under(node: TreeNode | null): readonly TreeNode[] {
    if (node === null) return [...this.#known.values()].map((known) => known.node);
    const found: TreeNode[] = [node];
    for (let at = 0; at < found.length; at++) {
      const parent = found[at];
      if (parent !== undefined) for (const child of this.childrenOf(parent)) found.push(child);
    }
    return found;
  }

  /** Notes what a row was drawn as. */
  drawn(node: TreeNode, face: string): void {
    const known = this.#known.get(node.id);
    if (known !== undefined) known.face = face;
  }

  /** Notes the children handed out; those that are gone are forgotten with all beneath them. */
  listed(node: TreeNode, children: readonly TreeNode[]): void {
    const known = this.#known.get(node.id);
    if (known === undefined) return;
    const present = new Set(children.map(({ id }) => id));
    for (const id of [...known.children]) if (!present.has(id)) this.forget(id);
    known.order = children;
  }

  /** Whether its children were handed out. */
  isListed(node: TreeNode): boolean {
    return (this.#known.get(node.id)?.order ?? null) !== null;
  }

  /** Whether the row was drawn as something else than it would be now. */
  looksDifferent(node: TreeNode, face: () => string): boolean {
    const drawn = this.#known.get(node.id)?.face ?? null;
    return drawn !== null && drawn !== face();
  }

  /** Whether its children were handed out and are others by now. */
  holdsOthers(node: TreeNode, children: () => readonly TreeNode[]): boolean {
    const order = this.#known.get(node.id)?.order ?? null;
    if (order === null) return false;
    const now = children();
    return now.length !== order.length || now.some((child, at) => child !== order[at]);
  }

  /** Forgets a row and all beneath it. */
  forget(id: string): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    this.#known.delete(id);
    const { node } = known;
    if (node.parent !== null) this.#known.get(node.parent.id)?.children.delete(id);
    this.#index(node, (index, key) => {
      const same = index.get(key);
      same?.delete(node);
      if (same?.size === 0) index.delete(key);
    });
    for (const child of known.children) this.forget(child);
  }

  /** Where a node is to be found other than by its id. */
  #index(node: TreeNode, note: (index: Map<string, Set<TreeNode>>, key: string) => void): void {
    if (node.type === 'object') note(this.#byUid, idOf(node.context, node.uid));
    else if (node.type === 'detail') note(this.#byUid, idOf(node.context, node.of));
    else note(this.#frames, frameKey(node.context, node.at));
  }
}

function frameKey(context: string, place: string | null): string {
  return place === null ? idOf(context) : idOf(context, place);
}
