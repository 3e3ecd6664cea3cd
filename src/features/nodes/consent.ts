import * as vscode from 'vscode';
import type { DrainPlan, DrainPod, TightBudget } from '../../cluster/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';

export interface AgreedDrain {
  readonly plan: DrainPlan;
  readonly consent: { readonly unmanaged: boolean; readonly emptyDir: boolean };
}

type Lost = 'unmanaged' | 'emptyDir';

interface Item extends vscode.QuickPickItem {
  readonly lost?: Lost;
}

/** Names are listed up to here; a node may hold hundreds of pods. */
const namedAtMost = 6;

/**
 * Says what a drain would move, what stays, which budgets hold it back and what would be lost; what would be lost has
 * a box to tick. The list is there at once; it waits for the facts. Throws CancelledError when the person turns away.
 */
export function askDrain(title: string, read: Promise<DrainPlan>): Promise<AgreedDrain> {
  const owned = new Disposables();
  const pick = owned.own(vscode.window.createQuickPick<Item>());
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Reading what runs on it…');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  return new Promise<AgreedDrain>((resolve, reject) => {
    owned.own(pick.onDidHide(() => reject(new CancelledError())));
    pick.show();
    read.then((plan) => {
      if (owned.disposed) return;
      pick.busy = false;
      pick.placeholder = vscode.l10n.t(
        'Press Enter to cordon it and move its pods; Escape leaves it as it is',
      );
      pick.items = itemsOf(plan);
      owned.own(
        pick.onDidAccept(() => {
          const ticked = new Set(pick.selectedItems.map(({ lost }) => lost));
          resolve({
            plan,
            consent: { unmanaged: ticked.has('unmanaged'), emptyDir: ticked.has('emptyDir') },
          });
        }),
      );
    }, reject);
  }).finally(() => owned.dispose());
}

function itemsOf({ pods, tight }: DrainPlan): Item[] {
  const by = (lot: DrainPod['lot']): readonly DrainPod[] => pods.filter((pod) => pod.lot === lot);
  const stay = [...by('daemonSet'), ...by('mirror')];
  const lost = (kind: Lost, label: string, detail: string): Item[] =>
    by(kind).length === 0 ? [] : [{ label, description: namesOf(by(kind)), detail, lost: kind }];
  return [
    ...lost(
      'unmanaged',
      vscode.l10n.t('Also delete {0} that nobody makes again', count(by('unmanaged').length)),
      vscode.l10n.t('No controller owns them: they are gone for good. Unticked, they stay on the node.'),
    ),
    ...lost(
      'emptyDir',
      vscode.l10n.t('Also move {0} with data in emptyDir volumes', count(by('emptyDir').length)),
      vscode.l10n.t('What they keep there is lost. Unticked, they stay on the node.'),
    ),
    info(vscode.l10n.t('{0} move to other nodes', count(by('evict').length)), namesOf(by('evict'))),
    ...(stay.length === 0
      ? []
      : [info(vscode.l10n.t('{0} belong to the node and stay', count(stay.length)), namesOf(stay))]),
    ...(tight === null
      ? [info(vscode.l10n.t('Disruption budgets are unknown: you may not list them'))]
      : tight.map(budgetItem)),
  ];
}

/** `3 pods`. */
function count(pods: number): string {
  return pods === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods);
}

/** Separators carry no box: what is only told is told by them. */
function info(label: string, names = ''): Item {
  return { label: names === '' ? label : `${label}: ${names}`, kind: vscode.QuickPickItemKind.Separator };
}

function budgetItem({ budget, pods }: TightBudget): Item {
  const { namespace, name, allowed, healthy, wanted } = budget;
  const label =
    allowed === 0
      ? vscode.l10n.t(
          'Budget {0}/{1} blocks {2}: {3} of {4} healthy, none may go now',
          namespace,
          name,
          count(pods.length),
          healthy,
          wanted,
        )
      : vscode.l10n.t(
          'Budget {0}/{1} lets {2} of {3} go at a time',
          namespace,
          name,
          allowed,
          count(pods.length),
        );
  return info(label);
}

function namesOf(pods: readonly DrainPod[]): string {
  const names = pods.slice(0, namedAtMost).map(({ name }) => name);
  return pods.length > namedAtMost ? `${names.join(', ')} +${pods.length - namedAtMost}` : names.join(', ');
}
