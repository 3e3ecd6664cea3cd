import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  CodeActionKind,
  type CodeLens,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type DeployTarget,
  type RenderedParams,
  type RenderedResult,
  serverMethods,
} from '../core/protocol.ts';
import { emptyConfig, fileKey } from '../core/index.ts';
import { SupersededError } from './analysis-worker.ts';
import { assistanceCapabilities, registerAssistance } from './assistance.ts';
import { Analyst, isLarge } from './analyst.ts';
import { readCheckConfig } from './check-config.ts';
import { unlessCancelled } from './cancellation.ts';
import { type FileText, kindOf, textOf } from './documents.ts';
import { nameCapabilities, registerNames } from './names.ts';
import { defaultOptions, readOptions } from './options.ts';
import { locateParams, objectsParams, renderedParams, targetParams } from './params.ts';
import { fixAllKind } from './providers/code-actions.ts';
import { resolveAction } from './providers/turn-off.ts';
import { dockerfileLenses } from './providers/code-lenses.ts';
import type { ProviderContext } from './providers/context.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';
import { Schedule } from './schedule.ts';
import { SettingsFiles } from './settings-files.ts';
import { LiveCluster } from './schemas/live.ts';
import { holdsSettings, Surroundings } from './surroundings.ts';

/** Registers everything on the connection; the caller then listens. What is returned ends timers and threads. */
export function createServer(connection: Connection): { dispose(): void } {
  const server = new LanguageServer(connection);
  server.register();
  return server;
}

class LanguageServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #surroundings = new Surroundings({
    isOpen: (uri) => this.#openDocument(uri) !== undefined,
    onDidChange: () => this.#publishAll(),
  });
  readonly #analyst = new Analyst(this.#surroundings.workspace);
  readonly #schedule = new Schedule(
    (uri) => this.#report(uri, this.#publish(uri)),
    () => performance.now(),
  );
  readonly #settingsFiles = new SettingsFiles({
    openDocument: (uri) => this.#openDocument(uri),
    send: (params) => void this.#report(params.uri, this.#connection.sendDiagnostics(params)),
  });
  /** Resolves when all files of the workspace have been looked at. */
  #started: Promise<void> = Promise.resolve();
  /** Versions of the open files whose objects are known. */
  readonly #learned = new WeakMap<TextDocument, number>();
  readonly #live: LiveCluster;
  #options = defaultOptions;
  #target: DeployTarget | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#live = new LiveCluster(connection, this.#surroundings);
  }

  register(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => {
      this.#options = readOptions(params);
      this.#live.initialize(params.initializationOptions);
      return this.#initializeResult();
    });
    connection.onInitialized(() => {
      this.#started = this.#report('start', this.#start());
    });
    connection.onShutdown(() => this.dispose());
    connection.onDidChangeConfiguration(() => void this.#report('settings', this.#configure()));
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri } of changes) void this.#report(uri, this.#surroundings.refresh(uri));
    });
    this.#documents.onDidChangeContent(({ document }) => {
      if (kindOf(document) !== 'manifest') return;
      this.#surroundings.describe(document.uri, document.getText());
      this.#schedule.request(document.uri);
    });
    this.#documents.onDidClose(({ document }) => this.#close(document));
    this.#registerProviders();
    registerAssistance(connection, {
      workspace: () => this.#surroundings.workspace,
      options: () => this.#options,
      manifest: (uri) => this.#manifest(uri),
      ask: (document, name, question) => this.#askAbout(document, name, question),
    });
    this.#registerOwnMethods();
    this.#live.register();
    registerNames(connection, {
      names: this.#surroundings.names,
      options: () => this.#options,
      textOf: (uri) => this.#textOf(uri),
      findFile: (path) => this.#surroundings.findFile(path),
      update: () => this.#learnOpen(),
      scanned: () => this.#started,
    });
    this.#documents.listen(connection);
  }

  dispose(): void {
    this.#schedule.dispose();
    this.#analyst.dispose();
    this.#live.dispose();
    this.#surroundings.dispose();
  }

  /** What a client is asked for once it is ready; the files that are open go first. */
  async #start(): Promise<void> {
    const { folders, supportsWatchedFiles, supportsChangedSettings, checksSection } = this.#options;
    if (supportsChangedSettings && checksSection !== null)
      await this.#connection.client.register(DidChangeConfigurationNotification.type, {
        section: checksSection,
      });
    await this.#configure();
    if (supportsWatchedFiles) {
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{yaml,yml}' }, { globPattern: '**/[kK]ustomization' }],
      });
    }
    await this.#surroundings.scan(folders);
  }

  async #configure(): Promise<void> {
    const { checksSection: section, folderUris } = this.#options;
    if (section === null) return;
    const given: readonly unknown[] = await this.#connection.workspace.getConfiguration([
      { section },
      ...folderUris.map((scopeUri) => ({ section, scopeUri })),
    ]);
    const [everywhere, ...folders] = given.map(readCheckConfig);
    this.#surroundings.configure(
      everywhere ?? emptyConfig,
      new Map(folders.map((config, index) => [folderUris[index] ?? '', config])),
    );
  }

  #publishAll(): void {
    this.#settingsFiles.publish(this.#surroundings.workspaceFiles, this.#options);
    for (const { uri } of this.#documents.all()) {
      if (this.#manifest(uri) !== undefined) this.#schedule.request(uri);
    }
  }

  /** By any of the addresses its file can have. */
  #openDocument(uri: string): TextDocument | undefined {
    const key = fileKey(uri);
    return this.#documents.get(uri) ?? this.#documents.all().find((one) => fileKey(one.uri) === key);
  }

  #textOf(uri: string): Promise<FileText> {
    return textOf(this.#openDocument(uri)?.uri ?? uri, this.#documents, this.#options);
  }

  #initializeResult(): InitializeResult {
    return {
      serverInfo: { name: 'elastic' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...nameCapabilities,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
          resolveProvider: this.#options.supportsResolvedActions,
        },
        ...assistanceCapabilities,
        ...(this.#options.lenses === null ? {} : { codeLensProvider: {} }),
      },
    };
  }

  #registerProviders(): void {
    this.#connection.onCodeAction((params, token) =>
      unlessCancelled(token, async () => {
        const document = this.#manifest(params.textDocument.uri);
        return document === undefined ? [] : this.#askAbout(document, 'codeActions', params);
      }),
    );
    this.#connection.onCodeActionResolve((action, token) =>
      unlessCancelled(token, async () =>
        resolveAction(
          action,
          (uri) => this.#surroundings.workspaceFileFor(uri, this.#options.folders),
          (uri) => this.#textOf(uri),
          this.#options,
        ),
      ),
    );
    this.#connection.onCodeLens(({ textDocument: { uri } }, token) =>
      unlessCancelled(token, async () => this.#lenses(uri)),
    );
  }

  #registerOwnMethods(): void {
    this.#connection.onRequest(serverMethods.objects, (given: unknown, token: CancellationToken) =>
      unlessCancelled(token, async () => {
        const { uri } = objectsParams(given);
        return this.#askAboutFile(uri, 'objects', undefined);
      }),
    );
    this.#connection.onRequest(serverMethods.locate, (given: unknown, token: CancellationToken) =>
      unlessCancelled(token, async () => {
        const params = locateParams(given);
        return this.#askAboutFile(params.uri, 'locate', params);
      }),
    );
    this.#connection.onRequest(serverMethods.rendered, (given: unknown, token: CancellationToken) =>
      unlessCancelled(token, async () => this.#rendered(renderedParams(given))),
    );
    this.#connection.onNotification(serverMethods.target, (given: unknown) => {
      this.#target = targetParams(given).target;
      if (!this.#options.supportsLensRefresh) return;
      void this.#report('lenses', this.#connection.sendRequest(CodeLensRefreshRequest.type));
    });
  }

  async #lenses(uri: string): Promise<CodeLens[]> {
    const document = this.#documents.get(uri);
    if (document === undefined) return [];
    switch (kindOf(document)) {
      case 'manifest':
        return this.#askAbout(document, 'manifestLenses', undefined);
      case 'dockerfile':
        return dockerfileLenses(document.getText(), this.#context(uri, document.version));
      case 'other':
        return [];
    }
  }

  #manifest(uri: string): TextDocument | undefined {
    const document = this.#documents.get(uri);
    return document !== undefined && kindOf(document) === 'manifest' ? document : undefined;
  }

  /** A file that is not open is kept no longer than its answer takes. */
  async #askAboutFile<Name extends ProviderName>(
    uri: string,
    name: Name,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    const file = await textOf(uri, this.#documents, this.#options);
    try {
      return await this.#ask(uri, file, name, question);
    } finally {
      if (this.#documents.get(uri) === undefined) this.#analyst.forget(uri);
    }
  }

  async #askAbout<Name extends ProviderName>(
    document: TextDocument,
    name: Name,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    const { uri, version } = document;
    const answer = await this.#ask(uri, { version, text: document.getText() }, name, question);
    if (document.version !== version) throw contentModified();
    return answer;
  }

  async #ask<Name extends ProviderName>(
    uri: string,
    { version, text }: FileText,
    name: Name,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    try {
      return await this.#analyst.ask(name, text, this.#context(uri, version), question);
    } catch (error) {
      throw error instanceof SupersededError ? contentModified() : error;
    }
  }

  /** Of a text that is in no file: it is checked as the files are that it was made from. */
  async #rendered(params: RenderedParams): Promise<RenderedResult> {
    const { root, output } = params;
    const around = this.#context(pathToFileURL(root).toString(), null);
    const context = {
      ...around,
      uri: `rendered:${root}`,
      check: { ...around.check, role: 'manifest' } as const,
    };
    try {
      return await this.#analyst.ask('rendered', output, context, params);
    } finally {
      this.#analyst.forget(context.uri);
    }
  }

  #context(uri: string, version: number | null): ProviderContext {
    const { excluded: _, ...check } = this.#surroundings.circumstancesOf(uri);
    return { uri, version, options: this.#options, target: this.#target, check };
  }

  async #publish(uri: string): Promise<void> {
    const document = this.#manifest(uri);
    if (document === undefined || holdsSettings(uri)) return;
    const { version } = document;
    const text = document.getText();
    const context = this.#context(uri, version);
    const excluded = this.#surroundings.circumstancesOf(uri).excluded;
    // What a small file holds is known at once; for a large one nobody has to wait to see its findings.
    if (!isLarge(text)) await this.#learn(document);
    const diagnostics = excluded ? [] : await this.#analyst.ask('diagnostics', text, context, undefined);
    // The text may have moved on while a large file was analysed: its next turn is already awaited.
    if (this.#documents.get(uri)?.version !== version) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics });
    if (isLarge(text)) await this.#learn(document);
  }

  /** Takes over what an open file holds. */
  async #learn(document: TextDocument): Promise<void> {
    const { uri, version } = document;
    const facts = await this.#analyst.facts(document.getText(), this.#context(uri, version));
    if (document.version !== version || this.#documents.get(uri) !== document) return;
    this.#learned.set(document, version);
    this.#surroundings.learn(uri, facts);
  }

  async #learnOpen(): Promise<void> {
    const unknown = this.#documents
      .all()
      .filter(
        (document) =>
          this.#manifest(document.uri) !== undefined && this.#learned.get(document) !== document.version,
      );
    try {
      await Promise.all(unknown.map((document) => this.#learn(document)));
    } catch (error) {
      throw error instanceof SupersededError ? contentModified() : error;
    }
  }

  #close({ uri }: TextDocument): void {
    this.#schedule.cancel(uri);
    this.#analyst.forget(uri);
    void this.#report(uri, this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
    // The file on the disk may hold something else than the editor did.
    setImmediate(() => void this.#report(uri, this.#surroundings.refresh(uri)));
  }

  /** Work nobody waits for: a failure goes to the client's log. */
  async #report(what: string, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (error instanceof SupersededError) return;
      this.#connection.console.error(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

/** Editors ask again, and show nothing, when they get this. */
function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The file changed before it was analysed.');
}
