import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, request as requestUpstream } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { parse } from 'yaml';

/** What the proxy does to a request instead of passing it on. */
export type Fault =
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' }
  /** The true answer begins, and the connection breaks after so many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** An answer of the test's own. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

interface Rule {
  readonly fault: Fault;
  readonly matches: (request: ProxiedRequest) => boolean;
  left: number;
}

export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly watch: boolean;
}

interface Upstream {
  readonly server: URL;
  readonly agent: Agent;
  readonly authorization: string | undefined;
}

/**
 * A plain HTTP server on loopback that passes everything on to an API server, as the user of a kubeconfig, until
 * told to fail. What it does is what networks, load balancers and overloaded API servers do.
 */
export class FaultProxy {
  /** Every request that came in, oldest first. */
  readonly requests: ProxiedRequest[] = [];
  readonly #upstream: Upstream;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #watches = new Set<ServerResponse>();
  #rules: Rule[] = [];
  #frozen = false;

  private constructor(upstream: Upstream) {
    this.#upstream = upstream;
    this.#server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(kubeconfig: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(readUpstream(kubeconfig));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections clients hold open at this moment. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Watches that are open at this moment. */
  get watches(): number {
    return this.#watches.size;
  }

  /** The next `times` requests that match meet the fault; rules are tried in the order they were made. */
  fail(fault: Fault, matches: Rule['matches'], times = Infinity): void {
    this.#rules.push({ fault, matches, left: times });
  }

  /** Passes everything on again. */
  heal(): void {
    this.#rules = [];
    this.#frozen = false;
  }

  /** Resets every connection that is open now. */
  cut(): void {
    for (const socket of this.#sockets) reset(socket);
  }

  /** Ends every open watch the way a server does whose time is up. */
  endWatches(): void {
    for (const watch of this.#watches) watch.end();
  }

  /** Open watches stay open but say nothing any more, as behind a firewall that forgot them. */
  freezeWatches(): void {
    this.#frozen = true;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#upstream.agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? '/';
    const request = { method: incoming.method ?? 'GET', path, watch: /[?&]watch=true(&|$)/.test(path) };
    this.requests.push(request);
    const rule = this.#rules.find((candidate) => candidate.left > 0 && candidate.matches(request));
    if (rule !== undefined) rule.left -= 1;
    switch (rule?.fault.kind) {
      case 'reset':
        reset(incoming.socket);
        return;
      case 'hang':
        return;
      case 'answer':
        outgoing.writeHead(rule.fault.status, { 'content-type': 'application/json', ...rule.fault.headers });
        outgoing.end(rule.fault.body ?? '');
        return;
      case 'truncate':
        this.#passOn(incoming, outgoing, rule.fault.bytes);
        return;
      case undefined:
        this.#passOn(incoming, outgoing, null);
    }
  }

  #passOn(incoming: IncomingMessage, outgoing: ServerResponse, limit: number | null): void {
    const { server, agent, authorization } = this.#upstream;
    const headers = { ...incoming.headers, host: server.host, ...(authorization && { authorization }) };
    const upstream = requestUpstream(
      {
        agent,
        hostname: server.hostname,
        port: server.port,
        path: incoming.url,
        method: incoming.method,
        headers,
      },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        if (/[?&]watch=true(&|$)/.test(incoming.url ?? '')) this.#relayWatch(response, outgoing);
        else if (limit === null) pipeline(response, outgoing, () => undefined);
        else cutAfter(response, outgoing, limit);
      },
    );
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }

  #relayWatch(response: IncomingMessage, outgoing: ServerResponse): void {
    this.#watches.add(outgoing);
    outgoing.flushHeaders();
    outgoing.on('close', () => this.#watches.delete(outgoing));
    response.on('data', (chunk: Buffer) => {
      if (!this.#frozen && !outgoing.writableEnded) outgoing.write(chunk);
    });
    response.on('end', () => outgoing.end());
    response.on('error', () => outgoing.destroy());
  }
}

/** Node never closes a socket that is reset while it is being ended, and cannot exit then. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function cutAfter(response: IncomingMessage, outgoing: ServerResponse, bytes: number): void {
  let left = bytes;
  response.on('data', (chunk: Buffer) => {
    outgoing.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0 && outgoing.socket !== null) reset(outgoing.socket);
  });
  response.on('error', () => undefined);
}

interface NamedEntry {
  readonly name: string;
  readonly cluster?: Readonly<Record<string, string>>;
  readonly user?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, string>>;
}

function readUpstream(kubeconfig: string): Upstream {
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Record<string, unknown>;
  const entry = (list: string, name: unknown): NamedEntry =>
    (config[list] as NamedEntry[]).find((one) => one.name === name) as NamedEntry;
  const { context = {} } = entry('contexts', config['current-context']);
  const { cluster = {} } = entry('clusters', context.cluster);
  const { user = {} } = entry('users', context.user);
  const pem = (fields: Readonly<Record<string, string>>, key: string): Buffer | undefined => {
    const data = fields[`${key}-data`];
    const file = fields[key];
    if (data !== undefined) return Buffer.from(data, 'base64');
    return file === undefined ? undefined : readFileSync(file);
  };
  return {
    server: new URL(cluster.server ?? ''),
    agent: new Agent({
      keepAlive: true,
      ca: pem(cluster, 'certificate-authority'),
      cert: pem(user, 'client-certificate'),
      key: pem(user, 'client-key'),
    }),
    authorization: user.token === undefined ? undefined : `Bearer ${user.token}`,
  };
}
