/** How a rollout that is followed shows in the status bar, and how its end is told. */
import * as vscode from 'vscode';
import { commands, type WorkloadArgument } from '../contributions.ts';
import { formatDuration, type Message, shortTrouble, type WorkloadStatus } from '../core/index.ts';
import type { Activity } from './activity.ts';
import { withoutIcons } from './icons.ts';
import { translated } from './translation.ts';

/** What became of a rollout, as the cluster code says it. */
type RolloutEnd =
  | { readonly result: 'complete'; readonly status: WorkloadStatus }
  | { readonly result: 'failed'; readonly reason: Message }
  | { readonly result: 'cancelled' };

export interface RolloutWords {
  readonly tookMs: number;
  /** The workload's, and its revision where that is known. */
  readonly name: string;
  /** Said when nobody waits for it any more. */
  readonly stopped: string;
}

/** How long an outcome stands in the status bar. */
const outcomeMs = 15_000;

/** `web 1/3 · ErrImagePull` */
export function showProgress(
  activity: Activity,
  name: string,
  { counts }: WorkloadStatus,
  trouble: string | null,
): void {
  const words = `${name} ${counts.ready}/${counts.desired}`;
  activity.update(trouble === null ? words : `${words} · ${shortTrouble(trouble)}`);
}

/** Success is a word in passing; only what failed interrupts, with a way to look at it, and waits for nobody. */
export function tellRollout(workload: WorkloadArgument, end: RolloutEnd, told: RolloutWords): void {
  switch (end.result) {
    case 'complete': {
      const took = formatDuration(told.tookMs);
      const words = vscode.l10n.t('{0}: {1} after {2}', told.name, translated(end.status.summary), took);
      vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(words)}`, outcomeMs);
      return;
    }
    case 'cancelled':
      vscode.window.setStatusBarMessage(withoutIcons(told.stopped), outcomeMs);
      return;
    case 'failed':
      tellFailure(workload, translated(end.reason));
  }
}

function tellFailure(workload: WorkloadArgument, reason: string): void {
  const show = vscode.l10n.t('Show');
  const { name, context, namespace } = workload;
  void vscode.window
    .showErrorMessage(vscode.l10n.t('{0} ({1} / {2}): {3}', name, context, namespace, reason), show)
    .then((choice) =>
      choice === show ? vscode.commands.executeCommand(commands.showReplicas, workload) : undefined,
    );
}
