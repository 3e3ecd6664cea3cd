import * as vscode from 'vscode';
import { commands, documentSchemes } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { explained } from '../../platform/translation.ts';
import type { LogFiles } from './log-files.ts';
import type { OpenLog } from './open-log.ts';

/** How the log in front goes, in the status bar; nothing there while another editor is in front. */
export class LogStatus implements vscode.Disposable {
  readonly #files: LogFiles;
  readonly #owned = new Disposables();
  readonly #item: vscode.StatusBarItem;

  constructor(files: LogFiles) {
    this.#files = files;
    this.#item = this.#owned.own(
      vscode.window.createStatusBarItem(commands.restartLog, vscode.StatusBarAlignment.Left, 39),
    );
    this.#item.name = vscode.l10n.t('Elastic log');
    this.#owned.own(vscode.window.onDidChangeActiveTextEditor(() => this.update()));
    this.update();
  }

  update(): void {
    if (this.#owned.disposed) return;
    const document = vscode.window.activeTextEditor?.document;
    const log = document?.uri.scheme === documentSchemes.logs ? this.#files.get(document.uri) : null;
    if (log == null) {
      this.#item.hide();
      return;
    }
    const { icon, words, warns, why } = statusOf(log);
    const { filter } = log;
    const shown =
      filter === null ? words : `${words} · ${vscode.l10n.t('filter: {0}', withoutIcons(filter.text))}`;
    this.#item.text = `$(${icon}) ${shown}`;
    this.#item.tooltip = [why, log.running ? null : vscode.l10n.t('Click to read it again.')]
      .filter((text) => text !== null)
      .join('\n');
    this.#item.command = log.running ? undefined : commands.restartLog;
    this.#item.backgroundColor = warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = { label: shown };
    this.#item.show();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

interface Status {
  readonly icon: string;
  readonly words: string;
  readonly warns: boolean;
  readonly why: string | null;
}

function statusOf({ address, state, failure, running, begun }: OpenLog): Status {
  if (!begun) return { icon: 'debug-start', words: vscode.l10n.t('Log: not read'), warns: true, why: null };
  if (failure !== null) {
    const why = explained(failure);
    return { icon: 'error', words: vscode.l10n.t('Log: cannot be read'), warns: true, why };
  }
  if (!running || state?.phase === 'ended') {
    return { icon: 'circle-slash', words: vscode.l10n.t('Log: ended'), warns: false, why: null };
  }
  switch (state?.phase) {
    case 'reconnecting': {
      const since = new Date(state.since ?? Date.now()).toLocaleTimeString();
      const why = state.error === null ? null : explained(state.error);
      const words = vscode.l10n.t('Log: reconnecting since {0}', since);
      return { icon: 'sync~spin', words, warns: true, why };
    }
    case 'live': {
      const whatNext = vscode.l10n.t(
        'It goes on when it is made again under this name. Close the log if you do not wait for that.',
      );
      if (state.gone && state.followed === 0) {
        const words = vscode.l10n.t('Log: {0} is gone', withoutIcons(`${address.kind} ${address.name}`));
        return { icon: 'circle-slash', words, warns: true, why: whatNext };
      }
      const counts = [
        vscode.l10n.t('{0} followed', state.followed),
        state.waiting === 0 ? null : vscode.l10n.t('{0} waiting', state.waiting),
        state.left === 0 ? null : vscode.l10n.t('{0} not followed', state.left),
      ];
      const words = vscode.l10n.t('Log: live, {0}', counts.filter((text) => text !== null).join(', '));
      const why = state.left === 0 ? null : vscode.l10n.t('Choose containers to follow others.');
      return { icon: 'pulse', words, warns: state.left > 0, why };
    }
    default:
      return { icon: 'sync~spin', words: vscode.l10n.t('Log: connecting'), warns: false, why: null };
  }
}
