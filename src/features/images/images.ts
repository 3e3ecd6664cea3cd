import * as vscode from 'vscode';
import { type CommandId, commands, type FileArgument, type ImageArgument } from '../../contributions.ts';
import type { ManifestService } from '../../core/protocol.ts';
import { checkPushable, checkTag, type Engine, EngineError, findEngine } from '../../engines/index.ts';
import type { Activities } from '../../platform/activity.ts';
import type { CommandTable, FailureAction } from '../../platform/commands.ts';
import { Disposables } from '../../platform/disposables.ts';
import { isCancellation } from '../../platform/failure.ts';
import type { Log } from '../../platform/log.ts';
import { setting } from '../../platform/settings.ts';
import { dockerfileFor, findDockerfiles, pickDockerfile } from './dockerfiles.ts';
import { ImageNames } from './image-name.ts';
import { type ImageJob, runImageJob } from './image-run.ts';
import { OutputTerminal } from '../../platform/output-terminal.ts';

export interface ImagesOptions {
  readonly table: CommandTable;
  readonly activities: Activities;
  readonly manifests: ManifestService;
  /** Workspace state: what images were called. */
  readonly memory: vscode.Memento;
  readonly log: Log;
}

interface Steps {
  readonly build: boolean;
  readonly push: boolean;
}

/** Builds and pushes images, from a Dockerfile or from the `image:` that names one. */
export class ImagesFeature {
  readonly #options: ImagesOptions;
  readonly #names: ImageNames;
  readonly #owned = new Disposables();
  /** The terminal of each title: a second run takes the place of a finished one. */
  readonly #terminals = new Map<string, OutputTerminal>();

  constructor(options: ImagesOptions) {
    this.#options = options;
    this.#names = new ImageNames(options.memory, options.manifests, options.log);
  }

  register(): vscode.Disposable {
    const { table } = this.#options;
    const start =
      (command: CommandId, steps: Steps) =>
      (image?: ImageArgument | FileArgument): Promise<void> =>
        this.#start(command, steps, image);
    const { buildImage, pushImage, buildAndPushImage } = commands;
    this.#owned.own(table.register(buildImage, start(buildImage, { build: true, push: false })));
    this.#owned.own(table.register(pushImage, start(pushImage, { build: false, push: true })));
    this.#owned.own(table.register(buildAndPushImage, start(buildAndPushImage, { build: true, push: true })));
    this.#owned.own({ dispose: () => this.#terminals.forEach((terminal) => terminal.dispose()) });
    return this.#owned;
  }

  async #start(
    command: CommandId,
    steps: Steps,
    image: ImageArgument | FileArgument | undefined,
  ): Promise<void> {
    requireTrust();
    const named = image === undefined ? null : readArgument(image);
    if (named !== null) requireOnDisk(named.uri);
    const engine = await this.#engine();
    const job = await this.#plan(steps, named);
    if (job === null) return;
    if (job.dockerfile !== null) await saveIfOpen(job.dockerfile);
    await this.#run(command, job, engine);
  }

  /** Looked for before anything is asked: without one there is nothing to ask about. */
  #engine(): Promise<Engine> {
    const title = vscode.l10n.t('Looking for a container engine');
    return this.#options.activities.run(title, 'sync~spin', ({ signal }) =>
      findEngine(setting('images.engine'), process.env, { log: this.#options.log, signal }),
    );
  }

  /** Settles which Dockerfile and which name are meant; null when the person turns away. */
  async #plan(steps: Steps, named: NamedImage | null): Promise<ImageJob | null> {
    if (named?.reference != null) return this.#planReference(steps, named.uri, named.reference);
    const dockerfile = named?.uri ?? (await chooseDockerfile());
    if (dockerfile === null) return null;
    requireOnDisk(dockerfile);
    const reference = await this.#names.ask(dockerfile, questionOf(steps), steps.push);
    if (reference === null) return null;
    return {
      title: titleOf(steps, reference),
      reference,
      dockerfile: steps.build ? dockerfile : null,
      push: steps.push,
    };
  }

  async #planReference(steps: Steps, manifest: vscode.Uri, reference: string): Promise<ImageJob | null> {
    checkTag(reference);
    // Said before minutes of building, not after.
    if (steps.push) checkPushable(reference);
    const title = titleOf(steps, reference);
    if (!steps.build) return { title, reference, dockerfile: null, push: true };
    const dockerfile = await dockerfileFor(reference, manifest);
    if (dockerfile === null) return null;
    await this.#names.remember(dockerfile, reference);
    return { title, reference, dockerfile, push: steps.push };
  }

  async #run(command: CommandId, job: ImageJob, engine: Engine): Promise<void> {
    const previous = this.#terminals.get(job.title);
    if (previous?.running === true) {
      previous.show();
      return;
    }
    previous?.dispose();
    const icon = job.dockerfile === null ? 'repo-push' : 'tools';
    const terminal = new OutputTerminal(job.title, icon);
    this.#terminals.set(job.title, terminal);
    terminal.show();
    try {
      await this.#options.activities.run(job.title, icon, (activity) =>
        runImageJob(job, engine, terminal, activity),
      );
    } catch (error) {
      if (isCancellation(error)) return;
      if (error instanceof EngineError) this.#options.log.error(error.output);
      this.#options.table.report(command, error, failureActions(job, error, terminal));
    }
  }
}

interface NamedImage {
  readonly uri: vscode.Uri;
  /** As written beside `image:`; null for a Dockerfile. */
  readonly reference: string | null;
}

function readArgument(image: ImageArgument | FileArgument): NamedImage {
  if ('fsPath' in image) return { uri: vscode.Uri.parse(image.toString()), reference: null };
  return { uri: vscode.Uri.parse(image.uri), reference: image.reference ?? null };
}

/** From the palette: the Dockerfile in front of the person, else one of the workspace. */
async function chooseDockerfile(): Promise<vscode.Uri | null> {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === 'dockerfile') return active.uri;
  const found = await findDockerfiles(null);
  if (found.length === 0) {
    throw new Error(vscode.l10n.t('This workspace has no Dockerfile. Add one, then try again.'));
  }
  return pickDockerfile(found, vscode.l10n.t('Which Dockerfile?'));
}

/** The command is disabled then; a key binding or another extension can call it all the same. */
function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new Error(
    vscode.l10n.t('Images are built and pushed in trusted workspaces only. Trust this one, then try again.'),
  );
}

function requireOnDisk(uri: vscode.Uri): void {
  if (uri.scheme === 'file') return;
  throw new Error(
    uri.scheme === 'untitled'
      ? vscode.l10n.t('This file is not saved yet. Save it in its folder, then try again.')
      : vscode.l10n.t(
          'A container engine needs files on disk. Open the folder on this machine, then try again.',
        ),
  );
}

async function saveIfOpen(dockerfile: vscode.Uri): Promise<void> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === dockerfile.toString());
  if (open === undefined || !open.isDirty || (await open.save())) return;
  throw new Error(vscode.l10n.t('{0} could not be saved. Save it, then try again.', dockerfile.fsPath));
}

function titleOf({ build, push }: Steps, reference: string): string {
  if (build && push) return vscode.l10n.t('Build and push {0}', reference);
  return build ? vscode.l10n.t('Build {0}', reference) : vscode.l10n.t('Push {0}', reference);
}

function questionOf({ build, push }: Steps): string {
  if (build && push) return vscode.l10n.t('Build and push image');
  return build ? vscode.l10n.t('Build image') : vscode.l10n.t('Push image');
}

function failureActions({ dockerfile }: ImageJob, error: unknown, terminal: OutputTerminal): FailureAction[] {
  const showOutput = { title: vscode.l10n.t('Show output'), run: () => terminal.show() };
  if (dockerfile === null || !(error instanceof EngineError) || error.line === null) return [showOutput];
  const position = new vscode.Position(error.line - 1, 0);
  const goToLine = {
    title: vscode.l10n.t('Go to line {0}', error.line),
    run: () =>
      vscode.window.showTextDocument(dockerfile, { selection: new vscode.Range(position, position) }),
  };
  return [goToLine, showOutput];
}
