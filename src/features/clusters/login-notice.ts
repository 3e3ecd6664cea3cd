import * as vscode from 'vscode';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import { withoutIcons } from '../../platform/icons.ts';

/** What a login program that waits says; see the cluster room. */
interface WaitingLogin {
  readonly command: string;
  readonly words: string;
}

interface Shown {
  update(waiting: WaitingLogin): void;
  end(): void;
}

/**
 * Shows what a login program says while it waits for a person (`open this page and enter the code …`): it has no
 * terminal to say it in. The notice goes when the program ends; Cancel disconnects, which ends the program.
 */
export class LoginNotices implements vscode.Disposable {
  readonly #shown = new Map<string, Shown>();

  /** `waiting` null: the program has ended. */
  readonly tell = (context: string, waiting: WaitingLogin | null): void => {
    if (waiting === null) {
      this.#shown.get(context)?.end();
      this.#shown.delete(context);
      return;
    }
    const shown = this.#shown.get(context) ?? show(context);
    this.#shown.set(context, shown);
    shown.update(waiting);
  };

  dispose(): void {
    for (const shown of this.#shown.values()) shown.end();
    this.#shown.clear();
  }
}

function show(context: string): Shown {
  const ended = Promise.withResolvers<undefined>();
  let progress: vscode.Progress<{ message: string }> | null = null;
  let latest: WaitingLogin | null = null;
  const report = (): void => {
    if (latest === null) return;
    const message = vscode.l10n.t(
      '{0} says: {1}',
      latest.command.replace(/^.*[\\/]/, ''),
      linked(latest.words),
    );
    progress?.report({ message });
  };
  const title = vscode.l10n.t('{0} waits for your login', withoutIcons(context));
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (given, cancelled) => {
      progress = given;
      report();
      cancelled.onCancellationRequested(() => {
        ended.resolve(undefined);
        void vscode.commands.executeCommand(commands.disconnect, { context } satisfies ClusterRowArgument);
      });
      return ended.promise;
    },
  );
  return {
    update: (waiting) => {
      latest = waiting;
      report();
    },
    end: () => ended.resolve(undefined),
  };
}

/** Web addresses as links; what else could be read as one stays text. */
function linked(words: string): string {
  return withoutIcons(words)
    .replace(/[[\]]/g, ' ')
    .replace(/https:\/\/[^\s()<>"']*[^\s()<>"'.,;:]/g, (address) => `[${address}](${address})`);
}
