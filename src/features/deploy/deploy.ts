import * as vscode from 'vscode';
import type { Clusters, KubeObject, ObjectPlan, Session } from '../../cluster/index.ts';
import { commands, type FileArgument, type ManifestArgument } from '../../contributions.ts';
import { fileName, message } from '../../core/index.ts';
import type { DeployTarget, ManifestService } from '../../core/protocol.ts';
import type { Activities, Activity } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError, isCancellation } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import type { TargetSource } from '../../platform/target.ts';
import { ApiDiagnostics } from './api-diagnostics.ts';
import { DiffDocuments } from './diff-documents.ts';
import { DeployError, type Manifests, readManifests, type Source, sourcesOf } from './manifests.ts';
import { askDeploy } from './plan-pick.ts';
import { Rollouts } from './rollouts.ts';
import { ownedFields, standingOf } from './rows.ts';

export interface DeployOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly manifests: ManifestService;
  readonly target: TargetSource;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

/** How long an outcome stands in the status bar. */
const outcomeMs = 15_000;

/** Deploy: see where a manifest goes and what it changes there, agree, and follow the rollout to its end. */
export class DeployFeature {
  readonly #options: DeployOptions;
  readonly #owned = new Disposables();
  readonly #diffs = this.#owned.own(new DiffDocuments());
  readonly #diagnostics: ApiDiagnostics;
  readonly #rollouts: Rollouts;

  constructor(options: DeployOptions) {
    this.#options = options;
    this.#diagnostics = this.#owned.own(new ApiDiagnostics(options.manifests));
    this.#rollouts = this.#owned.own(new Rollouts(options.activities));
  }

  register(): vscode.Disposable {
    this.#owned.own(
      this.#options.commands.register(commands.deploy, (argument, selected) =>
        this.#deploy(sourcesOf(argument ?? activeFile(), selected)),
      ),
    );
    return this.#owned;
  }

  async #deploy(sources: readonly Source[]): Promise<void> {
    requireTrust();
    this.#diagnostics.clear(sources.map(({ uri }) => uri));
    const manifests = await readManifests(sources, this.#options.manifests);
    const target = await this.#options.target.require();
    refuseReadOnly(target.context);
    const title = vscode.l10n.t('Deploy to {0} / {1}', target.context, target.namespace);
    const session = await (await this.#options.clusters()).session(target.context);
    const plans = await this.#ask(title, session, target, manifests, sources);
    if (plans === null) throw new CancelledError();
    await this.#diffs.close();
    const chosen = plans.filter((plan) => ['change', 'conflict'].includes(standingOf(plan)));
    await consentToTakeOver(title, chosen);
    await confirmProtected(target.context, title);
    const begun = Date.now();
    const applied = await this.#apply(title, session, chosen, manifests);
    if (applied.length === 0) return;
    tellApplied(applied.length, target);
    await Promise.all(applied.map((object) => this.#rollouts.follow(session, object, begun)));
  }

  /** Shows the plan; what the server refused lands in the text at once, whatever the person decides. */
  #ask(
    title: string,
    session: Session,
    target: DeployTarget,
    manifests: Manifests,
    sources: readonly Source[],
  ): Promise<readonly ObjectPlan[] | null> {
    const unsaved = unsavedOf(sources);
    return askDeploy({
      title,
      namespace: target.namespace,
      notice: noticeOf(manifests.errors, unsaved),
      unsaved,
      plan: async (signal) => {
        const { planDeploy } = await import('../../cluster/index.ts');
        const plans = await planDeploy(session, manifests.objects, { namespace: target.namespace, signal });
        for (const plan of plans) {
          if (plan.error !== null && standingOf(plan) === 'refused')
            await this.#locate(plan, plan.error, manifests);
        }
        return plans;
      },
      show: (plan) => this.#show(plan, target, manifests),
    });
  }

  /** What was refused has no outcome to compare with: its place in the manifest is shown instead. */
  #show(plan: ObjectPlan, target: DeployTarget, manifests: Manifests): Promise<void> {
    const origin = manifests.origins.get(plan.object);
    return standingOf(plan) === 'refused' && origin !== undefined
      ? this.#diagnostics.show(plan.object, origin)
      : this.#diffs.show(plan, target);
  }

  /** Applies one after the other and stops at the first failure, which is told; resolves to what was applied. */
  #apply(
    title: string,
    session: Session,
    plans: readonly ObjectPlan[],
    manifests: Manifests,
  ): Promise<readonly KubeObject[]> {
    return this.#options.activities.run(title, 'cloud-upload', async (activity) => {
      const applied: KubeObject[] = [];
      try {
        for (const plan of plans) {
          activity.update(`${plan.object.name} (${applied.length + 1}/${plans.length})`);
          applied.push(await this.#applyOne(session, plan, activity, manifests));
        }
      } catch (error) {
        this.#tellFailure(error, applied.length, plans.length);
      }
      return applied;
    });
  }

  async #applyOne(
    session: Session,
    plan: ObjectPlan,
    { signal }: Activity,
    manifests: Manifests,
  ): Promise<KubeObject> {
    const { applyPlan, ClusterError } = await import('../../cluster/index.ts');
    try {
      return await applyPlan(session, plan, { force: standingOf(plan) === 'conflict', signal });
    } catch (error) {
      if (error instanceof ClusterError) await this.#locate(plan, error, manifests);
      throw error;
    }
  }

  async #locate(
    plan: ObjectPlan,
    error: NonNullable<ObjectPlan['error']>,
    manifests: Manifests,
  ): Promise<void> {
    const origin = manifests.origins.get(plan.object);
    if (origin !== undefined) await this.#diagnostics.report(error, plan.object, origin);
  }

  /** What was applied before stays: the sentence says how far it came. */
  #tellFailure(error: unknown, applied: number, all: number): void {
    if (applied > 0 || isCancellation(error)) {
      const words = vscode.l10n.t('Deploy stopped: {0} of {1} objects were applied', applied, all);
      vscode.window.setStatusBarMessage(words, outcomeMs);
    }
    if (!isCancellation(error)) this.#options.commands.report(commands.deploy, error);
  }
}

/** From the palette and a key: the file in front. */
function activeFile(): ManifestArgument | FileArgument {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === 'yaml') return { uri: document.uri.toString() };
  throw new DeployError(message('No manifest is open. Open one, or right-click it in the Explorer.'));
}

function unsavedOf(sources: readonly Source[]): readonly vscode.TextDocument[] {
  const uris = new Set(sources.map(({ uri }) => uri));
  return vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uris.has(uri.toString()));
}

/** One line at most: errors weigh more than text that is not saved. */
function noticeOf(errors: number, unsaved: readonly vscode.TextDocument[]): string {
  if (errors === 1) return vscode.l10n.t('1 error in the manifest: see Problems before you deploy');
  if (errors > 1) return vscode.l10n.t('{0} errors in the manifest: see Problems before you deploy', errors);
  const [first, ...others] = unsaved;
  if (first === undefined) return '';
  return others.length === 0
    ? vscode.l10n.t('{0} is not saved: its text in the editor is deployed', fileName(first.uri.path))
    : vscode.l10n.t('{0} files are not saved: their text in the editor is deployed', unsaved.length);
}

/** Fields that others manage are taken over only when the person has read whose they are and says so. */
async function consentToTakeOver(title: string, plans: readonly ObjectPlan[]): Promise<void> {
  const conflicts = plans.filter((plan) => standingOf(plan) === 'conflict');
  if (conflicts.length === 0) return;
  const takeOver = vscode.l10n.t('Take over these fields');
  const lines = conflicts.flatMap((plan) =>
    ownedFields(plan).map(({ field, owner }) =>
      vscode.l10n.t('{0} {1}: {2} belongs to {3}', plan.object.kind, plan.object.name, field, owner),
    ),
  );
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0}: others manage fields of this manifest.', title),
    {
      modal: true,
      detail: [
        ...lines,
        '',
        vscode.l10n.t('To leave them to their owners, remove them from the manifest.'),
      ].join('\n'),
    },
    takeOver,
  );
  if (choice !== takeOver) throw new CancelledError();
}

function tellApplied(count: number, { context, namespace }: DeployTarget): void {
  const words =
    count === 1
      ? vscode.l10n.t('1 object deployed to {0} / {1}', context, namespace)
      : vscode.l10n.t('{0} objects deployed to {1} / {2}', count, context, namespace);
  vscode.window.setStatusBarMessage(`$(check) ${withoutIcons(words)}`, outcomeMs);
}

/** The command is disabled then; a lens, a key binding or another extension can call it all the same. */
function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Error(
    vscode.l10n.t('Manifests are deployed from trusted workspaces only. Trust this one, then try again.'),
  );
}
