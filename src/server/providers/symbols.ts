import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver-types';
import type { Analysis, Workspace } from '../../core/index.ts';
import type { ManifestsParams, ManifestsResult } from '../../core/protocol.ts';
import { type ManifestSymbol, symbolsOf } from '../../core/language/symbols.ts';
import { groupOf } from '../../core/resources/fields.ts';
import { isLive } from '../../core/rules/relations/places.ts';
import type { ObjectFacts } from '../../core/workspace/facts.ts';

const kinds: Readonly<Record<ManifestSymbol['kind'], SymbolKind>> = {
  object: SymbolKind.Class,
  container: SymbolKind.Module,
  volume: SymbolKind.File,
  port: SymbolKind.Interface,
  variable: SymbolKind.Variable,
  key: SymbolKind.Key,
  rule: SymbolKind.Array,
  part: SymbolKind.Field,
};

/** Answers of more than this help nobody: a person types on. */
const shownAtMost = 500;

/** The objects of the file and their parts. */
export function symbols(analysis: Analysis): DocumentSymbol[] {
  const symbolOf = ({ name, detail, kind, range, selection, children }: ManifestSymbol): DocumentSymbol => ({
    name,
    detail,
    kind: kinds[kind],
    range: analysis.lines.rangeAt(range),
    selectionRange: analysis.lines.rangeAt(selection),
    children: children.map(symbolOf),
  });
  return symbolsOf(analysis).map(symbolOf);
}

/** Objects of the workspace whose kind and name hold the letters of a query, in their order. */
export function workspaceSymbols(workspace: Workspace, query: string): SymbolInformation[] {
  const found: SymbolInformation[] = [];
  const wanted = query.toLowerCase();
  for (const located of workspace.objects()) {
    const { kind, name, namespace, range } = located.facts;
    const title = `${kind}/${name}`;
    if (name === '' || isLive(located) || !holdsLetters(title.toLowerCase(), wanted)) continue;
    found.push({
      name: title,
      kind: SymbolKind.Class,
      location: { uri: located.uri, range: located.at(range) },
      ...(namespace === null ? {} : { containerName: namespace }),
    });
    if (found.length >= shownAtMost) break;
  }
  return found;
}

/** Where the workspace defines an object. */
export function manifestsOf(
  workspace: Workspace,
  { schemes, ...object }: ManifestsParams,
): ManifestsResult['manifests'] {
  return [...workspace.objects()]
    .filter(({ uri, facts }) => schemes.includes(uri.slice(0, uri.indexOf(':'))) && defines(facts, object))
    .map((located) => ({ uri: located.uri, range: located.at(located.facts.range) }));
}

function defines(
  facts: ObjectFacts,
  { apiVersion, kind, name, namespace }: Omit<ManifestsParams, 'schemes'>,
): boolean {
  return (
    facts.kind === kind &&
    facts.name === name &&
    groupOf(facts.apiVersion) === groupOf(apiVersion) &&
    (facts.namespace === null || facts.namespace === namespace)
  );
}

function holdsLetters(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    if (/\s/.test(letter)) continue;
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
