/** The tree without VS Code: which rows there are, what is watched for them, and which of them changed. */
import type { ContextInfo, ContextList, StoreChange } from '../../cluster/index.ts';
import type { Disposable } from '../../platform/disposables.ts';
import { Branches } from './branches.ts';
import type { Face } from './faces.ts';
import { type Connection, LiveContext, type LiveNamespace } from './live.ts';
import { type Expandable, expandableOf, faceOf, signatureOf } from './looks.ts';
import { idOf, NodeRegistry, type TreeNode } from './nodes.ts';
import { kubeconfigProblem } from './notices.ts';
import { namespaceOf, type Scene } from './scene.ts';

export interface ExplorerSource extends Pick<Scene, 'target' | 'protection' | 'now'> {
  contexts(): Promise<ContextList>;
  connect(context: string): Promise<Connection>;
}

/** How long an expanded row waits for its children before it shows that it is loading them. */
const patienceMs = 400;

export class ExplorerModel implements Disposable {
  readonly #source: ExplorerSource;
  readonly #changed: (nodes: readonly TreeNode[] | null) => void;
  readonly #registry = new NodeRegistry();
  readonly #live = new Map<string, LiveContext>();
  readonly #expanded = new Set<string>();
  /** Part of a context's row id: a row with a new id is a collapsed one. */
  readonly #episodes = new Map<string, number>();
  readonly #scene: Scene;
  readonly #branches: Branches;
  /** Rows whose children are being asked for, and how often. */
  readonly #asked = new Map<TreeNode, number>();
  /** Rows that changed meanwhile. */
  readonly #held = new Set<TreeNode>();
  /** null until the top was asked for. */
  #contexts: readonly ContextInfo[] | null = null;
  #visible = false;
  #disposed = false;

  /** `changed` hears which rows to draw again; null: all of them. */
  constructor(source: ExplorerSource, changed: (nodes: readonly TreeNode[] | null) => void) {
    this.#source = source;
    this.#changed = changed;
    this.#scene = {
      contexts: () => this.#contexts ?? [],
      live: (context) => this.#live.get(context) ?? null,
      target: () => source.target(),
      protection: (context) => source.protection(context),
      now: () => source.now(),
    };
    this.#branches = new Branches(this.#scene, this.#registry);
  }

  /** Children of a row, null for the top. Asking for a context's children connects to it. */
  async children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    if (node === null) return this.#top(await this.#source.contexts());
    this.#asked.set(node, (this.#asked.get(node) ?? 0) + 1);
    try {
      return await this.#below(node);
    } finally {
      const others = (this.#asked.get(node) ?? 1) - 1;
      if (others > 0) this.#asked.set(node, others);
      else this.#asked.delete(node);
      if (this.#held.size > 0) setImmediate(() => this.#release());
    }
  }

  async #below(node: TreeNode): Promise<readonly TreeNode[]> {
    this.expand(node);
    if (node.type === 'context') await settledWithin(this.#live.get(node.context)?.ready(), patienceMs);
    if (node.type === 'namespace') await settledWithin(namespaceOf(this.#scene, node)?.ready, patienceMs);
    const children = this.#branches.below(node);
    this.#registry.listed(node, children);
    for (const id of this.#expanded) if (this.#registry.get(id) === null) this.#expanded.delete(id);
    return children;
  }

  /** How the row looks now, noted as what was drawn. */
  draw(node: TreeNode): { readonly face: Face; readonly expandable: Expandable } {
    this.#registry.drawn(node, signatureOf(this.#scene, node));
    return { face: faceOf(this.#scene, node), expandable: expandableOf(this.#scene, node) };
  }

  face(node: TreeNode): Face {
    return faceOf(this.#scene, node);
  }

  expand(node: TreeNode): void {
    this.#expanded.add(node.id);
    this.#settle();
  }

  collapse(node: TreeNode): void {
    this.#expanded.delete(node.id);
    this.#settle();
    // What is no longer watched is no longer claimed.
    this.#announce([node]);
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
          notice: kubeconfigProblem(file, message),
        }),
      ),
    ];
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
    for (const uid of change.changed) {
      for (const node of this.#registry.ofObject(context, uid)) touched.add(node);
    }
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
    let owner = live.forest.row(uid)?.owner ?? null;
    while (owner !== null) {
      yield* this.#registry.ofObject(context, owner.uid);
      owner = live.forest.row(owner.uid)?.owner ?? null;
    }
  }

  /** Draws again those of the candidates that changed; `touched` ones in any case, since their tooltips did. */
  #announce(candidates: readonly TreeNode[], touched: ReadonlySet<TreeNode> = new Set()): void {
    const stale = new Set<TreeNode>(touched);
    for (const node of candidates) {
      const others = this.#registry.holdsOthers(node, () => this.#branches.below(node));
      const other = this.#registry.looksDifferent(node, () => signatureOf(this.#scene, node));
      if (others || other) stale.add(node);
    }
    const covered = (node: TreeNode): boolean => {
      for (let above = node.parent; above !== null; above = above.parent) if (stale.has(above)) return true;
      return false;
    };
    const least = [...stale].filter((node) => !covered(node) && !this.#hold(node));
    if (least.length > 0) this.#changed(least);
  }

  /**
   * Keeps a change back while children of the row, or of one above or below it, are being asked for: VS Code would ask
   * for them again before it has the answer, and then refuse the second answer, its rows being "already registered".
   */
  #hold(node: TreeNode): boolean {
    const isAsked = [...this.#asked.keys()].some((asked) => isWithin(asked, node) || isWithin(node, asked));
    if (isAsked) this.#held.add(node);
    return isAsked;
  }

  /** Tells what was kept back, once VS Code has taken the answer. */
  #release(): void {
    if (this.#disposed) return;
    const held = [...this.#held].filter((node) => this.#registry.get(node.id) === node);
    this.#held.clear();
    this.#announce([], new Set(held));
  }
}

/** Whether a row is another one, or below it. */
function isWithin(node: TreeNode, other: TreeNode): boolean {
  for (let above: TreeNode | null = node; above !== null; above = above.parent)
    if (above === other) return true;
  return false;
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
