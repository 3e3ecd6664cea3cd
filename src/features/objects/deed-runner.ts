import * as vscode from 'vscode';
import type { KubeObject, Session } from '../../cluster/index.ts';
import type { ClusterRowArgument } from '../../contributions.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { CancelledError, isCancellation } from '../../platform/failure.ts';
import { nameOf, type ObjectTarget, placeOf } from '../../platform/objects.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import { showProgress, tellRollout } from '../../platform/rollout.ts';
import type { ObjectChoice } from './choice.ts';
import type { Deed } from './deeds.ts';
import { metadataOf } from './raw.ts';

const outcomeMs = 10_000;

type Choice = Pick<ObjectChoice, 'session' | 'many'>;

/** Runs a deed: right, object as it is now, consequence, consent, change, and what became of it. */
export class DeedRunner {
  readonly #choice: Choice;
  readonly #activities: Activities;
  readonly #table: Pick<CommandTable, 'report'>;

  constructor(choice: Choice, activities: Activities, table: Pick<CommandTable, 'report'>) {
    this.#choice = choice;
    this.#activities = activities;
    this.#table = table;
  }

  async run(
    deed: Deed,
    row: ClusterRowArgument | undefined,
    rows: readonly ClusterRowArgument[] | undefined,
  ): Promise<void> {
    if (row !== undefined) refuseReadOnly(row.context);
    const targets = await this.#choice.many(row, rows, { title: deed.pick, kinds: deed.kinds });
    const [{ context }] = targets;
    refuseReadOnly(context);
    const session = await this.#choice.session(context);
    await requireRights(session, deed, targets);
    const cluster = await import('../../cluster/index.ts');
    const seen = await Promise.all(targets.map((target) => cluster.readObject(session, target)));
    const title = titleOf(deed, targets);
    await consent(deed, title, seen);
    await confirmProtected(context, title);
    const outcomes = await Promise.allSettled(
      targets.map(async (target, index) => {
        const object = seen[index];
        if (object === undefined) throw new Error('Every target was read.');
        return { target, result: await deed.run(cluster, session, { ref: target, seen: object }) };
      }),
    );
    const done = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const [failure] = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    // What was done to the others is done, and its rollout is followed.
    if (failure !== undefined && !isCancellation(failure)) this.#table.report(deed.command, failure);
    for (const { target, result } of done) {
      const words = deed.done(nameOf(target), placeOf(target), result);
      vscode.window.setStatusBarMessage(`$(check) ${words}`, outcomeMs);
    }
    if (deed.rollout) await Promise.all(done.map((one) => this.#follow(deed, session, one)));
  }

  async #follow(
    deed: Deed,
    session: Session,
    { target, result }: { readonly target: ObjectTarget; readonly result: KubeObject },
  ): Promise<void> {
    const { followRollout } = await import('../../cluster/index.ts');
    const { name, kind, apiVersion, namespace } = target;
    if (namespace === null) return;
    const ref = { apiVersion, kind, name, namespace, uid: metadataOf(result).uid };
    const begun = Date.now();
    const outcome = await this.#activities.run(titleOf(deed, [target]), deed.icon, (activity) =>
      followRollout(session, ref, {
        signal: activity.signal,
        onProgress: (status, trouble) => showProgress(activity, name, status, trouble),
      }),
    );
    tellRollout({ ...ref, context: target.context }, outcome, {
      tookMs: Date.now() - begun,
      name,
      stopped: vscode.l10n.t('{0}: no longer followed; the rollout goes on in the cluster', name),
    });
  }
}

function titleOf(deed: Deed, targets: readonly ObjectTarget[]): string {
  const [first, ...others] = targets;
  if (first === undefined) return '';
  const what = others.length === 0 ? nameOf(first) : vscode.l10n.t('{0} objects', targets.length);
  return deed.title(what, placeOf(first));
}

async function consent(deed: Deed, title: string, seen: readonly KubeObject[]): Promise<void> {
  if (deed.consequence === null) return;
  const verb = vscode.l10n.t('Go on');
  const choice = await vscode.window.showWarningMessage(
    `${title}?`,
    { modal: true, detail: deed.consequence(seen) },
    verb,
  );
  if (choice !== verb) throw new CancelledError();
}

/** Asked once for each kind and namespace. */
async function requireRights(session: Session, deed: Deed, targets: readonly ObjectTarget[]): Promise<void> {
  const { requireAccess } = await import('../../cluster/index.ts');
  const asked = new Set<string>();
  for (const { apiVersion, kind, namespace } of targets) {
    const { group, plural } = await session.resource(apiVersion, kind);
    const question = { verb: 'patch', group, resource: plural, namespace, ...deed.access };
    const key = JSON.stringify(question);
    if (!asked.has(key)) await requireAccess(session, question);
    asked.add(key);
  }
}
