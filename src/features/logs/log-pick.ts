import * as vscode from 'vscode';
import type { Clusters, KubeObject, Session } from '../../cluster/index.ts';
import { workloadStatus } from '../../core/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { CancelledError } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import type { TargetSource } from '../../platform/target.ts';
import { explained, translated } from '../../platform/translation.ts';
import type { LogAddress } from './address.ts';

/** Kinds whose logs can be followed, in the order in which they are offered. */
const loggedKinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', plural: 'statefulsets' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', plural: 'daemonsets' },
  { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs' },
  { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' },
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods' },
] as const;

type LoggedKind = (typeof loggedKinds)[number];
type Item = vscode.QuickPickItem & { readonly address?: LogAddress };

/** Enough to choose among: who has more opens a log from the tree. */
const most = 500;

/** Asks whose log to show, in the target that is chosen. Throws CancelledError when the person turns away. */
export async function pickLog(clusters: () => Promise<Clusters>, target: TargetSource): Promise<LogAddress> {
  const place = await target.require();
  const items = listItems(place, async () => (await clusters()).session(place.context));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Show logs in {0} / {1}', place.context, place.namespace),
    placeHolder: vscode.l10n.t('Choose a workload or a pod'),
    matchOnDescription: true,
  });
  if (chosen?.address === undefined) throw new CancelledError();
  return chosen.address;
}

async function listItems(place: DeployTarget, connect: () => Promise<Session>): Promise<Item[]> {
  const session = await connect();
  const answers = await Promise.allSettled(loggedKinds.map((kind) => listKind(session, place, kind)));
  const failures = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [explained(answer.reason)] : [],
  );
  if (failures.length === loggedKinds.length) {
    const [first] = answers;
    if (first?.status === 'rejected') throw first.reason;
  }
  return [
    ...answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])),
    ...[...new Set(failures)].map((words) => ({
      label: `$(warning) ${withoutIcons(words)}`,
      alwaysShow: true,
    })),
  ];
}

async function listKind(
  session: Session,
  { context, namespace }: DeployTarget,
  { apiVersion, kind, plural }: LoggedKind,
): Promise<Item[]> {
  const { resourcePath } = await import('../../cluster/index.ts');
  const path = resourcePath({ apiVersion, plural, namespaced: true }, namespace);
  const page = await session.request<{ readonly items?: readonly KubeObject[] }>(path, {
    query: { limit: most },
  });
  return (page.items ?? []).map((object) => {
    const { name, uid } = object.metadata as { readonly name: string; readonly uid: string };
    // Items of a list come without their kind.
    const { summary } = workloadStatus({ ...object, apiVersion, kind });
    return {
      label: name,
      description: `${kind} · ${translated(summary)}`,
      // A Pod of the same name is another one; a workload may well be made anew.
      address: { context, namespace, apiVersion, kind, name, ...(kind === 'Pod' && { uid }) },
    };
  });
}
