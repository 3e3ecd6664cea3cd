import type { InitializeParams } from 'vscode-languageserver/node';
import { formatMessage, type Message } from '../core/finding.ts';
import type { LensCommands } from '../core/protocol.ts';

/** What the client is and wants, made sure of once: other editors may pass anything, or nothing. */
export interface ServerOptions {
  /** Base address of the rules' pages without a closing slash; null when the client has none. */
  readonly rulesUrl: string | null;
  readonly lenses: LensCommands | null;
  readonly translations: Readonly<Record<string, string>>;
  readonly supportsRelatedInformation: boolean;
  readonly supportsVersionedEdits: boolean;
  readonly supportsLensRefresh: boolean;
  readonly supportsDefinitionLinks: boolean;
  readonly supportsSnippetEdits: boolean;
  /** Actions may be completed once they are chosen, and may create files. */
  readonly supportsResolvedActions: boolean;
  /** The client's command that opens an address; null when it has none. */
  readonly openCommand: string | null;
  readonly supportsSnippets: boolean;
  /** Rows of a list of proposals have room for a few words beside each. */
  readonly supportsLabelDetails: boolean;
  /** The client's command that proposes what can be written at the cursor; null when it has none. */
  readonly suggestCommand: string | null;
  /** Section of the client's settings about checks; null when it has none, or cannot be asked. */
  readonly checksSection: string | null;
  readonly supportsWatchedFiles: boolean;
  /** It tells of changed settings once it is asked to. */
  readonly supportsChangedSettings: boolean;
  /** The client tells when other folders are opened. */
  readonly supportsFolders: boolean;
}

export const defaultOptions: ServerOptions = {
  rulesUrl: null,
  lenses: null,
  translations: {},
  supportsRelatedInformation: false,
  supportsVersionedEdits: false,
  supportsLensRefresh: false,
  supportsDefinitionLinks: false,
  supportsSnippetEdits: false,
  supportsResolvedActions: false,
  openCommand: null,
  supportsSnippets: false,
  supportsLabelDetails: false,
  suggestCommand: null,
  checksSection: null,
  supportsWatchedFiles: false,
  supportsChangedSettings: false,
  supportsFolders: false,
};

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lensCommands(value: unknown): LensCommands | null {
  if (!isRecord(value)) return null;
  const { deploy, scale, build, buildAndPush } = value;
  const complete =
    typeof deploy === 'string' &&
    typeof scale === 'string' &&
    typeof build === 'string' &&
    typeof buildAndPush === 'string';
  return complete ? { deploy, scale, build, buildAndPush } : null;
}

function stringEntries(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Reads `initialize`; what is missing or of the wrong shape is as if it had not been passed. */
export function readOptions(params: InitializeParams): ServerOptions {
  const passed: unknown = params.initializationOptions;
  const given = isRecord(passed) ? passed : {};
  const { textDocument, workspace } = params.capabilities;
  return {
    rulesUrl: typeof given['rulesUrl'] === 'string' ? given['rulesUrl'].replace(/\/$/, '') : null,
    lenses: lensCommands(given['lenses']),
    translations: stringEntries(given['translations']),
    supportsRelatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    supportsVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    supportsSnippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    supportsResolvedActions: resolvesActions(params),
    openCommand: typeof given['openCommand'] === 'string' ? given['openCommand'] : null,
    supportsDefinitionLinks: textDocument?.definition?.linkSupport === true,
    supportsLensRefresh: workspace?.codeLens?.refreshSupport === true,
    supportsLabelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    suggestCommand: typeof given['suggestCommand'] === 'string' ? given['suggestCommand'] : null,
    supportsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    checksSection:
      workspace?.configuration === true && typeof given['checksSection'] === 'string'
        ? given['checksSection']
        : null,
    supportsWatchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    supportsChangedSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    supportsFolders: workspace?.workspaceFolders === true,
  };
}

function resolvesActions({ capabilities: { textDocument, workspace } }: InitializeParams): boolean {
  const { resolveSupport, dataSupport } = textDocument?.codeAction ?? {};
  const { documentChanges, resourceOperations } = workspace?.workspaceEdit ?? {};
  const lateEdits = dataSupport === true && resolveSupport?.properties.includes('edit') === true;
  return lateEdits && documentChanges === true && resourceOperations?.includes('create') === true;
}

/** The sentence in the reader's language, English where there is no translation. */
export function translated(message: Message, options: ServerOptions): string {
  return formatMessage(message, (template) => options.translations[template] ?? template);
}
