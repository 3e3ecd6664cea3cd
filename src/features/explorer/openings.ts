import type { Disposable } from '../../platform/disposables.ts';
import { isWithin, type TreeNode } from './nodes.ts';

/** How long VS Code may take to ask for the rows of a row that was opened, and to draw a row whose rows it has. */
const patienceMs = 500;

/**
 * Rows a person has opened that VS Code leaves empty, or closes again. While it draws a row anew it knows none of those
 * below: one that is opened then stays empty. And it notes which of them are closed, waits for the rows of the open
 * ones, and then closes what it noted without a word, a row opened meanwhile among them, whether it has asked for its
 * rows or not.
 */
export class Openings implements Disposable {
  readonly #openAgain: (node: TreeNode) => Promise<void>;
  readonly #drawAgain: (node: TreeNode) => void;
  readonly #waiting = new Map<TreeNode, NodeJS.Timeout>();
  #disposed = false;
  /** Grows with each of the events below. */
  #turn = 0;
  /** When the rows of a row were asked for last: some editions ask before they say that the row was opened. */
  readonly #asked = new WeakMap<TreeNode, number>();
  /** When a row was drawn last: VS Code knows nothing below it then. */
  readonly #drawn = new WeakMap<TreeNode, { readonly turn: number; readonly at: number }>();
  /** Rows whose rows were asked for and are not here yet. */
  readonly #pending = new Set<TreeNode>();

  constructor(openAgain: (node: TreeNode) => Promise<void>, drawAgain: (node: TreeNode) => void) {
    this.#openAgain = openAgain;
    this.#drawAgain = drawAgain;
  }

  opened(node: TreeNode): void {
    this.#forget(node);
    if (!this.#isKnown(node) || this.#isDrawnAbove(node)) this.#wait(node);
  }

  /** Its rows were asked for. */
  asked(node: TreeNode): void {
    this.#asked.set(node, ++this.#turn);
    this.#pending.add(node);
    if (!this.#isDrawnAbove(node)) this.#forget(node);
  }

  answered(node: TreeNode): void {
    this.#pending.delete(node);
  }

  drawn(node: TreeNode): void {
    this.#drawn.set(node, { turn: ++this.#turn, at: Date.now() });
  }

  /** To open a row below again would open this one. */
  closed(node: TreeNode): void {
    for (const waiting of this.#waiting.keys()) if (isWithin(waiting, node)) this.#forget(waiting);
  }

  #forget(node: TreeNode): void {
    clearTimeout(this.#waiting.get(node));
    this.#waiting.delete(node);
  }

  #wait(node: TreeNode): void {
    const timer = setTimeout(() => {
      if (this.#isDrawnAbove(node)) {
        this.#wait(node);
        return;
      }
      this.#waiting.delete(node);
      void this.#mend(node);
    }, patienceMs);
    timer.unref();
    this.#waiting.set(node, timer);
  }

  async #mend(node: TreeNode): Promise<void> {
    await this.#openAgain(node);
    // Where it was open after all that changed nothing, and it is its rows that are missing.
    if (!this.#disposed && !this.#isKnown(node)) this.#drawAgain(node);
  }

  /** Whether VS Code knows what is below a row: it asked, and has drawn neither it nor one above it since. */
  #isKnown(node: TreeNode): boolean {
    const asked = this.#asked.get(node);
    if (asked === undefined) return false;
    for (let above: TreeNode | null = node; above !== null; above = above.parent)
      if ((this.#drawn.get(above)?.turn ?? 0) > asked) return false;
    return true;
  }

  /** Whether VS Code may be drawing a row above: that lasts until it has the rows of all that is open there. */
  #isDrawnAbove(node: TreeNode): boolean {
    for (let above = node.parent; above !== null; above = above.parent) {
      const drawn = this.#drawn.get(above);
      if (drawn === undefined) continue;
      if (Math.abs(Date.now() - drawn.at) < patienceMs || this.#isMissing(above, drawn.turn, node))
        return true;
    }
    return false;
  }

  /** Whether rows at or below a row were asked for since and are not here yet; those of the opened one may take long. */
  #isMissing(above: TreeNode, since: number, opened: TreeNode): boolean {
    return [...this.#pending].some(
      (node) => node !== opened && isWithin(node, above) && (this.#asked.get(node) ?? 0) > since,
    );
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
