import * as vscode from 'vscode';
import type { ContextInfo } from '../../cluster/index.ts';
import type { ClusterRowArgument, ContextColor } from '../../contributions.ts';
import { contextColors } from '../../platform/context-colors.ts';
import { CancelledError } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { protectionOf } from '../../platform/protection.ts';
import { colorOf } from '../../platform/settings.ts';
import { translated } from '../../platform/translation.ts';
import type { Contexts } from './contexts.ts';

/** The colour's name in the reader's language. */
export function wordOf(color: ContextColor): string {
  return translated(contextColors[color].word);
}

/** What is set for a context, in words: `protected`, `read-only`, the name of its colour. */
export function wordsOf(context: string): readonly string[] {
  const color = colorOf(context);
  return [
    ...{
      none: [],
      protected: [vscode.l10n.t('protected')],
      readOnly: [vscode.l10n.t('read-only')],
    }[protectionOf(context)],
    ...(color === null ? [] : [wordOf(color)]),
  ];
}

/** Icon of a context in a list, in the colour a person gave it. */
export function contextIcon(context: string, icon: string): vscode.ThemeIcon {
  const color = colorOf(context);
  return new vscode.ThemeIcon(
    icon,
    color === null ? undefined : new vscode.ThemeColor(contextColors[color].theme),
  );
}

/** The context of the row a command was called on, or the one a person chooses. Throws CancelledError when they turn away. */
export async function contextOf(
  row: ClusterRowArgument | undefined,
  contexts: Contexts,
  title: string,
): Promise<ContextInfo> {
  const list = await contexts.list();
  const ofRow = list.contexts.find(({ name }) => name === row?.context);
  if (ofRow !== undefined) return ofRow;
  const items = list.contexts.map((context) => ({
    label: withoutIcons(context.name),
    iconPath: contextIcon(context.name, 'server'),
    description: [context.server, ...wordsOf(context.name)].filter(Boolean).join(' · '),
    detail: context.file,
    context,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder:
      items.length === 0
        ? vscode.l10n.t('No kubeconfig holds a context.')
        : vscode.l10n.t('Choose a context'),
    matchOnDescription: true,
  });
  if (chosen === undefined) throw new CancelledError();
  return chosen.context;
}
