import * as vscode from 'vscode';
import type { DiagnosticCollectionProvider } from 'vscode-languageclient/node';

/**
 * One collection for every start of the server: what was found stays visible while a server that crashed
 * starts again, and is replaced file by file as the new one publishes.
 */
export class KeptDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('elastic');

  /** The client gives its collection back whenever its server is gone; this one lives on. */
  readonly provider: DiagnosticCollectionProvider = {
    create: () => this.#collection,
    dispose: () => undefined,
  };

  /** Forgets files that were closed while no server was there to say so. */
  dropClosed(): void {
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    for (const [uri] of this.#collection) {
      if (!open.has(uri.toString())) this.#collection.delete(uri);
    }
  }

  clear(): void {
    this.#collection.clear();
  }

  dispose(): void {
    this.#collection.dispose();
  }
}
