/** The thread of one large file: keeps its analysis and answers questions about it, one at a time. */
import { parentPort } from 'node:worker_threads';
import {
  type Analysis,
  AnalysisCache,
  analyze,
  type CustomKind,
  type RuleSettings,
  Workspace,
} from '../core/index.ts';
import type { WorkerAnswer, WorkerQuestion } from './analysis-worker.ts';
import { withRelated } from './related.ts';
import { analyzeOptions } from './project/project.ts';
import type { Check } from './providers/context.ts';
import { answer, type ProviderName, type Question } from './providers/index.ts';

const cache = new AnalysisCache();
/** Of other files nothing is known here: what the file's own objects are to each other is all that can be said. */
const workspace = new Workspace();
let text = '';
let analysis: Analysis | null = null;
let asked = '';
let settings: RuleSettings | null = null;
let kinds: readonly CustomKind[] = [];

function reply({ text: sent, kinds: given, name, context, question }: WorkerQuestion): WorkerAnswer {
  try {
    const check = JSON.stringify(context.check);
    if (sent !== undefined || given !== undefined || check !== asked) {
      text = sent ?? text;
      kinds = given ?? kinds;
      const analyzed = analyze(text, {
        cache,
        ...analyzeOptions({ ...context.check, kinds, settings: kept(context.check, check) }),
      });
      workspace.set(context.uri, analyzed.facts);
      analysis = withRelated(analyzed, context.uri, workspace);
    }
    if (analysis === null) throw new Error('No text was sent.');
    return { answer: answer(name, analysis, context, question as Question<ProviderName>) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Analyses are kept by the identity of their settings, which every message brings anew. */
function kept(check: Check, written: string): RuleSettings {
  if (settings === null || written !== asked) settings = check.settings;
  asked = written;
  return settings;
}

parentPort?.on('message', (question: WorkerQuestion) => parentPort?.postMessage(reply(question)));
