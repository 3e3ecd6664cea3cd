import * as vscode from 'vscode';
import type { Clusters, ContainerRef, KubeObject, Session } from '../../cluster/index.ts';
import { type ClusterRowArgument, commands } from '../../contributions.ts';
import { type ContainerRow, message, parseImageReference } from '../../core/index.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { CancelledError } from '../../platform/failure.ts';
import { withoutIcons } from '../../platform/icons.ts';
import { type ObjectChooser, ObjectsError } from '../../platform/objects.ts';
import { confirmProtected, refuseReadOnly } from '../../platform/protection.ts';
import { setting } from '../../platform/settings.ts';
import { type ContainerChoices, containerChoices } from './containers.ts';
import { RemoteTerminal, type RemoteTerminalOptions } from './remote-terminal.ts';

export interface TerminalOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly objects: ObjectChooser;
  readonly activities: Activities;
  readonly commands: CommandTable;
}

/** The pod a command is about, as it is now. */
interface PodInView {
  readonly context: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly session: Session;
  readonly pod: KubeObject;
}

interface TargetContainer extends ContainerRef {
  readonly container: string;
}

/** Terminals into containers, and into debug containers beside them. */
export class TerminalFeature {
  readonly #options: TerminalOptions;
  readonly #open = new Set<RemoteTerminal>();

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    const owned = new Disposables();
    const { commands: table } = this.#options;
    owned.own(table.register(commands.openTerminal, (row) => this.#openTerminal(row)));
    owned.own(table.register(commands.debugPod, (row) => this.#debug(row)));
    owned.own({ dispose: () => [...this.#open].forEach((terminal) => terminal.dispose()) });
    return owned;
  }

  // A shell in a container

  async #openTerminal(row: ClusterRowArgument | undefined): Promise<void> {
    const view = await this.#view(row, (place) => vscode.l10n.t('Open terminal in {0}', place));
    const { context, namespace, name, session } = view;
    const title = vscode.l10n.t('Open terminal in {0} ({1} / {2})', name, context, namespace);
    const { requireAccess } = await import('../../cluster/index.ts');
    await requireAccess(session, { ...podAccess, verb: 'create', subresource: 'exec', namespace });
    const container = row?.container ?? (await this.#chooseContainer(title, view));
    await confirmProtected(context, title);
    const target = { namespace, pod: name, container };
    const shell = await this.#findShell(title, view, target);
    if (shell === null) return;
    const { openShell } = await import('../../cluster/index.ts');
    this.#show({
      name: terminalName(view, container),
      icon: 'terminal',
      program: shell,
      greeting: null,
      connect: (options) => openShell(session, target, shell, options),
    });
  }

  /**
   * null: the container has none, which was told. Images of one program and nothing else have no shell; what helps is a
   * container beside them.
   */
  async #findShell(title: string, view: PodInView, target: TargetContainer): Promise<string | null> {
    const { ClusterError, findShell } = await import('../../cluster/index.ts');
    try {
      return await this.#options.activities.run(title, 'terminal', ({ signal }) =>
        findShell(view.session, target, signal),
      );
    } catch (error) {
      // A pod or container that is gone has a status; a shell that is not there has none.
      if (!(error instanceof ClusterError) || error.code !== 'notFound' || error.status !== null) throw error;
      const { context, namespace, name, uid } = view;
      const row = {
        context,
        namespace,
        apiVersion: 'v1',
        kind: 'Pod',
        name,
        uid,
        container: target.container,
      };
      this.#options.commands.report(commands.openTerminal, error, [
        {
          title: vscode.l10n.t('Debug container…'),
          run: () => vscode.commands.executeCommand(commands.debugPod, row),
        },
      ]);
      return null;
    }
  }

  async #chooseContainer(title: string, { pod, name }: PodInView): Promise<string> {
    const choices = containerChoices(pod, true);
    const [first, ...others] = choices.running;
    if (first === undefined) throw nothingRuns(name, choices);
    if (others.length === 0) return first.name;
    const chosen = await vscode.window.showQuickPick(choices.running.map(containerItem), {
      title,
      placeHolder: vscode.l10n.t('Choose the container'),
      matchOnDescription: true,
    });
    if (chosen === undefined) throw new CancelledError();
    return chosen.container;
  }

  // A container beside others

  async #debug(row: ClusterRowArgument | undefined): Promise<void> {
    const view = await this.#view(row, (place) => vscode.l10n.t('Debug in {0}', place));
    const { context, namespace, name, uid, session } = view;
    const title = vscode.l10n.t('Debug {0} ({1} / {2})', name, context, namespace);
    const { addDebugContainer, requireAccess, visitDebugContainer } = await import('../../cluster/index.ts');
    const needed = { ...podAccess, namespace };
    await requireAccess(session, { ...needed, verb: 'patch', subresource: 'ephemeralcontainers' });
    await requireAccess(session, { ...needed, verb: 'create', subresource: 'attach' });
    const target = await this.#chooseTarget(title, view, row?.container);
    const image = await askImage(title);
    await confirmProtected(context, title);
    const container = await this.#options.activities.run(title, 'debug-alt', (activity) =>
      addDebugContainer(
        session,
        { namespace, pod: name, uid, image, target },
        { signal: activity.signal, onProgress: (words) => activity.update(`${name}: ${image} · ${words}`) },
      ),
    );
    this.#show({
      name: terminalName(view, container),
      icon: 'debug-alt',
      program: image,
      greeting: vscode.l10n.t('{0} runs in {1}. Press Enter if no prompt shows.', image, name),
      connect: (options) => visitDebugContainer(session, { namespace, pod: name, container }, options),
    });
  }

  /** The container whose processes the debug container sees; null: none. */
  async #chooseTarget(title: string, { pod }: PodInView, named: string | undefined): Promise<string | null> {
    const { running } = containerChoices(pod, false);
    if (running.some((one) => one.name === named)) return named ?? null;
    const [first, ...others] = running;
    if (first === undefined) return null;
    if (others.length === 0) return first.name;
    const none = {
      label: vscode.l10n.t('No container'),
      description: vscode.l10n.t('the pod’s network only'),
      container: null,
    };
    const chosen = await vscode.window.showQuickPick<vscode.QuickPickItem & { container: string | null }>(
      [...running.map(containerItem), none],
      { title, placeHolder: vscode.l10n.t('Choose the container whose processes you want to see') },
    );
    if (chosen === undefined) throw new CancelledError();
    return chosen.container;
  }

  // Both

  async #view(row: ClusterRowArgument | undefined, title: (place: string) => string): Promise<PodInView> {
    if (row !== undefined) refuseReadOnly(row.context);
    const chosen = await this.#options.objects.one(row, { title, kinds: ['Pod'] });
    const { context, namespace, name } = chosen;
    refuseReadOnly(context);
    const session = await (await this.#options.clusters()).session(context);
    const { readObject } = await import('../../cluster/index.ts');
    const pod = await readObject(session, { ...chosen, namespace: namespace ?? '' });
    const { uid } = pod['metadata'] as { uid: string };
    return { context, namespace: namespace ?? '', name, uid, session, pod };
  }

  #show(options: Omit<RemoteTerminalOptions, 'onDidEnd'>): void {
    const terminal: RemoteTerminal = new RemoteTerminal({
      ...options,
      onDidEnd: () => this.#open.delete(terminal),
    });
    this.#open.add(terminal);
    terminal.show();
  }
}

const podAccess = { group: '', resource: 'pods' } as const;

/** `web-x2x / app (dev / shop)`. */
function terminalName({ context, namespace, name }: PodInView, container: string): string {
  return `${name} / ${container} (${context} / ${namespace})`;
}

function containerItem({
  name,
  image,
  type,
  text,
}: ContainerRow): vscode.QuickPickItem & { container: string } {
  return {
    label: withoutIcons(name),
    description: [image, ...(type === 'app' ? [] : [type]), ...(text === 'Running' ? [] : [text])].join(
      ' · ',
    ),
    iconPath: new vscode.ThemeIcon('package'),
    container: name,
  };
}

function nothingRuns(pod: string, { all }: ContainerChoices): ObjectsError {
  const states = all.map(({ name, text }) => `${name}: ${text}`).join(', ');
  return new ObjectsError(
    message('No container of {0} runs ({1}). Wait until one does, or look at its logs.', pod, states),
  );
}

async function askImage(title: string): Promise<string> {
  const image = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'Image with the tools you need. The container stays listed in the pod until the pod goes.',
    ),
    value: setting('clusters.debugImage'),
    validateInput: (text) =>
      parseImageReference(text.trim()) === null
        ? vscode.l10n.t('{0} is no image. Write it as registry/name:tag.', text)
        : null,
  });
  if (image === undefined) throw new CancelledError();
  return image.trim();
}
