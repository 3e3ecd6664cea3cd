import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from '../contributions.ts';
import { commands } from '../contributions.ts';
import { isCancellation, isRetryable } from './failure.ts';
import type { Log } from './log.ts';
import { explained } from './translation.ts';

/** A button beside a failure's sentence: what a person can do about it right there. */
export interface FailureAction {
  readonly title: string;
  run(): unknown;
}

/** The one place where a command's failure is caught: logged whole, told in one sentence; cancellation is silent. */
export class CommandTable {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  register<Id extends CommandId>(id: Id, run: (...args: CommandArguments[Id]) => unknown): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      if (isRowLost(args)) {
        void vscode.window.showWarningMessage(
          vscode.l10n.t('The row was drawn anew at that moment, and VS Code lost sight of it. Choose again.'),
        );
        return undefined;
      }
      try {
        return await run(...(args as CommandArguments[Id]));
      } catch (error) {
        if (isCancellation(error)) return undefined;
        const again = {
          title: vscode.l10n.t('Retry'),
          run: () => vscode.commands.executeCommand(id, ...args),
        };
        this.report(id, error, isRetryable(error) ? [again] : []);
        return undefined;
      }
    });
  }

  /** Runs work of a provider or view under the same rule; resolves to undefined when it failed or was cancelled. */
  async guard<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isCancellation(error)) this.report(what, error);
      return undefined;
    }
  }

  /** Logs the failure whole and shows its sentence; does not wait for the person. */
  report(what: string, error: unknown, actions: readonly FailureAction[] = []): void {
    this.#log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const showLog: FailureAction = {
      title: vscode.l10n.t('Show log'),
      run: () => vscode.commands.executeCommand(commands.showLog),
    };
    const buttons = [...actions, showLog];
    void vscode.window
      .showErrorMessage(explained(error), ...buttons.map(({ title }) => title))
      .then((choice) =>
        this.guard(what, async () => {
          await buttons.find(({ title }) => title === choice)?.run();
        }),
      );
  }
}

/**
 * A menu of a tree hands over its row and those that are selected. While VS Code draws a row above anew it knows none of
 * those below, and hands over nothing: to ask what is meant, as where nothing was chosen, would lead elsewhere.
 */
function isRowLost(args: readonly unknown[]): boolean {
  return args.length > 1 && (args[0] === undefined || args[0] === null);
}
