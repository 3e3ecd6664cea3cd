import { readdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Clusters, ContextList, KubeconfigPreview } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands, settingsPrefix } from '../../contributions.ts';
import { message } from '../../core/index.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { CancelledError, ExplainedError } from '../../platform/failure.ts';
import { translate, translated } from '../../platform/translation.ts';
import type { Contexts } from './contexts.ts';
import {
  absolutePath,
  nothingToAdd,
  pastedName,
  shownPath,
  withFiles,
  withoutFile,
} from './kubeconfig-list.ts';
import { tellOutcome } from './outcome.ts';

/** Nobody's kubeconfig is longer; a clipboard may hold anything. */
const longestPaste = 1_000_000;
const shownContexts = 12;

/** The text or file is no kubeconfig to add. */
class UnusableKubeconfigError extends ExplainedError {
  override readonly name = 'UnusableKubeconfigError';
}

export interface KubeconfigsOptions {
  readonly contexts: Contexts;
  readonly clusters: () => Promise<Clusters>;
  /** Folder of the extension's own, for kubeconfigs that were pasted. */
  readonly storage: vscode.Uri;
}

/** Adds kubeconfig files to the setting that names them, and takes them out again. */
export class Kubeconfigs {
  readonly #options: KubeconfigsOptions;
  readonly #home = process.env['HOME'] ?? process.env['USERPROFILE'] ?? homedir();

  constructor(options: KubeconfigsOptions) {
    this.#options = options;
  }

  register(table: CommandTable): Disposable {
    const owned = new Disposables();
    owned.own(table.register(commands.addKubeconfig, () => this.#add()));
    owned.own(table.register(commands.removeKubeconfig, (row) => this.#remove(row)));
    return owned;
  }

  get #pasted(): string {
    return vscode.Uri.joinPath(this.#options.storage, 'kubeconfigs').fsPath;
  }

  async #add(): Promise<void> {
    const ways = [
      {
        label: vscode.l10n.t('Choose files…'),
        iconPath: new vscode.ThemeIcon('folder-opened'),
        add: () => this.#addFiles(),
      },
      {
        label: vscode.l10n.t('Paste from the clipboard'),
        detail: vscode.l10n.t('Kept in a file of its own that only you can read'),
        iconPath: new vscode.ThemeIcon('clippy'),
        add: () => this.#paste(),
      },
    ];
    const way = await vscode.window.showQuickPick(ways, { title: vscode.l10n.t('Add kubeconfig') });
    await way?.add();
  }

  async #addFiles(): Promise<void> {
    const chosen = await vscode.window.showOpenDialog({
      canSelectMany: true,
      defaultUri: vscode.Uri.file(join(this.#home, '.kube')),
      openLabel: vscode.l10n.t('Add'),
      title: vscode.l10n.t('Add kubeconfig'),
    });
    const { previewKubeconfig } = await import('../../cluster/index.ts');
    const files = (chosen ?? []).map(({ fsPath }) => fsPath);
    for (const file of files)
      await this.#confirm(await previewKubeconfig(file), shownPath(file, this.#home), 'file');
    if (files.length > 0) await this.#write(files);
  }

  async #paste(): Promise<void> {
    const text = await vscode.env.clipboard.readText();
    if (text.trim() === '')
      throw new UnusableKubeconfigError(
        message('The clipboard is empty. Copy a kubeconfig, then try again.'),
      );
    if (text.length > longestPaste)
      throw new UnusableKubeconfigError(
        message('The clipboard holds too much to be a kubeconfig. Copy one, then try again.'),
      );
    const { previewText, writePrivateFile } = await import('../../cluster/index.ts');
    const preview = previewText(text, vscode.l10n.t('The clipboard'));
    await this.#confirm(preview, vscode.l10n.t('the clipboard'), 'clipboard');
    const taken = new Set((await names(this.#pasted)).map((name) => name.toLowerCase()));
    const file = join(this.#pasted, pastedName(preview.contexts[0]?.name ?? '', taken));
    await writePrivateFile(file, text);
    await this.#write([file]);
  }

  /** Shows what a kubeconfig brings. Throws where it brings nothing, and when the person turns away. */
  async #confirm(preview: KubeconfigPreview, from: string, way: 'clipboard' | 'file'): Promise<void> {
    if (preview.contexts.length === 0) {
      throw new UnusableKubeconfigError(nothingToAdd(preview.problems[0] ?? null, from, way, translate));
    }
    const list = await this.#options.contexts.list();
    const add = vscode.l10n.t('Add');
    const answer = await vscode.window.showInformationMessage(
      preview.contexts.length === 1
        ? vscode.l10n.t('Add one context from {0}?', from)
        : vscode.l10n.t('Add {0} contexts from {1}?', preview.contexts.length, from),
      { modal: true, detail: this.#detail(preview, list).join('\n') },
      add,
    );
    if (answer !== add) throw new CancelledError();
  }

  #detail({ contexts, programs, beside, problems }: KubeconfigPreview, list: ContextList): readonly string[] {
    const lines = contexts.slice(0, shownContexts).map(({ name, server, cluster }) => {
      const other = list.contexts.find((context) => context.name === name);
      return other === undefined
        ? vscode.l10n.t('• {0}: {1}', name, server || vscode.l10n.t('no address for {0}', cluster))
        : vscode.l10n.t(
            '• {0}: stays hidden, {1} defines this name first',
            name,
            shownPath(other.file, this.#home),
          );
    });
    const more = contexts.length - lines.length;
    return [
      ...lines,
      ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : []),
      ...programs.map((program) => vscode.l10n.t('Logs in by running: {0}', program)),
      ...(beside.length > 0
        ? [vscode.l10n.t('Names files that are not in the text: {0}', beside.join(', '))]
        : []),
      ...problems.map(translated),
    ];
  }

  async #write(files: readonly string[]): Promise<void> {
    const { files: inForce } = await this.#options.contexts.list();
    const { configured, target } = inSettings();
    await update(withFiles(configured, inForce, files, this.#home), target);
    await this.#options.contexts.reload();
    tellOutcome(vscode.l10n.t('Added {0}.', files.map((file) => shownPath(file, this.#home)).join(', ')));
  }

  async #remove(row: ClusterRowArgument | undefined): Promise<void> {
    const { configured, target } = inSettings();
    const { contexts } = await this.#options.contexts.list();
    const files = configured.map((path) => absolutePath(path, this.#home));
    const ofRow = contexts.find(({ name }) => name === row?.context)?.file;
    if (files.length === 0 || (ofRow !== undefined && !files.includes(ofRow))) {
      throw new UnusableKubeconfigError(
        message(
          '{0} is read because of KUBECONFIG or because it is the standard file, not because of a setting. Take it out there.',
          shownPath(ofRow ?? '~/.kube/config', this.#home),
        ),
      );
    }
    const file = ofRow ?? (await this.#choose(files, contexts));
    const lost = contexts.filter((context) => context.file === file).map(({ name }) => name);
    const remove = await this.#askRemoval(file, lost);
    const standard = (await this.#options.clusters()).standardFiles();
    await update(withoutFile(configured, file, standard, this.#home), target);
    if (remove === 'delete') await rm(file, { force: true });
    await this.#options.contexts.reload();
    tellOutcome(vscode.l10n.t('Removed {0}.', shownPath(file, this.#home)));
  }

  async #choose(files: readonly string[], contexts: ContextList['contexts']): Promise<string> {
    const items = files.map((file) => ({
      label: shownPath(file, this.#home),
      description: contexts
        .filter((context) => context.file === file)
        .map(({ name }) => name)
        .join(', '),
      file,
    }));
    const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Remove kubeconfig') });
    if (chosen === undefined) throw new CancelledError();
    return chosen.file;
  }

  /** Only a file that was pasted here can be deleted; any other is taken out of the setting and stays on the disk. */
  async #askRemoval(file: string, contexts: readonly string[]): Promise<'keep' | 'delete'> {
    const pasted = dirname(file) === this.#pasted;
    const remove = vscode.l10n.t('Remove');
    const deletes = vscode.l10n.t('Remove and delete file');
    const stays = pasted
      ? vscode.l10n.t('The file was pasted here: it may be deleted as well, with the credentials in it.')
      : vscode.l10n.t('The file itself stays where it is.');
    const lost = vscode.l10n.t('Contexts: {0}', contexts.join(', ') || '–');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove {0} from the kubeconfigs?', basename(file)),
      { modal: true, detail: `${shownPath(file, this.#home)}\n${lost}\n\n${stays}` },
      remove,
      ...(pasted ? [deletes] : []),
    );
    if (answer === undefined) throw new CancelledError();
    return answer === deletes ? 'delete' : 'keep';
  }
}

/** The setting where it is in force: a workspace's, if it has one, else the person's. */
function inSettings(): {
  readonly configured: readonly string[];
  readonly target: vscode.ConfigurationTarget;
} {
  const found = vscode.workspace
    .getConfiguration(settingsPrefix)
    .inspect<readonly string[]>('clusters.kubeconfigs');
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const workspace = vscode.workspace.isTrusted ? found?.workspaceValue : undefined;
  if (workspace !== undefined) return { configured: workspace, target: Workspace };
  return { configured: found?.globalValue ?? [], target: Global };
}

async function update(
  files: readonly string[] | undefined,
  target: vscode.ConfigurationTarget,
): Promise<void> {
  await vscode.workspace.getConfiguration(settingsPrefix).update('clusters.kubeconfigs', files, target);
}

/** Names in a folder that may not be there yet. */
async function names(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
