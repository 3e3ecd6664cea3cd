import type { Disposable } from '../../platform/disposables.ts';
import type { TreeNode } from './nodes.ts';

/** How long VS Code may take to ask for the rows of a row that was opened. */
const patienceMs = 500;

/**
 * Rows a person has opened and VS Code has closed again. While it draws a row anew it notes which of those below are
 * closed, waits for the rows of the open ones, and then closes what it noted: a row opened meanwhile among them, whose
 * rows are never asked for.
 */
export class Openings implements Disposable {
  readonly #openAgain: (node: TreeNode) => void;
  readonly #waiting = new Map<TreeNode, NodeJS.Timeout>();
  /** Whose rows were asked for last, and when: some editions ask before they say that the row was opened. */
  #asked: { readonly node: TreeNode; readonly at: number } | null = null;

  constructor(openAgain: (node: TreeNode) => void) {
    this.#openAgain = openAgain;
  }

  opened(node: TreeNode): void {
    this.closed(node);
    if (this.#asked?.node === node && performance.now() - this.#asked.at < patienceMs) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(node);
      // Where it is open after all, and its rows are still known, this changes nothing.
      this.#openAgain(node);
    }, patienceMs);
    timer.unref();
    this.#waiting.set(node, timer);
  }

  /** Its rows were asked for. */
  asked(node: TreeNode): void {
    this.#asked = { node, at: performance.now() };
    this.closed(node);
  }

  closed(node: TreeNode): void {
    clearTimeout(this.#waiting.get(node));
    this.#waiting.delete(node);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
