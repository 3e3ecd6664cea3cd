import * as vscode from 'vscode';
import type { DrainPlan, DrainPod, TightBudget } from '../../cluster/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';

export interface AgreedDrain {
  readonly plan: DrainPlan;
  readonly consent: { readonly unmanaged: boolean; readonly emptyDir: boolean };
}

/** What goes only with consent. */
type Lost = 'unmanaged' | 'emptyDir';

type Item = vscode.QuickPickItem & { readonly does?: 'drain' | Lost };

/** Names are listed up to here; a node may hold hundreds of pods. */
const namedAtMost = 6;

/**
 * Says what a drain would move, what stays, which budgets hold it back and what would be lost; what would be lost is
 * added row by row. The list is there at once; it waits for the facts. Throws CancelledError when the person turns
 * away.
 */
export function askDrain(title: string, read: Promise<DrainPlan>): Promise<AgreedDrain> {
  const owned = new Disposables();
  const pick = owned.own(vscode.window.createQuickPick<Item>());
  const agreed = new Set<Lost>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Reading what runs on it…');
  pick.ignoreFocusOut = true;
  pick.busy = true;
  return new Promise<AgreedDrain>((resolve, reject) => {
    owned.own(pick.onDidHide(() => reject(new CancelledError())));
    pick.show();
    read.then((plan) => {
      if (owned.disposed) return;
      const render = (active: Item['does']): void => {
        pick.items = itemsOf(plan, agreed);
        pick.activeItems = pick.items.filter(({ does }) => does !== undefined && does === active);
      };
      owned.own(
        pick.onDidAccept(() => {
          const does = pick.activeItems[0]?.does;
          if (does === 'drain') {
            const consent = { unmanaged: agreed.has('unmanaged'), emptyDir: agreed.has('emptyDir') };
            resolve({ plan, consent });
          } else if (does !== undefined) {
            if (!agreed.delete(does)) agreed.add(does);
            render(does);
          }
        }),
      );
      pick.busy = false;
      pick.placeholder = vscode.l10n.t('Escape leaves the node as it is');
      render('drain');
    }, reject);
  }).finally(() => owned.dispose());
}

function itemsOf({ pods, tight }: DrainPlan, agreed: ReadonlySet<Lost>): Item[] {
  const by = (...lots: readonly DrainPod['lot'][]): readonly DrainPod[] =>
    pods.filter(({ lot }) => lots.includes(lot));
  const moved = pods.filter(({ lot }) => lot === 'evict' || agreed.has(lot as Lost));
  const own = by('daemonSet', 'mirror');
  return [
    {
      label: vscode.l10n.t('Cordon it and move {0}', count(moved.length)),
      ...(moved.length > 0 && { detail: namesOf(moved) }),
      iconPath: new vscode.ThemeIcon('export'),
      does: 'drain',
    },
    ...lostItem('unmanaged', by('unmanaged'), agreed),
    ...lostItem('emptyDir', by('emptyDir'), agreed),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(tight === null
      ? [told(vscode.l10n.t('Disruption budgets are unknown: you may not list them'), 'question')]
      : tight.map((budget) => told(budgetText(budget), 'shield'))),
    ...(own.length === 0
      ? []
      : [
          told(vscode.l10n.t('{0} of the node itself: not moved', count(own.length)), 'pinned', namesOf(own)),
        ]),
  ];
}

function lostItem(kind: Lost, pods: readonly DrainPod[], agreed: ReadonlySet<Lost>): Item[] {
  if (pods.length === 0) return [];
  const label =
    kind === 'unmanaged'
      ? vscode.l10n.t('Also delete {0} that nobody makes again', count(pods.length))
      : vscode.l10n.t('Also move {0} with data in emptyDir volumes, which is lost', count(pods.length));
  const on = agreed.has(kind);
  return [
    {
      label,
      description: on ? vscode.l10n.t('yes') : vscode.l10n.t('no: they stay on the node'),
      detail: namesOf(pods),
      iconPath: new vscode.ThemeIcon(on ? 'pass-filled' : 'circle-large-outline'),
      does: kind,
    },
  ];
}

function told(label: string, icon: string, detail?: string): Item {
  return { label, iconPath: new vscode.ThemeIcon(icon), ...(detail !== undefined && { detail }) };
}

/** `3 pods`. */
function count(pods: number): string {
  return pods === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', pods);
}

function budgetText({ budget, pods }: TightBudget): string {
  const { namespace, name, allowed, healthy, wanted } = budget;
  const whose = `${namespace} / ${name}`;
  return allowed === 0
    ? vscode.l10n.t(
        'Budget {0} blocks {1}: it wants {2} healthy and has {3}',
        whose,
        count(pods.length),
        wanted,
        healthy,
      )
    : vscode.l10n.t('Budget {0} lets {1} of {2} go at a time', whose, allowed, count(pods.length));
}

function namesOf(pods: readonly DrainPod[]): string {
  const names = pods.slice(0, namedAtMost).map(({ name }) => name);
  return pods.length > namedAtMost ? `${names.join(', ')} +${pods.length - namedAtMost}` : names.join(', ');
}
