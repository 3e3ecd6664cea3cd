/** What the core and errors say, in the language of the window. */
import * as vscode from 'vscode';
import { formatMessage, type Message } from '../core/finding.ts';
import { explain } from './failure.ts';

/** For what takes the function itself. */
export const translate = (template: string): string => vscode.l10n.t(template);

export function translated(message: Message): string {
  return formatMessage(message, translate);
}

/** The sentence shown to a person about an error. */
export function explained(error: unknown): string {
  return explain(error, translate);
}
