import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type {
  DeployTarget,
  LiveObjectsParams,
  LocateParams,
  LocateResult,
  ManifestService,
  ManifestsParams,
  ManifestsResult,
  ObjectsParams,
  ObjectsResult,
  RenderedParams,
  RenderedResult,
  RenderedService,
  SchemaParams,
  SchemaResult,
} from '../../core/protocol.ts';
import { serverMethods } from '../../core/protocol.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import type { TargetSource } from '../../platform/target.ts';
import type { Client } from './client.ts';
import type { SchemaService } from './cluster-schema.ts';

export interface LanguageOptions {
  readonly extensionUri: vscode.Uri;
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly table: CommandTable;
  readonly target: Pick<TargetSource, 'current' | 'onDidChange'>;
}

/** Findings, quick fixes and lenses, and what other features ask about manifests. All of it is the server's work. */
export class LanguageFeature implements ManifestService, RenderedService, SchemaService {
  readonly #options: LanguageOptions;
  readonly #owned = new Disposables();
  readonly #started = this.#owned.own(new vscode.EventEmitter<void>());
  #client: Promise<Client> | null = null;

  /** At each start of the language server, the first included. */
  readonly onDidStart = this.#started.event;

  constructor(options: LanguageOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    const { table, target } = this.#options;
    this.#owned.own(table.register(commands.restartLanguageServer, () => this.#restart()));
    this.#owned.own(target.onDidChange((chosen) => void this.#tell(chosen)));
    const start = (): void => void table.guard('language server', () => this.#running());
    this.#owned.own(
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isRead(document)) start();
      }),
    );
    // Not part of activation: the client's library alone takes longer to load than all the rest. And not where the
    // person only looks at clusters.
    const timer = setImmediate(() => {
      if (vscode.workspace.textDocuments.some(isRead)) start();
    });
    this.#owned.own({ dispose: () => clearImmediate(timer) });
    return this.#owned;
  }

  async objects(uri: string): Promise<ObjectsResult> {
    return this.#ask(serverMethods.objects, { uri } satisfies ObjectsParams);
  }

  async locate(params: LocateParams): Promise<LocateResult> {
    return this.#ask(serverMethods.locate, params);
  }

  async manifests(params: ManifestsParams): Promise<ManifestsResult> {
    return (await this.#running()).request(serverMethods.manifests, params);
  }

  async rendered(params: RenderedParams): Promise<RenderedResult> {
    return (await this.#running()).request(serverMethods.rendered, params);
  }

  async schema(params: SchemaParams): Promise<SchemaResult> {
    return (await this.#running()).request(serverMethods.schema, params);
  }

  async liveObjects(params: LiveObjectsParams): Promise<void> {
    await (await this.#running()).notify(serverMethods.liveObjects, params);
  }

  async #ask<Result>(method: string, params: { readonly uri: string }): Promise<Result> {
    await openVirtual(vscode.Uri.parse(params.uri));
    return (await this.#running()).request(method, params);
  }

  /** The client, started at the first call; a start that failed is tried again at the next. */
  #running(): Promise<Client> {
    this.#client ??= this.#start().catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }

  async #start(): Promise<Client> {
    const { loadClient } = await import('./client-library.ts');
    const Client = await loadClient();
    const { extensionUri, storage, log, target } = this.#options;
    const started = (): void => this.#started.fire();
    const client = new Client({ extensionUri, storage, log, target: () => target.current, started });
    try {
      await client.start();
    } catch (error) {
      // The next attempt makes a client of its own.
      client.dispose();
      throw error;
    }
    return this.#owned.own(client);
  }

  async #restart(): Promise<void> {
    // Without a client there is nothing to end, and a start is all that is asked for.
    if (this.#client === null) await this.#running();
    else await (await this.#client).restart();
  }

  async #tell(target: DeployTarget | null): Promise<void> {
    const client = await this.#client?.catch(() => null);
    client?.setTarget(target);
  }
}

/** Whether the server has anything to say of it. */
function isRead({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'yaml' || languageId === 'dockerfile';
}

/** The server reads disks; what lives elsewhere reaches it as an open document. */
async function openVirtual(uri: vscode.Uri): Promise<void> {
  if (uri.scheme !== 'file') await vscode.workspace.openTextDocument(uri);
}
