import * as vscode from 'vscode';
import type { Clusters, RolloutOutcome, Scale, Session, WorkloadRef } from '../../cluster/index.ts';
import {
  type ClusterRowArgument,
  commands,
  type ManifestWorkloadArgument,
  type WorkloadArgument,
} from '../../contributions.ts';
import { message } from '../../core/index.ts';
import type { DeployTarget, ManifestService } from '../../core/protocol.ts';
import type { Activities, Activity } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError, ExplainedError } from '../../platform/failure.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import { showProgress, tellRollout } from '../../platform/rollout.ts';
import type { TargetSource } from '../../platform/target.ts';
import { askReplicas } from './replicas-input.ts';
import type { ScalePrompt } from './words.ts';
import { elsewhere, pickWorkload } from './workload-pick.ts';

export interface ScaleOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly target: TargetSource;
  readonly manifests: ManifestService;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

type ScaleArgument = WorkloadArgument | ManifestWorkloadArgument | ClusterRowArgument;

/** How long the outcome stands in the status bar. */
const outcomeMs = 10_000;

class NothingToScaleError extends ExplainedError {
  override readonly name = 'NothingToScaleError';
}

/** Everything known when the person is asked: what they agree to is what they saw. */
interface Facts extends ScalePrompt {
  readonly session: Session;
  readonly seen: Scale;
}

/** Scale: pick a workload, see its replicas, type a number, follow it to its end. */
export class ScaleFeature {
  readonly #options: ScaleOptions;
  /** What is being followed, by the workload's name; a new scale of it takes over. */
  readonly #following = new Map<string, AbortController>();

  constructor(options: ScaleOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    const owned = new Disposables();
    owned.own(this.#options.commands.register(commands.scale, (argument) => this.#scale(argument)));
    owned.own({ dispose: () => this.#following.forEach((running) => running.abort()) });
    return owned;
  }

  async #scale(argument: ScaleArgument | undefined): Promise<void> {
    const workload = await this.#resolve(argument);
    const { context, namespace, name, kind } = workload;
    refuseReadOnly(context);
    const title = vscode.l10n.t('Scale {0} ({1} / {2})', name, context, namespace);
    const answer = await askReplicas(title, this.#read(workload));
    if (answer === null) throw new CancelledError();
    const { facts, value } = answer;
    if (value === facts.current) {
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('{0}: nothing to do, it has {1} replicas already', name, value),
        outcomeMs,
      );
      return;
    }
    await this.#consent(title, facts, value);
    await confirmProtected(context, title);
    const { setScale } = await import('../../cluster/index.ts');
    const done = await setScale(facts.session, workload, value, { expected: facts.seen });
    await this.#follow(title, facts.session, { ...workload, kind, uid: done.uid });
  }

  /** An autoscaler that owns the workload is named before anything is changed. */
  async #consent(title: string, { autoscaler, current }: Facts, value: number): Promise<void> {
    if (autoscaler === null) return;
    const anyway = vscode.l10n.t('Scale anyway');
    const { name, min, max } = autoscaler;
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('HPA {0} decides: {1}–{2}; it will undo this.', name, min, max),
      {
        modal: true,
        detail: [
          `${title}: ${current} → ${value}`,
          vscode.l10n.t('To change it for good, change the minimum and maximum of the HPA.'),
        ].join('\n'),
      },
      anyway,
    );
    if (choice !== anyway) throw new CancelledError();
  }

  async #read(workload: WorkloadArgument): Promise<Facts> {
    const clusters = await this.#options.clusters();
    const session = await clusters.session(workload.context);
    const { readScale, findAutoscaler, ClusterError } = await import('../../cluster/index.ts');
    const [seen, autoscaler] = await Promise.all([
      readScale(session, workload),
      findAutoscaler(session, workload).catch((error: unknown) => {
        if (error instanceof ClusterError && error.code === 'forbidden') return undefined;
        throw error;
      }),
    ]);
    return {
      session,
      seen,
      current: seen.desired,
      kind: workload.kind,
      autoscaler: autoscaler ?? null,
      autoscalerKnown: autoscaler !== undefined,
    };
  }

  // What to scale

  async #resolve(argument: ScaleArgument | undefined): Promise<WorkloadArgument> {
    if (argument === undefined) return this.#pick();
    if ('uri' in argument) return this.#ofManifest(argument);
    const { context, namespace, apiVersion, kind, name, uid } = argument;
    if (namespace === undefined || apiVersion === undefined || kind === undefined || name === undefined) {
      return this.#pick();
    }
    return { context, namespace, apiVersion, kind, name, ...(uid === undefined ? {} : { uid }) };
  }

  #target(): Promise<DeployTarget> {
    return this.#options.target.require();
  }

  async #pick(): Promise<WorkloadArgument> {
    let target = await this.#target();
    for (;;) {
      const { context } = target;
      refuseReadOnly(context);
      const row = await pickWorkload(target, async () => (await this.#options.clusters()).session(context));
      if (row === null) throw new CancelledError();
      if (row !== elsewhere) {
        const { apiVersion, kind, name, namespace, uid } = row;
        return { context, namespace, apiVersion, kind, name, uid };
      }
      target = (await this.#options.target.choose()) ?? target;
    }
  }

  /** The workload a manifest describes, in the target that is chosen now. */
  async #ofManifest({ uri, document, object = '' }: ManifestWorkloadArgument): Promise<WorkloadArgument> {
    const { objects } = await this.#options.manifests.objects(uri);
    const found = objects.find((one) => one.document === document && one.path === object);
    if (found === undefined) {
      throw new NothingToScaleError(
        message('The manifest holds no workload there any more. Look for its replicas again.'),
      );
    }
    const target = await this.#target();
    const { apiVersion, kind, name } = found;
    return {
      context: target.context,
      namespace: found.namespace ?? target.namespace,
      apiVersion,
      kind,
      name,
    };
  }

  // What comes of it

  async #follow(title: string, session: Session, workload: WorkloadArgument): Promise<void> {
    const key = [workload.context, workload.namespace, workload.kind, workload.name].join('/');
    const takenOver = new AbortController();
    this.#following.get(key)?.abort();
    this.#following.set(key, takenOver);
    const begun = Date.now();
    try {
      const outcome = await this.#options.activities.run(title, 'layers', (activity) =>
        follow(session, workload, activity, takenOver.signal),
      );
      if (takenOver.signal.aborted) return;
      tellRollout(workload, outcome, {
        tookMs: Date.now() - begun,
        name: workload.name,
        stopped: vscode.l10n.t('{0}: no longer followed; scaling goes on in the cluster', workload.name),
      });
    } finally {
      if (this.#following.get(key) === takenOver) this.#following.delete(key);
    }
  }
}

async function follow(
  session: Session,
  { name, apiVersion, kind, namespace, uid }: WorkloadArgument,
  activity: Activity,
  takenOver: AbortSignal,
): Promise<RolloutOutcome> {
  const { followRollout } = await import('../../cluster/index.ts');
  const ref: WorkloadRef = { apiVersion, kind, name, namespace, ...(uid === undefined ? {} : { uid }) };
  return followRollout(session, ref, {
    signal: AbortSignal.any([activity.signal, takenOver]),
    onProgress: (status, trouble) => showProgress(activity, name, status, trouble),
  });
}
