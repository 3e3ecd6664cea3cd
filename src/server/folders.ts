import { fileURLToPath } from 'node:url';
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  WatchKind,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import { emptyConfig } from '../core/index.ts';
import { readCheckConfig } from './check-config.ts';
import type { ServerOptions } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** What the server says it can do. */
export const folderCapabilities = {
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
} as const;

export interface FoldersOptions {
  readonly surroundings: Surroundings;
  readonly options: () => ServerOptions;
  /** Where a failure of work goes that nobody waits for. */
  readonly report: (what: string, work: Promise<unknown>) => Promise<void>;
}

/** The folders a client has open, what its person set for each of them, and what happens to the files in them. */
export class Folders {
  readonly #connection: Connection;
  readonly #given: FoldersOptions;
  /** As the client writes them. */
  #uris: readonly string[] = [];
  #configured = 0;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, given: FoldersOptions) {
    this.#connection = connection;
    this.#given = given;
  }

  /** Resolves when all files of the folders that are open now have been looked at. */
  get settled(): Promise<unknown> {
    return this.#settled;
  }

  initialize({ workspaceFolders, rootUri }: InitializeParams): void {
    const uris = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
    this.#uris = uris.filter(isOnDisk);
  }

  register(): void {
    const { surroundings, report, options } = this.#given;
    this.#connection.onInitialized(() => {
      this.#settle('start', this.#start());
      if (!options().supportsFolders) return;
      this.#connection.workspace.onDidChangeWorkspaceFolders((event) =>
        this.#settle('folders', this.#change(event)),
      );
    });
    this.#connection.onDidChangeConfiguration(() => void report('settings', this.#configure()));
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      const uris = changes.map(({ uri }) => uri);
      void report('files', surroundings.refresh(uris));
    });
  }

  #settle(what: string, work: Promise<void>): void {
    this.#settled = Promise.all([this.#settled, this.#given.report(what, work)]);
  }

  /** What a client is asked for once it is ready; the files that are open go first. */
  async #start(): Promise<void> {
    const { supportsChangedSettings, supportsWatchedFiles, checksSection: section } = this.#given.options();
    if (supportsChangedSettings && section !== null)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section });
    await this.#configure();
    if (supportsWatchedFiles) {
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          { globPattern: '**/*.{yaml,yml}' },
          { globPattern: '**/[kK]ustomization' },
          // Of a folder that goes, or comes from elsewhere, its files are not told.
          { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
        ],
      });
    }
    await this.#open();
  }

  async #change({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    const gone = new Set(removed.map(({ uri }) => uri));
    const come = added.map(({ uri }) => uri).filter(isOnDisk);
    this.#uris = [...new Set([...this.#uris.filter((uri) => !gone.has(uri)), ...come])];
    await this.#configure();
    await this.#open();
  }

  #open(): Promise<void> {
    return this.#given.surroundings.open(this.#uris.map((uri) => fileURLToPath(uri)));
  }

  async #configure(): Promise<void> {
    const { checksSection: section } = this.#given.options();
    if (section === null) return;
    const turn = ++this.#configured;
    const uris = this.#uris;
    const given: readonly unknown[] = await this.#connection.workspace.getConfiguration([
      { section },
      ...uris.map((scopeUri) => ({ section, scopeUri })),
    ]);
    // Asked anew meanwhile: that answer counts.
    if (turn !== this.#configured) return;
    const [everywhere, ...folders] = given.map(readCheckConfig);
    this.#given.surroundings.configure(
      everywhere ?? emptyConfig,
      new Map(folders.map((config, index) => [uris[index] ?? '', config])),
    );
  }
}

/** Not so where a folder is of another scheme, or on a host that paths of this system cannot name. */
function isOnDisk(uri: string): boolean {
  try {
    return fileURLToPath(uri) !== '';
  } catch {
    return false;
  }
}
