import * as vscode from 'vscode';

/** What another language server for YAML finds, too, and by which source it says so. */
const theirs: readonly { readonly source: RegExp; readonly ours: ReadonlySet<string> }[] = [
  { source: /^YAML$/, ours: new Set(['yaml-syntax', 'duplicate-key']) },
  {
    source: /^yaml-schema\b/,
    ours: new Set(['field-unknown', 'field-misplaced', 'type-invalid', 'quantity-invalid', 'kind-unknown']),
  },
];

type Show = (uri: vscode.Uri, diagnostics: vscode.Diagnostic[]) => void;

interface Found {
  readonly uri: vscode.Uri;
  readonly all: readonly vscode.Diagnostic[];
  readonly show: Show;
  shown: readonly vscode.Diagnostic[];
}

/**
 * Keeps what another extension tells of a file (`redhat.vscode-yaml`, for one) from being told twice: of two messages
 * about the same line the other's stays, since it cannot be taken away. Fixes are offered all the same.
 */
export class Companion implements vscode.Disposable {
  readonly #found = new Map<string, Found>();
  readonly #listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) this.#refresh(uri);
  });

  /** Shows what was found in a file, now and whenever the other changes its mind. */
  show(uri: vscode.Uri, all: readonly vscode.Diagnostic[], show: Show): void {
    const key = uri.toString();
    if (all.length === 0) this.#found.delete(key);
    const shown = withoutDoubles(uri, all);
    if (all.length > 0) this.#found.set(key, { uri, all, show, shown });
    show(uri, [...shown]);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#found.clear();
  }

  #refresh(uri: vscode.Uri): void {
    const found = this.#found.get(uri.toString());
    if (found === undefined) return;
    const shown = withoutDoubles(uri, found.all);
    // What was shown just now is a change as well.
    if (shown.length === found.shown.length && shown.every((one, index) => one === found.shown[index]))
      return;
    found.shown = shown;
    found.show(found.uri, [...shown]);
  }
}

function withoutDoubles(uri: vscode.Uri, all: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] {
  const others = vscode.languages
    .getDiagnostics(uri)
    .flatMap(({ source = '', range }) =>
      theirs.filter((one) => one.source.test(source)).map(({ ours }) => ({ ours, range })),
    );
  if (others.length === 0) return all;
  return all.filter((one) => {
    const code = typeof one.code === 'object' ? String(one.code.value) : String(one.code);
    return !others.some(({ ours, range }) => ours.has(code) && sharesLine(one.range, range));
  });
}

function sharesLine(one: vscode.Range, other: vscode.Range): boolean {
  return one.start.line <= other.end.line && other.start.line <= one.end.line;
}
