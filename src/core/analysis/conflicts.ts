import { message } from '../finding.ts';
import type { Finding, Fix, Message, TextRange } from '../finding.ts';
import type { Conflict } from '../manifest/conflicts.ts';
import { yamlSyntax } from '../rules/yaml-syntax.ts';
import type { ManifestDocument } from './analysis.ts';
import { toFinding } from './findings.ts';

const first = message('A merge conflict is left here; keep one side and remove the markers');
const other = message('This line belongs to a merge conflict; keep one side and remove the markers');

/** What there is to say about the merge conflicts left in a text: one finding for each line that marks one. */
export function conflictFindings(
  text: string,
  conflicts: readonly Conflict[],
  documents: readonly ManifestDocument[],
): Finding[] {
  let next = 0;
  return conflicts.flatMap((conflict) => {
    const { start, end } = conflict.whole;
    while ((documents[next]?.range.end ?? text.length) <= start && next < documents.length) next++;
    const touched: ManifestDocument[] = [];
    for (let at = next; ; at++) {
      const document = documents[at];
      if (document === undefined || document.range.start >= end) break;
      if (document.isKubernetes) touched.push(document);
    }
    const [any] = touched;
    if (any === undefined) return [];
    const fixes = conflictFixes(text, conflict);
    return conflict.markers.map((range, index) => {
      const around = touched.find((document) => document.range.end > range.start) ?? any;
      return toFinding(yamlSyntax, { message: index === 0 ? first : other, range, fixes }, 0, around.index);
    });
  });
}

function conflictFixes(text: string, { ours, theirs, whole }: Conflict): readonly Fix[] {
  if (ours === null || theirs === null) return [];
  const keep = (title: Message, side: TextRange): Fix => ({
    title,
    edits: [{ range: whole, newText: text.slice(side.start, side.end) }],
    preferred: false,
  });
  return [
    keep(message('Keep the first side of the conflict'), ours),
    keep(message('Keep the second side of the conflict'), theirs),
  ];
}
