import * as vscode from 'vscode';
import { documentSchemes } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { addressOf, type LogAddress } from './address.ts';
import type { OpenLog } from './open-log.ts';

/** VS Code closes a document and opens it again when its language changes; only what stays closed is closed. */
const closedMs = 1_000;

/**
 * The open logs as files nobody may write: VS Code reads a file that has changed again and applies what is different
 * at its end and at its start, so the editor stays where it is and keeps its colours. (A document of a content
 * provider is replaced as a whole once it has more than 100,000 characters, which makes it blink.)
 */
export class LogFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #make: (address: LogAddress, uri: vscode.Uri) => OpenLog;
  readonly #owned = new Disposables();
  readonly #changes = this.#owned.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly onDidChangeFile = this.#changes.event;
  readonly #logs = new Map<string, { readonly log: OpenLog; version: number }>();
  readonly #born = Date.now();

  constructor(make: (address: LogAddress, uri: vscode.Uri) => OpenLog) {
    this.#make = make;
    const { workspace } = vscode;
    this.#owned.own(
      workspace.registerFileSystemProvider(documentSchemes.logs, this, {
        isReadonly: true,
        isCaseSensitive: true,
      }),
    );
    this.#owned.own(workspace.onDidCloseTextDocument(({ uri }) => this.#closed(uri)));
    this.#owned.own({ dispose: () => this.#logs.forEach(({ log }) => log.dispose()) });
  }

  /** null for a document that is no log. */
  get(uri: vscode.Uri): OpenLog | null {
    return this.#logs.get(keyOf(uri))?.log ?? null;
  }

  /** The document of a log has another text. */
  changed(uri: vscode.Uri): void {
    const file = this.#logs.get(keyOf(uri));
    if (file === undefined) return;
    file.version += 1;
    const documents = vscode.workspace.textDocuments.filter((one) => keyOf(one.uri) === keyOf(uri));
    this.#changes.fire(documents.map((one) => ({ type: vscode.FileChangeType.Changed, uri: one.uri })));
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { log, version } = this.#file(uri);
    return {
      type: vscode.FileType.File,
      ctime: this.#born,
      mtime: this.#born + version,
      size: log.size,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).log.read();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /**
   * A log is made when its document is read, also after a window reload: then it is not followed until a person asks
   * for it, since nothing connects by itself.
   */
  #file(uri: vscode.Uri): { readonly log: OpenLog; version: number } {
    const known = this.#logs.get(keyOf(uri));
    if (known !== undefined) return known;
    const address = addressOf(uri.query);
    if (address === null) throw vscode.FileSystemError.FileNotFound(uri);
    const made = { log: this.#make(address, uri), version: 0 };
    this.#logs.set(keyOf(uri), made);
    return made;
  }

  #closed(uri: vscode.Uri): void {
    if (uri.scheme !== documentSchemes.logs) return;
    const key = keyOf(uri);
    setTimeout(() => {
      if (vscode.workspace.textDocuments.some((document) => keyOf(document.uri) === key)) return;
      this.#logs.get(key)?.log.dispose();
      this.#logs.delete(key);
    }, closedMs);
  }
}

/** What a log's documents have in common. */
export function keyOf(uri: vscode.Uri): string {
  return uri.with({ fragment: '' }).toString();
}

/** Another document of the same log. */
export function twinOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ fragment: uri.fragment === '' ? 'again' : '' });
}
