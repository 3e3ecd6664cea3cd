import type { Agent } from 'node:http';
import type { Disposable } from '../platform/disposables.ts';
import { Listeners } from '../platform/disposables.ts';
import type { Log } from '../platform/log.ts';
import { discover } from './discovery.ts';
import { cancelledError, ClusterError, type ErrorOrigin, kindUnknown } from './errors.ts';
import type { ResolvedContext } from './kubeconfig/entries.ts';
import type {
  ApiResource,
  ClusterSocket,
  ChunkStream,
  ContextInfo,
  LineStream,
  RequestOptions,
  ResourceIndex,
  Session,
  TextStream,
  WebSocketOptions,
} from './model.ts';
import { openWebSocket } from './streams/web-socket.ts';
import { connect, type Connection } from './transport/connection.ts';
import { obtainCredential } from './transport/credentials.ts';
import type { Surroundings } from './transport/proxy.ts';
import {
  requestChunks,
  requestJson,
  requestLines,
  requestStream,
  requestText,
} from './transport/transport.ts';
import { onWake } from './transport/wake.ts';

/** Time before discovery is asked again for a kind it did not name. */
const rediscoverMs = 2_000;

interface Login {
  readonly connection: Connection;
  /** ms since 1970; null: until the server refuses it. */
  readonly expires: number | null;
}

/** The connection to one context. Credential and agent are made once, and again when they expire or are refused. */
export class ClusterSession implements Session {
  readonly #closing = new AbortController();
  readonly #surroundings: Surroundings;
  readonly log: Log;
  readonly #reconnected: Listeners<void>;
  #resolved: ResolvedContext;
  #login: Promise<Login> | null = null;
  /** Aborted when the kubeconfig entry is another one. */
  #outdated = new AbortController();
  #expires: number | null = null;
  /** The newest connection, whose agent the next login goes on using if it can. */
  #connection: Connection | null = null;
  readonly #agents = new Set<Agent>();
  /** The last login was refused; the first request that succeeds again is news. */
  #refused = false;
  #resources: Promise<ResourceIndex> | null = null;
  #discoveredAt = 0;

  constructor(resolved: ResolvedContext, surroundings: Surroundings, log: Log) {
    this.#resolved = resolved;
    this.#surroundings = surroundings;
    this.log = log;
    this.#reconnected = new Listeners((error) => log.error(String(error)));
    const wake = onWake(() => this.#dropIdleSockets());
    this.closed.addEventListener('abort', () => wake.dispose(), { once: true });
  }

  get context(): ContextInfo {
    return { ...this.#resolved.context, server: this.#resolved.cluster.server };
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  readonly onDidReconnect = (listener: () => void): Disposable => this.#reconnected.on(listener);

  async request<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return (await this.#withLogin(options, (connection, guarded) =>
      requestJson(connection, path, guarded, this.#origin),
    )) as T;
  }

  requestText(path: string, options: RequestOptions = {}): Promise<string> {
    return this.#withLogin(options, (connection, guarded) =>
      requestText(connection, path, guarded, this.#origin),
    );
  }

  requestStream(path: string, options: RequestOptions = {}): Promise<TextStream> {
    return this.#withLogin(options, (connection, guarded) =>
      requestStream(connection, path, guarded, this.#origin),
    );
  }

  stream(path: string, options: RequestOptions = {}): Promise<LineStream> {
    return this.#withLogin(options, (connection, guarded) =>
      requestLines(connection, path, guarded, this.#origin),
    );
  }

  webSocket(path: string, options: WebSocketOptions): Promise<ClusterSocket> {
    return this.#withLogin(options, (connection, { signal }) =>
      openWebSocket(connection, path, { ...options, ...(signal !== undefined && { signal }) }, this.#origin),
    );
  }

  chunks(path: string, options: RequestOptions = {}): Promise<ChunkStream> {
    return this.#withLogin(options, (connection, guarded) =>
      requestChunks(connection, path, guarded, this.#origin),
    );
  }

  resources(): Promise<ResourceIndex> {
    if (this.#resources === null) {
      const asked = discover(this);
      this.#resources = asked;
      this.#discoveredAt = Date.now();
      // A failure is the asker's to see, not the next one's to inherit.
      asked.catch(() => {
        if (this.#resources === asked) this.#resources = null;
      });
    }
    return this.#resources;
  }

  async resource(apiVersion: string, kind: string): Promise<ApiResource> {
    const known = (await this.resources()).find(apiVersion, kind);
    if (known !== null) return known;
    if (Date.now() - this.#discoveredAt > rediscoverMs) this.#resources = null;
    const found = (await this.resources()).find(apiVersion, kind);
    if (found === null) throw kindUnknown(this.context.name, apiVersion, kind);
    return found;
  }

  /** The kubeconfig entry changed: the next request uses the new one, and stores start over. */
  replace(resolved: ResolvedContext): void {
    this.#resolved = resolved;
    this.#outdated.abort();
    this.#outdated = new AbortController();
    this.#login = null;
    this.#resources = null;
    this.#dropAgents();
    this.#reconnected.fire();
  }

  dispose(): void {
    if (this.closed.aborted) return;
    this.#closing.abort();
    this.#dropAgents();
    this.#reconnected.clear();
  }

  get #origin(): ErrorOrigin {
    return { context: this.#resolved.context.name, server: this.#resolved.cluster.server };
  }

  /** Runs the request; when its credential is refused, once more with a fresh one. */
  async #withLogin<T>(
    options: Pick<RequestOptions, 'signal'>,
    run: (connection: Connection, options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    const signal =
      options.signal === undefined ? this.closed : AbortSignal.any([options.signal, this.closed]);
    let login: Promise<Login> | null = null;
    const attempt = async (): Promise<T> => {
      const current = await this.#loggedIn(signal);
      login = current.login;
      const { connection } = current;
      const answer = await run(connection, { ...options, signal });
      if (this.#refused) {
        this.#refused = false;
        this.#reconnected.fire();
      }
      return answer;
    };
    try {
      return await attempt();
    } catch (error) {
      // What waits in the pool may lead to where nobody answered.
      if (error instanceof ClusterError && error.code === 'timeout') this.#dropIdleSockets();
      if (!isUnauthorized(error)) throw error;
      this.log.info(`${this.context.name}: the credential was refused, trying a fresh one`);
      this.#forget(login);
    }
    try {
      return await attempt();
    } catch (error) {
      if (isUnauthorized(error)) {
        this.#refused = true;
        this.#forget(login);
      }
      throw error;
    }
  }

  /** The login of the entry as it is by then: one that another entry overtook is not waited for. */
  async #loggedIn(
    signal: AbortSignal,
  ): Promise<{ readonly login: Promise<Login>; readonly connection: Connection }> {
    for (;;) {
      const outdated = this.#outdated.signal;
      const login = this.#currentLogin();
      try {
        const { connection } = await untilAborted(login, signal, this.#origin);
        if (!outdated.aborted) return { login, connection };
      } catch (error) {
        if (!outdated.aborted || signal.aborted) throw error;
      }
    }
  }

  /** One login at a time, whoever asks; an expired one is not used again. */
  #currentLogin(): Promise<Login> {
    if (this.#expires !== null && this.#expires <= Date.now()) this.#login = null;
    if (this.#login === null) {
      const outdated = this.#outdated.signal;
      const login = this.#logIn(this.#resolved, AbortSignal.any([this.closed, outdated]));
      this.#login = login;
      this.#expires = null;
      login.then(
        ({ expires }) => {
          if (this.#login === login) this.#expires = expires;
        },
        () => {
          if (outdated.aborted) return;
          this.#refused = true;
          this.#forget(login);
        },
      );
    }
    return this.#login;
  }

  async #logIn(resolved: ResolvedContext, signal: AbortSignal): Promise<Login> {
    const credential = await obtainCredential(resolved, this.#surroundings, signal);
    const connection = await connect(resolved, credential, this.#surroundings, this.#connection);
    if (signal.aborted) {
      connection.agent.destroy();
      throw cancelledError(resolved.context.name);
    }
    this.#connection = connection;
    this.#agents.add(connection.agent);
    return { connection, expires: credential.expires };
  }

  #forget(login: Promise<Login> | null): void {
    if (this.#login === login) this.#login = null;
  }

  /** The next request opens a connection of its own instead of trusting one that may be long dead. */
  #dropIdleSockets(): void {
    for (const { freeSockets } of this.#agents) {
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
    }
  }

  #dropAgents(): void {
    for (const agent of this.#agents) agent.destroy();
    this.#agents.clear();
    this.#connection = null;
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ClusterError && error.code === 'unauthorized';
}

/** A login may be shared: who stops waiting for it does not end it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal, origin: ErrorOrigin): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelledError(origin.context));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
