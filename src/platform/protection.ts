import * as vscode from 'vscode';
import { message } from '../core/finding.ts';
import { matchesPattern } from './context-patterns.ts';
import { CancelledError, ExplainedError } from './failure.ts';
import { settingsPrefix } from '../contributions.ts';

export type Protection = 'none' | 'protected' | 'readOnly';

/** The settings that protect contexts. */
export type ProtectionSetting = 'clusters.readOnly' | 'clusters.protected';

/** A pattern of a protecting setting, and where it is written. */
export interface ProtectionRule {
  readonly pattern: string;
  readonly from: 'default' | 'user' | 'workspace';
}

/**
 * The patterns in force. A workspace adds to what the person set for themselves and takes nothing away: a folder from
 * somebody else must not lift the protection of a cluster.
 */
export function protectionRules(key: ProtectionSetting): readonly ProtectionRule[] {
  const found = vscode.workspace.getConfiguration(settingsPrefix).inspect<readonly string[]>(key);
  const rules = (patterns: unknown, from: ProtectionRule['from']): readonly ProtectionRule[] =>
    (Array.isArray(patterns) ? patterns : []).map((pattern) => ({ pattern: String(pattern), from }));
  const own = found?.globalValue;
  return [
    ...(own === undefined ? rules(found?.defaultValue, 'default') : rules(own, 'user')),
    ...rules(found?.workspaceValue, 'workspace'),
  ];
}

/** What was decided about a context: read-only ones refuse every change, protected ones want their name typed. */
export function protectionOf(context: string): Protection {
  const named = (key: ProtectionSetting): boolean =>
    protectionRules(key).some(({ pattern }) => matchesPattern(pattern, context));
  if (named('clusters.readOnly')) return 'readOnly';
  return named('clusters.protected') ? 'protected' : 'none';
}

/** The context is read-only: nothing may be changed in it from here. */
class ReadOnlyContextError extends ExplainedError {
  override readonly name = 'ReadOnlyContextError';

  constructor(context: string) {
    super(
      message(
        '{0} is read-only: the setting elastic.clusters.readOnly names it. Choose another context.',
        context,
      ),
    );
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
  await confirmByName(action, vscode.l10n.t('{0} is protected. Type its name to go on.', context), context);
}

/** Returns when `name` was typed; throws CancelledError when the person turns away. */
export async function confirmByName(title: string, prompt: string, name: string): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt,
    placeHolder: name,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text === name ? null : vscode.l10n.t('Type {0} to go on, or press Escape to leave it as it is.', name),
  });
  if (typed !== name) throw new CancelledError();
}
