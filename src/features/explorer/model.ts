/** The tree without VS Code: which rows there are, what is watched for them, and which of them changed. */
import type { ContextInfo, ContextList } from '../../cluster/index.ts';
import type { FailoverStory } from '../../core/index.ts';
import type { Disposable } from '../../platform/disposables.ts';
import { Announcer } from './announcer.ts';
import { Branches } from './branches.ts';
import type { Face, Tooltip } from './faces/face.ts';
import { eventsOf } from './hover.ts';
import type { Filter } from './filter.ts';
import type { Grouping } from './forest/buckets.ts';
import { pageSize } from './lists.ts';
import type { Connection } from './live/connection.ts';
import { type ContextChange, LiveContext } from './live/context.ts';
import { type Expandable, expandableOf, faceOf, signatureOf } from './looks.ts';
import { idOf, type TreeNode } from './nodes.ts';
import { kubeconfigProblem } from './notices.ts';
import { NodeRegistry } from './registry.ts';
import { placeOf, type Scene } from './scene.ts';
import { wantedBy } from './wants.ts';

export interface ExplorerSource extends Pick<Scene, 'target' | 'protection' | 'color' | 'now'> {
  contexts(): Promise<ContextList>;
  connect(context: string): Promise<Connection>;
}

/** How long an expanded row waits for its children before it shows that it is loading them. */
const patienceMs = 400;
/** A node whose clock is weeks ahead must not have a timer overflow, which would ring at once, again and again. */
const longestWaitMs = 3_600_000;

export class ExplorerModel implements Disposable {
  readonly #source: ExplorerSource;
  readonly #changed: (nodes: readonly TreeNode[] | null) => void;
  readonly #registry = new NodeRegistry();
  readonly #live = new Map<string, LiveContext>();
  readonly #expanded = new Set<string>();
  /** Part of a context's row id: a row with a new id is a collapsed one. */
  readonly #episodes = new Map<string, number>();
  /** How many rows of long lists are shown. */
  readonly #shown = new Map<string, number>();
  readonly #scene: Scene;
  readonly #branches: Branches;
  readonly #announcer: Announcer;
  #filter: Filter | null = null;
  #grouping: Grouping = 'namespace';
  /** null until the top was asked for. */
  #contexts: readonly ContextInfo[] | null = null;
  #alarm: NodeJS.Timeout | undefined;
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
      color: (context) => source.color(context),
      now: () => source.now(),
      filter: () => this.#filter,
      grouping: () => this.#grouping,
      shown: (id) => this.#shown.get(id) ?? pageSize,
    };
    this.#branches = new Branches(this.#scene, this.#registry);
    this.#announcer = new Announcer({
      registry: this.#registry,
      below: (node) => this.#branches.below(node),
      signature: (node) => signatureOf(this.#scene, node),
      changed,
    });
  }

  get filter(): Filter | null {
    return this.#filter;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  /** Objects in trouble in all that is watched. */
  get unhealthy(): number {
    let count = 0;
    for (const live of this.#live.values()) count += live.unhealthy;
    return count;
  }

  /** Children of a row, null for the top. Asking for a context's children connects to it. */
  async children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    if (node === null) return this.#top(await this.#source.contexts());
    return (await this.#announcer.asking(node, () => this.#below(node))) ?? [];
  }

  async #below(node: TreeNode): Promise<readonly TreeNode[]> {
    this.expand(node);
    // Rows given before are given again at once: VS Code has forgotten them until then, and a row that is opened
    // meanwhile would stay empty ("No tree item with id … found").
    if (!this.#registry.isListed(node)) await this.#arrived(node);
    const children = this.#branches.below(node);
    this.#registry.listed(node, children);
    for (const id of this.#expanded) if (this.#registry.get(id) === null) this.#expanded.delete(id);
    return children;
  }

  /** Waits a moment for what the rows below a row are made of. */
  async #arrived(node: TreeNode): Promise<void> {
    if (node.type === 'context') await settledWithin(this.#live.get(node.context)?.ready(), patienceMs);
    else if (node.type !== 'object') await settledWithin(placeOf(this.#scene, node)?.ready, patienceMs);
  }

  /** How the row looks now, noted as what was drawn. */
  draw(node: TreeNode): { readonly face: Face; readonly expandable: Expandable } {
    this.#announcer.taken(node);
    this.#registry.drawn(node, signatureOf(this.#scene, node));
    return { face: faceOf(this.#scene, node), expandable: expandableOf(this.#scene, node) };
  }

  /** All that is known of a row, the last events of its object included, which are asked for now. */
  async tooltip(node: TreeNode, signal: AbortSignal): Promise<Tooltip | null> {
    const tooltip = faceOf(this.#scene, node).tooltip();
    if (tooltip === null) return null;
    const told = await eventsOf(this.#scene, node, signal);
    return told.length === 0 ? tooltip : { ...tooltip, story: [...told, ...tooltip.story] };
  }

  face(node: TreeNode): Face {
    return faceOf(this.#scene, node);
  }

  expand(node: TreeNode): void {
    const known = this.#expanded.has(node.id) && this.#live.has(node.context);
    this.#expanded.add(node.id);
    if (!known) this.#settle(node.context);
  }

  collapse(node: TreeNode): void {
    this.#expanded.delete(node.id);
    this.#settle(node.context);
    // What is no longer watched is no longer claimed.
    this.#announcer.announce([node]);
  }

  /** A hidden view watches nothing. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    for (const { name } of this.#contexts ?? []) this.#settle(name);
  }

  /** null: everything is shown. */
  setFilter(filter: Filter | null): void {
    this.#filter = filter;
    this.#changed(null);
  }

  setGrouping(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#changed(null);
  }

  /** Goes on in a long list. */
  showMore(row: TreeNode): void {
    const { parent } = row;
    if (row.type !== 'more' || parent === null) return;
    this.#shown.set(parent.id, row.shown + pageSize);
    this.#announcer.draw(new Set([parent]));
  }

  /** Has VS Code ask for the rows below a row once more. */
  drawAgain(node: TreeNode): void {
    if (this.isShown(node)) this.#announcer.draw(new Set([node]));
  }

  /** What became of a node that was lost, and of its pods; null: nothing was seen of that. */
  story(context: string, node: string): FailoverStory | null {
    return this.#live.get(context)?.failovers.story(node) ?? null;
  }

  /** Whether the row is (still) part of the tree. */
  isShown(node: TreeNode): boolean {
    return this.#registry.get(node.id) === node;
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
    this.#watchSilence();
    this.#announcer.announce(this.#registry.under(null));
  }

  /** The kubeconfig changed: contexts may have come, gone, or point elsewhere. */
  contextsChanged(list: ContextList): void {
    const handedOut = this.#contexts !== null;
    if (handedOut && list.contexts !== this.#contexts) this.#changed(null);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#alarm);
    this.#announcer.dispose();
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
    const base = { parent: null, at: null } as const;
    const filter = { ...base, type: 'filter', id: idOf('filter'), context: '' } as const;
    return [
      ...(this.#filter === null ? [] : [this.#registry.adopt(filter)]),
      ...list.contexts.map(({ name }) =>
        this.#registry.adopt({ ...base, type: 'context', id: this.#contextId(name), context: name }),
      ),
      ...list.problems.map(({ file, message }) =>
        this.#registry.adopt({
          ...base,
          type: 'notice',
          id: idOf('kubeconfig', file),
          context: '',
          notice: kubeconfigProblem(file, message),
        }),
      ),
    ];
  }

  #contextId(context: string): string {
    return idOf('context', context, String(this.#episodes.get(context) ?? 0));
  }

  /** Watches what is open, and nothing else. */
  #settle(context: string): void {
    if (this.#disposed) return;
    const node = this.contextNode(context);
    if (!this.#visible || node?.type !== 'context' || !this.#expanded.has(node.id)) {
      this.#live.get(context)?.want(null);
      return;
    }
    const live = this.#liveContext(context);
    live.want(wantedBy(node, live, this.#registry, ({ id }) => this.#expanded.has(id)));
  }

  #liveContext(name: string): LiveContext {
    const known = this.#live.get(name);
    if (known !== undefined) return known;
    const live = new LiveContext(
      () => this.#source.connect(name),
      (change) => this.#onChange(name, change),
      () => this.#source.now(),
      () => this.#renew(name),
    );
    this.#live.set(name, live);
    return live;
  }

  /** Begins anew with a context whose session was closed. */
  #renew(context: string): void {
    this.#live.get(context)?.dispose();
    this.#live.delete(context);
    this.#settle(context);
    const top = this.contextNode(context);
    if (top !== null) this.#announcer.announce(this.#registry.under(top));
  }

  #onChange(context: string, { place: at, key, objects }: ContextChange): void {
    const top = this.contextNode(context);
    const live = this.#live.get(context);
    if (top === null || live === undefined || this.#disposed) return;
    const place = at === undefined ? null : live.place(at);
    // Whether a cluster is small, what it serves, and whether probes may fail decides on what is watched.
    const isTurned = place?.probes.takeTurn() === true;
    if (isTurned || (at == null && objects === null)) this.#settle(context);
    // Renewals only put off what the alarm waits for.
    if (key === 'Lease' && (objects === null || this.#alarm === undefined)) this.#watchSilence();
    if (objects === null || place === null || at === undefined) {
      const inside = typeof at === 'string' ? this.#registry.get(`${top.id}/${idOf(at)}`) : top;
      if (inside !== null) this.#announcer.announce(this.#registry.under(inside));
      return;
    }
    const touched = new Set<TreeNode>();
    const candidates = new Set<TreeNode>(this.#registry.frames(context, at));
    candidates.add(top);
    for (const namespace of live.troubles.takeChanged()) {
      const row = this.#registry.get(`${top.id}/${idOf(namespace)}`);
      if (row !== null) candidates.add(row);
    }
    for (const uid of objects.changed)
      for (const node of this.#registry.ofObject(context, uid)) touched.add(node);
    for (const uid of [...objects.changed, ...objects.removed, ...place.takeRelated()]) {
      for (const node of this.#registry.ofObject(context, uid)) {
        for (let above: TreeNode | null = node; above !== null; above = above.parent) candidates.add(above);
      }
    }
    this.#announcer.announce(candidates, touched);
  }

  /** A node that stops renewing its Lease makes no event: time has to tell. */
  #watchSilence(): void {
    let next = Infinity;
    for (const [context, live] of this.#live) {
      live.judgeNodes();
      if (live.isLosing) this.#settle(context);
      next = Math.min(next, live.heartbeats.nextDeadline() ?? Infinity);
    }
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    if (next === Infinity) return;
    // Late is what is over its time, not at it.
    const wait = Math.min(Math.max(0, next - this.#source.now()) + 1, longestWaitMs);
    this.#alarm = setTimeout(() => this.tick(), wait);
    this.#alarm.unref();
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
