import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands, views } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { CancelledError, isCancellation } from '../../platform/failure.ts';
import { OutputTerminal } from '../../platform/output-terminal.ts';
import { paint } from '../../platform/paint.ts';
import { refuseReadOnly } from '../../platform/protection.ts';
import { explained } from '../../platform/translation.ts';
import type { Contexts } from './contexts.ts';
import {
  askClusterName,
  askNodes,
  askTool,
  askVersion,
  chooseCluster,
  confirmName,
} from './local-questions.ts';
import { type InstalledTool, installedTools, localClusters, ownersOf, runTool } from './local-runner.ts';
import { type Call, type LocalClusterWish, localTools } from './local-tools.ts';
import { tellOutcome } from './outcome.ts';

export interface LocalClustersOptions {
  readonly contexts: Contexts;
  readonly clusters: () => Promise<Clusters>;
  readonly activities: Activities;
  /** Makes a context and namespace the target of this window. */
  readonly choose: (target: DeployTarget) => Promise<void>;
}

/** How often a new row is asked to open, and the time it has to do so. */
const openAttempts = 5;
const openPauseMs = 500;

/** What is run, and how it is told. */
interface Job {
  readonly title: string;
  readonly call: Call;
  /** The sentence at its end. */
  readonly done: string;
}

/** Makes and deletes clusters of this machine through kind, k3d or minikube, with their output to be seen. */
export class LocalClusters {
  readonly #options: LocalClustersOptions;
  readonly #owned = new Disposables();
  #table: CommandTable | null = null;

  constructor(options: LocalClustersOptions) {
    this.#options = options;
  }

  register(table: CommandTable): Disposable {
    this.#table = table;
    this.#owned.own(table.register(commands.createLocalCluster, () => this.#create()));
    this.#owned.own(table.register(commands.deleteLocalCluster, (row) => this.#delete(row)));
    return this.#owned;
  }

  async #create(): Promise<void> {
    const installed = await withProgress(() => installedTools(process.env));
    if (installed.length === 0) {
      this.#offerTools();
      return;
    }
    const tool = await askTool(installed);
    // Asked before the person types anything: a container engine that does not run is told first.
    const taken = (await withProgress(() => localClusters(tool))).map(({ name }) => name);
    const name = await askClusterName(tool, taken);
    const wish: LocalClusterWish = {
      name,
      version: await askVersion(tool),
      nodes: await askNodes(tool),
    };
    await this.#make(tool, wish);
  }

  async #make(installed: InstalledTool, wish: LocalClusterWish): Promise<void> {
    const { tool } = installed;
    const context = tool.context(wish.name);
    const job: Job = {
      title: vscode.l10n.t('Create {0} with {1}', wish.name, tool.name),
      call: tool.create(wish),
      done: vscode.l10n.t('{0} is there: context {1}.', wish.name, context),
    };
    try {
      await this.#run(installed, job);
    } catch (error) {
      this.#offerCleanup(installed, wish, error);
      return;
    }
    await this.#show(context);
  }

  /** The new context becomes the target of this window and shows in the tree, connected. */
  async #show(context: string): Promise<void> {
    const { contexts } = await this.#options.contexts.reload();
    const made = contexts.find(({ name }) => name === context);
    if (made === undefined) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'The cluster is there, but no kubeconfig that is read here holds its context {0}.',
          context,
        ),
      );
      return;
    }
    await this.#options.choose({ context, namespace: made.namespace });
    await vscode.commands.executeCommand(`${views.clusters}.focus`);
    await this.#open(context);
  }

  /** Opens the context's row, which connects. A tree that is just drawing its new rows may drop the wish: it is repeated. */
  async #open(context: string): Promise<void> {
    const clusters = await this.#options.clusters();
    for (let attempt = 0; attempt < openAttempts && clusters.opened(context) === null; attempt++) {
      await vscode.commands.executeCommand(commands.connect, { context } satisfies ClusterRowArgument);
      await new Promise((resolve) => setTimeout(resolve, openPauseMs));
    }
  }

  /** After a failure or Cancel something may be left behind. Does not wait for the person. */
  #offerCleanup(installed: InstalledTool, wish: LocalClusterWish, error: unknown): void {
    const cleanUp = vscode.l10n.t('Delete what is left');
    const again = vscode.l10n.t('Retry');
    const run = (choice: string | undefined): Promise<void> | undefined =>
      choice === cleanUp
        ? this.#remove(installed, wish.name)
        : choice === again
          ? this.#again(installed, wish)
          : undefined;
    const cancelled = isCancellation(error);
    const text = cancelled
      ? vscode.l10n.t(
          '{0} was cancelled while {1} made it. Parts of it may be left.',
          wish.name,
          installed.tool.name,
        )
      : explained(error);
    const shown = cancelled
      ? vscode.window.showWarningMessage(text, cleanUp)
      : vscode.window.showErrorMessage(text, again, cleanUp);
    void shown.then((choice) => this.#table?.guard(commands.createLocalCluster, async () => run(choice)));
  }

  /** What an attempt left behind is in the way of the next one. */
  async #again(installed: InstalledTool, wish: LocalClusterWish): Promise<void> {
    const left = await localClusters(installed);
    if (left.some(({ name }) => name === wish.name)) await this.#remove(installed, wish.name);
    await this.#make(installed, wish);
  }

  async #delete(row: ClusterRowArgument | undefined): Promise<void> {
    const installed = await withProgress(() => installedTools(process.env));
    if (installed.length === 0) {
      this.#offerTools();
      return;
    }
    const owners = ownersOf(row?.context, installed);
    const { tool, cluster } = await chooseCluster(owners.tools, owners.cluster);
    const context = tool.tool.context(cluster);
    refuseReadOnly(context);
    await confirmName(tool, cluster);
    await this.#remove(tool, cluster);
  }

  async #remove(installed: InstalledTool, name: string): Promise<void> {
    const { tool } = installed;
    const context = tool.context(name);
    // Nothing that looks at the cluster should see it go as a failure.
    (await this.#options.clusters()).close(context);
    await this.#run(installed, {
      title: vscode.l10n.t('Delete {0} with {1}', name, tool.name),
      call: tool.delete(name),
      done: vscode.l10n.t('{0} is deleted.', name),
    });
    await this.#options.contexts.reload();
  }

  /** Runs one call in a terminal of its own. Throws what the program failed with, told in the terminal too. */
  async #run(installed: InstalledTool, { title, call, done }: Job): Promise<void> {
    const kubeconfig = await this.#kubeconfig();
    const { keepingCurrentContext } = await import('../../cluster/index.ts');
    const terminal = this.#owned.own(new OutputTerminal(title, 'server-environment'));
    terminal.show();
    terminal.write(`${paint([installed.tool.name, ...call.args].join(' '), 'dim')}\n`);
    try {
      await this.#options.activities.run(title, 'server-environment', ({ signal }) =>
        keepingCurrentContext(kubeconfig, () =>
          runTool(installed, call, {
            kubeconfig,
            onOutput: (chunk) => terminal.write(chunk),
            signal: AbortSignal.any([signal, terminal.signal]),
          }),
        ),
      );
      terminal.write(`${paint(`✔ ${done}`, 'green')}\n`);
      tellOutcome(done);
    } catch (error) {
      const words = explained(error);
      terminal.write(
        `${isCancellation(error) ? paint(vscode.l10n.t('Cancelled.'), 'dim') : paint(`✖ ${words}`, 'red')}\n`,
      );
      throw error;
    } finally {
      terminal.finish();
    }
  }

  /** The file that gets the context: the one kubectl would write to, if it is read here; else the first that is. */
  async #kubeconfig(): Promise<string> {
    const { files } = await this.#options.contexts.list();
    const standard = (await this.#options.clusters()).standardFiles();
    const file = standard.find((path) => files.includes(path)) ?? files[0] ?? standard[0];
    if (file === undefined) throw new CancelledError();
    return file;
  }

  /** Does not wait for the person. */
  #offerTools(): void {
    void vscode.window
      .showErrorMessage(
        vscode.l10n.t('None of kind, k3d and minikube is on the PATH. Install one of them, then try again.'),
        ...localTools.map(({ name }) => name),
      )
      .then((choice) => {
        const tool = localTools.find(({ name }) => name === choice);
        return tool === undefined ? undefined : vscode.env.openExternal(vscode.Uri.parse(tool.home));
      });
  }
}

/** A bar in the Clusters view while programs are asked. */
function withProgress<T>(work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: views.clusters } }, work);
}
