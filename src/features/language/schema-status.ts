import * as vscode from 'vscode';
import { commands, settingsPrefix } from '../../contributions.ts';
import type { SchemaResult } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';

/** Which schema counts, beside the language in the status bar. */
export class SchemaStatus implements vscode.Disposable {
  readonly #owned = new Disposables();
  #item: vscode.LanguageStatusItem | null = null;
  #fetching = 0;

  /** `context` is the cluster's that manifests are for; null: there is none. Unless `isConnected`, it is not asked. */
  show(context: string | null, { cluster, newest }: SchemaResult, isConnected: boolean): void {
    const item = this.#shown();
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.command = undefined;
    if (cluster === null || context === null) {
      item.text = vscode.l10n.t('Schema: built in {0}', newest);
      item.detail = vscode.l10n.t('Kubernetes as it comes with the extension');
      return;
    }
    item.text = vscode.l10n.t('Schema: {0} ({1})', context, cluster.version);
    const { kinds, customKinds } = cluster;
    item.detail = isConnected
      ? vscode.l10n.t('{0} kinds, {1} of them custom', kinds + customKinds, customKinds)
      : vscode.l10n.t('as it was when it was last connected: {0} kinds', kinds + customKinds);
    if (!isConnected) item.command = { command: commands.selectTarget, title: vscode.l10n.t('Connect') };
  }

  /** The cluster could not be asked: what is shown is what there was before. */
  failed(reason: string): void {
    const item = this.#shown();
    item.severity = vscode.LanguageStatusSeverity.Warning;
    item.detail = reason;
    item.command = { command: commands.showLog, title: vscode.l10n.t('Show log') };
  }

  /** The cluster is being asked, until the function that is returned is called. */
  fetching(): () => void {
    const show = (change: number): void => {
      this.#fetching += change;
      if (this.#item !== null) this.#item.busy = this.#fetching > 0;
    };
    show(1);
    return () => show(-1);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #shown(): vscode.LanguageStatusItem {
    this.#item ??= this.#owned.own(
      vscode.languages.createLanguageStatusItem(`${settingsPrefix}.schema`, { language: 'yaml' }),
    );
    this.#item.name = vscode.l10n.t('Kubernetes schema');
    return this.#item;
  }
}
