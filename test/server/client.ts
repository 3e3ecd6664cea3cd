/** A plain editor: speaks JSON-RPC to a language server over streams and keeps what it publishes. */
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  CodeAction,
  CodeLens,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
  TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

export const capabilities = {
  textDocument: { publishDiagnostics: { relatedInformation: true } },
  workspace: { workspaceEdit: { documentChanges: true }, codeLens: { refreshSupport: true } },
};

/** The protocol allows marked-up messages; ours are plain. */
export type PlainDiagnostic = Diagnostic & { readonly message: string };

interface Waiting {
  readonly uri: string;
  readonly accepts: (published: PublishDiagnosticsParams) => boolean;
  readonly resolve: (published: PublishDiagnosticsParams) => void;
}

export class TestClient {
  readonly connection: MessageConnection;
  readonly published = new Map<string, PublishDiagnosticsParams>();
  /** What the server logged as an error: there should be none. */
  readonly errors: string[] = [];
  lensRefreshes = 0;
  readonly #documents = new Map<string, TextDocument>();
  #waiting: readonly Waiting[] = [];

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    const reader = new StreamMessageReader(input);
    // Half a message, of a server that ended, would be waited for by a timer without end.
    reader.partialMessageTimeout = 0;
    this.connection = createMessageConnection(reader, new StreamMessageWriter(output));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params);
      const answered = this.#waiting.filter(({ uri, accepts }) => uri === params.uri && accepts(params));
      this.#waiting = this.#waiting.filter((waiting) => !answered.includes(waiting));
      for (const { resolve } of answered) resolve(params);
    });
    this.connection.onNotification('window/logMessage', (params: { type: number; message: string }) => {
      if (params.type === 1) this.errors.push(params.message);
    });
    this.connection.onRequest('workspace/codeLens/refresh', () => {
      this.lensRefreshes++;
      return null;
    });
    this.connection.listen();
  }

  /** `rootUri`: the folder that is open. */
  async initialize(
    initializationOptions?: unknown,
    given: object = capabilities,
    rootUri: string | null = null,
  ): Promise<InitializeResult> {
    const result = await this.connection.sendRequest<InitializeResult>('initialize', {
      // A server in this process would watch it with a timer that outlives the test.
      processId: null,
      rootUri,
      capabilities: given,
      initializationOptions,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  async open(uri: string, text: string, languageId = 'yaml'): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Edits as an editor sends them: one change after the other, each in the text the one before left. */
  async change(uri: string, ...edits: readonly TextEdit[]): Promise<void> {
    const document = this.#document(uri);
    const version = document.version + 1;
    const contentChanges = edits.map(({ range, newText }) => ({ range, text: newText }));
    this.#documents.set(uri, TextDocument.update(document, contentChanges, version));
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** Replaces the first occurrence of a piece of text. */
  async replace(uri: string, old: string, newText: string): Promise<void> {
    await this.change(uri, { range: this.rangeOf(uri, old), newText });
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The diagnostics of the text as it is now. */
  async diagnostics(uri: string): Promise<PlainDiagnostic[]> {
    const { version } = this.#document(uri);
    const { diagnostics } = await this.nextPublished(uri, (published) => published.version === version);
    return diagnostics.map((diagnostic) => {
      if (typeof diagnostic.message !== 'string') throw new Error('A plain message is expected.');
      return { ...diagnostic, message: diagnostic.message };
    });
  }

  nextPublished(uri: string, accepts: Waiting['accepts']): Promise<PublishDiagnosticsParams> {
    const last = this.published.get(uri);
    if (last !== undefined && accepts(last)) return Promise.resolve(last);
    return new Promise((resolve) => {
      this.#waiting = [...this.#waiting, { uri, accepts, resolve }];
    });
  }

  codeActions(uri: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
    });
  }

  codeLenses(uri: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
  }

  /** What is written at a range. */
  textAt(uri: string, range: Range): string {
    return this.#document(uri).getText(range);
  }

  text(uri: string): string {
    return this.#document(uri).getText();
  }

  rangeOf(uri: string, text: string): Range {
    const document = this.#document(uri);
    const start = document.getText().indexOf(text);
    if (start < 0) throw new Error(`"${text}" is not in ${uri}`);
    return { start: document.positionAt(start), end: document.positionAt(start + text.length) };
  }

  /** Applies a code action the way an editor does: refuses one made for another version. */
  async apply({ edit }: CodeAction): Promise<void> {
    for (const change of edit?.documentChanges ?? []) {
      if (!('edits' in change)) throw new Error('Only edits are expected.');
      const { uri, version } = change.textDocument;
      if (version !== this.#document(uri).version) throw new Error(`Made for version ${version}`);
      // From the end, so that each leaves the places of those before it alone.
      const edits = (change.edits as TextEdit[]).toSorted((one, other) => comparePositions(other, one));
      await this.change(uri, ...edits);
    }
  }

  async shutdown(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
  }

  dispose(): void {
    this.connection.dispose();
  }

  #document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }
}

function comparePositions({ range: one }: TextEdit, { range: other }: TextEdit): number {
  return one.start.line - other.start.line || one.start.character - other.start.character;
}
