import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { Analyst } from './analyst.ts';
import { assistanceCapabilities, registerAssistance } from './assistance.ts';
import { unlessCancelled } from './cancellation.ts';
import { Findings } from './findings.ts';
import { folderCapabilities, Folders } from './folders.ts';
import { registerLenses, type Target } from './lenses.ts';
import { logError } from './log.ts';
import { nameCapabilities, registerNames } from './names.ts';
import { OpenDocuments } from './open-documents.ts';
import { defaultOptions, readOptions, type ServerOptions } from './options.ts';
import { registerOwnMethods } from './own-methods.ts';
import { fixAllKind } from './providers/code-actions.ts';
import { resolveAction } from './providers/turn-off.ts';
import { Questions } from './questions.ts';
import { LiveCluster } from './schemas/live.ts';
import { Surroundings } from './surroundings.ts';
import { SupersededError } from './thread.ts';

export interface Server {
  /** The client asked it to end. */
  readonly isShutDown: boolean;
  /** Ends timers and threads. */
  dispose(): void;
}

/** Registers everything on the connection; the caller then listens. */
export function createServer(connection: Connection): Server {
  const server = new LanguageServer(connection);
  server.register();
  return server;
}

class LanguageServer implements Server {
  readonly #connection: Connection;
  readonly #documents = new OpenDocuments();
  readonly #surroundings: Surroundings = new Surroundings({
    isOpen: (uri) => this.#documents.find(uri) !== undefined,
    onDidChange: () => this.#findings.publishAll(),
  });
  readonly #analyst = new Analyst(this.#surroundings.workspace);
  readonly #target: Target = { current: null };
  readonly #questions: Questions;
  readonly #findings: Findings;
  readonly #folders: Folders;
  readonly #live: LiveCluster;
  #options = defaultOptions;
  #isShutDown = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    const common = {
      documents: this.#documents,
      analyst: this.#analyst,
      surroundings: this.#surroundings,
      options: (): ServerOptions => this.#options,
      report: (what: string, work: Promise<unknown>): Promise<void> => this.#report(what, work),
    };
    this.#questions = new Questions({ ...common, target: () => this.#target.current });
    this.#findings = new Findings(connection, { ...common, questions: this.#questions });
    this.#folders = new Folders(connection, common);
    this.#live = new LiveCluster(connection, this.#surroundings);
  }

  get isShutDown(): boolean {
    return this.#isShutDown;
  }

  register(): void {
    const connection = this.#connection;
    const documents = this.#documents;
    const questions = this.#questions;
    const options = (): ServerOptions => this.#options;
    const whole = async (): Promise<void> => {
      await this.#folders.settled;
      await this.#findings.learnOpen();
    };
    connection.onInitialize((params) => {
      this.#options = readOptions(params);
      this.#folders.initialize(params);
      this.#live.initialize(params.initializationOptions);
      return this.#initializeResult();
    });
    connection.onShutdown(() => {
      this.#isShutDown = true;
      this.dispose();
    });
    this.#folders.register();
    this.#live.register();
    this.#registerCodeActions();
    registerLenses(connection, this.#target, {
      documents,
      questions,
      options,
      report: (what, work) => this.#report(what, work),
    });
    registerAssistance(connection, {
      workspace: () => this.#surroundings.workspace,
      options,
      manifest: (uri) => documents.manifest(uri),
      ask: (...asked) => questions.about(...asked),
    });
    registerOwnMethods(connection, { questions, surroundings: this.#surroundings, whole });
    registerNames(connection, {
      names: this.#surroundings.names,
      options,
      textOf: (uri) => documents.textOf(uri, this.#options),
      findFile: (path) => this.#surroundings.findFile(path),
      update: () => this.#findings.learnOpen(),
      whole,
    });
    documents.listen(connection, this.#findings);
  }

  dispose(): void {
    this.#findings.dispose();
    this.#analyst.dispose();
    this.#live.dispose();
    this.#surroundings.dispose();
  }

  #initializeResult(): InitializeResult {
    return {
      serverInfo: { name: 'elastic' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...folderCapabilities,
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

  #registerCodeActions(): void {
    this.#connection.onCodeAction((params, token) =>
      unlessCancelled(token, async () => {
        const document = this.#documents.manifest(params.textDocument.uri);
        return document === undefined ? [] : this.#questions.about(document, 'codeActions', params, token);
      }),
    );
    this.#connection.onCodeActionResolve((action, token) =>
      unlessCancelled(token, async () =>
        resolveAction(
          action,
          (uri) => this.#surroundings.workspaceFileFor(uri),
          (uri) => this.#documents.textOf(uri, this.#options),
          this.#options,
        ),
      ),
    );
  }

  /** Work nobody waits for: a failure goes to the client's log. */
  async #report(what: string, work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (error instanceof SupersededError) return;
      logError(this.#connection, `${what}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
