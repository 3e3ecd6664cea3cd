import * as vscode from 'vscode';
import { formatMessage, message, type Message } from '../core/finding.ts';
import { CancelledError, type Explained } from './failure.ts';
import { setting } from './settings.ts';

export type Protection = 'none' | 'protected' | 'readOnly';

/** `*` stands for any run of characters; everything else is literal; upper and lower case are the same. */
function matches(pattern: string, name: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 'i').test(name);
}

/** What the team decided about a context: read-only ones refuse every change, protected ones want their name typed. */
export function protectionOf(context: string): Protection {
  if (setting('clusters.readOnly').some((pattern) => matches(pattern, context))) return 'readOnly';
  return setting('clusters.protected').some((pattern) => matches(pattern, context)) ? 'protected' : 'none';
}

/** The context is read-only: nothing may be changed in it from here. */
class ReadOnlyContextError extends Error implements Explained {
  readonly explanation: Message;

  constructor(context: string) {
    const explanation = message(
      '{0} is read-only: the setting elastic.clusters.readOnly names it. Choose another context.',
      context,
    );
    super(formatMessage(explanation));
    this.name = 'ReadOnlyContextError';
    this.explanation = explanation;
  }
}

/** Refuses read-only contexts: call it before the person is asked anything. */
export function refuseReadOnly(context: string): void {
  if (protectionOf(context) === 'readOnly') throw new ReadOnlyContextError(context);
}

/**
 * Last step before something in the cluster is changed. `action` says what and where (`Scale web (prod / shop)`).
 * Returns when it may go on: at once in an unprotected context, in a protected one after its name was typed.
 * Throws ReadOnlyContextError, and CancelledError when the person turns away.
 */
export async function confirmProtected(context: string, action: string): Promise<void> {
  refuseReadOnly(context);
  if (protectionOf(context) === 'none') return;
  const typed = await vscode.window.showInputBox({
    title: action,
    prompt: vscode.l10n.t('{0} is protected. Type its name to go on.', context),
    placeHolder: context,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === context
        ? null
        : vscode.l10n.t('Type {0} to go on, or press Escape to leave it as it is.', context),
  });
  if (typed !== context) throw new CancelledError();
}
