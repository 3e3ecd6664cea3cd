import * as vscode from 'vscode';
import { type CommandId, commands } from '../../contributions.ts';
import type { Message } from '../../core/index.ts';
import { translated } from '../../platform/translation.ts';
import { escapeMarkdown, type Face, tamed, type Tooltip } from './faces/face.ts';
import type { Expandable } from './looks.ts';
import type { TreeNode } from './nodes.ts';

const states: Readonly<Record<Expandable, vscode.TreeItemCollapsibleState>> = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

export function itemOf(node: TreeNode, face: Face, expandable: Expandable): vscode.TreeItem {
  const label = tamed(translated(face.label));
  const item = new vscode.TreeItem(label, states[expandable]);
  const description = tamed(face.description.map(translated).join(' · '));
  item.id = node.id;
  item.description = description;
  item.contextValue = face.contextValue;
  if (face.icon !== null) {
    const { id: icon, color } = face.icon;
    item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  }
  if (typeof face.opens === 'string') {
    const title = vscode.l10n.t('Open');
    item.command = { command: 'vscode.open', title, arguments: [vscode.Uri.file(face.opens)] };
  }
  const command = clickOf(node);
  if (command !== null) item.command = { command, title: label, arguments: [node] };
  item.accessibilityInformation = {
    label: [label, ...face.spoken.map((part) => tamed(translated(part))), description]
      .filter((part) => part !== '')
      .join(', '),
  };
  return item;
}

/** What a click does on a row that is there to be clicked; null: it is selected and nothing else. */
function clickOf({ type }: TreeNode): CommandId | null {
  if (type === 'more') return commands.showMore;
  return type === 'filter' ? commands.filterTree : null;
}

/** Markdown of our own around text of the cluster's, which is escaped: none of it is trusted, links least of all. */
export function markdownOf({ title, facts, story }: Tooltip): vscode.MarkdownString {
  const text = (message: Message): string => escapeMarkdown(translated(message));
  const lines = facts.map(({ name, value }) => `${text(name)}: ${text(value)}`);
  const told = story.map(text);
  const parts = [`**${text(title)}**`, lines.join('  \n'), ...(lines.length > 0 ? ['---'] : []), ...told];
  return new vscode.MarkdownString((told.length === 0 ? parts.slice(0, 2) : parts).join('\n\n'));
}
