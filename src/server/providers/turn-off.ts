import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { LineIndex, message, turnOffEdit } from '../../core/index.ts';
import { type ServerOptions, translated } from '../options.ts';
import type { TurnOffData } from './code-actions.ts';
import type { TextSource } from './rename.ts';

/** A workspace file, and whether it is yet to be made. */
export interface WorkspaceFile {
  readonly uri: string;
  readonly exists: boolean;
}

/** Completes an action that turns a rule off; any other stays as it is. */
export async function resolveAction(
  action: CodeAction,
  fileFor: (uri: string) => WorkspaceFile | null,
  textOf: TextSource,
  options: ServerOptions,
): Promise<CodeAction> {
  const data = turnOffData(action.data);
  if (data === null) return action;
  const file = fileFor(data.uri);
  if (file === null) throw refusal(options);
  const edit = file.exists
    ? await changed(file.uri, data.turnOff, textOf, options)
    : created(file.uri, data.turnOff);
  return { ...action, edit };
}

async function changed(
  uri: string,
  code: string,
  textOf: TextSource,
  options: ServerOptions,
): Promise<WorkspaceEdit> {
  const { version, text } = await textOf(uri);
  const edit = turnOffEdit(text, code);
  if (edit === null) throw refusal(options);
  const range = new LineIndex(text).rangeAt(edit.range);
  return {
    documentChanges: [{ textDocument: { uri, version }, edits: [{ range, newText: edit.newText }] }],
  };
}

function created(uri: string, code: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  const newText = turnOffEdit('', code)?.newText ?? '';
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText }] },
    ],
  };
}

function refusal(options: ServerOptions): ResponseError<void> {
  const said = message('The rules in .elastic.yaml are not written as `code: severity`: turn it off by hand');
  return new ResponseError(LSPErrorCodes.RequestFailed, translated(said, options));
}

function turnOffData(data: unknown): TurnOffData | null {
  if (typeof data !== 'object' || data === null) return null;
  const { uri, turnOff }: Partial<Record<keyof TurnOffData, unknown>> = data;
  return typeof uri === 'string' && typeof turnOff === 'string' ? { uri, turnOff } : null;
}
