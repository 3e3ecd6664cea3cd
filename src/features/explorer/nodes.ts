/** The rows of the tree as VS Code holds them: commands get these very objects, so each is a ClusterRowArgument. */
import type { ClusterRowArgument } from '../../contributions.ts';
import type { Notice } from './notices.ts';

interface NodeBase extends ClusterRowArgument {
  /** Stable over refreshes, so that selection and expansion survive them. */
  readonly id: string;
  readonly parent: TreeNode | null;
  /** The place its rows come from: a namespace, or null for the cluster itself. A namespaced object may come from either. */
  readonly at: string | null;
}

export interface ContextNode extends NodeBase {
  readonly type: 'context';
}

/** How full and how well a cluster is. */
export interface OverviewNode extends NodeBase {
  readonly type: 'overview';
}

/** One line of the overview. */
export interface FactNode extends NodeBase {
  readonly type: 'fact';
  readonly of: string;
}

export interface NamespaceNode extends NodeBase {
  readonly type: 'namespace';
  readonly namespace: string;
  readonly at: string;
}

/** Several kinds that belong together. */
export interface ShelfNode extends NodeBase {
  readonly type: 'shelf';
  readonly of: string;
}

/** All objects of one kind; has no `kind` field of its own, since no command acts on a group. */
export interface GroupNode extends NodeBase {
  readonly type: 'group';
  readonly of: string;
}

/** Some of a group's objects: the pods of one node, namespace or owner. */
export interface BucketNode extends NodeBase {
  readonly type: 'bucket';
  readonly of: string;
  readonly by: 'namespace' | 'node' | 'owner';
}

export interface ObjectNode extends NodeBase {
  readonly type: 'object';
  readonly of: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A part of an object: a container, a key, an endpoint. */
export interface DetailNode extends NodeBase {
  readonly type: 'detail';
  /** Uid of the object it is a part of. */
  readonly of: string;
  readonly detail: string;
}

/** What is kept to go back to: the ReplicaSets and the releases of the past. */
export interface OlderNode extends NodeBase {
  readonly type: 'older';
  readonly of: string;
}

/** The end of a list that goes on. */
export interface MoreNode extends NodeBase {
  readonly type: 'more';
  /** Changes while the row stays. */
  shown: number;
  all: number;
}

/** What the tree is limited to. */
export interface FilterNode extends NodeBase {
  readonly type: 'filter';
}

/** A state as a row of its own: loading, empty, forbidden … */
export interface NoticeNode extends NodeBase {
  readonly type: 'notice';
  /** Its words change (`40 s ago`) while the row stays. */
  notice: Notice;
}

export type TreeNode =
  | ContextNode
  | OverviewNode
  | FactNode
  | NamespaceNode
  | ShelfNode
  | GroupNode
  | BucketNode
  | ObjectNode
  | DetailNode
  | OlderNode
  | MoreNode
  | FilterNode
  | NoticeNode;

/** An id from names that may hold any character. */
export function idOf(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/** Whether a row is another one, or below it. */
export function isWithin(node: TreeNode, other: TreeNode): boolean {
  for (let above: TreeNode | null = node; above !== null; above = above.parent)
    if (above === other) return true;
  return false;
}
