import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Range,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import {
  type Analysis,
  analyze,
  type Finding,
  type Fix,
  ignoreComment,
  type IgnoreScope,
  mend,
  message,
  type Message,
  rules,
  safeEdits,
  type TextEdit as CoreEdit,
} from '../../core/index.ts';
import type { EditorRange, Position } from '../../core/protocol.ts';
import { translated } from '../options.ts';
import { analyzeOptions } from '../project/project.ts';
import type { ProviderContext } from './context.ts';
import { diagnosticOf } from './diagnostics.ts';

/** Kind under which editors find everything that can be fixed unseen, also while they save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.elastic`;

/** Of actions that let a finding pass. Who asks for this kind is offered every scope, and what the API server refuses. */
const ignoreKind = `${CodeActionKind.QuickFix}.ignore`;

/** What the server is told when an action is chosen that turns a rule off. */
export interface TurnOffData {
  readonly uri: string;
  readonly turnOff: string;
}

/** What can be done about the findings at the place asked about: fixes first, then ways to live with them. */
export function codeActions(
  analysis: Analysis,
  context: ProviderContext,
  { range, context: asked }: { readonly range: Range; readonly context: CodeActionContext },
): CodeAction[] {
  const { only } = asked;
  const actions = only !== undefined && isAsked(fixAllKind, only) ? fixAll(analysis, context) : [];
  if (only !== undefined && !isAsked(ignoreKind, only)) return actions;
  const here = analysis.findings.filter((finding) => touches(analysis.lines.rangeAt(finding.range), range));
  const codes = [...new Map(here.map((finding) => [finding.code, finding])).values()];
  const fixes = here
    .flatMap((finding) => finding.fixes.map((fix) => quickFix(fix, finding, analysis, context)))
    .sort((one, other) => Number(other.isPreferred) - Number(one.isPreferred));
  const inFull = only?.includes(ignoreKind) === true;
  const offered = [
    ...fixes,
    ...codes.flatMap((finding) => fixAlike(finding, analysis, context)),
    ...codes.flatMap((finding) => waysToLiveWith(finding, inFull, analysis, context)),
    ...(inFull || codes.length === 1 ? codes.flatMap((finding) => turnOff(finding, inFull, context)) : []),
    ...codes.flatMap((finding) => explain(finding.code, context)),
  ];
  return [...actions, ...offered.filter(({ kind }) => only === undefined || isAsked(kind ?? '', only))];
}

/** Kinds are a hierarchy: who asks for `source` gets `source.fixAll` too. */
function isAsked(kind: string, only: readonly string[]): boolean {
  return only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

function fixAll(analysis: Analysis, context: ProviderContext): CodeAction[] {
  const options = analyzeOptions(context.check);
  const { edits } = mend(analysis.text, analysis.findings, (text) => analyze(text, options).findings);
  if (edits.length === 0) return [];
  const title = translated(message('Fix all that is safe to fix'), context.options);
  return [{ title, kind: fixAllKind, edit: editOf(edits, analysis, context) }];
}

function quickFix(fix: Fix, finding: Finding, analysis: Analysis, context: ProviderContext): CodeAction {
  return {
    title: translated(fix.title, context.options),
    kind: CodeActionKind.QuickFix,
    isPreferred: fix.preferred,
    diagnostics: [diagnosticOf(finding, analysis, context)],
    edit: editOf(fix.edits, analysis, context),
  };
}

/** The safe fixes of all findings of one rule, where there are several. */
function fixAlike({ code }: Finding, analysis: Analysis, context: ProviderContext): CodeAction[] {
  const alike = analysis.findings.filter(
    (finding) => finding.code === code && finding.fixes.some(({ preferred }) => preferred),
  );
  if (alike.length < 2) return [];
  const title = translated(message('Fix all {0} in this file', code), context.options);
  return [{ title, kind: CodeActionKind.QuickFix, edit: editOf(safeEdits(alike), analysis, context) }];
}

/**
 * A menu is short: for what is advised the nearest place, for what the API server refuses nothing, since no comment
 * makes it take the object. `inFull`: all there is.
 */
function waysToLiveWith(
  finding: Finding,
  inFull: boolean,
  analysis: Analysis,
  context: ProviderContext,
): CodeAction[] {
  const { code } = finding;
  if (isRefused(code) && !inFull) return [];
  const ignoring = (scope: IgnoreScope, title: Message): CodeAction[] =>
    ignoreAction(finding, scope, title, analysis, context);
  const byComment = [
    ...ignoring('line', message('Ignore {0} here', code)),
    ...ignoring('object', message('Ignore {0} in this object', code)),
    ...ignoring('file', message('Ignore {0} in this file', code)),
  ];
  return inFull ? byComment : byComment.slice(0, 1);
}

function isRefused(code: string): boolean {
  return rules.find((rule) => rule.code === code)?.origin !== 'advice';
}

function ignoreAction(
  finding: Finding,
  scope: IgnoreScope,
  title: Message,
  analysis: Analysis,
  context: ProviderContext,
): CodeAction[] {
  const comment = ignoreComment(analysis, finding, scope);
  if (comment === null) return [];
  const { before, after } = comment;
  const start = analysis.lines.positionAt(comment.offset);
  const range = { start, end: start };
  // Without a snippet the reason stays open: the comment itself is then told to lack one.
  const edit: TextEdit | SnippetTextEdit = context.options.supportsSnippetEdits
    ? { range, snippet: { kind: 'snippet', value: `${escaped(before)}\${1:reason}${after}` } }
    : { range, newText: `${before.trimEnd()}${after}` };
  return [
    {
      title: translated(title, context.options),
      kind: ignoreKind,
      diagnostics: [diagnosticOf(finding, analysis, context)],
      edit: workspaceEdit([edit], context),
    },
  ];
}

/** What is to be written, and where, is found out once the action is chosen. */
function turnOff({ code }: Finding, inFull: boolean, context: ProviderContext): CodeAction[] {
  if (isRefused(code) && !inFull) return [];
  const { options, uri } = context;
  const known = rules.some((rule) => rule.code === code) && code !== 'yaml-syntax';
  if (!known || !options.supportsResolvedActions || !uri.startsWith('file:')) return [];
  const data: TurnOffData = { uri, turnOff: code };
  const title = translated(message('Turn {0} off in .elastic.yaml', code), options);
  return [{ title, kind: ignoreKind, data }];
}

function explain(code: string, { options }: ProviderContext): CodeAction[] {
  const { rulesUrl, openCommand } = options;
  if (rulesUrl === null || openCommand === null) return [];
  const title = translated(message('Explain {0}', code), options);
  const command = { title, command: openCommand, arguments: [`${rulesUrl}/${code}.md`] };
  return [{ title, kind: CodeActionKind.QuickFix, command }];
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function editOf(edits: readonly CoreEdit[], analysis: Analysis, context: ProviderContext): WorkspaceEdit {
  const changes = edits.map(({ range, newText }) => ({ range: analysis.lines.rangeAt(range), newText }));
  return workspaceEdit(changes, context);
}

/** Tied to the version the fix was made for, so the editor refuses it once the text has moved on. */
function workspaceEdit(
  edits: (TextEdit | SnippetTextEdit)[],
  { uri, version, options }: ProviderContext,
): WorkspaceEdit {
  return options.supportsVersionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits.filter((edit) => 'newText' in edit) } };
}

/** Whether two ranges share a place; one that ends where the other starts does (the cursor at a word's end). */
function touches(one: EditorRange, other: EditorRange): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}
