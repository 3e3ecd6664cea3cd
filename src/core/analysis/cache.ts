import type { TextRange } from '../finding.ts';
import { DocumentAnalysis } from './document-analysis.ts';
import type { Terms } from '../rules/rule.ts';

/** Analyses a document's text, or finds the analysis; `aside`: parts of it that were put aside before. */
export type FindAnalysis = (text: string, aside: readonly TextRange[]) => DocumentAnalysis;

/** Remembers the documents of one file by their text. Use one cache a file. */
export class AnalysisCache {
  #analyses = new Map<string, DocumentAnalysis>();
  #terms: Terms | null = null;

  /** Runs an analysis on what was kept, and keeps afterwards only what that analysis used. */
  reuse<T>(terms: Terms, run: (find: FindAnalysis) => T): T {
    if (this.#terms === null || !equal(terms, this.#terms)) this.#analyses.clear();
    this.#terms = terms;
    const used = new Map<string, DocumentAnalysis>();
    const result = run((text, aside) => {
      const key = aside.length === 0 ? text : `${text}\0${JSON.stringify(aside)}`;
      const known = used.get(key) ?? this.#analyses.get(key);
      const analysis = known ?? new DocumentAnalysis(detached(text), terms, aside);
      used.set(key, analysis);
      return analysis;
    });
    this.#analyses = used;
    return result;
  }
}

/**
 * A copy. A part of a string keeps the whole in memory: without this, a document would keep alive the text that its
 * file had when the document last changed.
 */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

function equal(a: Terms, b: Terms): boolean {
  return a.settings === b.settings && a.schema === b.schema && a.patch === b.patch;
}
