import * as vscode from 'vscode';
import type { Clusters, ContextInfo, KeptOpenApi, Session } from '../../cluster/index.ts';
import type { DeployTarget, LiveObjectsParams, SchemaParams, SchemaResult } from '../../core/protocol.ts';
import { Disposables } from '../../platform/disposables.ts';
import type { Log } from '../../platform/log.ts';
import type { TargetSource } from '../../platform/target.ts';
import { watchLimits } from './cluster-limits.ts';
import { SchemaStatus } from './schema-status.ts';

/** The language server, as far as it is told of clusters. */
export interface SchemaService {
  /** At each start: it has forgotten then. */
  readonly onDidStart: vscode.Event<void>;
  schema(params: SchemaParams): Promise<SchemaResult>;
  liveObjects(params: LiveObjectsParams): Promise<void>;
}

export interface ClusterSchemaOptions {
  /** Loads the cluster code at its first call. */
  readonly clusters: () => Promise<Clusters>;
  readonly target: Pick<TargetSource, 'current' | 'onDidChange'>;
  readonly server: SchemaService;
  /** What the extension keeps for all workspaces. */
  readonly storage: vscode.Uri;
  readonly log: Log;
}

/** Everything that a person waits for comes first: the cluster code takes a moment to load. */
const settleMs = 1_500;
/** A definition may have been installed since; the list of what is served is short. */
const refreshMs = 5 * 60_000;

/**
 * Sees to it that manifests are checked by what the cluster serves that they are for, and by the limits and quotas of
 * the namespace. It asks no cluster that nobody connected to: opening a file must not ask a person to log in. What was
 * fetched once is there at the next start, and while the cluster is away.
 */
export class ClusterSchema {
  readonly #options: ClusterSchemaOptions;
  readonly #owned = new Disposables();
  readonly #status = this.#owned.own(new SchemaStatus());
  /** Failures that the log has told of already. */
  readonly #told = new Set<string>();
  #started = false;
  #run: AbortController | null = null;
  #timer: NodeJS.Timeout | undefined;
  #fetchedAt = 0;
  #clusters: Clusters | null = null;
  /** Whose limits the server may know. */
  #limited: DeployTarget | null = null;

  constructor(options: ClusterSchemaOptions) {
    this.#options = options;
  }

  register(): vscode.Disposable {
    const { server, target } = this.#options;
    this.#owned.own(
      server.onDidStart(() => {
        this.#started = true;
        this.#restart();
      }),
    );
    this.#owned.own(target.onDidChange(() => this.#restart()));
    this.#owned.own(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#restart()));
    this.#owned.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#fetchedAt > 0 && Date.now() - this.#fetchedAt > refreshMs) this.#restart();
      }),
    );
    this.#owned.own({ dispose: () => this.#stop() });
    return this.#owned;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#run?.abort();
    this.#run = null;
  }

  /** Starts over for the target as it is now; what is under way for another one ends. */
  #restart(): void {
    if (!this.#started || this.#owned.disposed) return;
    this.#stop();
    const { signal } = (this.#run = new AbortController());
    const target = vscode.workspace.isTrusted ? this.#options.target.current : null;
    this.#timer = setTimeout(() => void this.#guard(this.#follow(target, signal), signal), settleMs);
  }

  async #guard(work: Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (signal.aborted) return;
      this.#options.log.warn(`What the cluster says of manifests is not known: ${String(error)}`);
    }
  }

  async #follow(target: DeployTarget | null, signal: AbortSignal): Promise<void> {
    const { server } = this.#options;
    const context = target === null ? null : await this.#contextOf(target);
    if (signal.aborted) return;
    const session = context === null ? null : (this.#clusters?.opened(context.name) ?? null);
    // Those of another namespace, or of a cluster that nobody asks any more, must not stay.
    if (session === null || !isSameTarget(target, this.#limited)) {
      this.#limited = null;
      await server.liveObjects({ target: null, objects: [] });
    }
    if (context === null || target === null) return this.#use(null, null, signal);
    if (session === null) return this.#use(await this.#kept(context), context.name, signal);
    this.#limited = target;
    const tell = (params: LiveObjectsParams): Promise<void> => server.liveObjects(params);
    await Promise.all([
      this.#guard(this.#useSchema(session, signal), signal),
      this.#guard(watchLimits({ session, target, signal, tell }), signal),
    ]);
  }

  /** Of the kubeconfig; null where it names none. Reads files, and asks no cluster. */
  async #contextOf({ context }: DeployTarget): Promise<ContextInfo | null> {
    const clusters = await this.#options.clusters();
    // Another run may have come here meanwhile.
    if (this.#clusters === null) {
      this.#clusters = clusters;
      this.#owned.own(
        clusters.onDidChangeSessions((changed) => {
          if (changed === this.#options.target.current?.context) this.#restart();
        }),
      );
    }
    const { contexts } = await clusters.contexts();
    return contexts.find(({ name }) => name === context) ?? null;
  }

  async #kept({ server }: ContextInfo): Promise<KeptOpenApi | null> {
    const { keptOpenApi } = await import('../../cluster/index.ts');
    return keptOpenApi(server, this.#cache);
  }

  get #cache(): string {
    return vscode.Uri.joinPath(this.#options.storage, 'schemas').fsPath;
  }

  /** First what is on the disk, then what the cluster says. */
  async #useSchema(session: Session, signal: AbortSignal): Promise<void> {
    const { fetchOpenApi } = await import('../../cluster/index.ts');
    const { name } = session.context;
    const kept = await this.#kept(session.context);
    await this.#use(kept, name, signal);
    const done = this.#status.fetching();
    try {
      const fetched = await fetchOpenApi(session, { cache: this.#cache, signal });
      this.#fetchedAt = Date.now();
      this.#told.delete(name);
      if (!isSame(kept, fetched)) await this.#use(fetched, name, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#tell(name, error);
    } finally {
      done();
    }
  }

  async #use(kept: KeptOpenApi | null, context: string | null, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const schema =
      kept === null
        ? null
        : { version: kept.version, documents: kept.documents, complete: kept.complete, cache: kept.folder };
    const result = await this.#options.server.schema({ schema });
    if (signal.aborted) return;
    const isConnected = context !== null && this.#clusters?.opened(context) !== null;
    this.#status.show(context, result, isConnected);
  }

  /** Once for each cluster and as long as it lasts: it goes on with what there is. */
  #tell(context: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#status.failed(reason);
    if (this.#told.has(context)) return;
    this.#told.add(context);
    this.#options.log.warn(`The schema of ${context} cannot be brought up to date: ${reason}`);
  }
}

function isSame(kept: KeptOpenApi | null, fetched: KeptOpenApi): boolean {
  return (
    kept !== null &&
    kept.version === fetched.version &&
    kept.complete === fetched.complete &&
    kept.documents.join('\n') === fetched.documents.join('\n')
  );
}

function isSameTarget(one: DeployTarget | null, other: DeployTarget | null): boolean {
  return one?.context === other?.context && one?.namespace === other?.namespace;
}
