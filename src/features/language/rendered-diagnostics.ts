import * as vscode from 'vscode';
import type { EditorRange, RenderedDiagnostic, RenderedResult } from '../../core/protocol.ts';
import type { Severity } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

const source = 'elastic rendered';

/** What was found in rendered output, on the lines of its sources, until these change or are rendered again. */
export class RenderedDiagnostics implements vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.own(vscode.languages.createDiagnosticCollection('elastic-rendered'));
  /** By what was rendered, then by source: overlays share bases. */
  readonly #told = new Map<string, Map<string, readonly vscode.Diagnostic[]>>();

  constructor() {
    this.#owned.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#forget(document.uri);
      }),
    );
  }

  /** Takes the place of what was said of the same root before; returns how many findings it shows. */
  show(root: vscode.Uri, { files }: RenderedResult): number {
    const told = new Map(
      files.map(({ path, findings }) => {
        const uri = vscode.Uri.file(path);
        return [uri.toString(), findings.map(diagnosticOf).filter((one) => !isKnown(uri, one))] as const;
      }),
    );
    this.#replace(root, told);
    return [...told.values()].reduce((count, diagnostics) => count + diagnostics.length, 0);
  }

  /** Says why a root could not be rendered, at the place the program named. */
  showFault(root: vscode.Uri, file: vscode.Uri, line: number, character: number, message: string): void {
    const range = new vscode.Range(line, character, line, Number.MAX_SAFE_INTEGER);
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = source;
    this.#replace(root, new Map([[file.toString(), [diagnostic]]]));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #replace(root: vscode.Uri, told: Map<string, readonly vscode.Diagnostic[]>): void {
    const before = this.#told.get(root.toString());
    this.#told.set(root.toString(), told);
    for (const uri of new Set([...(before?.keys() ?? []), ...told.keys()])) this.#publish(uri);
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    for (const told of this.#told.values()) told.delete(key);
    this.#collection.delete(uri);
  }

  #publish(uri: string): void {
    const all = [...this.#told.values()].flatMap((told) => told.get(uri) ?? []);
    const once = new Map(
      all.map((one) => [`${one.range.start.line} ${one.range.start.character} ${one.message}`, one]),
    );
    this.#collection.set(vscode.Uri.parse(uri), [...once.values()]);
  }
}

function diagnosticOf({
  code,
  severity,
  message,
  range,
  page,
  related,
}: RenderedDiagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(range), message, severities[severity]);
  diagnostic.source = source;
  diagnostic.code = page === null ? code : { value: code, target: vscode.Uri.parse(page) };
  diagnostic.relatedInformation = related.map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(vscode.Uri.file(place.path), rangeOf(place.range)),
        place.message,
      ),
  );
  return diagnostic;
}

/** Whether the source itself says the same of the place: then it has nothing to do with rendering. */
function isKnown(uri: vscode.Uri, found: vscode.Diagnostic): boolean {
  return vscode.languages
    .getDiagnostics(uri)
    .some(
      (one) => one.source === 'elastic' && codeOf(one) === codeOf(found) && one.range.isEqual(found.range),
    );
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function rangeOf({ start, end }: EditorRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
