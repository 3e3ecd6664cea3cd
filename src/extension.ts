/** The front door: constructs what there is and registers it. Nothing imports this file. */
import * as vscode from 'vscode';
import { commands } from './contributions.ts';
import { LanguageFeature } from './features/language/index.ts';
import { Activities } from './platform/activity.ts';
import { CommandTable } from './platform/commands.ts';

export function activate({ subscriptions, extensionUri }: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Elastic Containers', { log: true }));
  const table = new CommandTable(log);
  const activities = own(new Activities());

  const noTarget = own(new vscode.EventEmitter<null>());

  own(
    new LanguageFeature({
      extensionUri,
      log,
      table,
      target: { current: null, onDidChange: noTarget.event },
    }).register(),
  );
  own(table.register(commands.showLog, () => log.show()));
  own(table.register(commands.showActivity, () => activities.show()));
}
