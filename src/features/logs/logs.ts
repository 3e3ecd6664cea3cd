import * as vscode from 'vscode';
import type { Clusters } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands, documentSchemes, languages } from '../../contributions.ts';
import { containers as containersOf, message, podTemplates } from '../../core/index.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError, ExplainedError } from '../../platform/failure.ts';
import { setting } from '../../platform/settings.ts';
import type { TargetSource } from '../../platform/target.ts';
import { translate } from '../../platform/translation.ts';
import { type LogAddress, partsOf, titleOf } from './address.ts';
import { LogEditors } from './log-editors.ts';
import { keyOf, LogFiles } from './log-files.ts';
import { LogMemory } from './log-memory.ts';
import { pickLog } from './log-pick.ts';
import { LogStatus } from './log-status.ts';
import { OpenLog } from './open-log.ts';
import { askContainers, askFilter, askSince } from './questions.ts';

export interface LogsOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly target: TargetSource;
  readonly memory: vscode.Memento;
  readonly commands: CommandTable;
}

/** Logs in editors: of a container, a pod, or of everything a workload runs. */
export class LogsFeature {
  readonly #options: LogsOptions;
  readonly #owned = new Disposables();
  readonly #memory: LogMemory;
  readonly #files: LogFiles;
  readonly #editors: LogEditors;
  readonly #status: LogStatus;

  constructor(options: LogsOptions) {
    this.#options = options;
    this.#memory = new LogMemory(options.memory);
    this.#files = this.#owned.own(new LogFiles((address, uri) => this.#make(address, uri)));
    this.#editors = this.#owned.own(
      new LogEditors(
        this.#files,
        (uri) => this.#forget(uri),
        (work) => this.#guard(work),
      ),
    );
    this.#status = this.#owned.own(new LogStatus(this.#files));
  }

  register(): vscode.Disposable {
    const { commands: table } = this.#options;
    this.#owned.own(table.register(commands.showLogs, (row) => this.#show(row)));
    const onLog = (id: LogCommand, run: (log: OpenLog, uri: vscode.Uri) => unknown): vscode.Disposable =>
      this.#owned.own(
        table.register(id, (file) => {
          const uri = file instanceof vscode.Uri ? file : vscode.window.activeTextEditor?.document.uri;
          const log = uri === undefined ? null : this.#files.get(uri);
          if (uri === undefined || log === null) {
            throw new ExplainedError(message('No log is in front. Open one, then choose this again.'));
          }
          return run(log, uri);
        }),
      );
    onLog(commands.pauseLog, (_, uri) => this.#editors.pause(uri));
    onLog(commands.followLog, (_, uri) => this.#editors.resume(uri));
    onLog(commands.restartLog, (log) => log.start());
    onLog(commands.clearLog, (log) => log.clear());
    onLog(commands.filterLog, async (log) =>
      log.setFilter(await askFilter(vscode.l10n.t('Filter {0}', titleOf(log.address)), log.filter)),
    );
    onLog(commands.logSince, async (log) =>
      log.choose(await askSince(vscode.l10n.t('{0}: from when on', titleOf(log.address)))),
    );
    onLog(commands.logPrevious, (log) => log.choose({ previous: !log.choices.previous }));
    onLog(commands.logTimestamps, (log) => log.choose({ timestamps: !log.choices.timestamps }));
    onLog(commands.logContainers, (log) => this.#chooseContainers(log));
    onLog(commands.saveLog, (log) => this.#save(log));
    return this.#owned;
  }

  #make(address: LogAddress, uri: vscode.Uri): OpenLog {
    return new OpenLog({
      address,
      maxLines: setting('logs.maxLines'),
      translate,
      look: this.#memory.get(keyOf(uri)),
      follow: async (of, options, containers, sink) => {
        const [clusters, { followLogs }] = await Promise.all([
          this.#options.clusters(),
          import('../../cluster/index.ts'),
        ]);
        const { context, container, ...ref } = of;
        const wanted = container === undefined ? containers : [container];
        const session = await clusters.session(context);
        await followLogs(session, { ref, ...(wanted !== null && { containers: wanted }) }, options, sink);
      },
      onText: () => this.#files.changed(uri),
      onState: () => this.#status.update(),
      onLook: (look) => this.#guard(() => this.#memory.keep(keyOf(uri), look)),
      onFilterTooSlow: () => {
        void vscode.window.showWarningMessage(
          vscode.l10n.t(
            'The filter takes too long on these lines and was taken away. Try a simpler pattern.',
          ),
        );
      },
    });
  }

  #forget(uri: vscode.Uri): void {
    this.#files.get(uri)?.forget();
    this.#guard(() => this.#memory.forget(keyOf(uri)));
  }

  #guard(work: () => Promise<void>): void {
    void this.#options.commands.guard('log', work);
  }

  async #show(row: ClusterRowArgument | undefined): Promise<void> {
    const address = addressOfRow(row) ?? (await pickLog(this.#options.clusters, this.#options.target));
    const uri = vscode.Uri.from({ scheme: documentSchemes.logs, ...partsOf(address) });
    const opened = await vscode.workspace.openTextDocument(uri);
    const document =
      opened.languageId === languages.log
        ? opened
        : await vscode.languages.setTextDocumentLanguage(opened, languages.log);
    await vscode.window.showTextDocument(document, { viewColumn: columnFor(uri), preview: false });
    const log = this.#files.get(uri);
    if (log?.begun === false) log.start();
  }

  async #chooseContainers(log: OpenLog): Promise<void> {
    const { address, choices } = log;
    const title = vscode.l10n.t('Containers of {0}', titleOf(address));
    const names = await this.#containerNames(address);
    await log.choose({ containers: await askContainers(title, names, choices.containers) });
  }

  async #containerNames({ context, ...ref }: LogAddress): Promise<readonly string[]> {
    const { readObject } = await import('../../cluster/index.ts');
    const session = await (await this.#options.clusters()).session(context);
    const templates = podTemplates(await readObject(session, ref));
    return templates.flatMap(({ spec }) => containersOf(spec).map(({ name }) => name));
  }

  async #save(log: OpenLog): Promise<void> {
    const text = log.raw();
    const stamp = new Date().toISOString().slice(0, 16).replace(':', '-');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const name = `${log.address.name}-${stamp}.log`;
    const file = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save {0}', titleOf(log.address)),
      ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
      filters: { [vscode.l10n.t('Logs')]: ['log', 'txt'] },
    });
    if (file === undefined) throw new CancelledError();
    await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  }
}

type LogCommand = (typeof commands)[
  | 'pauseLog'
  | 'followLog'
  | 'restartLog'
  | 'clearLog'
  | 'filterLog'
  | 'logSince'
  | 'logPrevious'
  | 'logTimestamps'
  | 'logContainers'
  | 'saveLog'];

/** null where the row names nothing that has logs. */
function addressOfRow(row: ClusterRowArgument | undefined): LogAddress | null {
  const { context, namespace, apiVersion, kind, name, uid, container } = row ?? {};
  if (context === undefined || namespace === undefined || name === undefined) return null;
  if (apiVersion === undefined || kind === undefined) return null;
  return {
    context,
    namespace,
    apiVersion,
    kind,
    name,
    // A Pod of the same name is another one; a workload may well be made anew.
    ...(kind === 'Pod' && uid !== undefined && { uid }),
    ...(container !== undefined && { container }),
  };
}

/** Beside what the person works on; where logs are already, among them. */
function columnFor(uri: vscode.Uri): vscode.ViewColumn {
  const { visibleTextEditors, activeTextEditor } = vscode.window;
  const same = visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const other = visibleTextEditors.find(({ document }) => document.uri.scheme === documentSchemes.logs);
  const column = (same ?? other)?.viewColumn;
  if (column !== undefined) return column;
  return activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
