/** Actions that change one field of an object: what each needs, asks and says. */
import * as vscode from 'vscode';
import type * as cluster from '../../cluster/index.ts';
import type { KubeObject, SeenObject, Session } from '../../cluster/index.ts';
import { commands } from '../../contributions.ts';
import { metadataOf } from './raw.ts';

type Cluster = typeof cluster;

export interface Deed {
  readonly command: DeedCommand;
  readonly kinds: readonly string[];
  readonly icon: string;
  /** What is asked of the server before; default: patch of the kind itself. */
  readonly access?: { readonly verb: string; readonly group: string; readonly resource: string };
  /** `what`: the object's name, or how many there are. */
  readonly title: (what: string, place: string) => string;
  /** Of the pick, when no object is named. */
  readonly pick: (place: string) => string;
  /** What it does to what runs, asked before; null: it harms nothing. */
  readonly consequence: ((seen: readonly KubeObject[]) => string) | null;
  readonly run: (cluster: Cluster, session: Session, object: SeenObject) => Promise<KubeObject>;
  readonly done: (name: string, place: string, result: KubeObject) => string;
  /** Whether a rollout follows. */
  readonly rollout: boolean;
}

export type DeedCommand =
  | typeof commands.restart
  | typeof commands.pauseRollout
  | typeof commands.resumeRollout
  | typeof commands.suspend
  | typeof commands.unsuspend
  | typeof commands.runNow;

export const deeds: readonly Deed[] = [
  {
    command: commands.restart,
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
    icon: 'debug-restart',
    title: (what, place) => vscode.l10n.t('Restart {0} ({1})', what, place),
    pick: (place) => vscode.l10n.t('Restart in {0}', place),
    consequence: () => vscode.l10n.t('Its pods are replaced one after the other, as in a rollout.'),
    run: ({ restartWorkload }, session, object) => restartWorkload(session, object, Date.now()),
    done: (name, place) => vscode.l10n.t('{0} restarts in {1}', name, place),
    rollout: true,
  },
  {
    command: commands.pauseRollout,
    kinds: ['Deployment'],
    icon: 'debug-pause',
    title: (what, place) => vscode.l10n.t('Pause {0} ({1})', what, place),
    pick: (place) => vscode.l10n.t('Pause in {0}', place),
    consequence: null,
    run: ({ setPaused }, session, object) => setPaused(session, object, true),
    done: (name, place) =>
      vscode.l10n.t('{0} is paused in {1}: changes wait until it is resumed', name, place),
    rollout: false,
  },
  {
    command: commands.resumeRollout,
    kinds: ['Deployment'],
    icon: 'debug-continue',
    title: (what, place) => vscode.l10n.t('Resume {0} ({1})', what, place),
    pick: (place) => vscode.l10n.t('Resume in {0}', place),
    consequence: null,
    run: ({ setPaused }, session, object) => setPaused(session, object, false),
    done: (name, place) => vscode.l10n.t('{0} goes on in {1}', name, place),
    rollout: true,
  },
  {
    command: commands.suspend,
    kinds: ['Job', 'CronJob'],
    icon: 'debug-pause',
    title: (what, place) => vscode.l10n.t('Suspend {0} ({1})', what, place),
    pick: (place) => vscode.l10n.t('Suspend in {0}', place),
    consequence: (seen) =>
      seen.some(({ kind }) => kind === 'Job')
        ? vscode.l10n.t('Pods of a Job that run are ended; they start anew when it is resumed.')
        : vscode.l10n.t('No new runs start until it is resumed; what runs goes on.'),
    run: ({ setSuspended }, session, object) => setSuspended(session, object, true),
    done: (name, place) => vscode.l10n.t('{0} is suspended in {1}', name, place),
    rollout: false,
  },
  {
    command: commands.unsuspend,
    kinds: ['Job', 'CronJob'],
    icon: 'debug-continue',
    title: (what, place) => vscode.l10n.t('Resume {0} ({1})', what, place),
    pick: (place) => vscode.l10n.t('Resume in {0}', place),
    consequence: null,
    run: ({ setSuspended }, session, object) => setSuspended(session, object, false),
    done: (name, place) => vscode.l10n.t('{0} goes on in {1}', name, place),
    rollout: false,
  },
  {
    command: commands.runNow,
    kinds: ['CronJob'],
    icon: 'play',
    access: { verb: 'create', group: 'batch', resource: 'jobs' },
    title: (what, place) => vscode.l10n.t('Run {0} now ({1})', what, place),
    pick: (place) => vscode.l10n.t('Run now in {0}', place),
    consequence: null,
    run: ({ runCronJob }, session, object) => runCronJob(session, object, Date.now()),
    done: (name, place, job) =>
      vscode.l10n.t('{0} runs now in {1}: Job {2}', name, place, metadataOf(job).name),
    rollout: false,
  },
];
