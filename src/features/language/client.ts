/** The language client: a bundle of its own, loaded after activation, since its library takes longer than all the rest. */
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  type Hover,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { DeployTarget, FactsParams, InitializationOptions, LensCommands } from '../../core/protocol.ts';
import { serverMethods } from '../../core/protocol.ts';
import { checksSection, commands, documentSchemes, settingsPrefix } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { Companion } from './companion.ts';
import { companionship } from './companion-schema.ts';
import { KeptDiagnostics } from './kept-diagnostics.ts';
import { RestartPolicy } from './restart-policy.ts';

export interface ClientOptions {
  readonly extensionUri: vscode.Uri;
  /** Where the extension may keep things of its own, for all windows. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** The target at each start of the server: it forgets when it ends. */
  readonly target: () => DeployTarget | null;
  /** Called at each start of the server: what it was told before, it does not know any more. */
  readonly started: () => void;
}

const lensCommands: LensCommands = {
  deploy: commands.deploy,
  scale: commands.scale,
  build: commands.buildImage,
  buildAndPush: commands.buildAndPushImage,
};

/** The server's process and the conversation with it. A crash is followed by a new start, unless it happens all the time. */
export class Client implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #policy = new RestartPolicy();
  readonly #diagnostics = this.#owned.own(new KeptDiagnostics());
  readonly #companion = this.#owned.own(new Companion());
  readonly #client: LanguageClient;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#client = new LanguageClient(settingsPrefix, 'Elastic Containers', serverOptions(options), {
      documentSelector: [{ language: 'yaml' }, { language: 'dockerfile' }],
      initializationOptions: initializationOptions(options),
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticCollectionProvider: this.#diagnostics.provider,
      errorHandler: this.#errorHandler(),
      initializationFailedHandler: () => false,
      middleware: {
        ...middleware,
        handleDiagnostics: (uri, diagnostics, next) =>
          this.#companion.show(uri, withoutHidden(uri, diagnostics), next),
        provideHover: (document, position, token, next) =>
          companionship(document).hover
            ? this.#facts(document, position, token)
            : next(document, position, token),
      },
    } satisfies LanguageClientOptions);
    this.#owned.own(
      this.#client.onDidChangeState(({ newState }) => {
        if (newState !== State.Running) return;
        this.#diagnostics.dropClosed();
        this.setTarget(options.target());
        options.started();
      }),
    );
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  /** Starts afresh, whatever happened before. */
  async restart(): Promise<void> {
    this.#policy.reset();
    if (this.#client.isRunning()) await this.#client.restart();
    else await this.#client.start();
  }

  request<Result>(method: string, params: unknown): Promise<Result> {
    return this.#client.sendRequest<Result>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#client.sendNotification(method, params);
  }

  setTarget(target: DeployTarget | null): void {
    // A server that is not there is told at its start.
    if (!this.#client.isRunning()) return;
    this.#client.sendNotification(serverMethods.target, { target }).catch((error: unknown) => {
      this.#options.log.warn(`The language server was not told the target: ${String(error)}`);
    });
  }

  dispose(): void {
    // Ends the server's process as well.
    this.#client.dispose().catch((error: unknown) => this.#options.log.warn(String(error)));
    this.#owned.dispose();
  }

  /** What we tell of a place beside the documentation of fields. */
  async #facts(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { code2ProtocolConverter: sent, protocol2CodeConverter: received } = this.#client;
    const params: FactsParams = { uri: sent.asUri(document.uri), position: sent.asPosition(position) };
    return received.asHover(await this.#client.sendRequest<Hover | null>(serverMethods.facts, params, token));
  }

  #errorHandler(): ErrorHandler {
    return {
      // One message that could not be written or read; when the process is gone, `closed` follows.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        const wait = this.#policy.afterCrash(Date.now());
        if (wait === null) {
          this.#giveUp();
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        this.#options.log.warn(`The language server ended unexpectedly; starting it again in ${wait} ms.`);
        await new Promise((resolve) => setTimeout(resolve, wait));
        // Disposed of while waiting: the editor is closing.
        if (this.#owned.disposed) return { action: CloseAction.DoNotRestart, handled: true };
        return { action: CloseAction.Restart, handled: true };
      },
    };
  }

  #giveUp(): void {
    this.#diagnostics.clear();
    const restart = vscode.l10n.t('Restart');
    const showLog = vscode.l10n.t('Show log');
    void vscode.window
      .showErrorMessage(
        vscode.l10n.t(
          'Manifests are no longer checked: the language server crashed five times in three minutes.',
        ),
        restart,
        showLog,
      )
      .then((choice) => {
        if (choice === restart) return vscode.commands.executeCommand(commands.restartLanguageServer);
        if (choice === showLog) return vscode.commands.executeCommand(commands.showLog);
        return undefined;
      });
  }
}

function serverOptions({ extensionUri, storage }: ClientOptions): ServerOptions {
  const module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath;
  // Node keeps there what it has compiled: a third of the server's start is spent on that otherwise.
  const env = { NODE_COMPILE_CACHE: vscode.Uri.joinPath(storage, 'compiled').fsPath };
  return { module, transport: TransportKind.ipc, options: { env } };
}

function initializationOptions({ extensionUri }: ClientOptions): InitializationOptions {
  return {
    // Plain files: VS Code runs no command from a diagnostic's link. That they open rendered is due to
    // `workbench.editorAssociations` among the defaults in package.json.
    rulesUrl: vscode.Uri.joinPath(extensionUri, 'dist', 'elastic-rules').toString(),
    openCommand: 'vscode.open',
    suggestCommand: 'editor.action.triggerSuggest',
    lenses: lensCommands,
    checksSection,
    translations: vscode.l10n.bundle ?? {},
  };
}

const middleware: Middleware = {
  provideCompletionItem: async (document, position, context, token, next) => {
    const found = await next(document, position, context, token);
    if (found === null || found === undefined || !companionship(document).completion) return found;
    const items = (Array.isArray(found) ? found : found.items).filter(
      ({ kind }) => kind !== vscode.CompletionItemKind.Field,
    );
    return new vscode.CompletionList(items, !Array.isArray(found) && found.isIncomplete === true);
  },
  // The live object is what runs already: there is nothing to deploy or build.
  provideCodeLenses: (document, token, next) =>
    document.uri.scheme === documentSchemes.object ? [] : next(document, token),
  didOpen: async (document, next) => {
    if (isEditable(document.uri)) await next(document);
  },
};

/** In a live Secret a mark stands for each value: it is no base64, and nobody wrote it. */
function withoutHidden(uri: vscode.Uri, diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
  if (uri.scheme !== documentSchemes.object) return diagnostics;
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return diagnostics.filter(({ range }) => document?.getText(range).startsWith('«hidden, ') !== true);
}

/**
 * Files, new documents and what any virtual file system holds; not the snapshots that editors show beside them
 * (an older commit, the object in the cluster): nobody can mend those.
 */
function isEditable({ scheme }: vscode.Uri): boolean {
  if (scheme === 'untitled') return true;
  if (vscode.workspace.workspaceFolders?.some((folder) => folder.uri.scheme === scheme) === true) return true;
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}
