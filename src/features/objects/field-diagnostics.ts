import * as vscode from 'vscode';
import type { ClusterError, FieldCause } from '../../cluster/index.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { notToldYet, serverDiagnostic } from '../../platform/server-diagnostics.ts';

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
    this.#collection.set(uri, notToldYet(uri, found));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #diagnostic(uri: vscode.Uri, { field, message, reason }: FieldCause): Promise<vscode.Diagnostic> {
    const place = { uri: uri.toString(), document: 0, object: '', field: field === '' ? 'kind' : field };
    const { range } = await this.#manifests.locate(place);
    const words = field === '' ? message : `${field}: ${message}`;
    return serverDiagnostic(range, words, 'elastic object', reason);
  }
}
