/** The rows of the tree as VS Code holds them: commands get these very objects, so each is a ClusterRowArgument. */
import type { ClusterRowArgument } from '../../contributions.ts';
import type { Notice } from './notices.ts';

interface NodeBase extends ClusterRowArgument {
  /** Stable over refreshes, so that selection and expansion survive them. */
  readonly id: string;
  readonly parent: TreeNode | null;
}

export interface ContextNode extends NodeBase {
  readonly type: 'context';
}

export interface NamespaceNode extends NodeBase {
  readonly type: 'namespace';
  readonly namespace: string;
}

/** All objects of one kind; has no `kind` field of its own, since no command acts on a group. */
export interface GroupNode extends NodeBase {
  readonly type: 'group';
  readonly namespace: string;
  readonly of: string;
}

export interface ObjectNode extends NodeBase {
  readonly type: 'object';
  readonly namespace: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** The ReplicaSets of the past, kept by Kubernetes to go back to. */
export interface OlderNode extends NodeBase {
  readonly type: 'older';
  readonly namespace: string;
  readonly of: string;
}

/** A state as a row of its own: loading, empty, forbidden … */
export interface NoticeNode extends NodeBase {
  readonly type: 'notice';
  /** Its words change (`40 s ago`) while the row stays. */
  notice: Notice;
}

export type TreeNode = ContextNode | NamespaceNode | GroupNode | ObjectNode | OlderNode | NoticeNode;

/** An id from names that may hold any character. */
export function idOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

interface Known {
  readonly node: TreeNode;
  readonly children: Set<string>;
  /** What was last handed out, to tell whether it changed; null until it was. */
  face: string | null;
  order: string | null;
}

/**
 * The rows handed out so far. VS Code knows a row by the object it was given, so a row that is still there
 * must stay the same object.
 */
export class NodeRegistry {
  readonly #known = new Map<string, Known>();
  readonly #byUid = new Map<string, Set<TreeNode>>();

  /** The node of this id handed out before, else this one. */
  adopt(node: TreeNode): TreeNode {
    const known = this.#known.get(node.id)?.node;
    if (known !== undefined) {
      if (known.type === 'notice' && node.type === 'notice') known.notice = node.notice;
      return known;
    }
    this.#known.set(node.id, { node, children: new Set(), face: null, order: null });
    if (node.parent !== null) this.#known.get(node.parent.id)?.children.add(node.id);
    if (node.type === 'object') {
      const key = idOf(node.context, node.uid);
      const same = this.#byUid.get(key);
      if (same === undefined) this.#byUid.set(key, new Set([node]));
      else same.add(node);
    }
    return node;
  }

  get(id: string): TreeNode | null {
    return this.#known.get(id)?.node ?? null;
  }

  /** The rows an object has; more than one only while it moves from one parent to another. */
  ofObject(context: string, uid: string): ReadonlySet<TreeNode> {
    return this.#byUid.get(idOf(context, uid)) ?? new Set();
  }

  /** The node and all beneath it that were handed out; null: all there are. */
  under(node: TreeNode | null): readonly TreeNode[] {
    if (node === null) return [...this.#known.values()].map((known) => known.node);
    const children = this.#known.get(node.id)?.children ?? new Set<string>();
    return [node, ...[...children].flatMap((id) => this.under(this.get(id)))];
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
    known.order = [...present].join('\n');
  }

  /** Whether the row was drawn as something else than it would be now. */
  looksDifferent(node: TreeNode, face: () => string): boolean {
    const drawn = this.#known.get(node.id)?.face ?? null;
    return drawn !== null && drawn !== face();
  }

  /** Whether its children were handed out and are others by now. */
  holdsOthers(node: TreeNode, children: () => readonly TreeNode[]): boolean {
    const order = this.#known.get(node.id)?.order ?? null;
    return (
      order !== null &&
      order !==
        children()
          .map(({ id }) => id)
          .join('\n')
    );
  }

  /** Forgets a row and all beneath it. */
  forget(id: string): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    this.#known.delete(id);
    const { node } = known;
    if (node.parent !== null) this.#known.get(node.parent.id)?.children.delete(id);
    if (node.type === 'object') {
      const key = idOf(node.context, node.uid);
      const same = this.#byUid.get(key);
      same?.delete(node);
      if (same?.size === 0) this.#byUid.delete(key);
    }
    for (const child of known.children) this.forget(child);
  }
}
