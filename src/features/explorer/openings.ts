import type { Disposable } from '../../platform/disposables.ts';
import type { TreeNode } from './nodes.ts';

/** How long VS Code may take to ask for the rows of a row that was opened. */
const patienceMs = 500;

/**
 * Rows a person has opened and whose rows VS Code never asked for. While it draws a row anew it knows none of those
 * below: one that is opened then stays empty. And it notes which of them are closed, waits for the rows of the open
 * ones, and then closes what it noted, a row opened meanwhile among them.
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
  readonly #drawn = new WeakMap<TreeNode, number>();

  constructor(openAgain: (node: TreeNode) => Promise<void>, drawAgain: (node: TreeNode) => void) {
    this.#openAgain = openAgain;
    this.#drawAgain = drawAgain;
  }

  opened(node: TreeNode): void {
    this.closed(node);
    if (this.#isKnown(node)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(node);
      void this.#mend(node);
    }, patienceMs);
    timer.unref();
    this.#waiting.set(node, timer);
  }

  /** Its rows were asked for. */
  asked(node: TreeNode): void {
    this.#asked.set(node, ++this.#turn);
    this.closed(node);
  }

  drawn(node: TreeNode): void {
    this.#drawn.set(node, ++this.#turn);
  }

  closed(node: TreeNode): void {
    clearTimeout(this.#waiting.get(node));
    this.#waiting.delete(node);
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
      if ((this.#drawn.get(above) ?? 0) > asked) return false;
    return true;
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
