import * as vscode from 'vscode';
import { type ContextColor, type Settings, settingsPrefix } from '../contributions.ts';
import { isContextColor } from './context-colors.ts';
import { valueOf } from './context-patterns.ts';

/** The setting's value in force. package.json holds every default, so there is always one. */
export function setting<K extends keyof Settings>(key: K, scope?: vscode.ConfigurationScope): Settings[K] {
  return vscode.workspace.getConfiguration(settingsPrefix, scope).get(key) as Settings[K];
}

/** Calls back when one of the settings changes. */
export function onSettingChange(keys: readonly (keyof Settings)[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`${settingsPrefix}.${key}`))) listener();
  });
}

/** The colour a person gave a context; null: none, or a name nobody knows. */
export function colorOf(context: string): ContextColor | null {
  const color: unknown = valueOf(setting('clusters.colors'), context);
  return isContextColor(color) ? color : null;
}
