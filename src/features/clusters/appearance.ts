import * as vscode from 'vscode';
import { type ClusterRowArgument, commands, type ContextColor, settingsPrefix } from '../../contributions.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { contextColors } from '../../platform/context-colors.ts';
import { matchesPattern, withName, withoutName } from '../../platform/context-patterns.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';
import { type ProtectionSetting, protectionRules } from '../../platform/protection.ts';
import { colorOf } from '../../platform/settings.ts';
import { contextOf, wordOf } from './context-pick.ts';
import type { Contexts } from './contexts.ts';
import { tellOutcome } from './outcome.ts';

const readOnly: ProtectionSetting = 'clusters.readOnly';
const protect: ProtectionSetting = 'clusters.protected';

/** Colour and protection of contexts: settings of the person, set from a context's row. */
export class Appearance {
  readonly #contexts: Contexts;

  constructor(contexts: Contexts) {
    this.#contexts = contexts;
  }

  register(table: CommandTable): Disposable {
    const owned = new Disposables();
    owned.own(table.register(commands.setContextColor, (row) => this.#setColor(row)));
    owned.own(table.register(commands.makeReadOnly, (row) => this.#add(readOnly, row)));
    owned.own(table.register(commands.allowChanges, (row) => this.#remove(readOnly, row)));
    owned.own(table.register(commands.protectContext, (row) => this.#add(protect, row)));
    owned.own(table.register(commands.unprotectContext, (row) => this.#remove(protect, row)));
    return owned;
  }

  async #setColor(row: ClusterRowArgument | undefined): Promise<void> {
    const { name } = await contextOf(row, this.#contexts, vscode.l10n.t('Set colour of a context'));
    const now = colorOf(name);
    const items = (Object.keys(contextColors) as ContextColor[]).map((color) => ({
      label: wordOf(color),
      iconPath: new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor(contextColors[color].theme)),
      description: color === now ? vscode.l10n.t('now') : '',
      color,
    }));
    const none = {
      label: vscode.l10n.t('No colour'),
      iconPath: new vscode.ThemeIcon('circle-slash'),
      description: now === null ? vscode.l10n.t('now') : '',
      color: null,
    };
    const chosen = await vscode.window.showQuickPick([...items, none], {
      title: vscode.l10n.t('Colour of {0}', name),
      placeHolder: vscode.l10n.t('Shown in the Clusters view and in the status bar'),
    });
    if (chosen === undefined) throw new CancelledError();
    await this.#writeColor(name, chosen.color);
    if (colorOf(name) !== chosen.color) this.#stillColored(name);
  }

  async #writeColor(name: string, color: ContextColor | null): Promise<void> {
    const settings = vscode.workspace.getConfiguration(settingsPrefix);
    const own =
      settings.inspect<Readonly<Record<string, ContextColor>>>('clusters.colors')?.globalValue ?? {};
    const others = Object.entries(own).filter(([pattern]) => pattern.toLowerCase() !== name.toLowerCase());
    const colors = Object.fromEntries([...others, ...(color === null ? [] : [[name, color] as const])]);
    const value = Object.keys(colors).length === 0 ? undefined : colors;
    await settings.update('clusters.colors', value, vscode.ConfigurationTarget.Global);
  }

  async #add(key: ProtectionSetting, row: ClusterRowArgument | undefined): Promise<void> {
    const title =
      key === readOnly ? vscode.l10n.t('Make a context read-only') : vscode.l10n.t('Protect a context');
    const { name } = await contextOf(row, this.#contexts, title);
    await updateOwn(key, (patterns) => withName(patterns, name));
    tellOutcome(
      key === readOnly
        ? vscode.l10n.t('{0} is read-only: nothing may be changed in it from here.', name)
        : vscode.l10n.t('{0} is protected: every change wants its name typed.', name),
    );
  }

  async #remove(key: ProtectionSetting, row: ClusterRowArgument | undefined): Promise<void> {
    const title =
      key === readOnly
        ? vscode.l10n.t('Allow changes in a context')
        : vscode.l10n.t('Stop asking for the name of a context');
    const { name } = await contextOf(row, this.#contexts, title);
    await updateOwn(key, (patterns) => withoutName(patterns, name));
    const left = protectionRules(key).find(({ pattern }) => matchesPattern(pattern, name));
    if (left !== undefined) {
      this.#stillProtected(name, key, left.pattern, left.from);
      return;
    }
    tellOutcome(
      key === readOnly
        ? vscode.l10n.t('{0} may be changed from here.', name)
        : vscode.l10n.t('{0} is no longer protected.', name),
    );
  }

  /** A pattern that names more contexts than this one is the person's to change. Does not wait for them. */
  #stillProtected(name: string, key: ProtectionSetting, pattern: string, from: string): void {
    const text =
      from === 'workspace'
        ? vscode.l10n.t(
            '{0} stays as it is: the pattern {1} in the settings of this workspace names it. Change the pattern.',
            name,
            pattern,
          )
        : vscode.l10n.t(
            '{0} stays as it is: the pattern {1}, which may name other contexts too, is in the setting. Change the pattern.',
            name,
            pattern,
          );
    offerSettings(text, key, from === 'workspace');
  }

  #stillColored(name: string): void {
    offerSettings(
      vscode.l10n.t('{0} keeps its colour: a pattern in the settings names it. Change the pattern.', name),
      'clusters.colors',
      false,
    );
  }
}

/** Changes the person's own patterns; where they have none, those of the default are theirs to begin with. */
async function updateOwn(
  key: ProtectionSetting,
  change: (patterns: readonly string[]) => readonly string[],
): Promise<void> {
  const settings = vscode.workspace.getConfiguration(settingsPrefix);
  const found = settings.inspect<readonly string[]>(key);
  const own = found?.globalValue ?? found?.defaultValue ?? [];
  const changed = change(own);
  if (changed.length === own.length) return;
  await settings.update(key, changed, vscode.ConfigurationTarget.Global);
}

function offerSettings(text: string, key: string, workspace: boolean): void {
  const open = vscode.l10n.t('Open settings');
  const command = workspace ? 'workbench.action.openWorkspaceSettings' : 'workbench.action.openSettings';
  const query = `${settingsPrefix}.${key}`;
  void vscode.window
    .showWarningMessage(text, open)
    .then((choice) =>
      choice === open ? vscode.commands.executeCommand(command, workspace ? { query } : query) : undefined,
    );
}
