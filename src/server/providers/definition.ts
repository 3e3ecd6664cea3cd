import type { DocumentLink, Location, LocationLink, Position } from 'vscode-languageserver-types';
import { definitionsOf, type NameIndex, type Occurrence } from '../../core/index.ts';

/** Where the file or folder at a path is shown; null where there is none. */
export type FileFinder = (path: string) => string | null;

/** Where what is named at a position is defined, in files of the whole workspace. */
export function definition(
  names: NameIndex,
  { uri, position }: { readonly uri: string; readonly position: Position },
  find: FileFinder,
): LocationLink[] {
  const name = names.at(uri, position);
  if (name === null) return [];
  if (name.of !== 'file') return definitionsOf(names, name).map((found) => linkTo(found, name));
  const target = find(name.name);
  const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  if (target === null || target.startsWith('http')) return [];
  const place = { targetUri: target, targetRange: start, targetSelectionRange: start };
  return [{ ...place, originSelectionRange: name.editorRange }];
}

/** For clients that know no links. */
export function asLocation({ targetUri, targetSelectionRange }: LocationLink): Location {
  return { uri: targetUri, range: targetSelectionRange };
}

/** The files that a kustomization names. */
export function documentLinks(names: NameIndex, uri: string, find: FileFinder): DocumentLink[] {
  return [...names.in(uri)].flatMap((name) => {
    const target = name.of === 'file' ? find(name.name) : null;
    return target === null ? [] : [{ range: name.editorRange, target }];
  });
}

/** Labels and selectors are many lines: there, the editor underlines the word. */
function linkTo(found: Occurrence, from: Occurrence): LocationLink {
  const range = found.editorRange;
  const link = { targetUri: found.uri, targetRange: range, targetSelectionRange: range };
  const isName = from.of !== 'labels' && from.of !== 'selection';
  return isName ? { ...link, originSelectionRange: from.editorRange } : link;
}
