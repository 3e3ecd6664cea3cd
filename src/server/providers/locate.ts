import type { Analysis } from '../../core/index.ts';
import type { LocateParams, LocateResult } from '../../core/protocol.ts';
import type { ProviderContext } from './context.ts';

/** Where a field stands. An object that is no longer in the file gives its document's place, else the file's start. */
export function locate(
  analysis: Analysis,
  _context: ProviderContext,
  { document: index, object: path, field }: LocateParams,
): LocateResult {
  const document = analysis.documents[index];
  const object = document?.objects.find((candidate) => candidate.path === path);
  const range = object?.locate(field) ?? document?.range ?? { start: 0, end: 0 };
  return { range: analysis.lines.rangeAt(range) };
}
