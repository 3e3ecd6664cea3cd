import * as vscode from 'vscode';
import { commands, type FileArgument } from '../../contributions.ts';
import { isChartFile, type Rendering } from '../../core/index.ts';
import type { RenderedParams, RenderedService } from '../../core/protocol.ts';
import type { RenderFault } from '../../engines/render/index.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable, FailureAction } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { isCancellation } from '../../platform/failure.ts';
import type { Log } from '../../platform/log.ts';
import { explained } from '../../platform/translation.ts';
import { RenderedDiagnostics } from './rendered-diagnostics.ts';
import { chooseRoot, chooseValues, isRoot, parentOf } from './rendered-roots.ts';

export interface RenderedOptions {
  readonly table: CommandTable;
  readonly activities: Activities;
  readonly service: RenderedService;
  readonly log: Log;
}

/** Checks what kustomize or Helm makes of a folder, and shows what is found where it was written. */
export class RenderedFeature {
  readonly #options: RenderedOptions;
  readonly #owned = new Disposables();
  readonly #diagnostics = this.#owned.own(new RenderedDiagnostics());

  constructor(options: RenderedOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    this.#owned.own(this.#options.table.register(commands.lintRendered, (file) => this.#check(file)));
    return this.#owned;
  }

  async #check(file: FileArgument | undefined): Promise<void> {
    requireTrust();
    const named = file === undefined ? null : vscode.Uri.parse(file.toString());
    const root = named !== null && isRoot(named) ? named : await chooseRoot();
    if (root === null) return;
    requireOnDisk(root);
    const values = isChartFile(root.path) ? await chooseValues(root) : [];
    if (values === null) return;
    await saveFiles();
    await this.#render(root, values);
  }

  async #render(root: vscode.Uri, values: readonly string[]): Promise<void> {
    const name = vscode.workspace.asRelativePath(parentOf(root));
    const { activities, service, log, table } = this.#options;
    const { renderChart, RenderError, renderOverlay } = await import('../../engines/render/index.ts');
    try {
      const count = await activities.run(
        vscode.l10n.t('Render {0}', name),
        'sync~spin',
        async ({ signal }) => {
          const options = { env: process.env, signal, log };
          const folder = parentOf(root).fsPath;
          const rendering = isChartFile(root.path)
            ? await renderChart(folder, { ...options, values })
            : await renderOverlay(folder, options);
          const result = await service.rendered(paramsOf(rendering));
          return this.#owned.disposed ? 0 : this.#diagnostics.show(root, result);
        },
      );
      if (count === 0) this.#sayNothingFound(name);
      else await vscode.commands.executeCommand('workbench.actions.view.problems');
    } catch (error) {
      if (isCancellation(error)) return;
      const refusal = error instanceof RenderError ? error : null;
      if (refusal !== null) log.error(refusal.output);
      const shown = refusal?.fault ? [this.#showFault(root, refusal, refusal.fault)] : [];
      table.report(commands.lintRendered, error, shown);
    }
  }

  #sayNothingFound(name: string): void {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing found in the rendered output of {0}.', name),
    );
  }

  /** Shows the place a program found fault with; returns how to go there. */
  #showFault(root: vscode.Uri, error: Error, { path, line, character }: RenderFault): FailureAction {
    const file = vscode.Uri.file(path);
    const sentence = explained(error);
    this.#diagnostics.showFault(root, file, line, character, sentence);
    const position = new vscode.Position(line, character);
    const selection = new vscode.Range(position, position);
    return {
      title: vscode.l10n.t('Go to line {0}', line + 1),
      run: () => vscode.window.showTextDocument(file, { selection }),
    };
  }
}

function paramsOf(rendering: Rendering): RenderedParams {
  const { by, output } = rendering;
  if (by === 'helm') {
    const { folder, files, values } = rendering.chart;
    return { by, output, root: folder, files: [...files], values, origins: null };
  }
  const { root, files, origins } = rendering.overlay;
  return {
    by,
    output,
    root,
    files: [...files],
    values: [],
    origins: origins === null ? null : { folder: origins.folder, files: [...origins.files] },
  };
}

/** What is rendered is what the disk holds. */
async function saveFiles(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.uri.scheme !== 'file' || !document.isDirty || (await document.save())) continue;
    throw new Error(vscode.l10n.t('{0} could not be saved. Save it, then try again.', document.uri.fsPath));
  }
}

/** The command is disabled then; a key binding or another extension can call it all the same. */
function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Error(
    vscode.l10n.t(
      'Rendering runs programs on what the workspace says: trust this workspace first, then try again.',
    ),
  );
}

function requireOnDisk({ scheme }: vscode.Uri): void {
  if (scheme === 'file') return;
  throw new Error(
    vscode.l10n.t('Rendering needs files on disk. Open the folder on this machine, then try again.'),
  );
}
