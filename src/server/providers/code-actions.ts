import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { Analysis, Finding, Fix } from '../../core/index.ts';
import type { EditorRange, Position } from '../../core/protocol.ts';
import { translated } from '../options.ts';
import type { ProviderContext } from './context.ts';
import { diagnosticOf } from './diagnostics.ts';

/** The fixes of every finding at the place asked about. */
export function codeActions(
  analysis: Analysis,
  context: ProviderContext,
  { range, context: asked }: { readonly range: Range; readonly context: CodeActionContext },
): CodeAction[] {
  const { only } = asked;
  // Kinds are a hierarchy: who asks for `quickfix` gets `quickfix.…` too; who asks for `refactor` gets none of ours.
  if (only !== undefined && !only.includes(CodeActionKind.QuickFix)) return [];
  return analysis.findings
    .filter((finding) => finding.fixes.length > 0 && touches(analysis.lines.rangeAt(finding.range), range))
    .flatMap((finding) => finding.fixes.map((fix) => quickFix(fix, finding, analysis, context)));
}

function quickFix(fix: Fix, finding: Finding, analysis: Analysis, context: ProviderContext): CodeAction {
  const edits = fix.edits.map((edit) => ({
    range: analysis.lines.rangeAt(edit.range),
    newText: edit.newText,
  }));
  return {
    title: translated(fix.title, context.options),
    kind: CodeActionKind.QuickFix,
    isPreferred: fix.preferred,
    diagnostics: [diagnosticOf(finding, analysis, context)],
    edit: workspaceEdit(edits, context),
  };
}

/** Tied to the version the fix was made for, so the editor refuses it once the text has moved on. */
function workspaceEdit(edits: TextEdit[], { uri, version, options }: ProviderContext): WorkspaceEdit {
  return options.supportsVersionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}

/** Whether two ranges share a place; one that ends where the other starts does (the cursor at a word's end). */
function touches(one: EditorRange, other: EditorRange): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
