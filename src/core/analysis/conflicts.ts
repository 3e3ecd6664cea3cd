import { message } from '../finding.ts';
import type { Finding, Fix, Message, TextRange } from '../finding.ts';
import type { Conflict } from '../manifest/conflicts.ts';
import { yamlSyntax } from '../rules/yaml-syntax.ts';
import type { ManifestDocument } from './analysis.ts';
import { toFinding } from './findings.ts';
import type { Problem } from '../rules/rule.ts';

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
    while ((documents[next]?.range.end ?? text.length) <= conflict.whole.start && next < documents.length)
      next++;
    const document = documents[next];
    if (!document?.isKubernetes) return [];
    const fixes = conflictFixes(text, conflict);
    return conflict.markers.map((range, index) => {
      const problem: Problem = { message: index === 0 ? first : other, range, fixes };
      return toFinding(yamlSyntax, problem, 0, document.index);
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
