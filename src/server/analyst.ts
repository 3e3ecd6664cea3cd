import { type Analysis, AnalysisCache, analyze, type FileFacts, isSameCompletion } from '../core/index.ts';
import type { Workspace } from '../core/index.ts';
import type { CancellationToken } from 'vscode-languageserver/node';
import { AnalysisWorker } from './analysis-worker.ts';
import { withRelated } from './related.ts';
import { analyzeOptions } from './project/project.ts';
import type { Check, ProviderContext } from './providers/context.ts';
import { type Answer, answer, type ProviderName, type Question } from './providers/index.ts';

/**
 * From this many characters on a text is analysed in a worker: what takes a tenth of a second would hold up every
 * other answer here.
 */
const largeFrom = 150_000;

export function isLarge(text: string): boolean {
  return text.length >= largeFrom;
}

interface Kept {
  readonly cache: AnalysisCache;
  readonly text: string;
  readonly check: Check;
  readonly analysis: Analysis;
}

/** Answers questions about texts, each analysed once: in this thread when small, else in one of the file's own. */
export class Analyst {
  readonly #kept = new Map<string, Kept>();
  readonly #workers = new Map<string, AnalysisWorker>();
  readonly #workspace: Workspace;

  /** `workspace`: what rules look at that look beyond the file. */
  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /**
   * Rejects with SupersededError when a newer text of a large file is asked about before this one's turn, or nobody
   * waits for the answer any more.
   */
  async ask<Name extends ProviderName>(
    name: Name,
    text: string,
    context: ProviderContext,
    question: Question<Name>,
    token?: CancellationToken,
  ): Promise<Answer<Name>> {
    if (isLarge(text)) {
      this.#kept.delete(context.uri);
      return this.#workerOf(context.uri).ask(name, text, context, question, token);
    }
    this.#dismiss(context.uri);
    return answer(
      name,
      withRelated(this.#analysis(text, context), context.uri, this.#workspace),
      context,
      question,
    );
  }

  /** What the workspace needs to know of the file. */
  async facts(text: string, context: ProviderContext): Promise<FileFacts> {
    if (isLarge(text)) return this.#workerOf(context.uri).facts(text, context);
    return this.#analysis(text, context).facts;
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

  #analysis(text: string, { uri, check }: ProviderContext): Analysis {
    const kept = this.#kept.get(uri);
    if (kept?.text === text && isSame(kept.check, check)) return kept.analysis;
    const cache = kept?.cache ?? new AnalysisCache();
    const analysis = analyze(text, { cache, ...analyzeOptions(check) });
    this.#kept.set(uri, { cache, text, check, analysis });
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

function isSame(one: Check, other: Check): boolean {
  return (
    one.settings === other.settings &&
    one.kubernetesVersion === other.kubernetesVersion &&
    one.cluster === other.cluster &&
    one.kinds === other.kinds &&
    one.role === other.role &&
    isSameCompletion(one.completion, other.completion)
  );
}
