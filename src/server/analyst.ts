import { type Analysis, AnalysisCache, analyze } from '../core/index.ts';
import { AnalysisWorker } from './analysis-worker.ts';
import type { ProviderContext } from './providers/context.ts';
import { type Answer, answer, type ProviderName, type Question } from './providers/index.ts';

/**
 * From this many characters on a text is analysed in a worker: what takes a tenth of a second would hold up every
 * other answer here.
 */
const largeFrom = 150_000;

interface Kept {
  readonly cache: AnalysisCache;
  readonly text: string;
  readonly analysis: Analysis;
}

/** Answers questions about texts, each analysed once: in this thread when small, else in one of the file's own. */
export class Analyst {
  readonly #kept = new Map<string, Kept>();
  readonly #workers = new Map<string, AnalysisWorker>();

  /** Rejects with SupersededError when a newer text of a large file is asked about before this one's turn. */
  async ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    if (text.length >= largeFrom) {
      this.#kept.delete(context.uri);
      return this.#workerOf(context.uri).ask(name, text, context, question);
    }
    this.#dismiss(context.uri);
    return answer(name, this.#analysis(text, context.uri), context, question);
  }

  /** Releases what is kept of a file. */
  forget(uri: string): void {
    this.#kept.delete(uri);
    this.#dismiss(uri);
  }

  dispose(): void {
    this.#kept.clear();
    for (const uri of [...this.#workers.keys()]) this.#dismiss(uri);
  }

  #analysis(text: string, uri: string): Analysis {
    const kept = this.#kept.get(uri);
    if (kept?.text === text) return kept.analysis;
    const cache = kept?.cache ?? new AnalysisCache();
    const analysis = analyze(text, { cache });
    this.#kept.set(uri, { cache, text, analysis });
    return analysis;
  }

  #workerOf(uri: string): AnalysisWorker {
    const running = this.#workers.get(uri);
    if (running !== undefined) return running;
    const worker = new AnalysisWorker();
    this.#workers.set(uri, worker);
    return worker;
  }

  #dismiss(uri: string): void {
    this.#workers.get(uri)?.dispose();
    this.#workers.delete(uri);
  }
}
