import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { message } from '../core/index.ts';
import { type ServerOptions, translated } from './options.ts';
import { decodeText } from './text.ts';

export type DocumentKind = 'manifest' | 'dockerfile' | 'other';

/**
 * By language id. Helm templates are not YAML before they are rendered, and a Compose file is no manifest:
 * editors that tell these apart from `yaml` get no findings for them.
 */
export function kindOf({ languageId }: TextDocument): DocumentKind {
  if (languageId === 'yaml') return 'manifest';
  return languageId === 'dockerfile' ? 'dockerfile' : 'other';
}

/** A file's text; `version` is null when it comes from disk. */
export interface FileText {
  readonly version: number | null;
  readonly text: string;
}

/** The text of the open document, if there is one, else the file's. */
export async function textOf(
  uri: string,
  document: TextDocument | undefined,
  options: ServerOptions,
): Promise<FileText> {
  if (document !== undefined) return { version: document.version, text: document.getText() };
  try {
    return { version: null, text: decodeText(await readFile(fileURLToPath(uri))) };
  } catch (error) {
    throw new ResponseError(LSPErrorCodes.RequestFailed, translated(unreadable(uri, error), options));
  }
}

function unreadable(uri: string, error: unknown): ReturnType<typeof message> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'ENOENT':
      return message('{0} does not exist any more.', uri);
    case 'EACCES':
    case 'EPERM':
      return message('{0} may not be read: check its permissions.', uri);
    case 'EISDIR':
      return message('{0} is a folder: choose a file in it.', uri);
    case 'ERR_INVALID_URL_SCHEME':
    case 'ERR_INVALID_URL':
      return message('{0} is not on disk: open it in an editor first.', uri);
    default:
      return message('{0} cannot be read ({1}).', uri, code);
  }
}
