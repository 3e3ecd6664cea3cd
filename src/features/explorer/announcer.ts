import { isWithin, type TreeNode } from './nodes.ts';
import type { NodeRegistry } from './registry.ts';

export interface AnnouncerOptions {
  readonly registry: NodeRegistry;
  readonly below: (node: TreeNode) => readonly TreeNode[];
  readonly signature: (node: TreeNode) => string;
  /** Hears which rows to draw again. */
  readonly changed: (nodes: readonly TreeNode[]) => void;
}

/**
 * How long a row that holds others waits before it is drawn again only because its own words changed: VS Code asks
 * for all that is open below it then, and a count under constant change would have it do nothing else.
 */
const calmMs = 1_000;

/** A question for the children of a row. */
interface Ask {
  readonly node: TreeNode;
  /** Meanwhile VS Code has forgotten the row, to draw one above it again. */
  forgotten: boolean;
  /** Meanwhile they were asked for once more. */
  repeated: boolean;
}

/** Tells VS Code what to draw again: only what changed, and only when it can take it. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  /** Questions for children that are not answered yet. */
  readonly #asks = new Set<Ask>();
  /** Rows that changed meanwhile. */
  readonly #held = new Set<TreeNode>();
  /**
   * Rows with others below them that were drawn again a moment ago, or whose children were asked for: while VS Code
   * draws a row again it knows none of those below, and one that is opened then may stay empty.
   */
  readonly #calm = new Set<TreeNode>();
  /** Those of them whose words changed since. */
  readonly #waiting = new Set<TreeNode>();
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /**
   * Runs while the children of a row are being asked for. Null: VS Code has forgotten the row meanwhile. It would keep
   * the children under no row, and for ever refuse others of their ids; it asks again once it knows the row again.
   */
  async asking<T>(node: TreeNode, work: () => Promise<T>): Promise<T | null> {
    const ask: Ask = { node, forgotten: false, repeated: false };
    for (const other of this.#asks) if (other.node === node) other.repeated = true;
    this.#asks.add(ask);
    try {
      const children = await work();
      return ask.forgotten ? null : children;
    } finally {
      this.#asks.delete(ask);
      this.#calmDown(node);
      // Of two answers VS Code takes one only, and it may have been asked for by what does not draw it.
      if (ask.repeated && !ask.forgotten) setImmediate(() => this.draw(this.#known([node])));
      if (this.#held.size > 0) setImmediate(() => this.#release());
    }
  }

  /** VS Code takes a row to draw it: what it knew below is forgotten. */
  taken(node: TreeNode): void {
    for (const ask of this.#asks) if (ask.node !== node && isWithin(ask.node, node)) ask.forgotten = true;
  }

  /** Draws again those of the candidates that changed; `touched` ones in any case, since their tooltips did. */
  announce(candidates: Iterable<TreeNode>, touched: ReadonlySet<TreeNode> = new Set()): void {
    const { registry, below, signature } = this.#options;
    const stale = new Set<TreeNode>();
    for (const node of touched) if (!this.#putOff(node)) stale.add(node);
    for (const node of candidates) {
      if (stale.has(node)) continue;
      if (registry.holdsOthers(node, () => below(node))) stale.add(node);
      else if (registry.looksDifferent(node, () => signature(node)) && !this.#putOff(node)) stale.add(node);
    }
    this.draw(stale);
  }

  /** Draws these rows again, and all that is open below them. */
  draw(stale: ReadonlySet<TreeNode>): void {
    const covered = (node: TreeNode): boolean => {
      for (let above = node.parent; above !== null; above = above.parent) if (stale.has(above)) return true;
      return false;
    };
    const least = [...stale].filter((node) => !covered(node) && !this.#hold(node));
    if (least.length > 0 && !this.#disposed) this.#options.changed(least);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }

  /** Puts a row off that was drawn a moment ago. False: it is drawn now, and its next change is put off. */
  #putOff(node: TreeNode): boolean {
    if (!this.#options.registry.isListed(node)) return false;
    if (this.#calm.has(node)) {
      this.#waiting.add(node);
      return true;
    }
    this.#calmDown(node);
    return false;
  }

  #calmDown(node: TreeNode): void {
    if (this.#disposed) return;
    this.#calm.add(node);
    this.#timer ??= setTimeout(() => this.#resume(), calmMs);
    this.#timer.unref();
  }

  #resume(): void {
    this.#timer = undefined;
    this.#calm.clear();
    const waiting = this.#known(this.#waiting);
    this.#waiting.clear();
    this.announce([], waiting);
  }

  /**
   * Keeps a change back while children of the row, or of one above or below it, are being asked for: VS Code would ask
   * for them again before it has the answer, and then refuse the second answer, its rows being "already registered".
   */
  #hold(node: TreeNode): boolean {
    const isAsked = [...this.#asks].some((ask) => isWithin(ask.node, node) || isWithin(node, ask.node));
    if (isAsked) this.#held.add(node);
    return isAsked;
  }

  /** Tells what was kept back, once VS Code has taken the answer. */
  #release(): void {
    const held = this.#known(this.#held);
    this.#held.clear();
    this.announce(held, held);
  }

  /** Those that are still part of the tree. */
  #known(nodes: Iterable<TreeNode>): ReadonlySet<TreeNode> {
    if (this.#disposed) return new Set();
    return new Set([...nodes].filter((node) => this.#options.registry.get(node.id) === node));
  }
}
