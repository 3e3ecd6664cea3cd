import * as vscode from 'vscode';
import type { ApiResource, LiveStore, Session } from '../../cluster/index.ts';
import { summarize } from '../../core/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { withoutIcons } from '../../platform/icons.ts';
import type { ObjectTarget } from '../../platform/objects.ts';
import { explained, translated } from '../../platform/translation.ts';

/** The person wants to look in another context or namespace. */
export const elsewhere = Symbol('elsewhere');

/** Kinds people ask for most, in this order; all others follow by the alphabet. */
const common = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Pod',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'Node',
  'Namespace',
];

/** Asks for a kind that can be listed; null when the person turns away. */
export async function pickKind(
  session: Session,
  title: string,
  fits: (resource: ApiResource) => boolean,
): Promise<ApiResource | null> {
  const listed = session.resources().then(({ resources }) => {
    const rank = ({ kind }: ApiResource): number =>
      common.includes(kind) ? common.indexOf(kind) : common.length;
    return resources
      .filter((resource) => resource.verbs.includes('list') && fits(resource))
      .sort((one, other) => rank(one) - rank(other) || one.kind.localeCompare(other.kind, 'en'))
      .map((resource) => ({ label: resource.kind, description: resource.apiVersion, resource }));
  });
  const chosen = await vscode.window.showQuickPick(listed, {
    title,
    placeHolder: vscode.l10n.t('Choose a kind'),
    matchOnDescription: true,
  });
  return chosen?.resource ?? null;
}

interface Choice {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly words: string;
}

/** One for all picks, so that they share their watches. */
function projectChoice(object: unknown): Choice {
  const { metadata } = object as { metadata: { uid?: string; name: string; namespace?: string } };
  const { words, reason } = summarize(object, Date.now());
  const shown = reason === null ? words : [...words, reason];
  return {
    uid: metadata.uid ?? `${metadata.namespace ?? ''}/${metadata.name}`,
    name: metadata.name,
    namespace: metadata.namespace ?? null,
    words: shown.map(translated).join(' · '),
  };
}

type Item = vscode.QuickPickItem & { readonly choice?: Choice };

export interface ObjectPickOptions {
  readonly session: Session;
  readonly resource: ApiResource;
  readonly target: DeployTarget;
  readonly title: string;
}

/** Asks for an object of a kind, from a list that stays true while it is open; null when the person turns away. */
export async function pickObject({
  session,
  resource,
  target,
  title,
}: ObjectPickOptions): Promise<ObjectTarget | typeof elsewhere | null> {
  const { openStore } = await import('../../cluster/index.ts');
  const { apiVersion, kind, plural, namespaced } = resource;
  const owned = new Disposables();
  const query = { apiVersion, plural, namespace: namespaced ? target.namespace : null };
  const store = owned.own(openStore(session, query, projectChoice)).value;
  const pick = owned.own(vscode.window.createQuickPick<Item>());
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Choose an object ({0})', kind);
  pick.matchOnDescription = true;
  pick.busy = true;
  pick.buttons = [
    {
      iconPath: new vscode.ThemeIcon('server'),
      tooltip: vscode.l10n.t('Choose another context or namespace'),
    },
  ];
  const render = (): void => {
    pick.busy = store.state.phase === 'connecting';
    const active = pick.activeItems[0]?.choice?.uid;
    pick.items = itemsOf(store, kind);
    const kept = pick.items.filter(({ choice }) => choice !== undefined && choice.uid === active);
    // None at all would leave Enter without an answer; the first is active by itself.
    if (kept.length > 0) pick.activeItems = kept;
  };
  return new Promise<ObjectTarget | typeof elsewhere | null>((resolve) => {
    owned.own(store.onDidChange(render));
    owned.own(store.onDidChangeState(render));
    owned.own(pick.onDidTriggerButton(() => resolve(elsewhere)));
    owned.own(pick.onDidHide(() => resolve(null)));
    owned.own(
      pick.onDidAccept(() => {
        const choice = pick.selectedItems[0]?.choice;
        if (choice === undefined) return store.retry();
        const { name, namespace, uid } = choice;
        resolve({ context: target.context, apiVersion, kind, name, namespace, uid });
      }),
    );
    pick.show();
    render();
  }).finally(() => owned.dispose());
}

function itemsOf({ rows, state }: LiveStore<Choice>, kind: string): Item[] {
  const items = [...rows.values()]
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
    .map((choice): Item => ({
      label: withoutIcons(choice.name),
      description: withoutIcons(choice.words),
      choice,
    }));
  if ('error' in state) {
    const reason = explained(state.error);
    items.unshift({
      label: vscode.l10n.t('{0}: Retry', kind),
      detail: reason,
      iconPath: new vscode.ThemeIcon('warning'),
      alwaysShow: true,
    });
  }
  if (items.length > 0 || state.phase === 'connecting') return items;
  return [{ label: vscode.l10n.t('There is no {0} here', kind), iconPath: new vscode.ThemeIcon('info') }];
}
