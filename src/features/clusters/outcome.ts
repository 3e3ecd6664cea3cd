import * as vscode from 'vscode';
import { withoutIcons } from '../../platform/icons.ts';

/** Long enough to be read, short enough not to be in the way. */
const shownMs = 8_000;

/** Says in the status bar what an action led to. */
export function tellOutcome(words: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(words)}`, shownMs);
}
