import * as vscode from 'vscode';
import type { KubeObject, Session } from '../../cluster/index.ts';
import { documentSchemes } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { protectionOf } from '../../platform/protection.ts';
import { targetOfUri, uriOf } from './address.ts';
import type { ObjectTarget } from '../../platform/objects.ts';
import { rawRow } from './raw.ts';

/** What is known of an object whose YAML is open. */
export interface OpenObject {
  readonly uri: vscode.Uri;
  readonly target: ObjectTarget;
  readonly session: Session;
  /** The object that the text was made of: what a save is measured against. */
  readonly shown: KubeObject;
  readonly text: string;
  /** ms since 1970 of the text: what VS Code compares to know a file that changed. */
  readonly mtime: number;
  /** The server let go of it. */
  readonly gone: boolean;
  readonly readOnly: boolean;
}

/** Puts an edited text in the place of the object; rejects with why it was not saved. */
export type SaveObject = (open: OpenObject, text: string) => Promise<KubeObject>;

/** What keeps an open object up to date. */
interface Following extends vscode.Disposable {
  /** As the cluster has it now; null when it is gone, undefined before it was listed. */
  latest(): KubeObject | null | undefined;
}

/**
 * Live objects as files: their YAML is read, edited and saved like any other. A text that was not touched follows the
 * object; one that was waits for its author.
 */
export class ObjectDocuments implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #open = new Map<string, OpenObject>();
  readonly #follows = new Map<string, Following>();
  readonly #changed = this.#owned.own(new vscode.EventEmitter<vscode.FileChangeEvent[]>());
  readonly #save: SaveObject;
  readonly #session: (context: string) => Promise<Session>;
  readonly onDidChangeFile = this.#changed.event;

  constructor(save: SaveObject, session: (context: string) => Promise<Session>) {
    this.#save = save;
    this.#session = session;
    this.#owned.own(
      vscode.workspace.registerFileSystemProvider(documentSchemes.object, this, { isCaseSensitive: true }),
    );
    this.#owned.own(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        // One that was given another language is closed and opened in a breath.
        if (documentOf(uri) === undefined) this.#close(uri);
      }),
    );
    this.#owned.own(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        // Reverted: what happened in the cluster while it was edited can be shown now.
        const latest = document.isDirty ? undefined : this.#follows.get(document.uri.toString())?.latest();
        if (latest !== undefined) void this.#follow(document.uri, latest);
      }),
    );
  }

  /** Reads the object and opens its YAML. */
  async show(target: ObjectTarget, session: Session): Promise<void> {
    const { readObject } = await import('../../cluster/index.ts');
    const uri = uriOf(documentSchemes.object, target, 'yaml');
    const known = this.#open.get(uri.toString());
    if (known === undefined || known.gone || known.session.closed.aborted) {
      const object = await readObject(session, target);
      const readOnly = protectionOf(target.context) === 'readOnly' || (await mayNotUpdate(session, target));
      this.#close(uri);
      await this.#take({ uri, target, session, gone: false, readOnly, mtime: Date.now() }, object);
      await this.#watch(uri, target, session);
      // The editor of one that was gone, or that was restored, takes the text over.
      if (documentOf(uri) !== undefined) this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
    }
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** What is open under an address; undefined when nothing is. */
  find(uri: vscode.Uri): OpenObject | undefined {
    return this.#open.get(uri.toString());
  }

  /** The text is measured against this object from now on: its author has seen it. */
  async accept(uri: vscode.Uri, object: KubeObject): Promise<void> {
    const known = this.find(uri);
    if (known !== undefined) await this.#take(known, object);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    // VS Code makes sure of the folders above before it writes what it takes to be deleted.
    if (isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { mtime, text, readOnly, gone } = this.find(uri) ?? restored(uri);
    // Asked once `Deleted` was fired: the tab is struck through, and its text stays.
    if (gone) throw vscode.FileSystemError.FileNotFound(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime,
      size: Buffer.byteLength(text),
      ...(readOnly && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from((this.find(uri) ?? restored(uri)).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const open = await this.#connected(this.#opened(uri));
    const saved = await this.#save(open, Buffer.from(content).toString());
    await this.#take({ ...open, mtime: Date.now() }, saved);
    // The server may have put it differently: defaults, order. Read again once VS Code has finished the save.
    setTimeout(() => this.#reload(uri), 0);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    for (const lease of this.#follows.values()) lease.dispose();
    this.#follows.clear();
    this.#owned.dispose();
  }

  #opened(uri: vscode.Uri): OpenObject {
    const open = this.find(uri);
    if (open !== undefined) return open;
    throw vscode.FileSystemError.Unavailable(notConnected());
  }

  /** The context may have been disconnected since: a save connects to it again. */
  async #connected(open: OpenObject): Promise<OpenObject> {
    if (!open.session.closed.aborted) return open;
    const again = { ...open, session: await this.#session(open.target.context) };
    this.#open.set(open.uri.toString(), again);
    await this.#watch(open.uri, open.target, again.session);
    return again;
  }

  async #take(open: Omit<OpenObject, 'shown' | 'text'>, shown: KubeObject): Promise<void> {
    const { displayYaml } = await import('../../cluster/index.ts');
    this.#open.set(open.uri.toString(), { ...open, shown, text: displayYaml(shown) });
  }

  async #watch(uri: vscode.Uri, target: ObjectTarget, session: Session): Promise<void> {
    const { openStore } = await import('../../cluster/index.ts');
    const { apiVersion, plural } = await session.resource(target.apiVersion, target.kind);
    const owned = new Disposables();
    const { namespace, name } = target;
    const query = { apiVersion, plural, namespace, fieldSelector: `metadata.name=${name}` };
    const { value: store } = owned.own(openStore(session, query, rawRow));
    const latest = (): KubeObject | null | undefined => {
      if (store.state.phase !== 'live') return undefined;
      const [row] = store.rows.values();
      return row?.object ?? null;
    };
    this.#follows.get(uri.toString())?.dispose();
    this.#follows.set(uri.toString(), { latest, dispose: () => owned.dispose() });
    owned.own(
      store.onDidChange(() => {
        const object = latest();
        if (object !== undefined) void this.#follow(uri, object);
      }),
    );
  }

  /** A text nobody touched becomes the newer object's. */
  async #follow(uri: vscode.Uri, object: KubeObject | null): Promise<void> {
    const { countChanges, metaOf } = await import('../../cluster/index.ts');
    const open = this.find(uri);
    if (open === undefined) return;
    if (object === null || metaOf(object).uid !== metaOf(open.shown).uid) {
      if (open.gone) return;
      this.#open.set(uri.toString(), { ...open, gone: true });
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
      return;
    }
    if (documentOf(uri)?.isDirty === true) return;
    const differs = countChanges(open.shown, object) > 0;
    await this.#take({ ...open, mtime: differs ? Date.now() : open.mtime }, object);
    if (differs) this.#reload(uri);
  }

  #reload(uri: vscode.Uri): void {
    if (!this.#owned.disposed) this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  #close(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#follows.get(key)?.dispose();
    this.#follows.delete(key);
    this.#open.delete(key);
  }
}

/**
 * An editor that was restored connects to nothing: its object is read when a person asks for it. Its text says so; of an
 * error VS Code would show a page that calls it unexpected.
 */
function restored(uri: vscode.Uri): Pick<OpenObject, 'text' | 'mtime' | 'readOnly' | 'gone'> {
  // Others look for their settings beside it: there are none.
  if (targetOfUri(uri) === null || !uri.path.endsWith('.yaml'))
    throw vscode.FileSystemError.FileNotFound(uri);
  // Edits that were restored stay editable, and a save says why it cannot be done.
  const readOnly = documentOf(uri)?.isDirty !== true;
  return { text: `# ${notConnected()}\n`, mtime: 0, readOnly, gone: false };
}

/** `/dev/shop/Deployment` and what is above it. */
function isFolder({ path }: vscode.Uri): boolean {
  const depth = 4;
  return path.split('/').filter((part) => part !== '').length < depth;
}

function notConnected(): string {
  return vscode.l10n.t('This object is not connected. Open it again from the Clusters view.');
}

/** Whether the rules say for certain that a save would be refused. */
async function mayNotUpdate(session: Session, target: ObjectTarget): Promise<boolean> {
  const { accessRules } = await import('../../cluster/index.ts');
  const { group, plural } = await session.resource(target.apiVersion, target.kind);
  const rules = await accessRules(session, target.namespace);
  return rules.allows({ verb: 'update', group, resource: plural, name: target.name }) === false;
}

export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}
