import * as vscode from 'vscode';
import { commands, type WorkloadArgument } from '../contributions.ts';

/** Tells why a workload did not get where it was sent, with a way to look at it; does not wait for the person. */
export function tellWorkloadFailure(workload: WorkloadArgument, reason: string): void {
  const show = vscode.l10n.t('Show');
  const { name, context, namespace } = workload;
  void vscode.window
    .showErrorMessage(vscode.l10n.t('{0} ({1} / {2}): {3}', name, context, namespace, reason), show)
    .then((choice) =>
      choice === show ? vscode.commands.executeCommand(commands.showReplicas, workload) : undefined,
    );
}
