import type { TextRange } from '../finding.ts';
import { DocumentAnalysis } from './document-analysis.ts';
import { isSameCompletion } from '../manifest/roles.ts';
import type { Terms } from '../rules/rule.ts';
import { type Scan, scan } from './scan.ts';

/** Analyses a document's text, or finds the analysis; `aside`: parts of it that were put aside before. */
export type FindAnalysis = (text: string, aside: readonly TextRange[]) => DocumentAnalysis;

/** An analysis that was kept; its key is the same string for as long as it is, and so hashed once. */
interface Kept {
  readonly key: string;
  readonly analysis: DocumentAnalysis;
}

/** Remembers the documents of one file by their text. Use one cache a file. */
export class AnalysisCache {
  /** In the order of the file. */
  #kept: readonly Kept[] = [];
  #places = new Map<string, number>();
  #terms: Terms | null = null;
  #scan: Scan | null = null;

  /** What is known of the file's text before it is parsed. */
  scan(text: string): Scan {
    return (this.#scan = scan(text, this.#scan));
  }

  /** Runs an analysis on what was kept, and keeps afterwards only what that analysis used. */
  reuse<T>(terms: Terms, run: (find: FindAnalysis) => T): T {
    if (this.#terms === null || !equal(terms, this.#terms)) this.#keep([], new Map());
    this.#terms = terms;
    const used: Kept[] = [];
    const places = new Map<string, number>();
    let next = 0;
    const result = run((text, aside) => {
      const key = aside.length === 0 ? text : `${text}\0${JSON.stringify(aside)}`;
      // Nearly all documents are what they were, where they were: to compare them is cheaper than to look for them.
      let kept = this.#kept[next];
      if (kept?.key !== key) {
        const place = this.#places.get(key);
        kept = place === undefined ? used[places.get(key) ?? -1] : this.#kept[place];
        if (place !== undefined) next = place;
      }
      next++;
      if (kept === undefined) {
        const own = detached(text);
        kept = { key: key === text ? own : key, analysis: new DocumentAnalysis(own, terms, aside) };
      }
      if (!places.has(kept.key)) places.set(kept.key, used.length);
      used.push(kept);
      return kept.analysis;
    });
    this.#keep(used, places);
    return result;
  }

  #keep(kept: readonly Kept[], places: Map<string, number>): void {
    this.#kept = kept;
    this.#places = places;
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
  return (
    a.settings === b.settings &&
    a.schema === b.schema &&
    a.patch === b.patch &&
    isSameCompletion(a.completion, b.completion)
  );
}
