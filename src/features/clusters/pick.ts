import * as vscode from 'vscode';
import type { Clusters, ContextInfo, ContextList } from '../../cluster/index.ts';
import type { DeployTarget } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import { explain } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { protectionOf } from '../../platform/protection.ts';
import { isNamespaceName, namespaceChoices } from './choices.ts';
import { listNamespaces } from './namespaces.ts';

export interface PickOptions {
  readonly list: ContextList;
  readonly clusters: Clusters;
  readonly current: DeployTarget | null;
  /** Hears whether a cluster is being asked. */
  readonly connecting: (busy: boolean) => void;
}

/** Answer of a person who wants to choose another context. */
const back = Symbol('back');

/** Asks for a context, then for a namespace in it; null when the person turns away. One context needs no asking. */
export async function pickTarget(options: PickOptions): Promise<DeployTarget | null> {
  const { contexts } = options.list;
  const only = contexts.length === 1 ? contexts[0] : undefined;
  for (;;) {
    const context = only ?? (await pickContext(options));
    if (context === null) return null;
    const answer = await pickNamespace(context, options, only === undefined);
    if (answer !== back) return answer === null ? null : { context: context.name, namespace: answer };
  }
}

interface ContextItem extends vscode.QuickPickItem {
  readonly context: ContextInfo;
}

async function pickContext({ list, current }: PickOptions): Promise<ContextInfo | null> {
  const items = list.contexts.map((context): ContextItem => {
    const words = {
      none: [],
      protected: [vscode.l10n.t('protected')],
      readOnly: [vscode.l10n.t('read-only')],
    }[protectionOf(context.name)];
    return {
      label: withoutIcons(context.name),
      iconPath: new vscode.ThemeIcon(context.name === current?.context ? 'check' : 'server'),
      description: [context.server, ...words].join(' · '),
      context,
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Deploy target: context'),
    placeHolder: vscode.l10n.t('Choose the cluster that manifests of this window go to'),
    matchOnDescription: true,
  });
  return chosen?.context ?? null;
}

type NamespaceItem = vscode.QuickPickItem & { readonly name?: string; readonly retry?: true };

/** A quick pick that fills while the cluster answers; any valid name may be typed, listed or not. */
class NamespacePick {
  readonly #pick = vscode.window.createQuickPick<NamespaceItem>();
  readonly #context: ContextInfo;
  readonly #options: PickOptions;
  #listed: readonly string[] | null = null;
  #failure: string | null = null;
  #closed = false;

  constructor(context: ContextInfo, options: PickOptions, canGoBack: boolean) {
    this.#context = context;
    this.#options = options;
    this.#pick.title = vscode.l10n.t('Deploy target: namespace in {0}', context.name);
    this.#pick.placeholder = vscode.l10n.t('Choose a namespace or type its name');
    this.#pick.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  }

  /** The chosen name; null when the person turned away. */
  ask(): Promise<string | typeof back | null> {
    const owned = new Disposables();
    owned.own(this.#pick);
    return new Promise<string | typeof back | null>((resolve) => {
      owned.own(this.#pick.onDidChangeValue(() => this.#render()));
      owned.own(this.#pick.onDidTriggerButton(() => resolve(back)));
      owned.own(this.#pick.onDidHide(() => resolve(null)));
      owned.own(
        this.#pick.onDidAccept(() => {
          const [item] = this.#pick.selectedItems;
          if (item?.retry === true) void this.#load();
          else if (item?.name !== undefined) resolve(item.name);
        }),
      );
      this.#render();
      this.#pick.show();
      void this.#load();
    }).finally(() => {
      this.#closed = true;
      owned.dispose();
    });
  }

  /** Never rejects: what went wrong stands in the pick, and a name can still be typed. */
  async #load(): Promise<void> {
    this.#failure = null;
    this.#pick.busy = true;
    this.#options.connecting(true);
    try {
      this.#listed = await listNamespaces(await this.#options.clusters.session(this.#context.name));
    } catch (error) {
      this.#failure = explain(error, (template) => vscode.l10n.t(template));
    } finally {
      this.#options.connecting(false);
      if (!this.#closed) {
        this.#pick.busy = false;
        this.#renderInPlace();
      }
    }
  }

  /** New items make the first one active; who had moved on keeps the row they had moved to. */
  #renderInPlace(): void {
    const active = this.#pick.activeItems[0]?.label;
    this.#render();
    const same = this.#pick.items.find(({ label }) => label === active);
    if (same !== undefined) this.#pick.activeItems = [same];
  }

  #render(): void {
    const { current, list } = this.#options;
    const used = current?.context === this.#context.name ? current.namespace : null;
    const own = list.contexts.find(({ name }) => name === this.#context.name)?.namespace;
    const choices = namespaceChoices([used, own], this.#listed);
    const items = choices.map(({ name, missing }): NamespaceItem => ({
      label: name,
      description: missing ? vscode.l10n.t('not in the cluster') : '',
      iconPath: new vscode.ThemeIcon(name === used ? 'check' : 'symbol-namespace'),
      name,
    }));
    const typed = this.#pick.value.trim();
    if (isNamespaceName(typed) && !choices.some(({ name }) => name === typed)) {
      items.push({
        label: typed,
        description: vscode.l10n.t('as typed'),
        iconPath: new vscode.ThemeIcon('edit'),
        name: typed,
      });
    }
    if (this.#failure !== null) {
      items.push({
        label: vscode.l10n.t('Namespaces cannot be listed: Retry'),
        detail: this.#failure,
        iconPath: new vscode.ThemeIcon('warning'),
        alwaysShow: true,
        retry: true,
      });
    }
    this.#pick.items = items;
  }
}

function pickNamespace(
  context: ContextInfo,
  options: PickOptions,
  canGoBack: boolean,
): Promise<string | typeof back | null> {
  return new NamespacePick(context, options, canGoBack).ask();
}
