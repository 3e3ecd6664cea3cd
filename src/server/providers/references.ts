import type { Location, ReferenceParams } from 'vscode-languageserver';
import { type NameIndex, referencesTo } from '../../core/index.ts';

/** What refers to what is named at a position, in files of the whole workspace. */
export function references(
  names: NameIndex,
  { textDocument: { uri }, position, context }: ReferenceParams,
): Location[] {
  const name = names.at(uri, position);
  if (name === null) return [];
  const found = referencesTo(names, name, context.includeDeclaration);
  return found.map((one) => ({ uri: one.uri, range: one.editorRange }));
}
