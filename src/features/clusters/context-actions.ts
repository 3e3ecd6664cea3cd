import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { contextOf } from './context-pick.ts';
import type { Contexts } from './contexts.ts';
import { pickNamespace } from './namespace-pick.ts';
import { tellOutcome } from './outcome.ts';

/** What a person may have written into their kubeconfig; nothing else ever is. */
export class ContextActions {
  readonly #contexts: Contexts;
  readonly #clusters: () => Promise<Clusters>;

  constructor(contexts: Contexts, clusters: () => Promise<Clusters>) {
    this.#contexts = contexts;
    this.#clusters = clusters;
  }

  register(table: CommandTable): Disposable {
    const owned = new Disposables();
    owned.own(table.register(commands.useContext, (row) => this.#use(row)));
    owned.own(table.register(commands.setContextNamespace, (row) => this.#setNamespace(row)));
    return owned;
  }

  async #use(row: ClusterRowArgument | undefined): Promise<void> {
    const title = vscode.l10n.t('Current context of kubectl');
    const { name } = await contextOf(row, this.#contexts, title);
    const file = await (await this.#clusters()).useContext(name);
    await this.#contexts.list();
    tellOutcome(
      file === null
        ? vscode.l10n.t('{0} is the current context already.', name)
        : vscode.l10n.t('{0} is the current context of {1} now.', name, file),
    );
  }

  async #setNamespace(row: ClusterRowArgument | undefined): Promise<void> {
    const context = await contextOf(row, this.#contexts, vscode.l10n.t('Namespace of a context'));
    const clusters = await this.#clusters();
    const namespace = await pickNamespace(context, {
      title: vscode.l10n.t('Namespace of {0} in {1}', context.name, context.file),
      clusters,
      known: [context.namespace],
      used: context.namespace,
    });
    if (typeof namespace !== 'string' || namespace === context.namespace) return;
    const file = await clusters.setNamespace(context, namespace);
    await this.#contexts.list();
    tellOutcome(
      vscode.l10n.t('{0} goes to namespace {1} now: written to {2}.', context.name, namespace, file),
    );
  }
}
