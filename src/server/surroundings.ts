import { fileURLToPath } from 'node:url';
import {
  type CheckConfig,
  type FileFacts,
  type FileRole,
  folderOf,
  isWorkspaceFile,
  type NameIndex,
  type Workspace,
  workspaceFileName,
} from '../core/index.ts';
import type { DescribedFile } from './project/configs.ts';
import type { WorkspaceFile } from './providers/turn-off.ts';
import { addressOf, type Circumstances, isDescription, Project } from './project/project.ts';
import { Intake } from './project/intake.ts';
import { isInside, isLookedFor, manifestsIn } from './project/scan.ts';

export interface SurroundingsOptions {
  /** Whether an editor holds the file's text. */
  isOpen(uri: string): boolean;
  /** What files are to each other has changed: those that are open may have other findings now. */
  onDidChange(): void;
}

/** More of them are not looked at: their objects are not all known then. */
const mostFiles = 5_000;

/** What is known of the files around those that are open: read in the background, and kept up to date. */
export class Surroundings {
  readonly #project = new Project();
  readonly #options: SurroundingsOptions;
  readonly #intake: Intake;
  #folders: readonly string[] = [];
  /** Folders in which there is more than could be read. */
  readonly #incomplete = new Set<string>();
  /** How often folders are being read right now. */
  #reading = 0;
  /** The look under way for files that nobody has told of. */
  #look: Promise<void> | null = null;

  constructor(options: SurroundingsOptions) {
    this.#options = options;
    this.#intake = new Intake({
      project: this.#project,
      folders: () => this.#folders,
      isOpen: (uri) => options.isOpen(uri),
      onDidChange: () => options.onDidChange(),
    });
  }

  get workspace(): Workspace {
    return this.#project.workspace;
  }

  /** What is called by a name in all files. */
  get names(): NameIndex {
    return this.#project.names;
  }

  /** The workspace file that counts for a file, or would if it were made in one of the folders; null outside of them. */
  workspaceFileFor(uri: string): WorkspaceFile | null {
    const path = pathOf(uri);
    const file = this.#project.workspaceFileFor(path);
    if (file !== null) return { uri: addressOf(file), exists: true };
    const around = this.#folders.filter((one) => path.startsWith(`${one}/`));
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

  /**
   * Takes these for the folders that are open: reads those that were not, and forgets what stands in none of them.
   * Resolves when all files in them are known.
   */
  async open(folders: readonly string[]): Promise<void> {
    const before = this.#folders;
    this.#folders = folders.map((folder) => folder.replaceAll('\\', '/'));
    const added = this.#folders.filter((folder) => !before.includes(folder));
    for (const folder of this.#incomplete)
      if (!this.#folders.includes(folder)) this.#incomplete.delete(folder);
    this.#reading++;
    this.workspace.scanned = false;
    const paths = await this.#manifestsIn(added);
    const strange = [...this.#project.paths].filter((path) => !isLookedFor(path, this.#folders));
    await Promise.all([this.#intake.found(paths), this.#intake.changed(strange)]);
    if (--this.#reading > 0) return;
    this.workspace.scanned = this.#incomplete.size === 0;
    this.#options.onDidChange();
  }

  /** Where there are more than can be read, nothing is called missing any more. */
  async #manifestsIn(folders: readonly string[]): Promise<readonly string[]> {
    const { paths, complete } = await manifestsIn(folders, mostFiles);
    if (complete) return paths;
    for (const root of this.#folders)
      if (folders.some((folder) => folder === root || folder.startsWith(`${root}/`)))
        this.#incomplete.add(root);
    if (this.#incomplete.size > 0) this.workspace.scanned = false;
    return paths;
  }

  circumstancesOf(uri: string): Circumstances {
    return this.#project.circumstancesOf(pathOf(uri));
  }

  /** Takes over the text of a file an editor holds, where other files are read by it; resolves when they were. */
  async describe(uri: string, text: string): Promise<void> {
    const path = pathOf(uri);
    if (!isDescription(path)) return;
    this.#project.describe(path, text);
    const read = this.#intake.changed(this.#project.misread());
    this.#options.onDidChange();
    await read;
  }

  /** Takes over what an open file holds; tells when that matters to other files. */
  learn(uri: string, facts: FileFacts, role: FileRole): void {
    this.#telling(() => this.#project.learn(uri, pathOf(uri), facts, role));
  }

  /** Files or folders have changed on the disk, came or went. */
  async refresh(uris: readonly string[]): Promise<void> {
    const changed = new Set(uris.map(pathOf));
    const known = [...this.#project.paths];
    const isFile = new Set(known);
    // Of a folder that is gone, or has another name, nothing else is told.
    const folders = [...changed].filter((path) => !isFile.has(path) && isInside(path, this.#folders));
    const beneath = folders.length === 0 ? [] : known.filter((path) => isBeneath(path, changed));
    const paths = await this.#manifestsIn(folders.filter((path) => !/\.ya?ml$/.test(path)));
    const files = [...changed].filter((path) => isFile.has(path) || isLookedFor(path, this.#folders));
    await this.#intake.changed([...files, ...beneath, ...paths]);
  }

  /** Looks for files nobody has told of yet: a change on the disk is told a moment later. */
  lookAgain(): Promise<void> {
    this.#look ??= this.#lookOnce().finally(() => (this.#look = null));
    return this.#look;
  }

  async #lookOnce(): Promise<void> {
    const known = new Set(this.#project.paths);
    const paths = await this.#manifestsIn(this.#folders);
    await this.#intake.found(paths.filter((path) => !known.has(path)));
  }

  /** The editor gave a file back to the disk, which may hold something else than the editor did. */
  async close(uri: string): Promise<void> {
    await this.#intake.changed([pathOf(uri)]);
  }

  /** What the cluster serves that manifests are for, in a file; null: it is not known, and the bundled schema counts. */
  set cluster(file: string | null) {
    if (this.#project.cluster === file) return;
    this.#project.cluster = file;
    this.#options.onDidChange();
  }

  /** Takes over objects that are in no file. */
  learnObjects(uri: string, facts: FileFacts): void {
    this.#telling(() => this.workspace.set(uri, facts));
  }

  forgetObjects(uri: string): void {
    this.#telling(() => this.workspace.delete(uri));
  }

  #telling(change: () => void): void {
    const { version } = this.#project;
    change();
    if (this.#project.version !== version) this.#options.onDidChange();
  }

  dispose(): void {
    this.#intake.dispose();
  }
}

/** Whether a file holds what people agreed on about checks, rather than a manifest. */
export function holdsSettings(uri: string): boolean {
  return isWorkspaceFile(pathOf(uri));
}

/** Whether one of the folders around a path is among these. */
function isBeneath(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); folder !== '' && folder !== '/'; folder = folderOf(folder)) {
    if (folders.has(folder)) return true;
  }
  return false;
}

/** Absolute path of a file with `/` between its folders; of what is on no disk, its address. */
function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri).replaceAll('\\', '/') : uri;
  } catch {
    return uri;
  }
}
