import { isExplained } from '../../platform/failure.ts';
import { verbatim } from './faces.ts';
import { kindOf, kinds } from './kinds.ts';
import {
  type ContextNode,
  type GroupNode,
  idOf,
  type NamespaceNode,
  type NodeRegistry,
  type ObjectNode,
  type OlderNode,
  type TreeNode,
} from './nodes.ts';
import type { Notice } from './notices.ts';
import * as notices from './notices.ts';
import type { ObjectRow } from './rows.ts';
import { namespaceOf, type Scene } from './scene.ts';

/** Which rows stand below which, from what is known now. */
export class Branches {
  readonly #scene: Scene;
  readonly #registry: NodeRegistry;

  constructor(scene: Scene, registry: NodeRegistry) {
    this.#scene = scene;
    this.#registry = registry;
  }

  /** Rows below a row, as things are now; the same objects as before for those that were there before. */
  below(node: TreeNode): readonly TreeNode[] {
    switch (node.type) {
      case 'context':
        return this.#insideContext(node);
      case 'namespace':
        return this.#insideNamespace(node);
      case 'group':
        return this.#insideGroup(node);
      case 'object':
        return this.#insideObject(node);
      case 'older':
        return this.#insideOlder(node);
      case 'notice':
        return [];
    }
  }

  #insideContext(node: ContextNode): readonly TreeNode[] {
    const live = this.#scene.live(node.context);
    if (live === null || live.state.phase === 'disconnected') return [];
    if (live.state.phase === 'connecting') return [this.#notice(node, notices.connecting(node.context))];
    if (live.state.phase === 'failed') {
      const { error } = live.state;
      const reason = isExplained(error) ? error.explanation : verbatim(String(error));
      return [this.#notice(node, notices.noSession(reason))];
    }
    const listing = live.listing;
    const names = live.namespaces.map(({ name }) => name);
    if (listing.phase === 'forbidden') {
      const known = names.length > 0 ? names : this.#configuredNamespaces(node.context);
      return [
        this.#notice(node, notices.namespacesForbidden(listing.error)),
        ...known.map((name) => this.#namespaceNode(node, name)),
      ];
    }
    const notice =
      listing.phase === 'connecting'
        ? notices.connecting(node.context)
        : listing.phase === 'live' && names.length === 0
          ? notices.noNamespaces(node.context)
          : notices.stateNotice(listing, 'namespaces', this.#scene.now());
    return [
      ...(notice === null ? [] : [this.#notice(node, notice)]),
      ...names.map((name) => this.#namespaceNode(node, name)),
    ];
  }

  /** What can be known where namespaces may not be listed: the context's own, and the chosen target's. */
  #configuredNamespaces(context: string): readonly string[] {
    const own = this.#scene.contexts().find(({ name }) => name === context)?.namespace;
    const target = this.#scene.target();
    const names = [own, target?.context === context ? target.namespace : undefined];
    return [...new Set(names.filter((name) => name !== undefined))];
  }

  #insideNamespace(node: NamespaceNode): readonly TreeNode[] {
    const live = namespaceOf(this.#scene, node);
    if (live === null) return [];
    // Deployments speak for the namespace: what is said of their connection is true of the others'.
    const leading = live.state('Deployment');
    const notice =
      leading.phase === 'forbidden' ? null : notices.stateNotice(leading, 'deployments', this.#scene.now());
    const groups = kinds.filter(({ kind, empty }) => {
      if (live.forest.roots(kind).length > 0) return true;
      const { phase } = live.state(kind);
      return phase === 'forbidden' || (empty !== null && phase === 'live');
    });
    // What the row of the context says already is not said again beside rows that show.
    const said = leading.phase === this.#scene.live(node.context)?.listing.phase && groups.length > 0;
    return [
      ...(notice === null || said ? [] : [this.#notice(node, notice)]),
      ...groups.map(({ kind }) =>
        this.#registry.adopt({
          type: 'group',
          id: `${node.id}/${kind}`,
          parent: node,
          context: node.context,
          namespace: node.namespace,
          of: kind,
        }),
      ),
    ];
  }

  #insideGroup(node: GroupNode): readonly TreeNode[] {
    const live = namespaceOf(this.#scene, node);
    const kind = kindOf(node.of);
    if (live === null || kind === null) return [];
    const rows = live.forest.roots(node.of).map((row) => this.#objectNode(node, row));
    const state = live.state(node.of);
    const notice =
      state.phase === 'forbidden'
        ? notices.stateNotice(state, kind.plural, this.#scene.now())
        : rows.length === 0 && kind.empty !== null
          ? notices.nothing(kind.empty, node.namespace)
          : null;
    return notice === null ? rows : [this.#notice(node, notice), ...rows];
  }

  #insideObject(node: ObjectNode): readonly TreeNode[] {
    const live = namespaceOf(this.#scene, node);
    const row = live?.forest.row(node.uid) ?? null;
    if (live === null || row === null) return [];
    const { current, older } = live.forest.children(row);
    const rows = current.map((child) => this.#objectNode(node, child));
    if (older.length === 0) return rows;
    const shelf: OlderNode = {
      type: 'older',
      id: `${node.id}/older`,
      parent: node,
      context: node.context,
      namespace: node.namespace,
      of: node.uid,
    };
    return [...rows, this.#registry.adopt(shelf)];
  }

  #insideOlder(node: OlderNode): readonly TreeNode[] {
    const live = namespaceOf(this.#scene, node);
    const row = live?.forest.row(node.of) ?? null;
    if (live === null || row === null) return [];
    return live.forest.children(row).older.map((child) => this.#objectNode(node, child));
  }

  #objectNode(parent: TreeNode & { readonly namespace: string }, row: ObjectRow): TreeNode {
    const { apiVersion, kind, name, uid } = row;
    const { context, namespace } = parent;
    const id = `${parent.id}/${uid}`;
    return this.#registry.adopt({
      type: 'object',
      id,
      parent,
      context,
      namespace,
      apiVersion,
      kind,
      name,
      uid,
    });
  }

  #namespaceNode(parent: ContextNode, name: string): TreeNode {
    const id = `${parent.id}/${idOf(name)}`;
    return this.#registry.adopt({ type: 'namespace', id, parent, context: parent.context, namespace: name });
  }

  #notice(parent: TreeNode, notice: Notice): TreeNode {
    const id = `${parent.id}/!${notice.icon.id}`;
    return this.#registry.adopt({ type: 'notice', id, parent, context: parent.context, notice });
  }
}
