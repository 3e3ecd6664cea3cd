import * as vscode from 'vscode';
import type { Severity } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { translated } from '../../platform/translation.ts';
import { type ScalePrompt, verdictOn } from './words.ts';

const severities: Readonly<Record<Severity, vscode.InputBoxValidationSeverity>> = {
  error: vscode.InputBoxValidationSeverity.Error,
  warning: vscode.InputBoxValidationSeverity.Warning,
  info: vscode.InputBoxValidationSeverity.Info,
  hint: vscode.InputBoxValidationSeverity.Info,
};

/**
 * Asks for a number of replicas, saying with each key what it would mean. The box is there at once; it waits for
 * the facts. null when the person turns away; rejects when the facts cannot be read.
 */
export function askReplicas<Facts extends ScalePrompt>(
  title: string,
  read: Promise<Facts>,
): Promise<{ readonly facts: Facts; readonly value: number } | null> {
  const owned = new Disposables();
  const box = owned.own(vscode.window.createInputBox());
  box.title = title;
  box.placeholder = vscode.l10n.t('Reading what runs now…');
  box.busy = true;
  box.enabled = false;
  return new Promise<{ facts: Facts; value: number } | null>((resolve, reject) => {
    owned.own(box.onDidHide(() => resolve(null)));
    box.show();
    read.then((facts) => {
      if (owned.disposed) return;
      const judge = () => verdictOn(box.value, facts);
      const render = (): void => {
        const { severity, parts } = judge();
        const message = parts.map(translated).join(' · ');
        box.validationMessage = { message, severity: severities[severity] };
      };
      owned.own(box.onDidChangeValue(render));
      owned.own(
        box.onDidAccept(() => {
          const { value } = judge();
          if (value !== null) resolve({ facts, value });
        }),
      );
      box.busy = false;
      box.enabled = true;
      box.placeholder = vscode.l10n.t('Number of replicas');
      box.value = String(facts.current);
      box.valueSelection = [0, box.value.length];
      render();
    }, reject);
  }).finally(() => owned.dispose());
}
