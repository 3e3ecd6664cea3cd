import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import {
  fileName,
  LineIndex,
  message,
  type Message,
  type NameIndex,
  nameRange,
  type Occurrence,
  renamable,
  rename as planRename,
  renameEdit,
} from '../../core/index.ts';
import type { FileText } from '../documents.ts';
import { type ServerOptions, translated } from '../options.ts';

/** The texts of files, as their editors or the disk hold them. */
export type TextSource = (uri: string) => Promise<FileText>;

interface Place {
  readonly uri: string;
  readonly position: Position;
}

/** What would be renamed at a position. Throws, with a sentence that says why, where nothing can. */
export async function prepareRename(
  names: NameIndex,
  { uri, position }: Place,
  textOf: TextSource,
  options: ServerOptions,
): Promise<{ range: Range; placeholder: string }> {
  const name = nameAt(names, uri, position, options);
  const renaming = renamable(names, name);
  if (!renaming.ok) throw refusal(renaming.reason, options);
  const { text } = await textOf(uri);
  const lines = new LineIndex(text);
  return { range: lines.rangeAt(nameRange(text, name)), placeholder: name.name };
}

/** The changes of a new name in all files of the workspace. Throws where it cannot be given everywhere. */
export async function rename(
  names: NameIndex,
  { uri, position, newName }: Place & { readonly newName: string },
  textOf: TextSource,
  options: ServerOptions,
): Promise<WorkspaceEdit> {
  const renaming = planRename(names, nameAt(names, uri, position, options), newName);
  if (!renaming.ok) throw refusal(renaming.reason, options);
  const byFile = Map.groupBy(renaming.places, (place) => place.uri);
  const changes = await Promise.all(
    [...byFile].map(async ([file, places]) => {
      const { version, text } = await textOf(file);
      return { textDocument: { uri: file, version }, edits: editsOf(text, places, newName, options) };
    }),
  );
  return options.supportsVersionedEdits
    ? { documentChanges: changes }
    : { changes: Object.fromEntries(changes.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}

function editsOf(
  text: string,
  places: readonly Occurrence[],
  newName: string,
  options: ServerOptions,
): TextEdit[] {
  const lines = new LineIndex(text);
  const edits = new Map<number, TextEdit>();
  for (const place of places) {
    const edit = renameEdit(text, place, newName);
    if (edit === null) {
      const { line } = lines.positionAt(place.range.start);
      throw refusal(
        message(
          'Line {0} of {1} writes {2} in another way: change it by hand first',
          line + 1,
          fileName(place.uri),
          place.name,
        ),
        options,
      );
    }
    edits.set(edit.range.start, { range: lines.rangeAt(edit.range), newText: edit.newText });
  }
  return [...edits.values()];
}

function nameAt(names: NameIndex, uri: string, position: Position, options: ServerOptions): Occurrence {
  const name = names.at(uri, position);
  if (name === null) throw refusal(message('There is no name here that can be changed everywhere'), options);
  return name;
}

function refusal(reason: Message, options: ServerOptions): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, translated(reason, options));
}
