/**
 * An extension that opens a file of each language in turn, waits for the extensions that wake up for it, and writes
 * down the extension host's marks of that.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** For how long the extension host could do nothing else, in ms. */
export interface Activation {
  /** While the extension's code was loaded. */
  readonly load: number;
  /** While `activate` ran; of an extension that waits for something there, until that had come. */
  readonly activate: number;
}

/** What the probe finds in `task.json` beside it. */
export interface ProbeTask {
  /** Ids of extensions, each with the language and text of a document for which it is activated. */
  readonly subjects: readonly { readonly id: string; readonly language: string; readonly content: string }[];
  /** Receives the activations in the order of the subjects, as JSON. */
  readonly report: string;
}

export async function activate({ extensionPath }: vscode.ExtensionContext): Promise<void> {
  const task = await readFile(join(extensionPath, 'task.json'), 'utf8');
  const { subjects, report } = JSON.parse(task) as ProbeTask;
  const activations: Activation[] = [];
  for (const { id, language, content } of subjects) {
    await vscode.workspace.openTextDocument({ language, content });
    while (vscode.extensions.getExtension(id)?.isActive !== true) await sleep(20);
    activations.push({
      load: between(`willLoadExtensionCode/${id}`, `didLoadExtensionCode/${id}`),
      activate: between(`willActivateExtension/${id}`, `didActivateExtension/${id}`),
    });
  }
  // Whoever waits for the file finds it whole.
  await writeFile(`${report}.part`, JSON.stringify(activations));
  await rename(`${report}.part`, report);
}

/** VS Code's own marks, in whole ms; it keeps them here because its several copies of this code share them. */
interface WithMarks {
  readonly MonacoPerformanceMarks: {
    getMarks(): readonly { readonly name: string; readonly startTime: number }[];
  };
}

function between(start: string, end: string): number {
  const marks = (globalThis as unknown as WithMarks).MonacoPerformanceMarks.getMarks();
  const [from, to] = [start, end].map((name) => marks.find((mark) => mark.name === `code/extHost/${name}`));
  if (from === undefined || to === undefined) throw new Error(`VS Code left no mark ${start} or ${end}.`);
  return to.startTime - from.startTime;
}
