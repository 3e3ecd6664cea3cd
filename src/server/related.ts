import { type Analysis, type Finding, inOrder, type Workspace } from '../core/index.ts';

/** The analysis with what rules find that look beyond the file among its findings. */
export function withRelated(analysis: Analysis, uri: string, workspace: Workspace): Analysis {
  let findings: readonly Finding[] | null = null;
  return {
    text: analysis.text,
    documents: analysis.documents,
    lines: analysis.lines,
    get facts() {
      return analysis.facts;
    },
    related: analysis.related,
    get findings() {
      return (findings ??= merged(analysis.findings, analysis.related(uri, workspace)));
    },
  };
}

/** In the order of the text. */
function merged(own: readonly Finding[], related: readonly Finding[]): readonly Finding[] {
  if (related.length === 0) return own;
  return inOrder([...own, ...related]);
}
