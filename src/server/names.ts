import type { Connection } from 'vscode-languageserver/node';
import type { NameIndex } from '../core/index.ts';
import { unlessCancelled } from './cancellation.ts';
import type { ServerOptions } from './options.ts';
import { asLocation, definition, documentLinks, type FileFinder } from './providers/definition.ts';
import { references } from './providers/references.ts';
import { prepareRename, rename, type TextSource } from './providers/rename.ts';

/** What answers about names take from the server. */
export interface NamesOptions {
  readonly names: NameIndex;
  readonly options: () => ServerOptions;
  readonly textOf: TextSource;
  readonly findFile: FileFinder;
  /** Takes over what open files hold by now. */
  readonly update: () => Promise<void>;
  /** Resolves when all files of the workspace are known, the open ones as they are now. */
  readonly whole: () => Promise<void>;
}

/** What the server says it can do. */
export const nameCapabilities = {
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: {},
} as const;

/** Answers where things are defined, what refers to them, and how to call them by another name. */
export function registerNames(connection: Connection, server: NamesOptions): void {
  const { names, options, textOf, findFile, update, whole } = server;
  connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    unlessCancelled(token, async () => {
      await update();
      const place = { uri, position };
      let found = definition(names, place, findFile);
      if (found.length === 0) {
        await whole();
        found = definition(names, place, findFile);
      }
      return options().supportsDefinitionLinks ? found : found.map(asLocation);
    }),
  );
  connection.onReferences((params, token) =>
    unlessCancelled(token, async () => {
      await whole();
      return references(names, params);
    }),
  );
  connection.onPrepareRename(({ textDocument: { uri }, position }, token) =>
    unlessCancelled(token, async () => {
      await whole();
      return prepareRename(names, { uri, position }, textOf, options());
    }),
  );
  connection.onRenameRequest(({ textDocument: { uri }, position, newName }, token) =>
    unlessCancelled(token, async () => {
      await whole();
      return rename(names, { uri, position, newName }, textOf, options());
    }),
  );
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    unlessCancelled(token, async () => {
      await whole();
      return documentLinks(names, uri, findFile);
    }),
  );
}
