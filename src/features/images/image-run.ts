import * as vscode from 'vscode';
import { type Engine, EngineError } from '../../engines/index.ts';
import type { Activity } from '../../platform/activity.ts';
import { isCancellation } from '../../platform/failure.ts';
import type { OutputTerminal } from '../../platform/output-terminal.ts';
import { Lines, paint } from '../../platform/paint.ts';
import { explained } from '../../platform/translation.ts';
import { builtSentence, pushedSentence } from './outcomes.ts';
import { paintLine, stepIn } from './paint.ts';

/** What a person asked for, decided to the end. */
export interface ImageJob {
  /** `Build app:1.4`: names the terminal and the activity. */
  readonly title: string;
  readonly reference: string;
  /** Built first; null: only pushed. */
  readonly dockerfile: vscode.Uri | null;
  readonly push: boolean;
}

/** Runs a job and shows it in the terminal from its first line to the one that says how it ended. */
export async function runImageJob(
  job: ImageJob,
  engine: Engine,
  terminal: OutputTerminal,
  activity: Activity,
): Promise<void> {
  const signal = AbortSignal.any([activity.signal, terminal.signal]);
  const say = (text: string): void => terminal.write(`${text}\n`);
  const lines = new Lines((line) => {
    const step = stepIn(line);
    if (step !== null) activity.update(`${job.title} · ${step.number}/${step.of}`);
    say(paintLine(line));
  });
  const run = { onOutput: (chunk: string) => lines.push(chunk), signal };
  try {
    if (job.dockerfile !== null) {
      say(
        paint(vscode.l10n.t('{0} {1} builds {2}', engine.name, engine.version, job.dockerfile.fsPath), 'dim'),
      );
      const built = await engine.build(
        {
          context: vscode.Uri.joinPath(job.dockerfile, '..').fsPath,
          dockerfile: job.dockerfile.fsPath,
          tags: [job.reference],
        },
        run,
      );
      lines.end();
      say(paint(`✔ ${builtSentence(built, await engine.imageInfo(job.reference, signal))}`, 'green'));
    }
    if (job.push) {
      activity.update(vscode.l10n.t('Push {0}', job.reference));
      say(paint(vscode.l10n.t('{0} {1} pushes {2}', engine.name, engine.version, job.reference), 'dim'));
      const started = performance.now();
      const pushed = await engine.push(job.reference, run);
      lines.end();
      say(paint(`✔ ${pushedSentence(job.reference, pushed, performance.now() - started)}`, 'green'));
    }
  } catch (error) {
    lines.end();
    say(failureLine(job, error));
    throw error;
  } finally {
    terminal.finish();
  }
}

/** The sentence of the failure; where a line of the Dockerfile is to blame, in a form terminals make a link of. */
function failureLine({ dockerfile }: ImageJob, error: unknown): string {
  if (isCancellation(error)) return paint(vscode.l10n.t('Cancelled.'), 'dim');
  const sentence = paint(`✖ ${explained(error)}`, 'red');
  if (dockerfile === null || !(error instanceof EngineError) || error.line === null) return sentence;
  return `${sentence} ${dockerfile.fsPath}:${error.line}`;
}
