import { fileURLToPath } from 'node:url';
import {
  type CheckConfig,
  type FileFacts,
  type NameIndex,
  type Workspace,
  workspaceFileName,
} from '../core/index.ts';
import type { DescribedFile } from './project/configs.ts';
import type { WorkspaceFile } from './providers/turn-off.ts';
import { addressOf, type Circumstances, isDescription, isWorkspaceFile, Project } from './project/project.ts';
import { isLookedFor, scan, take } from './project/scan.ts';

export interface SurroundingsOptions {
  /** Whether an editor holds the file's text. */
  isOpen(uri: string): boolean;
  /** What files are to each other has changed: those that are open may have other findings now. */
  onDidChange(): void;
}

/** What is known of the files around those that are open: read in the background, and kept up to date. */
export class Surroundings {
  readonly #project = new Project();
  readonly #options: SurroundingsOptions;
  #scanning = new AbortController();
  #folders: readonly string[] = [];

  constructor(options: SurroundingsOptions) {
    this.#options = options;
  }

  get workspace(): Workspace {
    return this.#project.workspace;
  }

  /** What is called by a name in all files. */
  get names(): NameIndex {
    return this.#project.names;
  }

  /** The workspace file that counts for a file, or would if it were made in one of the folders; null outside of them. */
  workspaceFileFor(uri: string, folders: readonly string[]): WorkspaceFile | null {
    const path = pathOf(uri);
    const file = this.#project.workspaceFileFor(path);
    if (file !== null) return { uri: addressOf(file), exists: true };
    const around = folders
      .map((one) => one.replaceAll('\\', '/'))
      .filter((one) => path.startsWith(`${one}/`));
    const folder = around.sort((one, other) => other.length - one.length)[0];
    return folder === undefined ? null : { uri: addressOf(`${folder}/${workspaceFileName}`), exists: false };
  }

  /** Address of the file at a path, or of the kustomization in the folder at it; null where there is none. */
  findFile(path: string): string | null {
    return this.#project.findFile(path);
  }

  /** What a person set in the editor: for everything, and for single folders. */
  configure(everywhere: CheckConfig, folders: ReadonlyMap<string, CheckConfig>): void {
    const byFolder = [...folders].map(([folder, config]) => [pathOf(folder), config] as const);
    this.#project.overrides = new Map([['', everywhere], ...byFolder]);
    this.#options.onDidChange();
  }

  /** Workspace files, and what is wrong in them. */
  get workspaceFiles(): readonly DescribedFile[] {
    return this.#project.workspaceFiles;
  }

  /** Reads the folders anew. Nothing waits for it. */
  async scan(folders: readonly string[]): Promise<void> {
    this.#scanning.abort();
    this.#folders = folders.map((folder) => folder.replaceAll('\\', '/'));
    const { signal } = (this.#scanning = new AbortController());
    this.workspace.scanned = false;
    const complete = await scan(this.#project, {
      folders,
      signal,
      isOpen: (uri) => this.#options.isOpen(uri),
    });
    if (signal.aborted) return;
    this.workspace.scanned = complete;
    this.#options.onDidChange();
  }

  circumstancesOf(uri: string): Circumstances {
    return this.#project.circumstancesOf(pathOf(uri));
  }

  /** Takes over the text of a file an editor holds, where other files are read by it. */
  describe(uri: string, text: string): void {
    const path = pathOf(uri);
    if (!isDescription(path)) return;
    this.#project.describe(path, text);
    this.#options.onDidChange();
  }

  /** Takes over what an open file holds; tells when that matters to other files. */
  learn(uri: string, facts: FileFacts): void {
    const before = this.#state;
    this.#project.learn(uri, pathOf(uri), facts);
    if (this.#differs(before)) this.#options.onDidChange();
  }

  /** A file has changed on the disk, or the editor gave it back to the disk. */
  async refresh(uri: string): Promise<void> {
    if (this.#options.isOpen(uri)) return;
    const before = this.#state;
    const path = pathOf(uri);
    // What stands elsewhere, or nowhere, was known for as long as it was open; files of packages come in thousands.
    if (isLookedFor(path, this.#folders)) {
      await take(this.#project, path, uri, (one) => this.#options.isOpen(one));
    } else this.#project.forget(uri, path);
    if (isDescription(path) || this.#differs(before)) this.#options.onDidChange();
  }

  /** What the cluster serves that manifests are for, in a file; null: it is not known, and the bundled schema counts. */
  set cluster(file: string | null) {
    if (this.#project.cluster === file) return;
    this.#project.cluster = file;
    this.#options.onDidChange();
  }

  /** Takes over objects that are in no file. */
  learnObjects(uri: string, facts: FileFacts): void {
    const before = this.#state;
    this.workspace.set(uri, facts);
    if (this.#differs(before)) this.#options.onDidChange();
  }

  forgetObjects(uri: string): void {
    const before = this.#state;
    this.workspace.delete(uri);
    if (this.#differs(before)) this.#options.onDidChange();
  }

  get #state(): readonly unknown[] {
    return [this.workspace.version, this.#project.definitions.kinds];
  }

  #differs(before: readonly unknown[]): boolean {
    return this.#state.some((part, index) => part !== before[index]);
  }

  dispose(): void {
    this.#scanning.abort();
  }
}

/** Whether a file holds what people agreed on about checks, rather than a manifest. */
export function holdsSettings(uri: string): boolean {
  return isWorkspaceFile(pathOf(uri));
}

/** Absolute path of a file with `/` between its folders; of what is on no disk, its address. */
function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri).replaceAll('\\', '/') : uri;
  } catch {
    return uri;
  }
}
