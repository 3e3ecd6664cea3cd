import * as vscode from 'vscode';
import type { Session } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { explained, translated } from '../../platform/translation.ts';
import type { ScalableRow } from './words.ts';
import { listWorkloads, type WorkloadListing } from './workloads.ts';

type Item = vscode.QuickPickItem & { readonly row?: ScalableRow; readonly retry?: true };

/** The person wants to look in another context or namespace. */
export const elsewhere = Symbol('elsewhere');

/** Asks which workload of the target to scale, each with its replicas; null when the person turns away. */
export function pickWorkload(
  target: DeployTarget,
  connect: () => Promise<Session>,
): Promise<ScalableRow | typeof elsewhere | null> {
  const owned = new Disposables();
  const pick = owned.own(vscode.window.createQuickPick<Item>());
  pick.title = vscode.l10n.t('Scale in {0} / {1}', target.context, target.namespace);
  pick.placeholder = vscode.l10n.t('Choose the workload to scale');
  pick.matchOnDescription = true;
  pick.buttons = [
    {
      iconPath: new vscode.ThemeIcon('server'),
      tooltip: vscode.l10n.t('Choose another context or namespace'),
    },
  ];
  const load = async (): Promise<void> => {
    pick.busy = true;
    const items = await connect()
      .then((session) => listWorkloads(session, target.namespace))
      .then(
        (listing) => itemsOf(listing, target),
        (error: unknown) => [failureItem(explained(error))],
      );
    if (owned.disposed) return;
    pick.busy = false;
    pick.items = items;
  };
  return new Promise<ScalableRow | typeof elsewhere | null>((resolve) => {
    owned.own(pick.onDidTriggerButton(() => resolve(elsewhere)));
    owned.own(pick.onDidHide(() => resolve(null)));
    owned.own(
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.row !== undefined) resolve(item.row);
        else if (item?.retry === true) void load();
      }),
    );
    pick.show();
    void load();
  }).finally(() => owned.dispose());
}

function itemsOf({ rows, failures }: WorkloadListing, { namespace }: DeployTarget): Item[] {
  const items = rows.map((row): Item => ({
    label: row.name,
    description: [row.kind, translated(row.summary)].join(' · '),
    iconPath: new vscode.ThemeIcon('layers'),
    row,
  }));
  // One row a reason: an unreachable cluster refuses every kind in the same words.
  const reasons = new Set(failures.map(({ error }) => explained(error)));
  for (const reason of reasons) items.push(failureItem(reason));
  if (items.length > 0) return items;
  return [
    {
      label: vscode.l10n.t('Nothing in {0} can be scaled', namespace),
      detail: vscode.l10n.t('Deployments, StatefulSets, ReplicaSets and ReplicationControllers can.'),
      iconPath: new vscode.ThemeIcon('info'),
      alwaysShow: true,
    },
  ];
}

function failureItem(reason: string): Item {
  return {
    label: vscode.l10n.t('Workloads cannot be listed: Retry'),
    detail: reason,
    iconPath: new vscode.ThemeIcon('warning'),
    alwaysShow: true,
    retry: true,
  };
}
