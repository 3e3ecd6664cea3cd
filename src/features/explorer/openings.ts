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
  /** When its rows were asked for last: some editions ask before they say that the row was opened. */
  readonly #asked = new WeakMap<TreeNode, number>();

  constructor(openAgain: (node: TreeNode) => Promise<void>, drawAgain: (node: TreeNode) => void) {
    this.#openAgain = openAgain;
    this.#drawAgain = drawAgain;
  }

  opened(node: TreeNode): void {
    this.closed(node);
    if (this.#wasAsked(node)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(node);
      void this.#mend(node);
    }, patienceMs);
    timer.unref();
    this.#waiting.set(node, timer);
  }

  /** Its rows were asked for. */
  asked(node: TreeNode): void {
    this.#asked.set(node, performance.now());
    this.closed(node);
  }

  closed(node: TreeNode): void {
    clearTimeout(this.#waiting.get(node));
    this.#waiting.delete(node);
  }

  async #mend(node: TreeNode): Promise<void> {
    // Where it is open after all this changes nothing, and it is its rows that are missing.
    await this.#openAgain(node);
    if (!this.#wasAsked(node)) this.#drawAgain(node);
  }

  #wasAsked(node: TreeNode): boolean {
    return performance.now() - (this.#asked.get(node) ?? -Infinity) < patienceMs;
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
