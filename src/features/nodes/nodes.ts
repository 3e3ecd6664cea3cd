import * as vscode from 'vscode';
import type { Clusters, Session } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import type { ObjectChooser, ObjectTarget } from '../../platform/objects.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import { askDrain } from './consent.ts';
import { Drains } from './drains.ts';

export interface NodesOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly objects: ObjectChooser;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

type Row = ClusterRowArgument | undefined;
type Rows = readonly ClusterRowArgument[] | undefined;

const outcomeMs = 10_000;

/** Takes nodes out of service and brings them back. */
export class NodesFeature {
  readonly #options: NodesOptions;
  readonly #drains: Drains;

  constructor(options: NodesOptions) {
    this.#options = options;
    this.#drains = new Drains(options.activities);
  }

  register(): vscode.Disposable {
    const { commands: table } = this.#options;
    const owned = new Disposables();
    owned.own(table.register(commands.cordon, (row, rows) => this.#setSchedulable(row, rows, false)));
    owned.own(table.register(commands.uncordon, (row, rows) => this.#setSchedulable(row, rows, true)));
    owned.own(table.register(commands.drain, (row) => this.#drain(row)));
    return owned;
  }

  async #setSchedulable(row: Row, rows: Rows, schedulable: boolean): Promise<void> {
    if (row !== undefined) refuseReadOnly(row.context);
    const wording = schedulable ? uncordonWords : cordonWords;
    const targets = await this.#options.objects.many(row, rows, { title: wording.pick, kinds: ['Node'] });
    const [{ context, name }] = targets;
    refuseReadOnly(context);
    const { readObject, requireAccess, setSchedulable } = await import('../../cluster/index.ts');
    const session = await this.#session(context);
    await requireAccess(session, patchNodes);
    const what = targets.length === 1 ? name : vscode.l10n.t('{0} nodes', targets.length);
    await confirmProtected(context, wording.title(what, context));
    await Promise.all(
      targets.map(async (target) => {
        const seen = await readObject(session, target);
        await setSchedulable(session, { ref: target, seen }, schedulable);
      }),
    );
    vscode.window.setStatusBarMessage(`$(check) ${wording.done(what, context)}`, outcomeMs);
  }

  async #drain(row: Row): Promise<void> {
    if (row !== undefined) refuseReadOnly(row.context);
    const target = await this.#options.objects.one(row, {
      title: (place) => vscode.l10n.t('Drain in {0}', place),
      kinds: ['Node'],
    });
    refuseReadOnly(target.context);
    const session = await this.#session(target.context);
    await requireDrain(session);
    const title = titleOf(target);
    const { planDrain } = await import('../../cluster/index.ts');
    const agreed = await askDrain(title, planDrain(session, target.name));
    await confirmProtected(target.context, title);
    await this.#drains.run(session, target, title, agreed);
  }

  async #session(context: string): Promise<Session> {
    return (await this.#options.clusters()).session(context);
  }
}

const patchNodes = { verb: 'patch', group: '', resource: 'nodes', namespace: null };

async function requireDrain(session: Session): Promise<void> {
  const { requireAccess } = await import('../../cluster/index.ts');
  await requireAccess(session, patchNodes);
  await requireAccess(session, {
    verb: 'create',
    group: '',
    resource: 'pods',
    subresource: 'eviction',
    namespace: null,
  });
}

function titleOf({ name, context }: ObjectTarget): string {
  return vscode.l10n.t('Drain {0} ({1})', name, context);
}

interface Wording {
  readonly pick: (place: string) => string;
  readonly title: (what: string, context: string) => string;
  readonly done: (what: string, context: string) => string;
}

const cordonWords: Wording = {
  pick: (place) => vscode.l10n.t('Cordon in {0}', place),
  title: (what, context) => vscode.l10n.t('Cordon {0} ({1})', what, context),
  done: (what, context) => vscode.l10n.t('{0} in {1} takes no new pods', what, context),
};

const uncordonWords: Wording = {
  pick: (place) => vscode.l10n.t('Uncordon in {0}', place),
  title: (what, context) => vscode.l10n.t('Uncordon {0} ({1})', what, context),
  done: (what, context) => vscode.l10n.t('{0} in {1} takes new pods again', what, context),
};
