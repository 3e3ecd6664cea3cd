import { isDeepStrictEqual } from 'node:util';
import { formatMessage } from '../core/finding.ts';
import { type Disposable, Disposables, Listeners } from '../platform/disposables.ts';
import type { Log } from '../platform/log.ts';
import { cancelledError, ClusterError, kubeconfigContextUnknown } from './errors.ts';
import { withCurrentContext, withNamespace } from './kubeconfig/edit.ts';
import type { Kubeconfig, ResolvedContext } from './kubeconfig/entries.ts';
import { currentContextFile, kubeconfigFiles, readKubeconfigs } from './kubeconfig/files.ts';
import { contextInfos, mergeKubeconfigs, resolveContext } from './kubeconfig/merge.ts';
import { parseKubeconfig } from './kubeconfig/parse.ts';
import { contextMoved } from './kubeconfig/refusals.ts';
import { FileWatch } from './kubeconfig/watch.ts';
import { editKubeconfig } from './kubeconfig/write.ts';
import type { ContextInfo, ContextList, Session } from './model.ts';
import { ClusterSession } from './session.ts';
import type { Surroundings } from './transport/proxy.ts';

export interface ClustersOptions extends Surroundings {
  /** The setting's files; empty: those of $KUBECONFIG, else `~/.kube/config`. Asked again at every reload. */
  kubeconfigs(): readonly string[];
  readonly log: Log;
}

interface Loaded {
  readonly config: Kubeconfig;
  readonly list: ContextList;
}

interface OpenSession {
  readonly session: ClusterSession;
  /** What it was made from, to see whether the kubeconfig says something else by now. */
  resolved: ResolvedContext;
}

/** The contexts of the kubeconfig files and one session for each that is in use. */
export class Clusters implements Disposable {
  readonly #options: ClustersOptions;
  readonly #owned = new Disposables();
  readonly #changed: Listeners<ContextList>;
  readonly #sessionsChanged: Listeners<string>;
  readonly #sessions = new Map<string, OpenSession>();
  #loading: Promise<Loaded> | null = null;
  #last: ContextList | null = null;
  #watch: FileWatch | null = null;

  constructor(options: ClustersOptions) {
    this.#options = options;
    this.#changed = new Listeners((error) => options.log.error(String(error)));
    this.#sessionsChanged = new Listeners((error) => options.log.error(String(error)));
  }

  /** Contexts of all files, read once and again after a change. */
  async contexts(): Promise<ContextList> {
    return (await this.#newest()).list;
  }

  /** Hears of a new list when a file changes, appears or goes away (once `contexts` was called). */
  onDidChangeContexts(listener: (list: ContextList) => void): Disposable {
    return this.#changed.on(listener);
  }

  /** Reads the files again now (the setting changed, or the person asks for it). */
  async reload(): Promise<ContextList> {
    this.#loading = null;
    const { list } = await this.#newest();
    return list;
  }

  /**
   * The context's session, made at first use. Rejects with `kubeconfigMissing` when no file holds the context and
   * with `kubeconfigInvalid` when it names a cluster or user nobody defines.
   */
  async session(context: string): Promise<Session> {
    const { config, list } = await this.#newest();
    if (this.#owned.disposed) throw cancelledError(context);
    const open = this.#sessions.get(context);
    if (open !== undefined) return open.session;
    const resolved = resolveContext(config, context, list.files);
    if (resolved instanceof ClusterError) throw resolved;
    const session = new ClusterSession(resolved, this.#options, this.#options.log);
    this.#sessions.set(context, { session, resolved });
    this.#sessionsChanged.fire(context);
    return session;
  }

  /** The context's session, if somebody asked for it and nobody closed it: for those who must not connect by themselves. */
  opened(context: string): Session | null {
    return this.#sessions.get(context)?.session ?? null;
  }

  /** Hears of contexts whose session was made or closed. */
  onDidChangeSessions(listener: (context: string) => void): Disposable {
    return this.#sessionsChanged.on(listener);
  }

  /** Ends the context's session, its stores included; the next `session()` makes a new one. */
  close(context: string): void {
    this.#sessions.get(context)?.session.dispose();
    if (this.#sessions.delete(context)) this.#sessionsChanged.fire(context);
  }

  /** The files that are read where the setting names none. */
  standardFiles(): readonly string[] {
    return kubeconfigFiles([], this.#options.env);
  }

  /**
   * Makes a context kubectl's current one, on the person's wish only; resolves to the file that was written, null when
   * it was the current one already. As kubectl does, this is the first file there is; where kubectl does not read the
   * context's file, it is that one.
   */
  async useContext(context: string): Promise<string | null> {
    const { contexts, files } = (await this.#newest()).list;
    const seen = contexts.find(({ name }) => name === context);
    if (seen === undefined) throw kubeconfigContextUnknown(context, files, contexts.length === 0);
    const file = await currentContextFile(seen, this.#options.env);
    if (file === null) return null;
    await editKubeconfig(file, context, (text) => withCurrentContext(text, context));
    await this.reload();
    return file;
  }

  /** Gives a context of a kubeconfig another namespace; resolves to the file that was written. `seen` is what the person looked at. */
  async setNamespace(seen: ContextInfo, namespace: string): Promise<string> {
    const { name, file } = seen;
    try {
      await editKubeconfig(file, name, (text) => {
        const now = parseKubeconfig(text, file).contexts.get(name);
        if (now !== undefined && (now.cluster !== seen.cluster || now.namespace !== seen.namespace)) {
          throw contextMoved(name, file);
        }
        return withNamespace(text, name, namespace);
      });
    } finally {
      await this.reload();
    }
    return file;
  }

  dispose(): void {
    this.#changed.clear();
    this.#sessionsChanged.clear();
    this.#watch?.dispose();
    for (const context of [...this.#sessions.keys()]) this.close(context);
    this.#owned.dispose();
  }

  #reloadUnasked(): void {
    this.reload().catch((error: unknown) =>
      this.#options.log.error(`The kubeconfig files could not be read again: ${String(error)}`),
    );
  }

  /** What the files say, of a reading that none overtook while it was waited for. */
  async #newest(): Promise<Loaded> {
    for (;;) {
      const loading = this.#load();
      try {
        const loaded = await loading;
        if (this.#loading === loading) return loaded;
      } catch (error) {
        // Unless a newer one is under way, it is nobody's any more.
        if (this.#loading === null) throw error;
      }
    }
  }

  #load(): Promise<Loaded> {
    if (this.#loading === null) {
      const loading = this.#read();
      this.#loading = loading;
      // Never by #read itself: a newer reading may have overtaken it.
      loading.then(
        (loaded) => {
          if (this.#loading === loading && !this.#owned.disposed) this.#accept(loaded);
        },
        () => {
          if (this.#loading === loading) this.#loading = null;
        },
      );
    }
    return this.#loading;
  }

  async #read(): Promise<Loaded> {
    const files = kubeconfigFiles(this.#options.kubeconfigs(), this.#options.env);
    const { configs, problems } = await readKubeconfigs(files);
    const config = mergeKubeconfigs(configs);
    for (const { message } of problems) this.#options.log.warn(formatMessage(message));
    return { config, list: { contexts: contextInfos(config), current: config.current, problems, files } };
  }

  /** Takes a reading over: watches its files, brings open sessions up to date, tells who listens. */
  #accept({ config, list }: Loaded): void {
    const last = this.#last;
    this.#last = list;
    if (last === null || !isDeepStrictEqual(last.files, list.files)) {
      this.#watch?.dispose();
      this.#watch = new FileWatch(list.files, this.#options.log, () => this.#reloadUnasked());
    }
    for (const [context, open] of this.#sessions) {
      const resolved = resolveContext(config, context, list.files);
      if (resolved instanceof ClusterError) {
        // A file in the middle of being edited takes nobody's terminals and forwards away.
        if (!isBroken(list, open.resolved.context.file)) this.close(context);
      } else if (!isDeepStrictEqual(resolved, open.resolved)) {
        open.resolved = resolved;
        open.session.replace(resolved);
      }
    }
    if (last !== null && !isDeepStrictEqual(last, list)) this.#changed.fire(list);
  }
}

/** Whether nothing of a file can be read at the moment. */
function isBroken({ contexts, problems }: ContextList, file: string): boolean {
  return problems.some((problem) => problem.file === file) && !contexts.some((one) => one.file === file);
}
