import * as vscode from 'vscode';
import { contextKeys, documentSchemes } from '../../contributions.ts';
import { Disposables } from '../../platform/disposables.ts';
import { Following } from './following.ts';
import { keyOf, type LogFiles, twinOf } from './log-files.ts';

/** Bytes of changes an editor may remember, to undo them, of a document that nobody can write. */
const mostHanded = 32_000_000;

/** The editors that show logs: each goes along with the end of its log until the person looks elsewhere in it. */
export class LogEditors implements vscode.Disposable {
  readonly #files: LogFiles;
  readonly #onClosed: (uri: vscode.Uri) => void;
  readonly #guard: (work: () => Promise<void>) => void;
  readonly #owned = new Disposables();
  /** By editor: VS Code makes a new one each time a tab comes to the front. */
  readonly #following = new WeakMap<vscode.TextEditor, Following>();
  /** What the person said last of a document, whichever editor shows it. */
  readonly #paused = new Set<string>();
  /** Documents whose end the person has left: their next editor does not show it either. */
  readonly #left = new Set<string>();

  /** `onClosed`: the last tab of a log was closed, by the person and not with the window. `guard` tells of failures. */
  constructor(
    files: LogFiles,
    onClosed: (uri: vscode.Uri) => void,
    guard: (work: () => Promise<void>) => void,
  ) {
    this.#files = files;
    this.#onClosed = onClosed;
    this.#guard = guard;
    const { window, workspace } = vscode;
    const own = (item: vscode.Disposable): void => void this.#owned.own(item);
    own(window.onDidChangeVisibleTextEditors(() => this.#look()));
    own(window.onDidChangeActiveTextEditor(() => this.#tell()));
    own(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        const following = this.#of(textEditor);
        const [first] = textEditor.visibleRanges;
        const last = textEditor.visibleRanges.at(-1);
        if (following === null || first === undefined || last === undefined) return;
        const { lineCount } = textEditor.document;
        const viewport = { first: first.start.line, last: last.end.line, lines: lineCount };
        if (following.scrolled(viewport, performance.now())) this.#lead(textEditor);
        this.#keep(textEditor, following);
      }),
    );
    own(
      window.onDidChangeTextEditorSelection(({ textEditor, kind, selections: [selection] }) => {
        if (kind === undefined || kind === vscode.TextEditorSelectionChangeKind.Command || !selection) return;
        const following = this.#of(textEditor);
        if (following === null) return;
        const { active } = selection;
        if (following.placed(active.line, textEditor.document.lineCount, performance.now()))
          textEditor.revealRange(new vscode.Range(active, active));
        this.#keep(textEditor, following);
      }),
    );
    own(window.tabGroups.onDidChangeTabs(({ closed }) => closed.forEach((tab) => this.#closed(tab))));
    own(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    this.#look();
  }

  /** Whether the editor in front goes along. */
  get following(): boolean {
    const { activeTextEditor } = vscode.window;
    return activeTextEditor !== undefined && this.#of(activeTextEditor)?.on === true;
  }

  pause(uri: vscode.Uri): void {
    this.#paused.add(uri.toString());
    for (const editor of editorsOf(uri)) this.#of(editor)?.pause();
    this.#tell();
  }

  resume(uri: vscode.Uri): void {
    this.#paused.delete(uri.toString());
    this.#left.delete(uri.toString());
    for (const editor of editorsOf(uri)) {
      this.#of(editor)?.resume();
      this.#lead(editor);
    }
    this.#tell();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #keep({ document: { uri } }: vscode.TextEditor, { on }: Following): void {
    if (on || this.#paused.has(uri.toString())) this.#left.delete(uri.toString());
    else this.#left.add(uri.toString());
    this.#tell();
  }

  #of(editor: vscode.TextEditor): Following | null {
    const { uri } = editor.document;
    if (uri.scheme !== documentSchemes.logs) return null;
    const known = this.#following.get(editor);
    if (known !== undefined) return known;
    const made = new Following(performance.now(), !this.#left.has(uri.toString()));
    if (this.#paused.has(uri.toString())) made.pause();
    this.#following.set(editor, made);
    return made;
  }

  /** Only what is in sight is drawn. */
  #look(): void {
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString()));
    for (const { uri } of vscode.workspace.textDocuments) {
      const log = this.#files.get(uri);
      if (log !== null) log.visible = visible.has(uri.toString());
    }
    for (const editor of vscode.window.visibleTextEditors)
      if (this.#of(editor)?.on === true) this.#lead(editor);
    this.#tell();
  }

  #changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (document.uri.scheme !== documentSchemes.logs) return;
    const trimmed = contentChanges
      .filter(({ range }) => range.start.line <= 1)
      .reduce((sum, { range, text }) => sum + range.end.line - range.start.line - lineEnds(text), 0);
    for (const editor of editorsOf(document.uri)) {
      const following = this.#of(editor);
      following?.trimmed(Math.max(0, trimmed));
      if (following?.on !== true) continue;
      this.#lead(editor);
      this.#guard(() => this.#renew(editor));
    }
  }

  #closed(tab: vscode.Tab): void {
    const uri = logOf(tab);
    if (uri === null) return;
    const others = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(logOf));
    if (others.some((other) => other !== null && keyOf(other) === keyOf(uri))) return;
    this.#paused.delete(uri.toString());
    this.#left.delete(uri.toString());
    this.#onClosed(uri);
  }

  /** Another document takes the place of one that remembers too much; nobody sees more than a blink of it. */
  async #renew(editor: vscode.TextEditor): Promise<void> {
    const { viewColumn, document, selection } = editor;
    const log = this.#files.get(document.uri);
    if (log === null || log.handed < mostHanded || viewColumn === undefined || !selection.isEmpty) return;
    log.forgetHanded();
    const shown = (tab: vscode.Tab): boolean => logOf(tab)?.toString() === document.uri.toString();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(shown);
    const preserveFocus = vscode.window.activeTextEditor !== editor;
    await vscode.window.showTextDocument(twinOf(document.uri), { viewColumn, preserveFocus, preview: false });
    await vscode.window.tabGroups.close(tabs, true);
  }

  /** Shows the end. */
  #lead(editor: vscode.TextEditor): void {
    const end = editor.document.lineAt(editor.document.lineCount - 1).range;
    editor.revealRange(new vscode.Range(end.start, end.start));
    this.#of(editor)?.led(performance.now());
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.logFollowed, this.following);
  }
}

/** The log a tab shows; null where it shows none. */
function logOf({ input }: vscode.Tab): vscode.Uri | null {
  return input instanceof vscode.TabInputText && input.uri.scheme === documentSchemes.logs ? input.uri : null;
}

function editorsOf(uri: vscode.Uri): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
}

function lineEnds(text: string): number {
  return text.split('\n').length - 1;
}
