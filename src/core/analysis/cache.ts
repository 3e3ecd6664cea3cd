import { DocumentAnalysis } from './document-analysis.ts';
import type { Terms } from '../rules/rule.ts';

/** Remembers the documents of one file by their text. Use one cache a file. */
export class AnalysisCache {
  #analyses = new Map<string, DocumentAnalysis>();
  #terms: Terms | null = null;

  /** Runs an analysis on what was kept, and keeps afterwards only what that analysis used. */
  reuse<T>(terms: Terms, run: (find: (text: string) => DocumentAnalysis) => T): T {
    if (this.#terms === null || !equal(terms, this.#terms)) this.#analyses.clear();
    this.#terms = terms;
    const used = new Map<string, DocumentAnalysis>();
    const result = run((text) => {
      const analysis = used.get(text) ?? this.#analyses.get(text) ?? new DocumentAnalysis(text, terms);
      used.set(text, analysis);
      return analysis;
    });
    this.#analyses = used;
    return result;
  }
}

function equal(a: Terms, b: Terms): boolean {
  return a.settings === b.settings && a.schema === b.schema && a.patch === b.patch;
}
