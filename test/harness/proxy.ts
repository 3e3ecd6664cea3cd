import { readFileSync } from 'node:fs';
import {
  type ClientRequest,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { Agent, request as requestUpstream } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';

/** What the proxy does to a request instead of passing it on. */
export type Fault =
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset' }
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' }
  /** The true answer begins, and after so many bytes the connection breaks, or the answer ends as if it were whole. */
  | { readonly kind: 'truncate'; readonly bytes: number; readonly clean?: boolean }
  /** The true answer comes so many bytes at a time, with a pause before each. */
  | { readonly kind: 'slow'; readonly bytes: number; readonly pauseMs: number }
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
  /** The header, as the client sent it. */
  readonly authorization: string | undefined;
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
  #upstream: Upstream;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** With the path of each. */
  readonly #watches = new Map<ServerResponse, string>();
  readonly #frozen = new WeakSet<ServerResponse>();
  readonly #frozenSockets = new WeakSet<Socket>();
  #rules: Rule[] = [];
  /** The only protocol of WebSockets that it lets through; null: all of them. */
  #protocol: string | null = null;

  private constructor(upstream: Upstream) {
    this.#upstream = upstream;
    this.#server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing));
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Socket) =>
      this.#serveUpgrade(incoming, socket),
    );
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

  /** Watches, and logs that are followed, open at this moment. */
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
    this.#protocol = null;
  }

  /** Takes all others out of what clients offer to speak over WebSockets, as a gateway does that knows only this one. */
  speakOnly(protocol: string): void {
    this.#protocol = protocol;
  }

  /** Passes on to another API server from now on, as if the first had been made anew. Open watches break. */
  moveTo(kubeconfig: string): void {
    this.#upstream.agent.destroy();
    this.#upstream = readUpstream(kubeconfig);
    this.cut();
  }

  /** Resets every connection that is open now. */
  cut(): void {
    for (const socket of this.#sockets) reset(socket);
  }

  /** Ends every open watch the way a server does whose time is up. */
  endWatches(matches: (path: string) => boolean = () => true): void {
    for (const [watch, path] of this.#watches) if (matches(path)) watch.end();
  }

  /** The watches that are open now stay open but say nothing any more, as behind a firewall that forgot them. */
  freezeWatches(matches: (path: string) => boolean = () => true): void {
    for (const [watch, path] of this.#watches) if (matches(path)) this.#frozen.add(watch);
  }

  /** So do the WebSockets, and all other connections that are open now. */
  freezeSockets(): void {
    for (const socket of this.#sockets) this.#frozenSockets.add(socket);
  }

  async stop(): Promise<void> {
    this.cut();
    this.#upstream.agent.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Notes the request; the fault it meets, if any. */
  #faultFor({ method = 'GET', url: path = '/', headers }: IncomingMessage): Fault | undefined {
    const request = { method, path, watch: isWatch(path), authorization: headers.authorization };
    this.requests.push(request);
    const rule = this.#rules.find((candidate) => candidate.left > 0 && candidate.matches(request));
    if (rule !== undefined) rule.left -= 1;
    return rule?.fault;
  }

  /** A wish for a WebSocket: what the server says to it is passed on byte by byte. */
  #serveUpgrade(incoming: IncomingMessage, socket: Socket): void {
    const fault = this.#faultFor(incoming);
    socket.on('error', ignore);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'answer') {
      const { status, headers, body = '' } = fault;
      const length = `${Buffer.byteLength(body)}`;
      socket.end(headOf(status, { connection: 'close', 'content-length': length, ...headers }) + body);
      return;
    }
    if (fault !== undefined) {
      reset(socket);
      return;
    }
    const upstream = this.#requestUpstream(incoming);
    upstream.on('upgrade', (response, other: Socket, head: Buffer) => {
      socket.write(headOf(101, response.headers));
      socket.write(head);
      other.on('data', (chunk: Buffer) => {
        if (!this.#frozenSockets.has(socket)) socket.write(chunk);
      });
      other.on('end', () => socket.end()).on('error', () => socket.destroy());
      socket.pipe(other);
      socket.on('close', () => other.destroy());
    });
    upstream.on('response', (response) => {
      socket.write(headOf(response.statusCode ?? 502, { ...response.headers, connection: 'close' }));
      response.pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    upstream.end();
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const fault = this.#faultFor(incoming);
    switch (fault?.kind) {
      case 'reset':
        reset(incoming.socket);
        return;
      case 'hang':
        return;
      case 'answer':
        outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
        outgoing.end(fault.body ?? '');
        return;
      case 'truncate': {
        const { bytes, clean = false } = fault;
        this.#passOn(incoming, outgoing, (response) => cutAfter(response, outgoing, bytes, clean));
        return;
      }
      case 'slow': {
        const { bytes, pauseMs } = fault;
        this.#passOn(incoming, outgoing, (response) => {
          outgoing.flushHeaders();
          pipeline(response, (body: AsyncIterable<Buffer>) => drip(body, bytes, pauseMs), outgoing, ignore);
        });
        return;
      }
      case undefined:
        this.#passOn(incoming, outgoing, (response) => {
          const path = incoming.url ?? '';
          if (isWatch(path)) this.#relayWatch(response, outgoing, path);
          else pipeline(response, outgoing, ignore);
        });
    }
  }

  #passOn(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    relay: (response: IncomingMessage) => void,
  ): void {
    const upstream = this.#requestUpstream(incoming).on('response', (response) => {
      // What is passed on may be less than what was announced.
      const passed = Object.entries(response.headers).filter(([name]) => name !== 'content-length');
      outgoing.writeHead(response.statusCode ?? 502, Object.fromEntries(passed));
      relay(response);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }

  #requestUpstream({ headers, url, method }: IncomingMessage): ClientRequest {
    const { server, agent, authorization } = this.#upstream;
    return requestUpstream({
      agent,
      hostname: server.hostname,
      port: server.port,
      path: url,
      method,
      headers: {
        ...headers,
        host: server.host,
        ...(authorization && { authorization }),
        ...(headers.upgrade !== undefined &&
          this.#protocol !== null && { 'sec-websocket-protocol': this.#protocol }),
      },
    });
  }

  #relayWatch(response: IncomingMessage, outgoing: ServerResponse, path: string): void {
    this.#watches.set(outgoing, path);
    outgoing.flushHeaders();
    outgoing.on('close', () => this.#watches.delete(outgoing));
    outgoing.on('drain', () => response.resume());
    response.on('data', (chunk: Buffer) => {
      if (this.#frozen.has(outgoing) || outgoing.writableEnded) return;
      if (!outgoing.write(chunk)) response.pause();
    });
    response.on('end', () => {
      if (!this.#frozen.has(outgoing)) outgoing.end();
    });
    response.on('error', () => outgoing.destroy());
  }
}

/** A watch, or a log that is followed: an answer without an end. */
function isWatch(path: string): boolean {
  return /[?&](watch|follow)=true(&|$)/.test(path);
}

/** A client that goes away in the middle of an answer is nothing to tell of. */
function ignore(): void {
  return undefined;
}

/** The head of an answer as it goes over the wire. */
function headOf(status: number, headers: IncomingHttpHeaders): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', ''].join('\r\n');
}

/** Node never closes a socket that is reset while it is being ended, and cannot exit then. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function cutAfter(response: IncomingMessage, outgoing: ServerResponse, bytes: number, clean: boolean): void {
  let left = bytes;
  outgoing.flushHeaders();
  response.on('data', (chunk: Buffer) => {
    if (left <= 0) return;
    outgoing.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left > 0) return;
    if (clean) outgoing.end();
    else if (outgoing.socket !== null) reset(outgoing.socket);
  });
  response.on('error', () => undefined);
}

async function* drip(body: AsyncIterable<Buffer>, bytes: number, pauseMs: number): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += bytes) {
      await sleep(pauseMs);
      yield chunk.subarray(at, at + bytes);
    }
  }
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
