import * as vscode from 'vscode';
import type { Session } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import { amountText } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError, isCancellation } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { explained } from '../../platform/translation.ts';
import type { ObjectChoice } from './choice.ts';
import {
  type Measure,
  readTop,
  type Share,
  sorted,
  type TopAnswer,
  type TopRow,
  type TopScope,
} from './top-rows.ts';

/** The metrics server measures every 15 s or so. */
const refreshMs = 10_000;

/** What uses most, as a list that stays true while it is open; choosing a row describes it. */
export async function showTop(choice: ObjectChoice, row: ClusterRowArgument | undefined): Promise<void> {
  const { context, scope, name } = await scopeOf(choice, row);
  const chosen = await new TopPick(await choice.session(context), scope, name).ask();
  if (chosen === null) return;
  const argument: ClusterRowArgument = {
    context,
    apiVersion: 'v1',
    kind: scope.of === 'nodes' ? 'Node' : 'Pod',
    name: chosen.name,
    ...(chosen.namespace !== null && { namespace: chosen.namespace }),
  };
  await vscode.commands.executeCommand(commands.describe, argument);
}

interface Scope {
  readonly context: string;
  readonly scope: TopScope;
  /** Shown as chosen, at first. */
  readonly name: string | null;
}

async function scopeOf(choice: ObjectChoice, row: ClusterRowArgument | undefined): Promise<Scope> {
  if (row?.kind === 'Node') return { context: row.context, scope: { of: 'nodes' }, name: row.name ?? null };
  if (row?.namespace !== undefined || row?.kind === 'Namespace') {
    const namespace = row.namespace ?? row.name ?? null;
    const name = row.kind === 'Pod' ? (row.name ?? null) : null;
    return { context: row.context, scope: { of: 'pods', namespace }, name };
  }
  if (row !== undefined) return { context: row.context, scope: { of: 'nodes' }, name: null };
  const { context, namespace } = await choice.place();
  const items: (vscode.QuickPickItem & { scope: TopScope })[] = [
    { label: vscode.l10n.t('Pods of {0}', namespace), scope: { of: 'pods', namespace } },
    { label: vscode.l10n.t('Pods of all namespaces'), scope: { of: 'pods', namespace: null } },
    { label: vscode.l10n.t('Nodes'), scope: { of: 'nodes' } },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Top in {0}', context) });
  if (chosen === undefined) throw new CancelledError();
  return { context, scope: chosen.scope, name: null };
}

type Item = vscode.QuickPickItem & { readonly row?: TopRow };

class TopPick {
  readonly #owned = new Disposables();
  readonly #pick = this.#owned.own(vscode.window.createQuickPick<Item>());
  readonly #ending = new AbortController();
  readonly #session: Session;
  readonly #scope: TopScope;
  #first: string | null;
  #measure: Measure = 'cpu';
  #answer: TopAnswer | null = null;
  #failure: string | null = null;
  #isReading = false;

  constructor(session: Session, scope: TopScope, first: string | null) {
    this.#session = session;
    this.#scope = scope;
    this.#first = first;
    const { name } = session.context;
    this.#pick.title =
      scope.of === 'nodes'
        ? vscode.l10n.t('Top nodes of {0}', name)
        : vscode.l10n.t(
            'Top pods of {0}',
            [name, ...(scope.namespace === null ? [] : [scope.namespace])].join(' / '),
          );
    this.#pick.placeholder = vscode.l10n.t('Choose one to describe it');
    this.#pick.matchOnDescription = true;
    this.#pick.keepScrollPosition = true;
    this.#pick.busy = true;
  }

  /** The chosen row; null when the person turns away. */
  ask(): Promise<TopRow | null> {
    const timer = setInterval(() => void this.#read(), refreshMs);
    this.#owned.own({ dispose: () => clearInterval(timer) });
    this.#owned.own({ dispose: () => this.#ending.abort() });
    return new Promise<TopRow | null>((resolve) => {
      this.#owned.own(this.#pick.onDidHide(() => resolve(null)));
      this.#owned.own(
        this.#pick.onDidTriggerButton(() => {
          this.#measure = this.#measure === 'cpu' ? 'memory' : 'cpu';
          this.#render();
        }),
      );
      this.#owned.own(
        this.#pick.onDidAccept(() => {
          const row = this.#pick.selectedItems[0]?.row;
          if (row === undefined) void this.#read();
          else resolve(row);
        }),
      );
      this.#render();
      this.#pick.show();
      void this.#read();
    }).finally(() => this.#owned.dispose());
  }

  async #read(): Promise<void> {
    // A server that takes long is not asked again before it has answered.
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      this.#answer = await readTop(this.#session, this.#scope, this.#ending.signal);
      this.#failure = null;
    } catch (error) {
      if (isCancellation(error)) return;
      this.#failure = explained(error);
    } finally {
      this.#isReading = false;
    }
    if (this.#owned.disposed) return;
    this.#pick.busy = false;
    this.#render();
  }

  #render(): void {
    const byCpu = this.#measure === 'cpu';
    this.#pick.buttons = [
      {
        iconPath: new vscode.ThemeIcon('arrow-swap'),
        tooltip: byCpu ? vscode.l10n.t('Sort by memory') : vscode.l10n.t('Sort by CPU'),
      },
    ];
    const active = this.#pick.activeItems[0]?.row;
    const isActive = ({ name, namespace }: TopRow): boolean =>
      active === undefined ? name === this.#first : name === active.name && namespace === active.namespace;
    this.#pick.items = this.#items();
    const kept = this.#pick.items.filter(({ row }) => row !== undefined && isActive(row));
    if (kept.length > 0) this.#pick.activeItems = kept;
    if (this.#answer !== null) this.#first = null;
  }

  #items(): Item[] {
    const notice = (label: string, detail: string, icon: string): Item => ({
      label,
      detail,
      iconPath: new vscode.ThemeIcon(icon),
      alwaysShow: true,
    });
    const failed =
      this.#failure === null
        ? []
        : [notice(vscode.l10n.t('Use cannot be read: Retry'), this.#failure, 'warning')];
    if (this.#answer === null) return failed;
    switch (this.#answer.state) {
      case 'absent':
        return [
          notice(
            vscode.l10n.t('This cluster does not measure use'),
            vscode.l10n.t('Install metrics-server (kubernetes-sigs/metrics-server), then Retry.'),
            'info',
          ),
        ];
      case 'down':
        return [
          notice(
            vscode.l10n.t('The metrics server does not answer'),
            vscode.l10n.t('Look at the pods of metrics-server in kube-system, then Retry.'),
            'warning',
          ),
        ];
      case 'measured':
        return [...failed, ...sorted(this.#answer.rows, this.#measure).map((row) => this.#item(row))];
    }
  }

  #item(row: TopRow): Item {
    const words = (['cpu', 'memory'] as const).map((measure) => useText(row, measure));
    const shown = this.#measure === 'cpu' ? words : words.reverse();
    const place = this.#scope.of === 'pods' && this.#scope.namespace === null ? [row.namespace ?? ''] : [];
    return { label: withoutIcons(row.name), description: [...place, ...shown].join(' · '), row };
  }
}

/** `cpu 0.25 (50 % of request, 25 % of limit)`. */
function useText({ use, shares }: TopRow, measure: Measure): string {
  const amount = amountText(measure, use[measure]);
  const text = measure === 'cpu' ? vscode.l10n.t('cpu {0}', amount) : vscode.l10n.t('memory {0}', amount);
  const of = shares[measure].map(shareText).join(', ');
  return of === '' ? text : `${text} (${of})`;
}

function shareText({ of, percent }: Share): string {
  switch (of) {
    case 'request':
      return vscode.l10n.t('{0} % of request', percent);
    case 'limit':
      return vscode.l10n.t('{0} % of limit', percent);
    case 'allocatable':
      return vscode.l10n.t('{0} % of allocatable', percent);
  }
}
