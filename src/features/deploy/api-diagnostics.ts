import * as vscode from 'vscode';
import type { ClusterError, FieldCause } from '../../cluster/index.ts';
import type { ManifestObject, ManifestService } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { notToldYet, serverDiagnostic } from '../../platform/server-diagnostics.ts';
import { explained } from '../../platform/translation.ts';
import type { Origin } from './manifests.ts';

/** Errors about the manifest itself; any other is about the cluster and has no place in the text. */
const manifestCodes: ReadonlySet<ClusterError['code']> = new Set([
  'invalid',
  'rejected',
  'conflict',
  'notFound',
]);

/** What the API server said about a manifest, on the lines it named, until the text changes or is deployed again. */
export class ApiDiagnostics implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.own(vscode.languages.createDiagnosticCollection('elastic deploy'));
  readonly #manifests: ManifestService;
  /** Where each refused object's first cause stands. */
  readonly #places = new WeakMap<ManifestObject, vscode.Range>();

  constructor(manifests: ManifestService) {
    this.#manifests = manifests;
    this.#owned.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#collection.delete(document.uri);
      }),
    );
  }

  clear(uris: Iterable<string>): void {
    for (const uri of uris) this.#collection.delete(vscode.Uri.parse(uri));
  }

  /** Shows an object's refusal; one diagnostic for each cause the server gave. Nothing when the text has moved on. */
  async report(error: ClusterError, object: ManifestObject, { uri, version }: Origin): Promise<void> {
    if (!manifestCodes.has(error.code)) return;
    const causes = error.details.length > 0 ? error.details : [wholeObject(error)];
    const found = await Promise.all(causes.map((cause) => this.#diagnostic(cause, object, uri)));
    if (this.#owned.disposed || currentVersion(uri) !== version) return;
    if (found[0] !== undefined) this.#places.set(object, found[0].range);
    const file = vscode.Uri.parse(uri);
    this.#collection.set(file, [...(this.#collection.get(file) ?? []), ...notToldYet(file, found)]);
  }

  /** Shows where the server found fault with an object, else where the object begins; the focus stays where it is. */
  async show(object: ManifestObject, { uri }: Origin): Promise<void> {
    const { line, character } = object.range.start;
    const start = new vscode.Range(line, character, line, character);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
      preserveFocus: true,
      preview: true,
      selection: this.#places.get(object) ?? start,
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #diagnostic(cause: FieldCause, object: ManifestObject, uri: string): Promise<vscode.Diagnostic> {
    const { document, path } = object;
    const { range } = await this.#manifests.locate({ uri, document, object: path, field: cause.field });
    const words =
      cause.field === '' || cause.field === wholeField ? cause.message : `${cause.field}: ${cause.message}`;
    return serverDiagnostic(range, words, 'elastic deploy', cause.reason);
  }
}

/** Where an error stands that names no field. */
const wholeField = 'kind';

function wholeObject(error: ClusterError): FieldCause {
  return { field: wholeField, message: explained(error), reason: '' };
}

/** Version of a document that is open; null of one that is not. */
function currentVersion(uri: string): number | null {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.version ?? null;
}
