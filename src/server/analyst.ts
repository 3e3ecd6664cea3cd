import { type Analysis, analyze } from '../core/index.ts';
import { AnalysisWorker } from './analysisWorker.ts';
import type { ProviderContext } from './providers/context.ts';
import { type Answer, answer, type ProviderName, type Question } from './providers/index.ts';

/**
 * From this many characters on a text is analysed in a worker: what takes a tenth of a second here would hold up
 * every other answer, and cannot be given up once begun.
 */
const largeFrom = 150_000;

/**
 * Answers questions about texts, each analysed once: in this process when small, else in a worker of the
 * file's own, which a newer text replaces even in the middle of its work.
 */
export class Analyst {
  readonly #analyses = new Map<string, { readonly text: string; readonly analysis: Analysis }>();
  readonly #workers = new Map<string, AnalysisWorker>();

  /** Rejects with SupersededError when a newer text of the same file arrives before the answer. */
  async ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
  ): Promise<Answer<Name>> {
    if (text.length >= largeFrom) {
      this.#analyses.delete(context.uri);
      return this.#workerOf(context.uri).ask(name, text, context, question);
    }
    this.#dismiss(context.uri);
    return answer(name, this.#analysis(text, context.uri), context, question);
  }

  /** Releases what is kept of a file. */
  forget(uri: string): void {
    this.#analyses.delete(uri);
    this.#dismiss(uri);
  }

  dispose(): void {
    this.#analyses.clear();
    for (const uri of [...this.#workers.keys()]) this.#dismiss(uri);
  }

  #analysis(text: string, uri: string): Analysis {
    const kept = this.#analyses.get(uri);
    if (kept?.text === text) return kept.analysis;
    const analysis = analyze(text);
    this.#analyses.set(uri, { text, analysis });
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
