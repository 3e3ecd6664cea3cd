import * as vscode from 'vscode';
import type { Clusters, ContextList } from '../../cluster/index.ts';
import {
  type ClusterRowArgument,
  commands,
  type ContextColor,
  contextKeys,
  views,
} from '../../contributions.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { type Disposable, Disposables } from '../../platform/disposables.ts';
import { type Protection, protectionOf } from '../../platform/protection.ts';
import { colorOf, onSettingChange } from '../../platform/settings.ts';
import type { TargetSource } from '../../platform/target.ts';
import { FailoverDocuments } from './failover-document.ts';
import { Filter } from './filter.ts';
import type { Grouping } from './forest/buckets.ts';
import { itemOf, markdownOf } from './items.ts';
import type { Connection } from './live/connection.ts';
import { ExplorerModel } from './model.ts';
import type { TreeNode } from './nodes.ts';
import { Openings } from './openings.ts';
import { askFilter, pickGrouping } from './prompts.ts';

export interface ExplorerOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly contexts: {
    list(): Promise<ContextList>;
    readonly onDidChange: vscode.Event<ContextList>;
  };
  readonly target: TargetSource;
  /** Keeps how pods are grouped. */
  readonly memory: vscode.Memento;
  readonly commands: CommandTable;
}

const groupingKey = 'explorer.grouping';

/** Settings that change how a context's row looks. */
const lookSettings = ['clusters.protected', 'clusters.readOnly', 'clusters.colors'] as const;

/** How often ages in the rows move on. */
const tickMs = 10_000;

interface ContextLook {
  readonly protection: Protection;
  readonly color: ContextColor | null;
}

/** What settings say of contexts, kept: reading them takes VS Code long, and every row that is drawn wants to know. */
class ContextSettings {
  readonly #known = new Map<string, ContextLook>();

  of(context: string): ContextLook {
    const known = this.#known.get(context);
    if (known !== undefined) return known;
    const found = { protection: protectionOf(context), color: colorOf(context) };
    this.#known.set(context, found);
    return found;
  }

  forget(): void {
    this.#known.clear();
  }
}

/** The cluster view: contexts, namespaces, workloads, pods, live while they are shown. */
export class Explorer implements vscode.TreeDataProvider<TreeNode> {
  readonly #options: ExplorerOptions;
  readonly #owned = new Disposables();
  readonly #drawAgain = this.#owned.own(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly #settings = new ContextSettings();
  readonly #model: ExplorerModel;
  readonly #openings = this.#owned.own(
    new Openings(
      (node) => this.#openAgain(node),
      (node) => this.#model.drawAgain(node),
    ),
  );
  #view: vscode.TreeView<TreeNode> | null = null;
  #ticking: Disposable | null = null;
  #documents: FailoverDocuments | null = null;

  readonly onDidChangeTreeData = this.#drawAgain.event;

  constructor(options: ExplorerOptions) {
    this.#options = options;
    this.#model = this.#owned.own(
      new ExplorerModel(
        {
          contexts: () => options.contexts.list(),
          connect: (context) => this.#connect(context),
          target: () => options.target.current,
          protection: (context) => this.#settings.of(context).protection,
          color: (context) => this.#settings.of(context).color,
          now: Date.now,
        },
        (nodes) => this.#draw(nodes),
      ),
    );
    this.#model.setGrouping(options.memory.get<Grouping>(groupingKey, 'namespace'));
  }

  register(): vscode.Disposable {
    const { contexts, target } = this.#options;
    const view = this.#owned.own(
      vscode.window.createTreeView(views.clusters, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.#view = view;
    this.#owned.own(
      view.onDidExpandElement(({ element }) => {
        this.#openings.opened(element);
        this.#model.expand(element);
      }),
    );
    this.#owned.own(
      view.onDidCollapseElement(({ element }) => {
        this.#openings.closed(element);
        this.#model.collapse(element);
      }),
    );
    this.#owned.own(view.onDidChangeVisibility(({ visible }) => this.#show(visible)));
    this.#owned.own(contexts.onDidChange((list) => this.#model.contextsChanged(list)));
    this.#owned.own(target.onDidChange(() => this.#model.tick()));
    this.#owned.own(
      onSettingChange(lookSettings, () => {
        this.#settings.forget();
        this.#model.tick();
      }),
    );
    this.#owned.own({ dispose: () => this.#ticking?.dispose() });
    const documents = new FailoverDocuments((context, node) => this.#model.story(context, node));
    this.#documents = this.#owned.own(documents);
    this.#registerCommands();
    this.#show(view.visible);
    return this.#owned;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) this.#openings.asked(node);
    try {
      const children = await this.#options.commands.guard(views.clusters, () =>
        this.#model.children(node ?? null),
      );
      return [...(children ?? [])];
    } finally {
      if (node !== undefined) this.#openings.answered(node);
    }
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    this.#openings.drawn(node);
    const { face, expandable } = this.#model.draw(node);
    return itemOf(node, face, expandable);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: TreeNode,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    const cancelled = new AbortController();
    const listening = token.onCancellationRequested(() => cancelled.abort());
    try {
      const tooltip = await this.#model.tooltip(node, cancelled.signal);
      if (tooltip !== null) item.tooltip = markdownOf(tooltip);
    } finally {
      listening.dispose();
    }
    return item;
  }

  getParent(node: TreeNode): TreeNode | null {
    return node.parent;
  }

  #registerCommands(): void {
    const { commands: table } = this.#options;
    this.#owned.own(table.register(commands.connect, (row) => this.#reveal(row)));
    this.#owned.own(table.register(commands.disconnect, (row) => this.#disconnect(row)));
    this.#owned.own(
      table.register(commands.retry, (row) => {
        if (row !== undefined) this.#model.retry(row.context);
      }),
    );
    this.#owned.own(
      table.register(commands.copyName, async (row, rows) => {
        const chosen = rows !== undefined && rows.length > 0 ? rows : row === undefined ? [] : [row];
        const names = chosen.map(nameOf).filter((name) => name !== undefined);
        if (names.length > 0) await vscode.env.clipboard.writeText(names.join('\n'));
      }),
    );
    this.#owned.own(
      table.register(commands.showFailover, async (row) => {
        if (row?.name !== undefined) await this.#documents?.open(row.context, row.name);
      }),
    );
    this.#owned.own(table.register(commands.filterTree, () => this.#askFilter()));
    this.#owned.own(table.register(commands.clearFilter, () => this.#filter('')));
    this.#owned.own(table.register(commands.groupPods, () => this.#askGrouping()));
    this.#owned.own(
      table.register(commands.showMore, (row) => {
        if (row !== undefined) this.#model.showMore(row as TreeNode);
      }),
    );
  }

  #tick(): void {
    this.#model.tick();
    this.#documents?.refresh();
  }

  #draw(nodes: readonly TreeNode[] | null): void {
    this.#drawAgain.fire(nodes === null ? undefined : [...nodes]);
    this.#count();
  }

  /** The badge on the view's icon. */
  #count(): void {
    const value = this.#model.unhealthy;
    if (this.#view === null || (this.#view.badge?.value ?? 0) === value) return;
    const tooltip = vscode.l10n.t('{0} unhealthy', value);
    this.#view.badge = value === 0 ? undefined : { value, tooltip };
  }

  async #askFilter(): Promise<void> {
    const text = await askFilter(this.#model.filter?.text ?? '');
    if (text !== undefined) this.#filter(text);
  }

  #filter(text: string): void {
    const filter = Filter.of(text);
    this.#model.setFilter(filter);
    void vscode.commands.executeCommand('setContext', contextKeys.filtered, filter !== null);
  }

  async #askGrouping(): Promise<void> {
    const grouping = await pickGrouping(this.#model.grouping);
    if (grouping === undefined) return;
    this.#model.setGrouping(grouping);
    await this.#options.memory.update(groupingKey, grouping);
  }

  async #connect(context: string): Promise<Connection> {
    const clusters = await this.#options.clusters();
    const [session, { accessRules, listEvents, openStore, serverVersion }] = await Promise.all([
      clusters.session(context),
      import('../../cluster/index.ts'),
    ]);
    return {
      session,
      open: (query, project) => openStore(session, query, project),
      events: (about, signal) => listEvents(session, about, signal),
      version: () => serverVersion(session),
      access: (namespace) => accessRules(session, namespace),
    };
  }

  /** Expanding a context's row is what connects. */
  async #reveal(row: ClusterRowArgument | undefined): Promise<void> {
    const node = row === undefined ? null : this.#model.contextNode(row.context);
    if (node !== null) await this.#view?.reveal(node, { expand: true, select: true });
  }

  async #openAgain(node: TreeNode): Promise<void> {
    if (this.#view?.visible !== true || !this.#model.isShown(node)) return;
    try {
      await this.#view.reveal(node, { expand: true, select: false, focus: false });
    } catch {
      // Gone in the meantime: there is nothing to open.
    }
  }

  async #disconnect(row: ClusterRowArgument | undefined): Promise<void> {
    if (row === undefined) return;
    this.#model.disconnect(row.context);
    (await this.#options.clusters()).close(row.context);
  }

  #show(visible: boolean): void {
    this.#model.setVisible(visible);
    this.#ticking?.dispose();
    this.#ticking = null;
    if (!visible) return;
    const timer = setInterval(() => this.#tick(), tickMs);
    this.#ticking = { dispose: () => clearInterval(timer) };
  }
}

/** What people call what the row stands for. */
function nameOf({ key, container, name, namespace, context }: ClusterRowArgument): string | undefined {
  return key ?? container ?? name ?? namespace ?? context;
}
