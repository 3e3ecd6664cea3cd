import * as vscode from 'vscode';
import type { Clusters, Forward } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands, type ForwardArgument } from '../../contributions.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';
import type { ObjectChooser } from '../../platform/objects.ts';
import { translated } from '../../platform/translation.ts';
import { type ForwardRow, ForwardsView } from './forwards-view.ts';
import { pickPort } from './port-pick.ts';
import { addressOf, faceOf } from './words.ts';

export interface ForwardFeatureOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly objects: ObjectChooser;
  readonly commands: CommandTable;
}

/** What leads to pods. */
const kinds = ['Pod', 'Service', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];
/** How long what began stands in the status bar. */
const toldMs = 10_000;

/** Ports of this machine that lead into a cluster, and the list of them. They end with the window. */
export class ForwardFeature {
  readonly #options: ForwardFeatureOptions;
  readonly #owned = new Disposables();
  readonly #view: ForwardsView;
  #made = 0;

  constructor(options: ForwardFeatureOptions) {
    this.#options = options;
    this.#view = this.#owned.own(new ForwardsView());
  }

  register(): vscode.Disposable {
    const { commands: table } = this.#options;
    this.#owned.own(table.register(commands.forwardPort, (row) => this.#forward(row)));
    this.#owned.own(table.register(commands.stopForward, (row) => this.#stop(row)));
    this.#owned.own(table.register(commands.stopAllForwards, () => this.#stopAll()));
    this.#owned.own(
      table.register(commands.openForward, async (row) => {
        const { address } = await this.#chosen(row, vscode.l10n.t('Open in browser'));
        await vscode.env.openExternal(vscode.Uri.parse(address));
      }),
    );
    this.#owned.own(
      table.register(commands.copyForwardAddress, async (row) => {
        const { address } = await this.#chosen(row, vscode.l10n.t('Copy address'));
        await vscode.env.clipboard.writeText(address);
      }),
    );
    return this.#owned;
  }

  async #forward(row: ClusterRowArgument | undefined): Promise<void> {
    const chosen = await this.#options.objects.one(row, {
      title: (place) => vscode.l10n.t('Forward a port of {0}', place),
      kinds,
    });
    const { context, namespace, kind, name } = chosen;
    const ref = { ...chosen, namespace: namespace ?? '' };
    const title = vscode.l10n.t('Forward a port of {0} {1} ({2} / {3})', kind, name, context, ref.namespace);
    const session = await (await this.#options.clusters()).session(context);
    const { declaredPorts, openForward, readObject, requireAccess } = await import('../../cluster/index.ts');
    await requireAccess(session, {
      verb: 'create',
      group: '',
      resource: 'pods',
      subresource: 'portforward',
      namespace: ref.namespace,
    });
    const object = { kind, ...(await readObject(session, ref)) };
    const port = await pickPort(title, declaredPorts(object));
    if (port === null) throw new CancelledError();
    const forward = await openForward(session, ref, { port: port.remote, localPort: port.local });
    this.#began(forward, port.name, port.local ?? port.remote);
  }

  #began(forward: Forward, portName: string | null, wanted: number): void {
    this.#made += 1;
    const row = { id: String(this.#made), forward, address: addressOf(forward, portName) };
    this.#view.add(row);
    this.#tellFailures(row);
    const { ref, port, localPort } = forward;
    const text =
      localPort === wanted
        ? vscode.l10n.t('127.0.0.1:{0} leads to {1}:{2}', localPort, ref.name, port)
        : vscode.l10n.t('127.0.0.1:{0} leads to {1}:{2} ({3} is taken)', localPort, ref.name, port, wanted);
    vscode.window.setStatusBarMessage(`$(plug) ${text}`, toldMs);
  }

  /** Each reason is told once: whoever connects again and again knows it by then. */
  #tellFailures(row: ForwardRow): void {
    const told = new Set<string>();
    row.forward.onDidChange(() => {
      const { state } = row.forward;
      if (state.phase !== 'failed' || row.forward.ended.aborted) return;
      const reason = translated(state.reason);
      if (told.has(reason)) return;
      told.add(reason);
      const stop = vscode.l10n.t('Stop');
      void vscode.window.showWarningMessage(reason, stop).then((answer) => {
        if (answer === stop) row.forward.dispose();
      });
    });
  }

  async #stop(argument: ForwardArgument | undefined): Promise<void> {
    const { forward } = await this.#chosen(argument, vscode.l10n.t('Stop port-forward'));
    forward.dispose();
  }

  #stopAll(): void {
    for (const { forward } of this.#view.rows) forward.dispose();
  }

  /** The row a command was called on, else one that the person picks. */
  async #chosen(argument: ForwardArgument | undefined, title: string): Promise<ForwardRow> {
    const row = argument === undefined ? null : this.#view.row(argument.id);
    if (row !== null) return row;
    const [only, ...others] = this.#view.rows;
    if (only !== undefined && others.length === 0) return only;
    const items = this.#view.rows.map((one) => ({ label: faceOf(one.forward).label, row: one }));
    const placeHolder =
      items.length === 0 ? vscode.l10n.t('No port is forwarded.') : vscode.l10n.t('Choose the port-forward');
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
    if (chosen === undefined) throw new CancelledError();
    return chosen.row;
  }
}
