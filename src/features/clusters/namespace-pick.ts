import * as vscode from 'vscode';
import type { Clusters, ContextInfo } from '../../cluster/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { explained } from '../../platform/translation.ts';
import { isNamespaceName, namespaceChoices } from './choices.ts';
import { listNamespaces } from './namespaces.ts';

export interface NamespaceQuestion {
  readonly title: string;
  readonly clusters: Clusters;
  /** Names to offer before the cluster has answered. */
  readonly known: readonly (string | null | undefined)[];
  /** The one in use now. */
  readonly used: string | null;
  readonly canGoBack?: boolean;
  /** Hears whether the cluster is being asked. */
  readonly connecting?: (busy: boolean) => void;
}

/** Answer of a person who wants to choose another context. */
export const back = Symbol('back');

/** Asks for a namespace of a context; null when the person turns away, `back` where they may go back and do. */
export function pickNamespace(
  context: ContextInfo,
  question: NamespaceQuestion,
): Promise<string | typeof back | null> {
  return new NamespacePick(context, question).ask();
}

type NamespaceItem = vscode.QuickPickItem & { readonly name?: string; readonly retry?: true };

/** A quick pick that fills while the cluster answers; any valid name may be typed, listed or not. */
class NamespacePick {
  readonly #pick = vscode.window.createQuickPick<NamespaceItem>();
  readonly #context: ContextInfo;
  readonly #question: NamespaceQuestion;
  #listed: readonly string[] | null = null;
  #failure: string | null = null;
  #closed = false;

  constructor(context: ContextInfo, question: NamespaceQuestion) {
    this.#context = context;
    this.#question = question;
    this.#pick.title = question.title;
    this.#pick.placeholder = vscode.l10n.t('Choose a namespace or type its name');
    this.#pick.buttons = question.canGoBack === true ? [vscode.QuickInputButtons.Back] : [];
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
    this.#question.connecting?.(true);
    try {
      this.#listed = await listNamespaces(await this.#question.clusters.session(this.#context.name));
    } catch (error) {
      this.#failure = explained(error);
    } finally {
      this.#question.connecting?.(false);
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
    const { known, used } = this.#question;
    const choices = namespaceChoices(known, this.#listed);
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
