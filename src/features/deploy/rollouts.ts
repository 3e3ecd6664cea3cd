import * as vscode from 'vscode';
import type { KubeObject, RolloutOutcome, Session } from '../../cluster/index.ts';
import type { WorkloadArgument } from '../../contributions.ts';
import type { WorkloadStatus } from '../../core/index.ts';
import type { Activities } from '../../platform/activity.ts';
import { showProgress, tellRollout } from '../../platform/rollout.ts';
import { translated } from '../../platform/translation.ts';

/** Kinds whose objects take time to become what was written. */
const followed = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod', 'ReplicaSet']);
const revisionAnnotation = 'deployment.kubernetes.io/revision';

/** Follows what was deployed to its end, in the status bar, and says what came of it. */
export class Rollouts implements vscode.Disposable {
  readonly #activities: Activities;
  /** Followed now, by UID: a new deploy of a workload takes over from the last one. */
  readonly #following = new Map<string, AbortController>();

  constructor(activities: Activities) {
    this.#activities = activities;
  }

  /** Follows an applied object; resolves at its end. Another kind of object is done at once. */
  async follow(session: Session, object: KubeObject, begun: number): Promise<void> {
    const { apiVersion, kind, metadata } = object as unknown as AppliedObject;
    if (!followed.has(kind)) return;
    const { name, namespace = '', uid } = metadata;
    const workload = { context: session.context.name, namespace, apiVersion, kind, name, uid };
    const takenOver = new AbortController();
    this.#following.get(uid)?.abort();
    this.#following.set(uid, takenOver);
    let last: WorkloadStatus | null = null;
    try {
      const { followRollout } = await import('../../cluster/index.ts');
      const title = vscode.l10n.t('Rollout of {0}', name);
      const outcome = await this.#activities.run(title, 'rocket', (activity) =>
        followRollout(session, workload, {
          signal: AbortSignal.any([activity.signal, takenOver.signal]),
          onProgress: (status, trouble) => {
            last = status;
            showProgress(activity, name, status, trouble);
          },
        }),
      );
      if (!takenOver.signal.aborted) await this.#tell(session, workload, outcome, last, Date.now() - begun);
    } finally {
      if (this.#following.get(uid) === takenOver) this.#following.delete(uid);
    }
  }

  dispose(): void {
    for (const running of this.#following.values()) running.abort();
  }

  async #tell(
    session: Session,
    workload: WorkloadArgument,
    outcome: RolloutOutcome,
    last: WorkloadStatus | null,
    tookMs: number,
  ): Promise<void> {
    const { name } = workload;
    const revision = outcome.result === 'complete' ? await revisionOf(session, workload) : null;
    const stopped =
      last === null
        ? vscode.l10n.t('Stopped waiting; {0} keeps rolling out', name)
        : vscode.l10n.t('Stopped waiting; {0} keeps rolling out: {1}', name, translated(last.summary));
    tellRollout(workload, outcome, {
      tookMs,
      name: revision === null ? name : `${name} v${revision}`,
      stopped,
    });
  }
}

interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid: string };
}

/** Revision of a Deployment; null for other kinds, and when it cannot be read: the outcome is told without it. */
async function revisionOf(session: Session, workload: WorkloadArgument): Promise<string | null> {
  if (workload.kind !== 'Deployment') return null;
  const { readObject } = await import('../../cluster/index.ts');
  const object = await readObject(session, workload).catch(() => null);
  const metadata = object?.metadata as { annotations?: Record<string, string> } | undefined;
  return metadata?.annotations?.[revisionAnnotation] ?? null;
}
