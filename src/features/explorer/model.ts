/** The tree without VS Code: which rows there are, how they look, what is watched, and which of them changed. */
import type { ContextInfo, ContextList, StoreChange } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { Disposable } from '../../platform/disposables.ts';
import { isExplained } from '../../platform/failure.ts';
import type { Face } from './faces.ts';
import { verbatim } from './faces.ts';
import { kindOf, kinds } from './kinds.ts';
import { type Connection, LiveContext, type LiveNamespace } from './live.ts';
import {
  type ContextNode,
  type GroupNode,
  idOf,
  type NamespaceNode,
  NodeRegistry,
  type ObjectNode,
  type OlderNode,
  type TreeNode,
} from './nodes.ts';
import * as notices from './notices.ts';
import type { Notice } from './notices.ts';
import { objectFace } from './objectFaces.ts';
import { contextFace, groupFace, namespaceFace, olderFace } from './placeFaces.ts';
import type { ObjectRow } from './rows.ts';

export interface ExplorerSource {
  contexts(): Promise<ContextList>;
  connect(context: string): Promise<Connection>;
  target(): DeployTarget | null;
  protection(context: string): 'none' | 'protected' | 'readOnly';
  /** Milliseconds since 1970. */
  now(): number;
}

export type Expandable = 'none' | 'collapsed' | 'expanded';

/** How long an expanded row waits for its children before it shows that it is loading them. */
const patienceMs = 400;

const noFace: Face = {
  label: verbatim(''),
  description: [],
  icon: null,
  spoken: [],
  tooltip: null,
  contextValue: '',
};

export class ExplorerModel implements Disposable {
  readonly #source: ExplorerSource;
  readonly #changed: (nodes: readonly TreeNode[] | null) => void;
  readonly #registry = new NodeRegistry();
  readonly #live = new Map<string, LiveContext>();
  readonly #expanded = new Set<string>();
  /** Part of a context's row id: a row with a new id is a collapsed one. */
  readonly #episodes = new Map<string, number>();
  /** null until the top was asked for. */
  #contexts: readonly ContextInfo[] | null = null;
  #visible = false;
  #disposed = false;

  /** `changed` hears which rows to draw again; null: all of them. */
  constructor(source: ExplorerSource, changed: (nodes: readonly TreeNode[] | null) => void) {
    this.#source = source;
    this.#changed = changed;
  }

  /** Children of a row, null for the top. Asking for a context's children connects to it. */
  async children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    if (node === null) return this.#top(await this.#source.contexts());
    this.expand(node);
    if (node.type === 'context') await settledWithin(this.#live.get(node.context)?.ready(), patienceMs);
    if (node.type === 'namespace') await settledWithin(this.#namespace(node)?.ready, patienceMs);
    const children = this.#childrenOf(node);
    this.#registry.listed(node, children);
    return children;
  }

  /** How the row looks now, noted as what was drawn. */
  draw(node: TreeNode): { readonly face: Face; readonly expandable: Expandable } {
    const face = this.face(node);
    this.#registry.drawn(node, this.#signature(node));
    return { face, expandable: this.#expandable(node) };
  }

  face(node: TreeNode): Face {
    switch (node.type) {
      case 'context':
        return this.#contextFace(node);
      case 'namespace':
        return this.#namespaceFace(node);
      case 'group':
        return this.#groupFace(node);
      case 'older':
        return olderFace(this.#olderRows(node).length);
      case 'notice':
        return notices.noticeFace(node.notice);
      case 'object':
        return this.#objectFace(node);
    }
  }

  expand(node: TreeNode): void {
    this.#expanded.add(node.id);
    this.#settle();
  }

  collapse(node: TreeNode): void {
    this.#expanded.delete(node.id);
    this.#settle();
  }

  /** A hidden view watches nothing. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#settle();
  }

  /** The row of a context, to be revealed; null when it is not (or no longer) there. */
  contextNode(context: string): TreeNode | null {
    return this.#registry.get(this.#contextId(context));
  }

  /** Gives everything of a context back and collapses its row. */
  disconnect(context: string): void {
    this.#live.get(context)?.dispose();
    this.#live.delete(context);
    this.#registry.forget(this.#contextId(context));
    this.#episodes.set(context, (this.#episodes.get(context) ?? 0) + 1);
    this.#changed(null);
  }

  retry(context: string): void {
    this.#live.get(context)?.retry();
  }

  /** Ages and times since have moved on. */
  tick(): void {
    this.#announce(this.#registry.under(null));
  }

  /** The kubeconfig changed: contexts may have come, gone, or point elsewhere. */
  contextsChanged(list: ContextList): void {
    const handedOut = this.#contexts !== null;
    if (handedOut && list.contexts !== this.#contexts) this.#changed(null);
  }

  dispose(): void {
    this.#disposed = true;
    for (const live of this.#live.values()) live.dispose();
    this.#live.clear();
  }

  // Children

  #top(list: ContextList): readonly TreeNode[] {
    this.#contexts = list.contexts;
    const names = new Set(list.contexts.map(({ name }) => name));
    for (const [name, live] of this.#live) {
      if (names.has(name)) continue;
      live.dispose();
      this.#live.delete(name);
      this.#registry.forget(this.#contextId(name));
    }
    return [
      ...list.contexts.map(({ name }) =>
        this.#registry.adopt({ type: 'context', id: this.#contextId(name), parent: null, context: name }),
      ),
      ...list.problems.map(({ file, message }) =>
        this.#registry.adopt({
          type: 'notice',
          id: idOf('kubeconfig', file),
          parent: null,
          context: '',
          notice: notices.kubeconfigProblem(file, message),
        }),
      ),
    ];
  }

  #childrenOf(node: TreeNode): readonly TreeNode[] {
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
        return this.#olderRows(node).map((row) => this.#objectNode(node, row));
      case 'notice':
        return [];
    }
  }

  #insideContext(node: ContextNode): readonly TreeNode[] {
    const live = this.#live.get(node.context);
    if (live === undefined || live.state.phase === 'disconnected') return [];
    if (live.state.phase === 'connecting') return [this.#notice(node, notices.connecting(node.context))];
    if (live.state.phase === 'failed') {
      const { error } = live.state;
      const reason = isExplained(error) ? error.explanation : verbatim(String(error));
      return [this.#notice(node, notices.noSession(node.context, reason))];
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
          : notices.stateNotice(listing, 'namespaces', node.context, this.#source.now());
    return [
      ...(notice === null ? [] : [this.#notice(node, notice)]),
      ...names.map((name) => this.#namespaceNode(node, name)),
    ];
  }

  /** What can be known where namespaces may not be listed: the context's own, and the chosen target's. */
  #configuredNamespaces(context: string): readonly string[] {
    const own = this.#contexts?.find(({ name }) => name === context)?.namespace;
    const target = this.#source.target();
    const names = [own, target?.context === context ? target.namespace : undefined];
    return [...new Set(names.filter((name) => name !== undefined))];
  }

  #insideNamespace(node: NamespaceNode): readonly TreeNode[] {
    const live = this.#namespace(node);
    if (live === null) return [];
    // Deployments speak for the namespace: what is said of their connection is true of the others'.
    const leading = live.state('Deployment');
    const notice =
      leading.phase === 'forbidden'
        ? null
        : notices.stateNotice(leading, 'deployments', node.context, this.#source.now());
    const groups = kinds.filter(({ kind, empty }) => {
      if (live.forest.roots(kind).length > 0) return true;
      const { phase } = live.state(kind);
      return phase === 'forbidden' || (empty !== null && phase === 'live');
    });
    return [
      ...(notice === null ? [] : [this.#notice(node, notice)]),
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
    const live = this.#namespace(node);
    const kind = kindOf(node.of);
    if (live === null || kind === null) return [];
    const rows = live.forest.roots(node.of).map((row) => this.#objectNode(node, row));
    const state = live.state(node.of);
    const notice =
      state.phase === 'forbidden'
        ? notices.stateNotice(state, kind.plural, node.context, this.#source.now())
        : rows.length === 0 && kind.empty !== null
          ? notices.nothing(kind.empty, node.namespace)
          : null;
    return notice === null ? rows : [this.#notice(node, notice), ...rows];
  }

  #insideObject(node: ObjectNode): readonly TreeNode[] {
    const live = this.#namespace(node);
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

  #olderRows(node: OlderNode): readonly ObjectRow[] {
    const live = this.#namespace(node);
    const row = live?.forest.row(node.of) ?? null;
    return live === null || row === null ? [] : live.forest.children(row).older;
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

  // Faces

  #contextFace(node: ContextNode): Face {
    const context = this.#contexts?.find(({ name }) => name === node.context);
    const live = this.#live.get(node.context);
    if (context === undefined) return noFace;
    return contextFace(context, {
      state: live?.state ?? { phase: 'disconnected' },
      listing: live?.listing ?? { phase: 'connecting' },
      protection: this.#source.protection(node.context),
      now: this.#source.now(),
    });
  }

  #namespaceFace(node: NamespaceNode): Face {
    const target = this.#source.target();
    const listed = this.#live.get(node.context)?.namespaces.find(({ name }) => name === node.namespace);
    return namespaceFace(node.namespace, {
      unhealthy: this.#namespace(node)?.forest.unhealthy() ?? null,
      terminating: listed?.terminating ?? false,
      target: target?.context === node.context && target.namespace === node.namespace,
    });
  }

  #groupFace(node: GroupNode): Face {
    const live = this.#namespace(node);
    const kind = kindOf(node.of);
    if (live === null || kind === null) return noFace;
    const counted = live.state(node.of).phase !== 'forbidden';
    return groupFace(kind, counted ? live.forest.roots(node.of).length : null);
  }

  #objectFace(node: ObjectNode): Face {
    const live = this.#namespace(node);
    const row = live?.forest.row(node.uid) ?? null;
    if (live === null || row === null) return { ...noFace, label: verbatim(node.name) };
    const stale = live.state(node.kind).phase !== 'live';
    return objectFace(row, { forest: live.forest, now: this.#source.now(), stale });
  }

  #expandable(node: TreeNode): Expandable {
    if (node.type === 'notice') return 'none';
    if (node.type === 'group') return kindOf(node.of)?.empty === null ? 'collapsed' : 'expanded';
    if (node.type !== 'object') return 'collapsed';
    return (this.#namespace(node)?.forest.owned(node.uid).length ?? 0) === 0 ? 'none' : 'collapsed';
  }

  /** All that shows without hovering; equal signatures need no drawing. */
  #signature(node: TreeNode): string {
    const { label, description, icon, contextValue } = this.face(node);
    return JSON.stringify([label, description, icon, contextValue, this.#expandable(node)]);
  }

  // Watching

  #namespace(node: { readonly context: string; readonly namespace: string }): LiveNamespace | null {
    return this.#live.get(node.context)?.namespace(node.namespace) ?? null;
  }

  #contextId(context: string): string {
    return idOf('context', context, String(this.#episodes.get(context) ?? 0));
  }

  #settle(): void {
    if (this.#disposed) return;
    for (const { name } of this.#contexts ?? []) {
      const node = this.contextNode(name);
      if (!this.#visible || node === null || !this.#expanded.has(node.id)) {
        this.#live.get(name)?.want(null);
        continue;
      }
      const namespaces = this.#registry
        .under(node)
        .filter((child) => child.type === 'namespace' && this.#expanded.has(child.id))
        .map((child) => child.namespace ?? '');
      this.#liveContext(name).want(new Set(namespaces));
    }
  }

  #liveContext(name: string): LiveContext {
    const known = this.#live.get(name);
    if (known !== undefined) return known;
    const live = new LiveContext(
      () => this.#source.connect(name),
      (namespace, change) => this.#onChange(name, namespace, change),
    );
    this.#live.set(name, live);
    return live;
  }

  #onChange(context: string, namespace: string | null, change: StoreChange | null): void {
    const top = this.contextNode(context);
    if (top === null || this.#disposed) return;
    const inside = namespace === null ? null : this.#registry.get(`${top.id}/${idOf(namespace)}`);
    const live = namespace === null ? null : (this.#live.get(context)?.namespace(namespace) ?? null);
    if (change === null || inside === null || live === null) {
      this.#announce(this.#registry.under(inside ?? top));
      return;
    }
    const touched = new Set<TreeNode>();
    const candidates = new Set<TreeNode>([inside]);
    for (const child of this.#registry.under(inside)) if (child.type === 'group') candidates.add(child);
    for (const uid of change.changed)
      for (const node of this.#registry.ofObject(context, uid)) touched.add(node);
    for (const uid of [...change.changed, ...change.removed]) {
      for (const node of this.#affected(context, uid, live)) candidates.add(node);
    }
    this.#announce([...candidates], touched);
  }

  /** The rows whose look or children depend on an object: its own, those it stood under, and those it stands under now. */
  *#affected(context: string, uid: string, live: LiveNamespace): Iterable<TreeNode> {
    for (const node of this.#registry.ofObject(context, uid)) {
      for (let above: TreeNode | null = node; above !== null; above = above.parent) yield above;
    }
    for (let owner = live.forest.row(uid)?.owner ?? null; owner !== null;) {
      yield* this.#registry.ofObject(context, owner.uid);
      owner = live.forest.row(owner.uid)?.owner ?? null;
    }
  }

  /** Draws again those of the candidates that changed; `touched` ones in any case, since their tooltips did. */
  #announce(candidates: readonly TreeNode[], touched: ReadonlySet<TreeNode> = new Set()): void {
    const stale = new Set<TreeNode>(touched);
    for (const node of candidates) {
      const others = this.#registry.holdsOthers(node, () => this.#childrenOf(node));
      if (others || this.#registry.looksDifferent(node, () => this.#signature(node))) stale.add(node);
    }
    const covered = (node: TreeNode): boolean => {
      for (let above = node.parent; above !== null; above = above.parent) if (stale.has(above)) return true;
      return false;
    };
    const least = [...stale].filter((node) => !covered(node));
    if (least.length > 0) this.#changed(least);
  }
}

/** Waits for something, but not for long. */
async function settledWithin(work: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}
