import {
  type CancellationToken,
  CodeActionKind,
  type CodeLens,
  CodeLensRefreshRequest,
  type Connection,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type DeployTarget, serverMethods } from '../core/protocol.ts';
import { SupersededError } from './analysis-worker.ts';
import { Analyst } from './analyst.ts';
import { unlessCancelled } from './cancellation.ts';
import { type FileText, kindOf, textOf } from './documents.ts';
import { defaultOptions, readOptions } from './options.ts';
import { locateParams, objectsParams, targetParams } from './params.ts';
import { dockerfileLenses } from './providers/code-lenses.ts';
import type { ProviderContext } from './providers/context.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';
import { Schedule } from './schedule.ts';

/** Registers everything on the connection; the caller then listens. What is returned ends timers and threads. */
export function createServer(connection: Connection): { dispose(): void } {
  const server = new LanguageServer(connection);
  server.register();
  return server;
}

class LanguageServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #analyst = new Analyst();
  readonly #schedule = new Schedule(
    (uri) => this.#report(uri, this.#publish(uri)),
    () => performance.now(),
  );
  #options = defaultOptions;
  #target: DeployTarget | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  register(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => {
      this.#options = readOptions(params);
      return this.#initializeResult();
    });
    connection.onShutdown(() => this.dispose());
    this.#documents.onDidChangeContent(({ document }) => {
      if (kindOf(document) === 'manifest') this.#schedule.request(document.uri);
    });
    this.#documents.onDidClose(({ document }) => this.#close(document));
    this.#registerProviders();
    this.#registerOwnMethods();
    this.#documents.listen(connection);
  }

  dispose(): void {
    this.#schedule.dispose();
    this.#analyst.dispose();
  }

  #initializeResult(): InitializeResult {
    return {
      serverInfo: { name: 'elastic' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
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

  #context(uri: string, version: number | null): ProviderContext {
    return { uri, version, options: this.#options, target: this.#target };
  }

  async #publish(uri: string): Promise<void> {
    const document = this.#manifest(uri);
    if (document === undefined) return;
    const { version } = document;
    const context = this.#context(uri, version);
    const diagnostics = await this.#analyst.ask('diagnostics', document.getText(), context, undefined);
    // The text may have moved on while a large file was analysed: its next turn is already awaited.
    if (this.#documents.get(uri)?.version !== version) return;
    await this.#connection.sendDiagnostics({ uri, version, diagnostics });
  }

  #close({ uri }: TextDocument): void {
    this.#schedule.cancel(uri);
    this.#analyst.forget(uri);
    void this.#report(uri, this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
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
