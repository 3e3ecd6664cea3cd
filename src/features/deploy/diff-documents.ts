import * as vscode from 'vscode';
import type { ObjectPlan } from '../../cluster/index.ts';
import { documentSchemes } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';

/** Shows what a deploy would change in an object: the live one on the left, the dry run's answer on the right. */
export class DiffDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #owned = new Disposables();
  readonly #texts = new Map<string, string>();
  #count = 0;

  constructor() {
    this.#owned.own(vscode.workspace.registerTextDocumentContentProvider(documentSchemes.diff, this));
    this.#owned.own(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === documentSchemes.diff) this.#texts.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens the diff beside the manifest; the focus stays where it is. */
  async show(plan: ObjectPlan, target: DeployTarget): Promise<void> {
    const { object, live, result } = plan;
    const { displayYaml } = await import('../../cluster/index.ts');
    const place = [target.context, plan.namespace ?? target.namespace].join(' / ');
    const name = `${object.kind} ${object.name}`;
    this.#count += 1;
    const left = this.#document(plan, 'live', live === null ? '' : displayYaml(live));
    // What could not be tried yet has no answer of the server's: the manifest itself stands for it.
    const right = this.#document(plan, 'deploy', displayYaml(result ?? object.value));
    const title = vscode.l10n.t('{0}: {1} ↔ after the deploy', name, place);
    await vscode.commands.executeCommand('vscode.diff', left, right, title, {
      preview: true,
      preserveFocus: true,
      viewColumn:
        vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
    } satisfies vscode.TextDocumentShowOptions);
  }

  /** Closes what `show` opened. */
  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) =>
          input instanceof vscode.TabInputTextDiff && input.modified.scheme === documentSchemes.diff,
      );
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #document({ object }: ObjectPlan, side: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: documentSchemes.diff,
      path: `/${object.kind}/${object.name || 'new'}.yaml`,
      query: `${side}-${this.#count}`,
    });
    this.#texts.set(uri.toString(), text);
    return uri;
  }
}
