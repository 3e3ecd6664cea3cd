/** The thread of one large file: keeps its analysis and answers questions about it, one at a time. */
import { parentPort } from 'node:worker_threads';
import { type Analysis, AnalysisCache, analyze } from '../core/index.ts';
import type { WorkerAnswer, WorkerQuestion } from './analysis-worker.ts';
import { answer, type ProviderName, type Question } from './providers/index.ts';

const cache = new AnalysisCache();
let analysis: Analysis | null = null;

function reply({ text, name, context, question }: WorkerQuestion): WorkerAnswer {
  try {
    if (text !== undefined) analysis = analyze(text, { cache });
    if (analysis === null) throw new Error('No text was sent.');
    return { answer: answer(name, analysis, context, question as Question<ProviderName>) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (question: WorkerQuestion) => parentPort?.postMessage(reply(question)));
