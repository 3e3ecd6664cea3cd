/** What the API server said about a text, as a diagnostic beside those of the checks. */
import * as vscode from 'vscode';
import type { EditorRange } from '../core/protocol.ts';

/** `reason` is the server's own code for it; `''` when it gave none. */
export function serverDiagnostic(
  { start, end }: EditorRange,
  words: string,
  source: string,
  reason: string,
): vscode.Diagnostic {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const diagnostic = new vscode.Diagnostic(range, words, vscode.DiagnosticSeverity.Error);
  diagnostic.source = source;
  if (reason !== '') diagnostic.code = reason;
  return diagnostic;
}

/** Those on lines where the checks have told no error before the server did: the same mistake is not told twice. */
export function notToldYet(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  const errors = vscode.languages
    .getDiagnostics(uri)
    .filter(({ source, severity }) => source === 'elastic' && severity === vscode.DiagnosticSeverity.Error);
  const told = new Set(errors.map(({ range }) => range.start.line));
  return diagnostics.filter(({ range }) => !told.has(range.start.line));
}
