/** The thread of one large file: keeps its analysis and answers questions about it. */
import { parentPort } from 'node:worker_threads';
import { type Analysis, analyze } from '../core/index.ts';
import type { WorkerAnswer, WorkerQuestion } from './analysisWorker.ts';
import { answer, type ProviderName, type Question } from './providers/index.ts';

let analysis: Analysis | null = null;

function reply({ id, text, name, context, question }: WorkerQuestion): WorkerAnswer {
  try {
    if (text !== undefined) analysis = analyze(text);
    if (analysis === null) throw new Error('No text was sent.');
    return { id, answer: answer(name, analysis, context, question as Question<ProviderName>) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (question: WorkerQuestion) => parentPort?.postMessage(reply(question)));
