import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

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
      .then((socket) => secured(socket, host, options as tls.ConnectionOptions))
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
    const refuse = (words: string): void =>
      void request.destroy(new Error(`the proxy ${proxy.host} ${words}`));
    const timer = setTimeout(() => refuse(`opened no connection within ${openMs / 1000} s`), openMs);
    request.on('connect', ({ statusCode }, socket: Socket) => {
      clearTimeout(timer);
      if (statusCode === 200) resolve(socket);
      else {
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} refused with status ${statusCode}`));
      }
    });
    request.on('response', ({ statusCode }) => refuse(`refused with status ${statusCode}`));
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

function secured(socket: Socket, host: string, options: tls.ConnectionOptions): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const connection = tls.connect({
      ...options,
      socket,
      servername: options.servername ?? host,
      ALPNProtocols: ['http/1.1'],
    });
    connection.once('secureConnect', () => {
      connection.off('error', reject);
      resolve(connection);
    });
    connection.once('error', reject);
  });
}
