/** The tree's model on a real cluster, drawn as VS Code draws it; what the rows of one node said, and when. */
import {
  accessRules,
  type ContextList,
  openStore,
  serverVersion,
  type Session,
} from '../../src/cluster/index.ts';
import { type FailoverStory, formatMessage } from '../../src/core/index.ts';
import { ExplorerModel } from '../../src/features/explorer/model.ts';
import type { TreeNode } from '../../src/features/explorer/nodes.ts';
import { until } from './support.ts';

const context = 'real';

export class TreeOfNodes {
  readonly #model: ExplorerModel;
  readonly #name: string;
  /** The group of nodes, once it is open. */
  #group: TreeNode | null = null;
  #node: TreeNode | null = null;
  /** When the row first said so, in milliseconds since 1970; null: it never did. */
  silentAt: number | null = null;

  constructor(session: Session, name: string) {
    this.#name = name;
    const list: ContextList = {
      contexts: [{ name: context, cluster: '', user: '', namespace: 'default', server: '', file: '/config' }],
      current: context,
      problems: [],
      files: ['/config'],
    };
    this.#model = new ExplorerModel(
      {
        contexts: () => Promise.resolve(list),
        connect: () =>
          Promise.resolve({
            session,
            open: (query, project) => openStore(session, query, project),
            events: () => Promise.resolve([]),
            version: () => serverVersion(session),
            access: (namespace) => accessRules(session, namespace),
          }),
        target: () => null,
        protection: () => 'none',
        color: () => null,
        now: Date.now,
      },
      () => void this.#draw(),
    );
    this.#model.setVisible(true);
  }

  /** Opens the context, and its nodes. */
  async open(): Promise<void> {
    const [top] = await this.#model.children(null);
    if (top === undefined) throw new Error('There is no context.');
    await until('the nodes to be listed', async () => {
      const rows = await this.#model.children(top);
      this.#group = rows.find((row) => row.type === 'group' && row.of === 'Node') ?? null;
      await this.#draw();
      return this.#node !== null && this.row.includes('cpu');
    });
  }

  /** The node's row, as it reads now. */
  get row(): string {
    if (this.#node === null) return '';
    const { label, description } = this.#model.face(this.#node);
    return [label, ...description].map((part) => formatMessage(part)).join(' · ');
  }

  get story(): FailoverStory | null {
    return this.#model.story(context, this.#name);
  }

  dispose(): void {
    this.#model.dispose();
  }

  async #draw(): Promise<void> {
    if (this.#group === null) return;
    for (const row of await this.#model.children(this.#group)) {
      this.#model.draw(row);
      if (row.type === 'object' && row.name === this.#name) this.#node = row;
    }
    if (this.row.includes('no heartbeat')) this.silentAt ??= Date.now();
  }
}
