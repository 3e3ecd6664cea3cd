import { fromStatus, fromNetwork } from '../answers.ts';
import { ClusterError, unreadableAnswer } from '../errors.ts';
import type { KubeObject, Session, StoreQuery } from '../model.ts';
import { keyOf, metaOf, resourcePath } from '../objects.ts';
import { backoffMs, jittered, pause, type StoreTuning } from './timing.ts';

/** Receives what the reflector learns, in order. */
export interface ReflectorSink {
  upsert(object: KubeObject): void;
  remove(object: KubeObject): void;
  /** A list is complete: whatever is not among `keys` is gone. */
  listed(keys: ReadonlySet<string>): void;
  /** The connection is there: the rows equal the cluster's. */
  live(): void;
  /** The rows may be out of date; the reflector tries again by itself unless it was disposed of. */
  failed(error: ClusterError): void;
}

interface ListPage {
  /** `PodList` */
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly KubeObject[] | null;
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

/** The list that was being continued, or the version that was being watched, is too old for the server. */
class Expired extends Error {}

/**
 * Lists, then watches, for ever. A clean end of the watch is resumed where it stopped; an expired version is
 * listed again without anything being cleared; any other failure waits, longer each time.
 */
export class Reflector {
  readonly #session: Session;
  readonly #query: StoreQuery;
  readonly #sink: ReflectorSink;
  readonly #tuning: StoreTuning;
  readonly #path: string;
  /** The run in progress; a new one is made by `restart`, and what the old one still learns is dropped. */
  #run = new AbortController();
  #failures = 0;
  /** Expired versions in a row: one is everyday, a server that calls each of its answers expired is not. */
  #expiries = 0;
  /** Whether a watch was open since the last failure. */
  #established = false;
  /** Version up to which the sink knows everything; null: list first. */
  #version: string | null = null;
  #watchable = true;

  constructor(session: Session, query: StoreQuery, sink: ReflectorSink, tuning: StoreTuning) {
    this.#session = session;
    this.#query = query;
    this.#sink = sink;
    this.#tuning = tuning;
    this.#path = resourcePath({ ...query, namespaced: query.namespace !== null }, query.namespace);
    void this.#loop(this.#run.signal);
  }

  /** Lists again at once, whatever it was doing or waiting for. */
  restart(): void {
    this.dispose();
    this.#run = new AbortController();
    this.#failures = 0;
    this.#expiries = 0;
    this.#established = false;
    this.#version = null;
    this.#watchable = true;
    void this.#loop(this.#run.signal);
  }

  dispose(): void {
    this.#run.abort();
  }

  async #loop(run: AbortSignal): Promise<void> {
    while (!run.aborted) {
      try {
        if (this.#version === null) await this.#list(run);
        if (run.aborted) return;
        if (this.#watchable) await this.#watch(run);
        else await this.#waitToPoll(run);
      } catch (error) {
        if (run.aborted) return;
        if (error instanceof Expired) await this.#expire(run);
        else await this.#fail(fromNetwork(error, this.#origin), run);
      }
    }
  }

  get #origin(): { context: string; server: string } {
    return { context: this.#session.context.name, server: this.#session.context.server };
  }

  /** Lists again: at once the first time. */
  async #expire(run: AbortSignal): Promise<void> {
    this.#version = null;
    if (this.#expiries > 0) await pause(backoffMs(this.#tuning, this.#expiries - 1, null), run);
    this.#expiries += 1;
  }

  /** Says what is wrong and waits: until the next attempt, or until nothing but a restart can help. */
  async #fail(error: ClusterError, run: AbortSignal): Promise<void> {
    const cut = this.#established && error.code === 'unreachable';
    this.#established = false;
    // Idle connections get cut on the way; the next attempt tells whether anything is wrong.
    if (cut) return;
    this.#sink.failed(error);
    // Asking a login program again and again could open a browser again and again.
    if (error.code === 'credentialPlugin') return pause(2 ** 31 - 1, run);
    const wait = error.retryable
      ? backoffMs(this.#tuning, this.#failures, error.retryAfterMs)
      : jittered(this.#tuning.hopeless);
    this.#failures += 1;
    await pause(wait, run);
  }

  async #list(run: AbortSignal): Promise<void> {
    const keys = new Set<string>();
    let next: string | undefined;
    let version = '';
    do {
      const page: ListPage = await this.#page(next, run);
      if (run.aborted) return;
      // Items come without these two, which watch events have.
      const type = { apiVersion: page.apiVersion, kind: page.kind.replace(/List$/, '') };
      for (const item of page.items ?? []) {
        const object = { ...type, ...item };
        keys.add(keyOf(object));
        this.#sink.upsert(object);
      }
      version = page.metadata.resourceVersion;
      next = page.metadata.continue || undefined;
    } while (next !== undefined);
    this.#sink.listed(keys);
    this.#version = version;
    this.#failures = 0;
    this.#sink.live();
  }

  async #page(next: string | undefined, run: AbortSignal): Promise<ListPage> {
    const { labelSelector, fieldSelector } = this.#query;
    try {
      const page = await this.#session.request<Partial<ListPage> | null>(this.#path, {
        query: { limit: this.#tuning.pageSize, continue: next, labelSelector, fieldSelector },
        signal: run,
      });
      if (!isList(page)) throw unreadableAnswer(this.#origin);
      return page;
    } catch (error) {
      if (isGone(error)) throw new Expired();
      throw error;
    }
  }

  async #waitToPoll(run: AbortSignal): Promise<void> {
    await pause(jittered(this.#tuning.poll), run);
    this.#version = null;
  }

  async #watch(run: AbortSignal): Promise<void> {
    const [shortest, longest] = this.#tuning.watchSeconds;
    const { labelSelector, fieldSelector } = this.#query;
    const stream = await this.#session
      .stream(this.#path, {
        query: {
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.#version ?? undefined,
          timeoutSeconds: Math.round(shortest + Math.random() * (longest - shortest)),
          labelSelector,
          fieldSelector,
        },
        signal: run,
      })
      .catch((error: unknown) => {
        if (isGone(error)) throw new Expired();
        // Listing worked: some roles and some APIs allow no more than that.
        if (!isUnwatchable(error)) throw error;
        this.#watchable = false;
        return null;
      });
    if (stream === null) return;
    if (run.aborted) return stream.close();
    this.#established = true;
    this.#sink.live();
    const opened = Date.now();
    let heard = false;
    const watchdog = setTimeout(() => stream.close(), this.#tuning.idle);
    try {
      for await (const lines of stream) {
        if (run.aborted) return;
        watchdog.refresh();
        heard = true;
        for (const line of lines) this.#take(this.#parse(line));
        this.#failures = 0;
        this.#expiries = 0;
      }
    } finally {
      clearTimeout(watchdog);
      stream.close();
    }
    // A server that closes every watch at once must not be asked as fast as it can answer.
    if (!heard && Date.now() - opened < this.#tuning.backoff[0]) {
      await pause(backoffMs(this.#tuning, this.#failures++, null), run);
    }
  }

  #parse(line: string): WatchEvent {
    try {
      return JSON.parse(line) as WatchEvent;
    } catch (error) {
      throw unreadableAnswer(this.#origin, error);
    }
  }

  #take({ type, object }: WatchEvent): void {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        this.#sink.upsert(object);
        break;
      case 'DELETED':
        this.#sink.remove(object);
        break;
      case 'BOOKMARK':
        break;
      case 'ERROR': {
        const code = typeof object.code === 'number' ? object.code : 500;
        if (code === 410) throw new Expired();
        throw fromStatus(code, JSON.stringify(object), undefined, this.#origin);
      }
      default:
        return;
    }
    this.#version = metaOf(object).resourceVersion ?? this.#version;
  }
}

/** Whatever answers in the server's place may well speak JSON. */
function isList(page: Partial<ListPage> | null): page is ListPage {
  return page?.kind?.endsWith('List') === true && page.metadata !== undefined;
}

function isGone(error: unknown): boolean {
  return error instanceof ClusterError && error.status === 410;
}

function isUnwatchable(error: unknown): boolean {
  return error instanceof ClusterError && (error.status === 403 || error.status === 405);
}
