import {
  type CompletionContext,
  type CompletionItem,
  type CompletionList,
  type CancellationToken,
  type Connection,
  MarkupKind,
  type Position,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Workspace } from '../core/index.ts';
import { serverMethods } from '../core/protocol.ts';
import { summaryOf } from '../core/language/hover/docs.ts';
import { proposalsFrom } from '../core/language/names.ts';
import { unlessCancelled } from './cancellation.ts';
import { fieldDocs } from './field-docs.ts';
import type { ServerOptions } from './options.ts';
import { factsParams } from './params.ts';
import { itemOf } from './providers/completion.ts';
import type { Answer, ProviderName, Question } from './providers/index.ts';
import { workspaceSymbols } from './providers/symbols.ts';

/** What helps a person write and read manifests: completion, hover, symbols. */
export const assistanceCapabilities: ServerCapabilities = {
  completionProvider: { resolveProvider: true, triggerCharacters: [' '] },
  hoverProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
};

export interface AssistanceOptions {
  readonly workspace: () => Workspace;
  readonly options: () => ServerOptions;
  /** The open document, if it is a manifest. */
  readonly manifest: (uri: string) => TextDocument | undefined;
  readonly ask: <Name extends ProviderName>(
    document: TextDocument,
    name: Name,
    question: Question<Name>,
    token: CancellationToken,
  ) => Promise<Answer<Name>>;
}

export function registerAssistance(connection: Connection, given: AssistanceOptions): void {
  connection.onCompletion(({ textDocument: { uri }, position, context }, token) =>
    unlessCancelled(token, async () => {
      const document = given.manifest(uri);
      if (document === undefined || isIdleSpace(document, position, context)) return null;
      return complete(await given.ask(document, 'completion', position, token), given);
    }),
  );
  connection.onCompletionResolve(resolved);
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    unlessCancelled(token, async () => {
      const document = given.manifest(uri);
      return document === undefined ? null : given.ask(document, 'hover', position, token);
    }),
  );
  connection.onRequest(serverMethods.facts, (params: unknown, token: CancellationToken) =>
    unlessCancelled(token, async () => {
      const { uri, position } = factsParams(params);
      const document = given.manifest(uri);
      return document === undefined ? null : given.ask(document, 'facts', position, token);
    }),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    unlessCancelled(token, async () => {
      const document = given.manifest(uri);
      return document === undefined ? [] : given.ask(document, 'symbols', undefined, token);
    }),
  );
  connection.onWorkspaceSymbol(({ query }, token) =>
    unlessCancelled(token, async () => workspaceSymbols(given.workspace(), query)),
  );
}

/** A space that only indents, or stands in a text, asks for nothing: one behind a colon or a dash does. */
function isIdleSpace(
  document: TextDocument,
  { line, character }: Position,
  context?: CompletionContext,
): boolean {
  if (context?.triggerCharacter !== ' ') return false;
  const before = document.getText({ start: { line, character: 0 }, end: { line, character } });
  return !/(?:[:,[{]|^\s*(?:- )*-) $/.test(before);
}

/** What the file tells, and what the workspace adds to it. */
function complete(
  answer: Answer<'completion'>,
  { workspace, options }: AssistanceOptions,
): CompletionList | null {
  if (answer === null) return null;
  const { items, wanted, frame } = answer;
  const named = wanted === null ? [] : proposalsFrom(workspace(), wanted);
  // With a number typed its units are proposed, and others with the next digit.
  const isIncomplete = items.some(({ sortText }) => sortText?.startsWith('2000') === true);
  return { isIncomplete, items: [...named.map((one) => itemOf(one, frame, options())), ...items] };
}

/** Adds the documentation of a field that is looked at. */
function resolved(item: CompletionItem): CompletionItem {
  const { type, field } = (item.data ?? {}) as { type?: unknown; field?: unknown };
  if (typeof type !== 'string' || typeof field !== 'string') return item;
  const { text, deprecated } = summaryOf(fieldDocs.textOf({ type, field }));
  if (text === '') return item;
  return {
    ...item,
    documentation: { kind: MarkupKind.Markdown, value: text },
    ...(deprecated ? { deprecated } : {}),
  };
}
