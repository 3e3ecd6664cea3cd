import * as vscode from 'vscode';
import type { DrainOutcome, DrainPod, DrainProgress, Session } from '../../cluster/index.ts';
import { formatDuration } from '../../core/index.ts';
import type { Activities } from '../../platform/activity.ts';
import type { ObjectTarget } from '../../platform/objects.ts';
import { translated } from '../../platform/translation.ts';
import type { AgreedDrain } from './consent.ts';

const outcomeMs = 15_000;

/** Runs drains, shown as activities, and tells what came of them. */
export class Drains {
  readonly #activities: Activities;

  constructor(activities: Activities) {
    this.#activities = activities;
  }

  async run(
    session: Session,
    { name }: ObjectTarget,
    title: string,
    { plan, consent }: AgreedDrain,
  ): Promise<void> {
    const begun = Date.now();
    const { drainNode } = await import('../../cluster/index.ts');
    const outcome = await this.#activities.run(title, 'export', (activity) =>
      drainNode(session, plan, {
        consent,
        signal: activity.signal,
        onProgress: (progress) => activity.update(progressText(name, progress)),
      }),
    );
    if (outcome.result === 'drained') {
      const took = formatDuration(Date.now() - begun);
      const words = vscode.l10n.t(
        '{0} is drained: {1} pods moved after {2}',
        name,
        outcome.gone.length,
        took,
      );
      vscode.window.setStatusBarMessage(`$(check) ${words}`, outcomeMs);
    } else {
      tellRest(name, outcome);
    }
    await tellReplacements(session, name, outcome.gone, begun);
  }
}

/** `n-1 3/12 · web-7d9f waits: budget web-pdb`. */
function progressText(node: string, { gone, all, pod, step }: DrainProgress): string {
  const head = `${node} ${gone}/${all}`;
  switch (step.step) {
    case 'waiting':
      return step.budget === null
        ? `${head} · ${vscode.l10n.t('{0} waits', pod.name)}`
        : `${head} · ${vscode.l10n.t('{0} waits for budget {1}', pod.name, step.budget)}`;
    case 'failed':
      return `${head} · ${vscode.l10n.t('{0} stays', pod.name)}`;
    default:
      return head;
  }
}

/** What is still there, pod by pod with the reason: a decision waits for the person. */
function tellRest(node: string, { result, gone, stayed }: DrainOutcome): void {
  const head =
    result === 'cancelled'
      ? vscode.l10n.t(
          'Draining {0} was cancelled: {1} pods moved, {2} stay. It still takes no new pods.',
          node,
          gone.length,
          stayed.length,
        )
      : vscode.l10n.t(
          '{0} is not empty: {1} pods moved, {2} stay. It still takes no new pods.',
          node,
          gone.length,
          stayed.length,
        );
  const show = vscode.l10n.t('Show why');
  void vscode.window.showWarningMessage(head, show).then((choice) => {
    if (choice !== show) return undefined;
    const items = stayed.map(({ pod, why }) => ({
      label: pod.name,
      description: pod.namespace,
      detail: translated(why),
    }));
    return vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('What stays on {0}, and why', node),
      matchOnDetail: true,
    });
  });
}

/** Where the successors of the moved pods run, once they are placed; those without a place are named. */
async function tellReplacements(
  session: Session,
  name: string,
  gone: readonly DrainPod[],
  begun: number,
): Promise<void> {
  const { successorsOf } = await import('../../cluster/index.ts');
  const { placed, waiting } = await successorsOf(session, gone, begun);
  const words = [...placed].map(([node, pods]) => `${node} ${pods}`);
  if (waiting.length > 0) words.push(vscode.l10n.t('without a node: {0}', waiting.join(', ')));
  if (words.length === 0) return;
  vscode.window.setStatusBarMessage(
    `$(info) ${vscode.l10n.t('Pods of {0} run on: {1}', name, words.join(', '))}`,
    outcomeMs,
  );
}
