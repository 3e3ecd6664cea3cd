import * as vscode from 'vscode';
import { Disposables } from './disposables.ts';

const ctrlC = '\u0003';

/**
 * A terminal that shows what a program prints and takes no input but Ctrl+C. Ctrl+C or closing it while the
 * work runs aborts `signal`; afterwards it stays to be read until the person closes it.
 */
export class OutputTerminal implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #controller = new AbortController();
  readonly #written = this.#owned.own(new vscode.EventEmitter<string>());
  readonly #terminal: vscode.Terminal;
  /** What came before the terminal was there to show it; null once it is. */
  #early: string[] | null = [];
  #closed = false;
  #finished = false;

  constructor(name: string, icon: string) {
    this.#terminal = this.#owned.own(
      vscode.window.createTerminal({
        name,
        iconPath: new vscode.ThemeIcon(icon),
        isTransient: true,
        pty: {
          onDidWrite: this.#written.event,
          open: () => this.#flush(),
          close: () => {
            this.#closed = true;
            this.#cancel();
          },
          handleInput: (data: string) => {
            if (data.includes(ctrlC)) this.#cancel();
          },
        },
      }),
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get running(): boolean {
    return !this.#finished;
  }

  /** Brings it to the front; the keyboard stays where it is. */
  show(): void {
    if (!this.#closed) this.#terminal.show(true);
  }

  /** Shows text as it is, whatever kind of line break it uses. */
  write(text: string): void {
    if (this.#closed || this.#owned.disposed) return;
    const shown = text.replace(/\r?\n/g, '\r\n');
    if (this.#early === null) this.#written.fire(shown);
    else this.#early.push(shown);
  }

  /** The work is over: nothing is left to cancel. */
  finish(): void {
    this.#finished = true;
  }

  dispose(): void {
    this.#cancel();
    this.#owned.dispose();
  }

  #flush(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const text of early) this.#written.fire(text);
  }

  #cancel(): void {
    if (!this.#finished) this.#controller.abort();
  }
}
