import * as vscode from 'vscode';
import type { Grouping } from './forest/buckets.ts';

/** Undefined: the person turned away; `''`: no filter. */
export function askFilter(text: string): PromiseLike<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Filter clusters'),
    prompt: vscode.l10n.t(
      'Part of a name, label=value, status:unhealthy, status:pending, namespace:dev-*; several must all hold',
    ),
    placeHolder: 'web app=shop status:unhealthy',
    value: text,
  });
}

/** Undefined: the person turned away. */
export async function pickGrouping(current: Grouping): Promise<Grouping | undefined> {
  const choices: readonly (vscode.QuickPickItem & { readonly grouping: Grouping })[] = [
    { grouping: 'namespace', label: vscode.l10n.t('By namespace') },
    { grouping: 'node', label: vscode.l10n.t('By node') },
    { grouping: 'owner', label: vscode.l10n.t('By owner') },
  ];
  const items = choices.map((choice) =>
    choice.grouping === current ? { ...choice, description: vscode.l10n.t('current') } : choice,
  );
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Group pods') });
  return picked?.grouping;
}
