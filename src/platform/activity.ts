import * as vscode from 'vscode';
import { commands } from '../contributions.ts';
import { Disposables } from './disposables.ts';
import { withoutIcons } from './icons.ts';

/** Something that runs and can be cancelled: a rollout being followed, a build. */
export interface Activity {
  readonly title: string;
  readonly signal: AbortSignal;
  /** What the status bar says now (`web 2/3`). */
  update(text: string): void;
}

interface Running {
  readonly title: string;
  readonly controller: AbortController;
  text: string;
}

/**
 * What runs at this moment, in one status bar item that is there only while something runs. A click lists the
 * activities; choosing one cancels it.
 */
export class Activities implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #running = new Set<Running>();
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = this.#owned.own(
      vscode.window.createStatusBarItem(commands.showActivity, vscode.StatusBarAlignment.Left, 40),
    );
    this.#item.name = vscode.l10n.t('Elastic activity');
    this.#item.command = commands.showActivity;
  }

  /** Runs `work`, shown until it settles. Cancel aborts its signal; disposal of the owner does too. */
  async run<T>(title: string, icon: string, work: (activity: Activity) => Promise<T>): Promise<T> {
    const running: Running = { title, controller: new AbortController(), text: labelOf(icon, title) };
    this.#running.add(running);
    this.#render();
    try {
      return await work({
        title,
        signal: running.controller.signal,
        update: (text) => {
          running.text = labelOf(icon, text);
          this.#render();
        },
      });
    } finally {
      this.#running.delete(running);
      this.#render();
    }
  }

  /** Lists what runs; the chosen activity is cancelled. */
  async show(): Promise<void> {
    const choices = [...this.#running].map((running) => ({
      label: vscode.l10n.t('$(close) Cancel: {0}', withoutIcons(running.title)),
      detail: running.text,
      running,
    }));
    const chosen = await vscode.window.showQuickPick(choices, {
      title: vscode.l10n.t('Running now'),
      placeHolder:
        choices.length === 0 ? vscode.l10n.t('Nothing is running.') : vscode.l10n.t('Choose what to cancel'),
    });
    chosen?.running.controller.abort();
  }

  dispose(): void {
    for (const running of this.#running) running.controller.abort();
    this.#owned.dispose();
  }

  #render(): void {
    if (this.#owned.disposed) return;
    const all = [...this.#running];
    const newest = all.at(-1);
    if (newest === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = all.length === 1 ? newest.text : `${newest.text} +${all.length - 1}`;
    this.#item.tooltip = vscode.l10n.t(
      '{0}. Click to cancel.',
      all.map((running) => running.title).join(', '),
    );
    this.#item.accessibilityInformation = {
      label: `${newest.title}: ${newest.text.replace(/^\$\([^)]*\)\s*/, '').replaceAll('\\$(', '$(')}`,
    };
    this.#item.show();
  }
}

function labelOf(icon: string, text: string): string {
  return `$(${icon}) ${withoutIcons(text)}`;
}
