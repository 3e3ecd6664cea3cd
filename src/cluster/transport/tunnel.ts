import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { message } from '../../core/finding.ts';
import { ExplainedError } from '../../platform/failure.ts';

/** Time a proxy has to open its way to the server. */
const openMs = 10_000;

type Created = (error: Error | null, stream: Duplex) => void;

/** Agents whose connections go through an HTTP or HTTPS proxy: opened by CONNECT, then kept and reused like any other. */
export function tunnelAgent(proxy: URL, secure: boolean, options: https.AgentOptions): http.Agent {
  return secure ? new SecureTunnelAgent(proxy, options) : new PlainTunnelAgent(proxy, options);
}

class PlainTunnelAgent extends http.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: http.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: http.ClientRequestArgs, created?: Created): undefined {
    openTunnel(this.#proxy, `${options.host ?? ''}:${options.port ?? 80}`).then(
      (socket) => created?.(null, socket),
      (error: Error) => created?.(error, undefined as never),
    );
  }
}

class SecureTunnelAgent extends https.Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: https.RequestOptions, created?: Created): undefined {
    const host = options.host ?? '';
    openTunnel(this.#proxy, `${host}:${options.port ?? 443}`)
      .then((socket) => secured(this.#proxy, socket, host, options as tls.ConnectionOptions))
      .then(
        (socket) => created?.(null, socket),
        (error: Error) => created?.(error, undefined as never),
      );
  }
}

function openTunnel(proxy: URL, target: string): Promise<Socket> {
  const host = proxy.hostname.replace(/^\[|\]$/g, '');
  const secure = proxy.protocol === 'https:';
  const port = Number(proxy.port) || (secure ? 443 : 80);
  const login =
    proxy.username === ''
      ? null
      : `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return new Promise((resolve, reject) => {
    const request = new http.ClientRequest({
      method: 'CONNECT',
      host,
      port,
      path: target,
      agent: false,
      headers: {
        host: target,
        ...(login !== null && { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
      },
      ...(secure && { createConnection: () => tls.connect({ host, port, servername: host }) }),
    });
    const refused = (statusCode: number | undefined): Error =>
      new ExplainedError(message('the proxy {0} refused with status {1}', proxy.host, statusCode ?? ''));
    const timer = setTimeout(() => request.destroy(tooSlow(proxy)), openMs);
    request.on('connect', ({ statusCode }, socket: Socket) => {
      clearTimeout(timer);
      if (statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(refused(statusCode));
      }
    });
    request.on('response', ({ statusCode }) => request.destroy(refused(statusCode)));
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

function tooSlow(proxy: URL): Error {
  const words = message('the proxy {0} opened no connection within {1} s', proxy.host, openMs / 1000);
  return new ExplainedError(words);
}

function secured(
  proxy: URL,
  socket: Socket,
  host: string,
  options: tls.ConnectionOptions,
): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const connection = tls.connect({
      ...options,
      socket,
      servername: options.servername ?? host,
      ALPNProtocols: ['http/1.1'],
    });
    // What the proxy leads to may take the connection and say nothing.
    const timer = setTimeout(() => connection.destroy(tooSlow(proxy)), openMs);
    connection.once('close', () => clearTimeout(timer));
    connection.once('secureConnect', () => {
      clearTimeout(timer);
      connection.off('error', reject);
      resolve(connection);
    });
    connection.once('error', reject);
  });
}
