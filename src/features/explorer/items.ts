import * as vscode from 'vscode';
import { formatMessage, type Message } from '../../core/index.ts';
import type { Face, Tooltip } from './faces.ts';
import type { Expandable } from './looks.ts';

/** A message in the reader's language. */
export function say(message: Message): string {
  return formatMessage(message, (template) => vscode.l10n.t(template));
}

const states: Readonly<Record<Expandable, vscode.TreeItemCollapsibleState>> = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
};

export function itemOf(id: string, face: Face, expandable: Expandable): vscode.TreeItem {
  const item = new vscode.TreeItem(say(face.label), states[expandable]);
  const description = face.description.map(say).join(' · ');
  item.id = id;
  item.description = description;
  item.contextValue = face.contextValue;
  if (face.icon !== null) {
    const { id: icon, color } = face.icon;
    item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  }
  item.accessibilityInformation = {
    label: [say(face.label), ...face.spoken.map(say), description].filter((part) => part !== '').join(', '),
  };
  return item;
}

/** Markdown of our own around text of the cluster's, which is escaped: none of it is trusted, links least of all. */
export function markdownOf({ title, facts, story }: Tooltip): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(say(title)).appendMarkdown('**\n\n');
  for (const { name, value } of facts) {
    markdown
      .appendText(`${say(name)}: `)
      .appendText(say(value))
      .appendMarkdown('  \n');
  }
  if (story.length > 0 && facts.length > 0) markdown.appendMarkdown('\n---\n\n');
  for (const line of story) markdown.appendText(say(line)).appendMarkdown('\n\n');
  return markdown;
}
