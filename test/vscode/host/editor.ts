/** What the tests inside the extension host share: files of the open folder, and waiting for what is told of them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Longer than anything here takes, shorter than the runner's own limit. */
const patienceMs = 12_000;

/** The folder that is open: a copy of examples/shop that goes when the tests end. */
export function fileAt(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'No folder is open.');
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Puts a file on the disk, past the editors. */
export async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = fileAt(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Puts a file on the disk and shows it in an editor. */
export async function openWritten(path: string, text: string): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(await write(path, text));
  return document;
}

/** Position of the end of a text that stands once, or first, in a document. */
export function endOf(document: vscode.TextDocument, text: string): vscode.Position {
  const start = document.getText().indexOf(text);
  assert.ok(start >= 0, `${text} is not in ${document.uri.path}`);
  return document.positionAt(start + text.length);
}

export async function replace(document: vscode.TextDocument, old: string, text: string): Promise<void> {
  const end = endOf(document, old);
  const start = document.positionAt(document.offsetAt(end) - old.length);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, end), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : String(code);
}

/** What we tell of a file: `line code` of each finding, in the order of the text. */
export function told(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'elastic')
    .sort((one, other) => one.range.start.compareTo(other.range.start))
    .map((one) => `${one.range.start.line + 1} ${codeOf(one)}`);
}

/** Waits until exactly these are told of a file. */
export async function becomes(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const end = Date.now() + patienceMs;
  while (told(uri).join() !== expected.join()) {
    if (Date.now() > end) assert.deepEqual(told(uri), expected);
    await pause(20);
  }
}

/** Asks again until there is an answer. */
export async function until<T>(ask: () => Thenable<T | undefined> | T | undefined): Promise<T> {
  // Made here: its trace says who waits.
  const inVain = new Error('Waited in vain.');
  for (const end = Date.now() + patienceMs; Date.now() < end; await pause(20)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw inVain;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
