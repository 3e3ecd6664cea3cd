import { StringDecoder } from 'node:string_decoder';
import * as vscode from 'vscode';
import type { ProcessOptions, RemoteProcess } from '../../cluster/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { explain } from '../../platform/failure.ts';
import { explained } from '../../platform/translation.ts';
import { leftBehind, wishIn } from './ending.ts';

export interface RemoteTerminalOptions {
  readonly name: string;
  /** A codicon. */
  readonly icon: string;
  /** What a person calls the program at the other end: `bash`. */
  readonly program: string;
  /** First line, before anything of the program's; null: none. */
  readonly greeting: string | null;
  /** Connects, each time the person asks for it. */
  readonly connect: (options: Pick<ProcessOptions, 'signal' | 'onOutput'>) => Promise<RemoteProcess>;
  /** Hears of the terminal's end. */
  readonly onDidEnd: () => void;
}

/** An end that leaves nothing to read: the shell was left by `exit`. */
const success = 0;
const dimmed = (text: string): string => `\x1b[2m${text}\x1b[22m`;

/**
 * A terminal whose program runs in a container. It closes by itself when the program ends well; else it says how it
 * ended, and Enter connects again.
 */
export class RemoteTerminal implements vscode.Pseudoterminal, vscode.Disposable {
  readonly #options: RemoteTerminalOptions;
  readonly #owned = new Disposables();
  readonly #written = this.#owned.own(new vscode.EventEmitter<string>());
  readonly #closing = this.#owned.own(new vscode.EventEmitter<number | void>());
  readonly #terminal: vscode.Terminal;
  #controller = new AbortController();
  #running: RemoteProcess | null = null;
  #size: vscode.TerminalDimensions | null = null;
  /** What was typed while it connected. */
  #early: string[] = [];
  #state: 'connecting' | 'running' | 'ended' | 'closed' = 'connecting';

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closing.event;

  constructor(options: RemoteTerminalOptions) {
    this.#options = options;
    this.#terminal = vscode.window.createTerminal({
      name: options.name,
      iconPath: new vscode.ThemeIcon(options.icon),
      isTransient: true,
      pty: this,
    });
  }

  show(): void {
    this.#terminal.show();
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size = size ?? null;
    if (this.#options.greeting !== null) this.#say(this.#options.greeting);
    void this.#run();
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    this.#running?.resize(size.columns, size.rows);
  }

  handleInput(data: string): void {
    switch (this.#state) {
      case 'running':
        void this.#running?.write(Buffer.from(data));
        return;
      case 'connecting':
        this.#early.push(data);
        return;
      case 'ended':
        this.#obey(wishIn(data));
        return;
      case 'closed':
    }
  }

  #obey(wish: ReturnType<typeof wishIn>): void {
    if (wish === 'again') void this.#run();
    if (wish !== 'close') return;
    this.#closing.fire();
    this.close();
  }

  /** The person closed it, or the window closes. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    // What still connects ends with the signal; what runs is taken leave of first.
    if (this.#running === null) this.#controller.abort();
    this.#running?.close();
    this.#options.onDidEnd();
    this.#owned.dispose();
  }

  dispose(): void {
    this.close();
    this.#terminal.dispose();
  }

  /** Runs the program to its end. Never rejects: what went wrong stands in the terminal. */
  async #run(): Promise<void> {
    this.#state = 'connecting';
    this.#controller = new AbortController();
    const decoder = new StringDecoder('utf8');
    try {
      const running = await this.#options.connect({
        signal: this.#controller.signal,
        onOutput: (chunk) => this.#write(decoder.write(chunk)),
      });
      if (this.#isClosed()) {
        running.close();
        return;
      }
      this.#begin(running);
      this.#ended(await running.ended);
    } catch (error) {
      if (!this.#isClosed()) this.#failed(error);
    } finally {
      this.#running = null;
    }
  }

  #begin(running: RemoteProcess): void {
    this.#running = running;
    this.#state = 'running';
    if (this.#size !== null) running.resize(this.#size.columns, this.#size.rows);
    for (const data of this.#early.splice(0)) void running.write(Buffer.from(data));
  }

  #ended(code: number | null): void {
    if (this.#isClosed()) return;
    if (code === success) {
      this.#closing.fire(success);
      this.close();
      return;
    }
    const { program } = this.#options;
    this.#broke(
      code === null
        ? vscode.l10n.t('{0} has ended.', program)
        : vscode.l10n.t('{0} ended with exit code {1}.', program, code),
    );
  }

  /** A terminal has no Retry: where the sentence ends with it, Enter is named in its place. */
  #failed(error: unknown): void {
    const sentence = explained(error);
    const retry = vscode.l10n.t('Retry');
    const at = /\bRetry(?: in a moment)?\.$/.test(explain(error)) ? sentence.lastIndexOf(retry) : -1;
    if (at === -1) {
      this.#broke(sentence);
      return;
    }
    const [before, after] = [sentence.slice(0, at), sentence.slice(at + retry.length)];
    const press = before.endsWith('. ') ? vscode.l10n.t('Press Enter') : vscode.l10n.t('press Enter');
    this.#broke(`${before}${press}${after}`, vscode.l10n.t('Any other key closes this terminal.'));
  }

  /** Tells what became of it and waits for the person. */
  #broke(
    sentence: string,
    keys = vscode.l10n.t('Enter starts it again, any other key closes this terminal.'),
  ): void {
    this.#state = 'ended';
    this.#early = [];
    this.#say(`${sentence} ${keys}`);
  }

  #say(sentence: string): void {
    // A program that broke off may have left half a line behind.
    this.#write(`${leftBehind}\r\n${dimmed(sentence)}\r\n`);
  }

  #write(text: string): void {
    if (!this.#isClosed() && text !== '') this.#written.fire(text);
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }
}
