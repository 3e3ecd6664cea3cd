import type { Analysis, Finding, Workspace } from '../core/index.ts';

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
      return (findings ??= [...analysis.findings, ...analysis.related(uri, workspace)]);
    },
  };
}
