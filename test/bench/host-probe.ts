/**
 * An extension that writes in a small and in a large manifest as a person does, watches meanwhile how long the
 * extension host keeps everybody waiting, and writes that down.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CpuProfile } from './blocks.ts';
import { startProfile } from './profiling.ts';

/** What the probe finds in `task.json` beside it. */
export interface HostTask {
  /** Files to write in, one after the other. */
  readonly files: readonly string[];
  readonly keystrokes: number;
  readonly profiled: boolean;
  /** Receives the HostReport as JSON. */
  readonly report: string;
}

export interface HostReport {
  /** How late the extension host came to a timer, in ms. */
  readonly delay: { readonly p99: number; readonly longest: number };
  /** Null unless it was asked for: it slows down what is measured. */
  readonly profile: CpuProfile | null;
  /** What the extension host's thread had of a processor meanwhile, in ms. */
  readonly processor: number;
}

/** Longer than the language server needs for the whole workspace, the same for everybody who is measured. */
const settleMs = 3_000;
/** Somebody who types fast. */
const keystrokeMs = 90;

export async function activate({ extensionPath }: vscode.ExtensionContext): Promise<void> {
  const text = await readFile(join(extensionPath, 'task.json'), 'utf8');
  const { files, keystrokes, report, profiled } = JSON.parse(text) as HostTask;
  const session = profiled ? await startProfile() : null;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.threadCpuUsage();
  for (const file of files) await writeIn(file, keystrokes);
  delay.disable();
  const { user, system } = process.threadCpuUsage(before);
  const profile = session === null ? null : (await session.post('Profiler.stop')).profile;
  const told: HostReport = {
    delay: { p99: delay.percentile(99) / 1e6, longest: delay.max / 1e6 },
    profile: profile as CpuProfile | null,
    processor: (user + system) / 1000,
  };
  // Whoever waits for the file finds it whole.
  await writeFile(`${report}.part`, JSON.stringify(told));
  await rename(`${report}.part`, report);
}

async function writeIn(file: string, keystrokes: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  await sleep(settleMs);
  const end = document.lineAt(Math.floor(document.lineCount / 2)).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
  await vscode.commands.executeCommand('type', { text: '\n' });
  for (let count = 0; count < keystrokes; count++) {
    await vscode.commands.executeCommand('type', { text: 'abcdefghij: '[count % 12] });
    await sleep(keystrokeMs);
  }
  await sleep(settleMs / 2);
}
