import * as vscode from 'vscode';
import type { Session } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import type { ManifestService } from '../../core/protocol.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import type { ObjectTarget, Wanted } from '../../platform/objects.ts';
import { refuseReadOnly } from '../../platform/protection.ts';
import type { ObjectChoice } from './choice.ts';
import { DeedRunner } from './deed-runner.ts';
import { deeds } from './deeds.ts';
import { Deletion } from './deletion.ts';
import { Descriptions } from './descriptions.ts';
import { ObjectDocuments } from './documents.ts';
import { goToManifest } from './manifest.ts';
import { ObjectSaves } from './save.ts';
import { revealSecret } from './secrets.ts';
import { showTop } from './top.ts';

export interface ObjectsOptions {
  readonly choice: ObjectChoice;
  readonly manifests: ManifestService;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

type Row = ClusterRowArgument | undefined;
type Rows = readonly ClusterRowArgument[] | undefined;

/** What is looked at and done with one object of a cluster, whatever its kind. */
export class ObjectsFeature {
  readonly #options: ObjectsOptions;
  readonly #owned = new Disposables();
  readonly #descriptions = this.#owned.own(new Descriptions());
  readonly #documents: ObjectDocuments;
  readonly #deletion: Deletion;
  readonly #runner: DeedRunner;

  constructor(options: ObjectsOptions) {
    this.#options = options;
    const { choice, manifests, activities, commands: table } = options;
    const saves: ObjectSaves = this.#owned.own(new ObjectSaves(manifests, () => this.#documents));
    this.#documents = this.#owned.own(new ObjectDocuments(saves.save, (context) => choice.session(context)));
    this.#runner = new DeedRunner(choice, activities, table);
    this.#deletion = new Deletion({
      activities,
      table,
      showYaml: (target) => vscode.commands.executeCommand(commands.showYaml, rowOf(target)),
    });
  }

  register(): vscode.Disposable {
    const { commands: table } = this.#options;
    const own = (one: vscode.Disposable): void => void this.#owned.own(one);
    own(table.register(commands.showYaml, (row) => this.#showYaml(row)));
    own(table.register(commands.describe, (row) => this.#describe('description', row)));
    own(table.register(commands.showEvents, (row) => this.#describe('events', row)));
    own(table.register(commands.goToManifest, (row) => this.#goToManifest(row)));
    own(table.register(commands.revealSecret, (row) => this.#reveal(row)));
    own(table.register(commands.top, (row) => showTop(this.#options.choice, row)));
    own(table.register(commands.deleteObjects, (row, rows) => this.#delete(row, rows)));
    for (const deed of deeds) {
      own(table.register(deed.command, (row, rows) => this.#runner.run(deed, row, rows)));
    }
    return this.#owned;
  }

  async #showYaml(row: Row): Promise<void> {
    const { target, session } = await this.#one(row, {
      title: (place) => vscode.l10n.t('YAML in {0}', place),
    });
    await this.#documents.show(target, session);
  }

  async #describe(page: 'description' | 'events', row: Row): Promise<void> {
    const { target, session } = await this.#one(row, {
      title: (place) =>
        page === 'events' ? vscode.l10n.t('Events in {0}', place) : vscode.l10n.t('Describe in {0}', place),
    });
    await this.#descriptions.show(page, target, session);
  }

  async #goToManifest(row: Row): Promise<void> {
    const { target } = await this.#one(row, {
      title: (place) => vscode.l10n.t('Manifest of an object in {0}', place),
    });
    await goToManifest(this.#options.manifests, target);
  }

  async #reveal(row: Row): Promise<void> {
    const { target, session } = await this.#one(row, {
      title: (place) => vscode.l10n.t('Values of a Secret in {0}', place),
      kinds: ['Secret'],
    });
    await revealSecret(session, target);
  }

  async #delete(row: Row, rows: Rows): Promise<void> {
    if (row !== undefined) refuseReadOnly(row.context);
    const { choice } = this.#options;
    const targets = await choice.many(row, rows, { title: (place) => vscode.l10n.t('Delete in {0}', place) });
    const [{ context }] = targets;
    refuseReadOnly(context);
    const session = await choice.session(context);
    await requireDelete(session, targets);
    await this.#deletion.run(session, targets);
  }

  async #one(row: Row, wanted: Wanted): Promise<{ target: ObjectTarget; session: Session }> {
    const { choice } = this.#options;
    const target = await choice.one(row, wanted);
    return { target, session: await choice.session(target.context) };
  }
}

/** Asked once for each kind and namespace. */
async function requireDelete(session: Session, targets: readonly ObjectTarget[]): Promise<void> {
  const { requireAccess } = await import('../../cluster/index.ts');
  const asked = new Set<string>();
  for (const { apiVersion, kind, namespace } of targets) {
    const { group, plural: resource } = await session.resource(apiVersion, kind);
    const question = { verb: 'delete', group, resource, namespace };
    const key = JSON.stringify(question);
    if (!asked.has(key)) await requireAccess(session, question);
    asked.add(key);
  }
}

function rowOf({ namespace, ...target }: ObjectTarget): ClusterRowArgument {
  return { ...target, ...(namespace !== null && { namespace }) };
}
