/** A thread beside the server's own: it keeps the analysis of one large file, or looks at files one after the other. */
import { parentPort } from 'node:worker_threads';
import { type Analysis, AnalysisCache, analyze, type CustomKind, Workspace } from '../core/index.ts';
import type { RuleSettings } from '../core/index.ts';
import { factsOfFile, packed } from './project/file-facts.ts';
import { analyzeOptions } from './project/project.ts';
import { answer, type ProviderName, type Question } from './providers/index.ts';
import { withRelated } from './related.ts';
import { FactsSender } from './sent-facts.ts';
import { decodeText } from './text.ts';
import type { FileQuestion, TextQuestion, WorkerAnswer, WorkerQuestion } from './worker-messages.ts';

interface State {
  readonly text: string;
  readonly kinds: readonly CustomKind[];
  /** The check as it was written, and the settings in it: analyses are kept by the identity of these. */
  readonly check: string;
  readonly settings: RuleSettings;
  readonly analysis: Analysis;
}

const cache = new AnalysisCache();
const sender = new FactsSender();
/** Of other files nothing is known here: what the file's own objects are to each other is all that can be said. */
const workspace = new Workspace();
let state: State | null = null;

function analysisFor({ text, kinds, context }: TextQuestion): Analysis {
  const before = state;
  const check = JSON.stringify(context.check);
  const isSame = before?.check === check;
  if (before !== null && isSame && text === undefined && kinds === undefined) return before.analysis;
  const whole = text ?? before?.text;
  if (whole === undefined) throw new Error('No text was sent.');
  // Should the analysis fail, nothing is kept that is of another text than the sender believes.
  state = null;
  const given = kinds ?? before?.kinds ?? [];
  const settings = isSame ? before.settings : context.check.settings;
  const analyzed = analyze(whole, {
    cache,
    ...analyzeOptions({ ...context.check, kinds: given, settings }),
  });
  workspace.set(context.uri, analyzed.facts);
  const analysis = withRelated(analyzed, context.uri, workspace);
  state = { text: whole, kinds: given, check, settings, analysis };
  return analysis;
}

function aboutText(asked: TextQuestion): unknown {
  const analysis = analysisFor(asked);
  const { name, context, question } = asked;
  if (name === 'facts') return sender.pack(analysis.facts, question as number | null);
  return answer(name, analysis, context, question as Question<ProviderName>);
}

function aboutFile({ bytes, check, skim }: FileQuestion): unknown {
  return packed(factsOfFile(decodeText(bytes), check, skim));
}

function reply(asked: WorkerQuestion): WorkerAnswer {
  try {
    return { answer: asked.about === 'text' ? aboutText(asked) : aboutFile(asked) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (asked: WorkerQuestion) => parentPort?.postMessage(reply(asked)));
