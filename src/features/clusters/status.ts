import * as vscode from 'vscode';
import { commands, type ContextColor } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { contextColors } from '../../platform/context-colors.ts';
import { Disposables } from '../../platform/disposables.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { type Protection, protectionOf } from '../../platform/protection.ts';
import { colorOf, onSettingChange } from '../../platform/settings.ts';
import { shorten } from './choices.ts';
import { wordOf } from './context-pick.ts';
import type { Contexts } from './contexts.ts';
import type { Target } from './target.ts';

/** `dev / shop` in the status bar: where manifests of this window go. Hidden where there is no context to go to. */
export class TargetStatus implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #item: vscode.StatusBarItem;
  readonly #target: Target;
  readonly #contexts: Contexts;
  #asking = 0;

  constructor(target: Target, contexts: Contexts) {
    this.#target = target;
    this.#contexts = contexts;
    this.#item = this.#owned.own(
      vscode.window.createStatusBarItem(commands.selectTarget, vscode.StatusBarAlignment.Left, 50),
    );
    this.#item.name = vscode.l10n.t('Elastic deploy target');
    this.#item.command = commands.selectTarget;
    this.#owned.own(target.onDidChange(() => this.#render()));
    this.#owned.own(contexts.onDidChange(() => this.#render()));
    this.#owned.own(
      onSettingChange(['clusters.protected', 'clusters.readOnly', 'clusters.colors'], () => this.#render()),
    );
    this.#render();
  }

  /** Spins while a cluster is being asked. */
  connecting(busy: boolean): void {
    this.#asking += busy ? 1 : -1;
    this.#render();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #render(): void {
    if (this.#owned.disposed) return;
    const target = this.#target.current;
    const contexts = this.#contexts.known?.contexts ?? [];
    if (target === null && contexts.length === 0) {
      this.#item.hide();
      return;
    }
    const icon = this.#asking > 0 ? '$(sync~spin)' : '$(server)';
    if (target === null) {
      this.#item.text = `${icon} ${vscode.l10n.t('Choose cluster')}`;
      this.#item.tooltip = vscode.l10n.t(
        'No deploy target is chosen. Click to choose context and namespace.',
      );
      this.#item.backgroundColor = undefined;
      this.#item.color = undefined;
    } else this.#show(target, icon);
    this.#item.show();
  }

  #show(target: DeployTarget, icon: string): void {
    const { context, namespace } = target;
    const protection = protectionOf(context);
    this.#item.text = `${icon} ${withoutIcons(`${shorten(context, 30)} / ${shorten(namespace, 30)}`)}`;
    const color = colorOf(context);
    this.#item.color = color === null ? undefined : new vscode.ThemeColor(contextColors[color].theme);
    this.#item.backgroundColor = backgroundOf(protection, color);
    const where = vscode.l10n.t('Deploys go to namespace {1} in {0}. Click to change.', context, namespace);
    const rule = {
      none: '',
      protected: vscode.l10n.t('{0} is protected: every change wants its name typed.', context),
      readOnly: vscode.l10n.t('{0} is read-only: nothing may be changed in it from here.', context),
    }[protection];
    const colored = color === null ? '' : vscode.l10n.t('Colour: {0}', wordOf(color));
    this.#item.tooltip = [where, rule, colored].filter((line) => line !== '').join('\n');
    this.#item.accessibilityInformation = {
      label: [vscode.l10n.t('Deploy target {0}, namespace {1}', context, namespace), rule, colored]
        .filter((part) => part !== '')
        .join(' '),
    };
  }
}

/** Behind a protected context the colours of a warning stand; red, where a person chose it, is stronger still. */
function backgroundOf(protection: Protection, color: ContextColor | null): vscode.ThemeColor | undefined {
  if (protection === 'none') return undefined;
  const kind = color === 'red' ? 'error' : 'warning';
  return new vscode.ThemeColor(`statusBarItem.${kind}Background`);
}
