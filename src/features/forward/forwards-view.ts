import * as vscode from 'vscode';
import type { Forward } from '../../cluster/index.ts';
import { contextKeys, type ForwardArgument, views } from '../../contributions.ts';
import type { Health } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { translated } from '../../platform/translation.ts';
import { faceOf } from './words.ts';

/** A forward as the view and its commands know it. */
export interface ForwardRow extends ForwardArgument {
  readonly forward: Forward;
  /** Where a browser or another program finds it. */
  readonly address: string;
}

/** Traffic changes many times a second; a row that says so once in this time is live enough. */
const drawMs = 500;

const colors: Readonly<Partial<Record<Health, string>>> = {
  healthy: 'testing.iconPassed',
  failed: 'list.errorForeground',
};

/** The list of port-forwards, there only while there are any. */
export class ForwardsView implements vscode.TreeDataProvider<ForwardRow>, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #drawAgain = this.#owned.own(new vscode.EventEmitter<ForwardRow | undefined>());
  readonly #rows = new Map<string, ForwardRow>();
  readonly #view: vscode.TreeView<ForwardRow>;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#drawAgain.event;

  constructor() {
    this.#view = this.#owned.own(
      vscode.window.createTreeView(views.forwards, { treeDataProvider: this, showCollapseAll: false }),
    );
    this.#owned.own({ dispose: () => clearTimeout(this.#timer) });
  }

  get rows(): readonly ForwardRow[] {
    return [...this.#rows.values()];
  }

  row(id: string): ForwardRow | null {
    return this.#rows.get(id) ?? null;
  }

  /** Takes a row in; it leaves by itself when its forward ends. */
  add(row: ForwardRow): void {
    this.#rows.set(row.id, row);
    row.forward.onDidChange(() => this.#drawSoon());
    row.forward.ended.addEventListener('abort', () => this.#remove(row.id), { once: true });
    this.#countChanged();
  }

  getChildren(row?: ForwardRow): ForwardRow[] {
    return row === undefined ? [...this.#rows.values()] : [];
  }

  getTreeItem({ id, forward }: ForwardRow): vscode.TreeItem {
    const { label, description, icon, health } = faceOf(forward);
    const item = new vscode.TreeItem(label);
    const color = colors[health];
    const words = description.map(translated).join(' · ');
    item.id = id;
    item.description = words;
    item.contextValue = `forward ${forward.state.phase}`;
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.tooltip = `127.0.0.1:${label}\n${words}`;
    item.accessibilityInformation = {
      label: vscode.l10n.t(
        'Port {0} of this machine leads to port {1} of {2} {3}, {4}',
        forward.localPort,
        forward.port,
        forward.ref.kind,
        forward.ref.name,
        words,
      ),
    };
    return item;
  }

  dispose(): void {
    for (const { forward } of this.rows) forward.dispose();
    this.#owned.dispose();
  }

  #remove(id: string): void {
    this.#rows.delete(id);
    this.#countChanged();
  }

  #countChanged(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.forwarding, this.#rows.size > 0);
    this.#drawSoon();
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const troubled = this.rows.filter(({ forward }) => forward.state.phase === 'failed').length;
      this.#view.badge =
        troubled === 0 ? undefined : { value: troubled, tooltip: vscode.l10n.t('{0} failed', troubled) };
      this.#drawAgain.fire(undefined);
    }, drawMs);
  }
}
