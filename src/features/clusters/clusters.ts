import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { Appearance } from './appearance.ts';
import { ContextActions } from './context-actions.ts';
import { Contexts } from './contexts.ts';
import { Kubeconfigs } from './kubeconfigs.ts';
import { LocalClusters } from './local-clusters.ts';
import { pickTarget } from './pick.ts';
import { TargetStatus } from './status.ts';
import { Target } from './target.ts';

export interface ClustersFeatureOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  /** Remembers the target of this workspace. */
  readonly memento: vscode.Memento;
  /** Folder of the extension's own that outlives the window. */
  readonly storage: vscode.Uri;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

/** Kubeconfig contexts, and the one of them that manifests of this window go to. */
export class ClustersFeature {
  readonly contexts: Contexts;
  readonly target: Target;
  readonly #options: ClustersFeatureOptions;
  readonly #owned = new Disposables();
  readonly #status: TargetStatus;

  constructor(options: ClustersFeatureOptions) {
    this.#options = options;
    this.contexts = this.#owned.own(new Contexts(options.clusters));
    this.target = this.#owned.own(new Target(this.contexts, options.memento, () => this.#pick()));
    this.#status = this.#owned.own(new TargetStatus(this.target, this.contexts));
  }

  register(): vscode.Disposable {
    const table = this.#options.commands;
    this.#owned.own(table.register(commands.selectTarget, () => this.target.choose()));
    this.#owned.own(table.register(commands.deployHere, (row) => this.#deployHere(row)));
    this.#owned.own(table.register(commands.openKubeconfig, (row) => this.#openKubeconfig(row)));
    this.#owned.own(table.register(commands.reloadKubeconfigs, () => this.contexts.reload()));
    this.#owned.own(new Appearance(this.contexts).register(table));
    const { activities, clusters, storage } = this.#options;
    this.#owned.own(new ContextActions(this.contexts, clusters).register(table));
    this.#owned.own(new Kubeconfigs({ contexts: this.contexts, clusters, storage }).register(table));
    const choose = (target: DeployTarget): Promise<void> => this.target.set(target);
    const local = new LocalClusters({ contexts: this.contexts, clusters, activities, choose });
    this.#owned.own(local.register(table));
    return this.#owned;
  }

  async #pick(): Promise<DeployTarget | null> {
    const list = await this.contexts.list();
    if (list.contexts.length === 0) {
      this.#tellNoContext();
      return null;
    }
    return pickTarget({
      list,
      clusters: await this.#options.clusters(),
      current: this.target.current,
      connecting: (busy) => this.#status.connecting(busy),
    });
  }

  async #deployHere(row: ClusterRowArgument | undefined): Promise<void> {
    if (row === undefined) {
      await this.target.choose();
      return;
    }
    const { contexts } = await this.contexts.list();
    const own = contexts.find(({ name }) => name === row.context)?.namespace;
    await this.target.set({ context: row.context, namespace: row.namespace ?? own ?? 'default' });
  }

  async #openKubeconfig(row: ClusterRowArgument | undefined): Promise<void> {
    const { contexts, problems } = await this.contexts.list();
    const ofRow = contexts.find(({ name }) => name === row?.context)?.file;
    const files = [...new Set([...contexts, ...problems].map(({ file }) => file))];
    if (files.length === 0) {
      this.#tellNoContext();
      return;
    }
    const ask = () => vscode.window.showQuickPick(files, { title: vscode.l10n.t('Open kubeconfig') });
    const file = ofRow ?? (files.length === 1 ? files[0] : await ask());
    if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(file));
  }

  /** Does not wait for the person. */
  #tellNoContext(): void {
    const add = vscode.l10n.t('Add kubeconfig…');
    void vscode.window
      .showErrorMessage(
        vscode.l10n.t(
          'No cluster is configured: no kubeconfig holds a context. Put one at ~/.kube/config, or add one.',
        ),
        add,
      )
      .then((choice) =>
        choice === add ? vscode.commands.executeCommand(commands.addKubeconfig) : undefined,
      );
  }
}
