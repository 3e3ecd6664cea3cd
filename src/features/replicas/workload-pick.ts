import * as vscode from 'vscode';
import type { Clusters, KubeObject, Session } from '../../cluster/index.ts';
import type { WorkloadArgument } from '../../contributions.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { workloadStatus } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import type { TargetSource } from '../../platform/target.ts';
import { explained, translated } from '../../platform/translation.ts';

/** A kind to offer, and its plural in paths. All of them live in `apps/v1`. */
const pickableKinds = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const;

export interface WorkloadPickOptions {
  readonly clusters: () => Promise<Clusters>;
  readonly target: TargetSource;
  readonly kinds: readonly (keyof typeof pickableKinds)[];
  /** Title of the pick, which names the place: `Scale a workload (dev / shop)`. */
  title(place: string): string;
}

type WorkloadItem = vscode.QuickPickItem & { readonly workload?: WorkloadArgument };

/** Workloads of a kind are listed in pages of this size. */
const pageSize = 500;

/**
 * Asks for a workload of the chosen target, from which another target can be chosen too. Throws CancelledError
 * when the person turns away, and what the cluster said when it can list no kind at all.
 */
export async function pickWorkload(options: WorkloadPickOptions): Promise<WorkloadArgument> {
  let target: DeployTarget | null = await options.target.require();
  while (target !== null) {
    const answer = await askIn(target, options);
    if (answer !== 'elsewhere') return answer;
    target = await options.target.choose();
  }
  throw new CancelledError();
}

/** One pick over one namespace; it is on the screen while the cluster is asked. */
async function askIn(
  target: DeployTarget,
  options: WorkloadPickOptions,
): Promise<WorkloadArgument | 'elsewhere'> {
  const owned = new Disposables();
  const stop = new AbortController();
  owned.own({ dispose: () => stop.abort() });
  const pick = owned.own(vscode.window.createQuickPick<WorkloadItem>());
  const elsewhere = {
    iconPath: new vscode.ThemeIcon('server'),
    tooltip: vscode.l10n.t('Choose another place'),
  };
  pick.title = options.title(`${target.context} / ${target.namespace}`);
  pick.placeholder = vscode.l10n.t('Choose a workload');
  pick.matchOnDescription = true;
  pick.buttons = [elsewhere];
  pick.busy = true;
  try {
    return await new Promise((resolve, reject) => {
      owned.own(pick.onDidTriggerButton(() => resolve('elsewhere')));
      owned.own(pick.onDidHide(() => reject(new CancelledError())));
      owned.own(
        pick.onDidAccept(() => {
          const workload = pick.selectedItems[0]?.workload;
          if (workload !== undefined) resolve(workload);
        }),
      );
      pick.show();
      listItems(target, options, stop.signal).then((items) => {
        if (stop.signal.aborted) return;
        pick.items = items;
        pick.busy = false;
        if (items.length === 0) pick.placeholder = vscode.l10n.t('No workload in {0}', target.namespace);
      }, reject);
    });
  } finally {
    owned.dispose();
  }
}

async function listItems(
  target: DeployTarget,
  { clusters, kinds }: WorkloadPickOptions,
  signal: AbortSignal,
): Promise<readonly WorkloadItem[]> {
  const session = await (await clusters()).session(target.context);
  const answers = await Promise.allSettled(kinds.map((kind) => listKind(session, target, kind, signal)));
  const items = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const failures = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason as unknown] : [],
  );
  if (failures.length === kinds.length) throw failures[0];
  const notes = failures.map((error) => ({
    label: `$(warning) ${withoutIcons(explained(error))}`,
    alwaysShow: true,
  }));
  return [
    ...items.sort((one, other) => one.label.localeCompare(other.label, 'en', { numeric: true })),
    ...notes,
  ];
}

interface WorkloadPage {
  readonly metadata?: { readonly continue?: string };
  readonly items?: readonly KubeObject[];
}

async function listKind(
  session: Session,
  { context, namespace }: DeployTarget,
  kind: keyof typeof pickableKinds,
  signal: AbortSignal,
): Promise<WorkloadItem[]> {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${pickableKinds[kind]}`;
  const items: WorkloadItem[] = [];
  let token: string | undefined;
  do {
    const page: WorkloadPage = await session.request(path, {
      query: { limit: pageSize, continue: token },
      signal,
    });
    for (const object of page.items ?? []) items.push(item(object, kind, context, namespace));
    token = page.metadata?.continue === '' ? undefined : page.metadata?.continue;
  } while (token !== undefined);
  return items;
}

/** Shape and word say the same: the icon never stands alone. */
const icons = {
  healthy: 'pass',
  progressing: 'loading',
  warning: 'warning',
  failed: 'error',
  idle: 'circle-slash',
  unknown: 'question',
} as const;

function item(object: KubeObject, kind: string, context: string, namespace: string): WorkloadItem {
  const { name, uid } = object.metadata as { readonly name: string; readonly uid: string };
  // Items of a list come without their kind.
  const status = workloadStatus({ ...object, kind });
  const summary = translated(status.summary);
  return {
    label: name,
    description: `${kind} · ${withoutIcons(summary)}`,
    iconPath: new vscode.ThemeIcon(icons[status.health]),
    workload: { context, namespace, apiVersion: 'apps/v1', kind, name, uid },
  };
}
