import * as vscode from 'vscode';
import type { ClusterError, FieldCause } from '../../cluster/index.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';

/** What the API server found wrong with an edited object, on the lines it named, until the text changes. */
export class FieldDiagnostics implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.own(vscode.languages.createDiagnosticCollection('elastic object'));
  readonly #manifests: ManifestService;

  constructor(manifests: ManifestService) {
    this.#manifests = manifests;
    this.#owned.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
    this.#owned.own(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)));
  }

  clear(uri: vscode.Uri): void {
    this.#collection.delete(uri);
  }

  /** One diagnostic for each field the server named; an error that names none is told by the save alone. */
  async report(uri: vscode.Uri, { details }: ClusterError): Promise<void> {
    const found = await Promise.all(details.map((cause) => this.#diagnostic(uri, cause)));
    if (this.#owned.disposed) return;
    const told = linesWithErrors(uri);
    this.#collection.set(
      uri,
      found.filter(({ range }) => !told.has(range.start.line)),
    );
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #diagnostic(uri: vscode.Uri, { field, message, reason }: FieldCause): Promise<vscode.Diagnostic> {
    const place = { uri: uri.toString(), document: 0, object: '', field: field === '' ? 'kind' : field };
    const { start, end } = (await this.#manifests.locate(place)).range;
    const diagnostic = new vscode.Diagnostic(
      new vscode.Range(start.line, start.character, end.line, end.character),
      field === '' ? message : `${field}: ${message}`,
      vscode.DiagnosticSeverity.Error,
    );
    diagnostic.source = 'elastic object';
    if (reason !== '') diagnostic.code = reason;
    return diagnostic;
  }
}

/** Where the checks told an error before the server did: the same mistake is not told twice. */
function linesWithErrors(uri: vscode.Uri): ReadonlySet<number> {
  const errors = vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'elastic' && severity === vscode.DiagnosticSeverity.Error);
  return new Set(errors.map(({ range }) => range.start.line));
}
