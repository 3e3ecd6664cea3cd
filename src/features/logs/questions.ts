import * as vscode from 'vscode';
import { CancelledError } from '../../platform/failure.ts';
import { type LogFilter, readFilter } from './filter.ts';
import type { LogChoices } from './look.ts';
import { sinceWords } from './rendering.ts';

/** Asks for a filter; null: everything is shown. */
export async function askFilter(title: string, present: LogFilter | null): Promise<LogFilter | null> {
  const typed = await vscode.window.showInputBox({
    title,
    value: present?.text ?? '',
    prompt: vscode.l10n.t('Words, or /pattern/i; ! before it hides what fits. Empty shows everything.'),
    validateInput: (text) => {
      const reading = readFilter(text);
      return reading.ok ? undefined : vscode.l10n.t('This is no pattern: {0}', reading.problem);
    },
  });
  if (typed === undefined) throw new CancelledError();
  const reading = readFilter(typed);
  return reading.ok ? reading.filter : present;
}

const minute = 60;
const hour = 60 * minute;
const spans = [minute, 5 * minute, 15 * minute, hour, 6 * hour, 24 * hour] as const;

/** Asks from when on a log is shown. */
export async function askSince(title: string): Promise<Pick<LogChoices, 'sinceSeconds' | 'everything'>> {
  type Item = vscode.QuickPickItem & {
    readonly choice: Pick<LogChoices, 'sinceSeconds' | 'everything'> | null;
  };
  const items: Item[] = [
    {
      label: vscode.l10n.t('The last lines of each container'),
      choice: { sinceSeconds: null, everything: false },
    },
    ...spans.map((seconds) => ({
      label: vscode.l10n.t('The last {0}', sinceWords(seconds)),
      choice: { sinceSeconds: seconds, everything: false },
    })),
    { label: vscode.l10n.t('Everything there is'), choice: { sinceSeconds: null, everything: true } },
    { label: vscode.l10n.t('Another span…'), choice: null },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (chosen === undefined) throw new CancelledError();
  return chosen.choice ?? { sinceSeconds: await askSpan(title), everything: false };
}

async function askSpan(title: string): Promise<number> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A span such as 90s, 20m, 3h or 2d'),
    validateInput: (text) =>
      readSpan(text) === null ? vscode.l10n.t('Write a span such as 90s, 20m, 3h or 2d') : undefined,
  });
  const seconds = typed === undefined ? null : readSpan(typed);
  if (seconds === null) throw new CancelledError();
  return seconds;
}

function readSpan(text: string): number | null {
  const [, digits = '', unit = 's'] = /^\s*(\d{1,6})\s*([smhd])?\s*$/.exec(text) ?? [];
  const seconds = Number(digits) * ({ s: 1, m: minute, h: hour, d: 24 * hour }[unit] ?? 1);
  return seconds > 0 ? seconds : null;
}

/** Asks which containers are followed; null: all of them. */
export async function askContainers(
  title: string,
  names: readonly string[],
  present: readonly string[] | null,
): Promise<readonly string[] | null> {
  const chosen = await vscode.window.showQuickPick(
    names.map((label) => ({ label, picked: present?.includes(label) ?? true })),
    { title, canPickMany: true, placeHolder: vscode.l10n.t('Containers whose logs are shown') },
  );
  if (chosen === undefined) throw new CancelledError();
  return chosen.length === 0 || chosen.length === names.length ? null : chosen.map(({ label }) => label);
}
