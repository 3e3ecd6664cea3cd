import * as vscode from 'vscode';
import type { ObjectPlan } from '../../cluster/index.ts';
import type { Message } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { translated } from '../../platform/translation.ts';
import { decisionOf, rowWords } from './rows.ts';

export interface PlanPickOptions {
  /** `Deploy to dev / shop` */
  readonly title: string;
  /** Namespace of the target. */
  readonly namespace: string;
  /** The one thing the person should know before deciding; `''` when there is none. */
  readonly notice: string;
  /** Files with unsaved text, which is what gets deployed. */
  readonly unsaved: readonly vscode.TextDocument[];
  plan(signal: AbortSignal): Promise<readonly ObjectPlan[]>;
  /** Shows an object's diff beside. */
  show(plan: ObjectPlan): Promise<void>;
}

type Item = vscode.QuickPickItem & { readonly plan?: ObjectPlan };

/** A row the arrow keys only pass by opens no diff. */
const settleMs = 150;

/**
 * Shows what a deploy would do, object by object, and asks whether to do it. Resolves to the plans when the person
 * agrees, to null when they turn away or there is nothing to do; rejects when the plan cannot be made. Turning away
 * stops the planning.
 */
export async function askDeploy(options: PlanPickOptions): Promise<readonly ObjectPlan[] | null> {
  const pick = new PlanPick(options);
  try {
    return await pick.ask();
  } finally {
    pick.dispose();
  }
}

class PlanPick implements vscode.Disposable {
  readonly #options: PlanPickOptions;
  readonly #owned = new Disposables();
  readonly #pick = this.#owned.own(vscode.window.createQuickPick<Item>());
  readonly #stop = new AbortController();
  readonly #deploy: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('cloud-upload'),
    tooltip: vscode.l10n.t('Deploy'),
  };
  readonly #diff: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('diff'),
    tooltip: vscode.l10n.t('Show what changes'),
  };
  readonly #save: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('save'),
    tooltip: vscode.l10n.t('Save the files'),
  };
  #plans: readonly ObjectPlan[] = [];
  #shown: ObjectPlan | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PlanPickOptions) {
    this.#options = options;
    this.#owned.own({ dispose: () => this.#stop.abort() });
    this.#owned.own({ dispose: () => clearTimeout(this.#timer) });
    const pick = this.#pick;
    pick.title = options.title;
    pick.placeholder = vscode.l10n.t('Asking the cluster what would change…');
    pick.busy = true;
    // The diff opens in an editor, which must not close the pick.
    pick.ignoreFocusOut = true;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.buttons = this.#buttons(false);
  }

  ask(): Promise<readonly ObjectPlan[] | null> {
    const pick = this.#pick;
    return new Promise((resolve, reject) => {
      const agree = (): void => {
        const { kind } = decisionOf(this.#plans);
        if (!pick.busy && kind !== 'refused') resolve(kind === 'deploy' ? this.#plans : null);
      };
      this.#owned.own(pick.onDidHide(() => resolve(null)));
      this.#owned.own(
        pick.onDidAccept(() => {
          const plan = pick.activeItems[0]?.plan;
          if (plan === undefined) agree();
          else this.#show(plan);
        }),
      );
      this.#owned.own(
        pick.onDidTriggerButton((button) => {
          if (button === this.#deploy) agree();
          else if (button === this.#save) this.#saveAll();
        }),
      );
      this.#owned.own(pick.onDidTriggerItemButton(({ item }) => item.plan && this.#show(item.plan)));
      this.#owned.own(pick.onDidChangeActive(([item]) => this.#moved(item)));
      pick.show();
      this.#options.plan(this.#stop.signal).then((plans) => this.#fill(plans), reject);
    });
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #fill(plans: readonly ObjectPlan[]): void {
    if (this.#owned.disposed) return;
    this.#plans = plans;
    const pick = this.#pick;
    const items = plans.map((plan) => this.#row(plan));
    const first = this.#decision();
    pick.items = [first, ...items];
    pick.activeItems = [first];
    pick.buttons = this.#buttons(decisionOf(plans).kind === 'deploy');
    pick.placeholder = this.#options.notice || vscode.l10n.t('Choose an object to see what changes in it');
    pick.busy = false;
  }

  #decision(): Item {
    const { kind, label, description } = decisionOf(this.#plans);
    const icon = { deploy: 'cloud-upload', nothing: 'check', refused: 'error' }[kind];
    return {
      label: `$(${icon}) ${say(label)}`,
      ...(description === null ? {} : { description: say(description) }),
      alwaysShow: true,
    };
  }

  #row(plan: ObjectPlan): Item {
    const { label, description, detail } = rowWords(plan, this.#options.namespace);
    return {
      label: withoutIcons(label),
      description: description.map(say).join(' · '),
      ...(detail.length === 0 ? {} : { detail: detail.map(say).join(' · ') }),
      buttons: [this.#diff],
      plan,
    };
  }

  #buttons(deploy: boolean): readonly vscode.QuickInputButton[] {
    return [...(this.#options.unsaved.length === 0 ? [] : [this.#save]), ...(deploy ? [this.#deploy] : [])];
  }

  #moved(item: Item | undefined): void {
    clearTimeout(this.#timer);
    const plan = item?.plan;
    if (plan !== undefined && plan !== this.#shown)
      this.#timer = setTimeout(() => this.#show(plan), settleMs);
  }

  /** A diff that cannot be opened is no reason to end the deploy: the row stays and can be tried again. */
  #show(plan: ObjectPlan): void {
    clearTimeout(this.#timer);
    this.#shown = plan;
    this.#options.show(plan).catch(() => {
      if (this.#shown === plan) this.#shown = null;
    });
  }

  #saveAll(): void {
    const saved = this.#options.unsaved.map((document) => document.save());
    void Promise.all(saved).then((all) => {
      if (!this.#owned.disposed && all.every(Boolean)) {
        this.#pick.buttons = this.#pick.buttons.filter((button) => button !== this.#save);
      }
    });
  }
}

/** What a row shows. The server's words and a manifest's names are in it: they draw no icons. */
function say(words: Message): string {
  return withoutIcons(translated(words));
}
