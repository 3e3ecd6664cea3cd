/** The tree of clusters, open at all pods of a namespace, over real stores of a server. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Clusters, openStore, type Lease, type LiveStore, type Session } from '../../src/cluster/index.ts';
import { formatMessage } from '../../src/core/index.ts';
import { kindOf } from '../../src/features/explorer/kinds/catalogue.ts';
import { ExplorerModel } from '../../src/features/explorer/model.ts';
import type { TreeNode } from '../../src/features/explorer/nodes.ts';
import type { ObjectRow } from '../../src/features/explorer/rows/rows.ts';
import { silentLog } from '../../src/platform/log.ts';
import { namespace } from './pods.ts';

/** VS Code draws what it is told of so much later. */
const drawMs = 100;

export class StormView {
  readonly #clusters: Clusters;
  readonly #session: Session;
  readonly #model: ExplorerModel;
  readonly #open = new Set<TreeNode>();
  readonly #waiting = new Set<TreeNode>();
  #pods: LiveStore<ObjectRow> | null = null;
  #drawing = false;
  /** Rows drawn again. */
  drawn = 0;

  private constructor(clusters: Clusters, session: Session) {
    this.#clusters = clusters;
    this.#session = session;
    const refuse = (): Promise<never> => Promise.reject(new Error('not asked for here'));
    this.#model = new ExplorerModel(
      {
        contexts: () => clusters.contexts(),
        connect: () =>
          Promise.resolve({
            session: {
              closed: session.closed,
              onDidReconnect: session.onDidReconnect.bind(session),
              resources: refuse,
              resource: refuse,
            },
            open: (query, project) => {
              const lease = openStore(session, query, project);
              if (query.plural === 'pods')
                this.#pods = (lease as unknown as Lease<LiveStore<ObjectRow>>).value;
              return lease;
            },
            events: () => Promise.resolve([]),
            version: () => Promise.resolve('v1.36.3'),
            access: refuse,
          }),
        target: () => null,
        protection: () => 'none',
        color: () => null,
        now: Date.now,
      },
      (nodes) => {
        for (const node of nodes ?? []) this.#waiting.add(node);
        if (!this.#drawing) void this.#redraw();
      },
    );
    this.#model.setVisible(true);
  }

  /** Resolves once all pods are listed. */
  static async open(kubeconfig: string): Promise<StormView> {
    const clusters = new Clusters({ kubeconfigs: () => [kubeconfig], env: {}, log: silentLog });
    const { current } = await clusters.contexts();
    const view = new StormView(clusters, await clusters.session(current ?? ''));
    try {
      let row: TreeNode | null = null;
      for (const label of [current, 'Pods', namespace]) row = await view.#childOf(row, label ?? '');
      await view.#children(row);
      for (let left = 300; view.#pods === null && left > 0; left--) await sleep(100);
      await view.#pods?.ready;
    } catch (error) {
      view.close();
      throw error;
    }
    return view;
  }

  /** Waits for a row that is not there yet. */
  async #childOf(parent: TreeNode | null, label: string): Promise<TreeNode> {
    for (let left = 50; left > 0; left--) {
      const rows = await this.#children(parent);
      const row = rows.find((one) => formatMessage(this.#model.face(one).label) === label);
      if (row !== undefined) return row;
      await sleep(100);
    }
    throw new Error(
      `There is no row ${label} among ${(await this.#children(parent)).map((one) => formatMessage(this.#model.face(one).label)).join(', ')}.`,
    );
  }

  get rows(): ReadonlyMap<string, ObjectRow> {
    return this.#pods?.rows ?? new Map<string, ObjectRow>();
  }

  /** Uids of the pods whose rows are not what a list of this moment says. */
  async differences(): Promise<readonly string[]> {
    const { items } = await this.#session.request<{ items: { metadata: { uid: string } }[] }>(
      `/api/v1/namespaces/${namespace}/pods`,
    );
    const project = kindOf('Pod')?.project;
    const fresh = new Map(items.map((item) => [item.metadata.uid, project?.(item)]));
    const gone = [...this.rows.keys()].filter((uid) => !fresh.has(uid));
    return [
      ...gone,
      ...[...fresh.keys()].filter((uid) => !isDeepStrictEqual(fresh.get(uid), this.rows.get(uid))),
    ];
  }

  close(): void {
    this.#model.dispose();
    this.#clusters.dispose();
  }

  /** As VS Code does: the row, and all that is open below it. */
  async #redraw(): Promise<void> {
    this.#drawing = true;
    await sleep(drawMs);
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#drawing = false;
    for (const node of all) {
      this.#model.draw(node);
      this.drawn++;
    }
    for (const node of all) if (this.#open.has(node)) await this.#again(node);
  }

  async #again(node: TreeNode): Promise<void> {
    for (const child of await this.#children(node)) if (this.#open.has(child)) await this.#again(child);
  }

  async #children(node: TreeNode | null): Promise<readonly TreeNode[]> {
    const children = await this.#model.children(node);
    if (node !== null) this.#open.add(node);
    for (const child of children) this.#model.draw(child);
    this.drawn += children.length;
    return children;
  }
}
