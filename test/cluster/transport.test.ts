import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo, connect as connectTcp } from 'node:net';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createGzip, gzipSync } from 'node:zlib';
import { proxyFor } from '../../src/cluster/transport/proxy.ts';
import { LineSplitter } from '../../src/cluster/transport/lines.ts';
import type { RequestOptions, Session } from '../../src/cluster/index.ts';
import { failureOf, fakeServer, sessionOf, temporaryFolder, until, writeKubeconfig } from './support.ts';

const folder = await temporaryFolder();
let files = 0;

async function sessionAt(
  server: string,
  cluster: Readonly<Record<string, unknown>> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Session> {
  files += 1;
  return sessionOf(await writeKubeconfig(join(folder, `config-${files}`), { server, cluster }), env);
}

describe('answers', () => {
  test('characters cut in two by the network arrive whole, compressed or not', async () => {
    const text = JSON.stringify({ name: 'größe 漢字 🐳' });
    const server = await fakeServer((request, response) => {
      const bytes = request.url === '/gzip' ? gzipSync(text) : Buffer.from(text);
      if (request.url === '/gzip') response.setHeader('content-encoding', 'gzip');
      // Byte by byte, each in a chunk of its own.
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });
    const session = await sessionAt(server);
    assert.deepEqual(await session.request('/plain'), JSON.parse(text));
    assert.deepEqual(await session.request('/gzip'), JSON.parse(text));
  });

  test('so do lines of a stream', async () => {
    const server = await fakeServer((_request, response) => {
      for (const byte of Buffer.from('{"a":"ü🐳"}\n\n{"b":1}\n{"cut')) response.write(Buffer.of(byte));
      response.end();
    });
    const lines: string[] = [];
    for await (const batch of await (await sessionAt(server)).stream('/')) lines.push(...batch);
    assert.deepEqual(lines, ['{"a":"ü🐳"}', '{"b":1}']);
  });

  test('a query is encoded, undefined left out, and the path of the address kept', async () => {
    const server = await fakeServer((request, response) => response.end(JSON.stringify(request.url)));
    const session = await sessionAt(`${server}/k8s/clusters/c-1/`);
    const query = { labelSelector: 'a in (b,c)', watch: false, limit: 0, none: undefined };
    assert.equal(
      await session.request('/api', { query }),
      '/k8s/clusters/c-1/api?labelSelector=a+in+%28b%2Cc%29&watch=false&limit=0',
    );
  });

  test('warnings of the server are told, quotes and all', async () => {
    const server = await fakeServer((_request, response) => {
      response.setHeader('warning', ['299 - "memory \\"128m\\" is small"', '299 - "another, with a comma"']);
      response.end('{}');
    });
    const warnings: string[] = [];
    await (await sessionAt(server)).request('/', { onWarning: (text) => warnings.push(text) });
    assert.deepEqual(warnings, ['memory "128m" is small', 'another, with a comma']);
  });

  test('a page that is no JSON, and a redirect to a login page, are server errors', async () => {
    const server = await fakeServer((request, response) => {
      if (request.url === '/redirect') response.writeHead(302, { location: '/login' });
      response.end('<html>Sign in</html>');
    });
    const session = await sessionAt(server);
    for (const path of ['/page', '/redirect']) {
      assert.equal((await failureOf(session.request(path))).code, 'serverError');
    }
    assert.equal((await failureOf(session.chunks('/redirect'))).code, 'serverError');
  });
});

describe('a server that sends without end', () => {
  const mebibyte = Buffer.alloc(1 << 20, 'x');

  interface Endless {
    readonly server: string;
    sent: number;
    hungUp: number;
  }

  /** Sends as fast as it is read, until nobody reads. */
  async function endless(status: number, packed: boolean): Promise<Endless> {
    const endlessServer = { server: '', sent: 0, hungUp: 0 };
    endlessServer.server = await fakeServer((_request, response) => {
      response.writeHead(status, packed ? { 'content-encoding': 'gzip' } : {});
      const body = packed ? createGzip() : response;
      if (body !== response) body.pipe(response);
      const more = (): void => {
        while (!response.destroyed) {
          endlessServer.sent += mebibyte.length;
          if (!body.write(mebibyte)) return;
        }
      };
      body.on('drain', more);
      response.on('close', () => (endlessServer.hungUp += 1));
      more();
    });
    return endlessServer;
  }

  for (const packed of [false, true]) {
    test(`an answer${packed ? ', compressed,' : ''} is given up with a sentence`, async () => {
      const far = await endless(200, packed);
      const session = await sessionAt(far.server);
      const limited = { longest: 10_000_000 };
      const error = await failureOf(session.request('/', limited));
      assert.equal(error.code, 'answerTooLong');
      assert.match(error.message, /sent an answer of more than 10 MB, which was given up\. Look at less/);
      assert.match(error.message, /then Retry\.$/);
      assert.equal(error.retryable, false);
      await until('the connection to go', () => far.hungUp === 1);
      assert.ok(far.sent < 60_000_000, `${far.sent} bytes were sent`);
      const pieces = await session.requestStream('/', limited);
      assert.match((await failureOf(pieces.read(() => undefined))).message, /more than 10 MB/);
      const lines = async (): Promise<void> => {
        for await (const batch of await session.stream('/', limited)) assert.deepEqual(batch, []);
      };
      if (!packed) assert.match((await failureOf(lines())).message, /more than 10 MB/);
    });

    test(`a refusal${packed ? ', compressed,' : ''} is read no further than its reason`, async () => {
      const far = await endless(500, packed);
      const session = await sessionAt(far.server);
      const asked = [session.request('/'), session.requestStream('/')];
      // What is followed is never compressed.
      if (!packed) asked.push(session.stream('/'));
      for (const error of await Promise.all(asked.map(failureOf))) {
        assert.deepEqual([error.code, error.status], ['serverError', 500]);
        assert.ok(error.message.length < 2_000);
      }
      await until('the connections to go', () => far.hungUp === asked.length);
      assert.ok(far.sent < 60_000_000, `${far.sent} bytes were sent`);
    });
  }

  test('no answer without a limit: 100 MB', async () => {
    const session = await sessionAt((await endless(200, false)).server);
    assert.match((await failureOf(session.request('/'))).message, /more than 100 MB/);
  });
});

describe('connections', () => {
  test('one connection serves a hundred requests', async () => {
    const sockets = new Set<unknown>();
    const server = await fakeServer((request, response) => {
      sockets.add(request.socket);
      response.end('{}');
    });
    const session = await sessionAt(server);
    for (let count = 0; count < 100; count += 1) await session.request('/');
    assert.equal(sockets.size, 1);
  });

  test('disposing of the session ends its requests as cancelled and leaves no connection', async () => {
    const open = new Set<unknown>();
    const server = await fakeServer((request) => {
      open.add(request.socket);
      request.socket.on('close', () => open.delete(request.socket));
    });
    const session = await sessionAt(server);
    const work = failureOf(session.request('/'));
    await until('the request', () => open.size === 1);
    session.dispose();
    assert.equal((await work).code, 'cancelled');
    await until('the connection to close', () => open.size === 0);
    assert.equal((await failureOf(session.request('/'))).code, 'cancelled');
  });
});

describe('failures', () => {
  test('nobody listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const error = await failureOf((await sessionAt(`http://127.0.0.1:${port}`)).request('/'));
    assert.equal(error.code, 'unreachable');
    assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port}`));
  });

  test('no answer in time', async () => {
    const session = await sessionAt(await fakeServer(() => undefined));
    const error = await failureOf(session.request('/', { timeoutMs: 50 }));
    assert.deepEqual([error.code, error.retryable], ['timeout', true]);
  });

  test('the answer breaks off', async () => {
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":');
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    assert.equal((await failureOf((await sessionAt(server)).request('/'))).code, 'unreachable');
  });

  test('a compressed answer breaks off', async () => {
    const server = await fakeServer((_request, response) => {
      const bytes = gzipSync(JSON.stringify({ long: 'x'.repeat(10_000) }));
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': String(bytes.length) });
      response.write(bytes.subarray(0, 20));
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    assert.equal((await failureOf((await sessionAt(server)).request('/'))).code, 'unreachable');
  });

  test('a compressed answer falls silent in the middle, or is given up there', async () => {
    const half = gzipSync(JSON.stringify({ long: 'x'.repeat(10_000) })).subarray(0, 20);
    const server = await fakeServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(half);
    });
    const session = await sessionAt(server);
    const read = async (options: RequestOptions): Promise<void> =>
      (await session.requestStream('/', options)).read(() => undefined);
    assert.equal((await failureOf(session.request('/', { timeoutMs: 50 }))).code, 'timeout');
    assert.equal((await failureOf(read({ timeoutMs: 50 }))).code, 'timeout');
    for (const ask of [read, (options: RequestOptions) => session.request('/', options)]) {
      assert.equal((await failureOf(ask({ signal: AbortSignal.timeout(50) }))).code, 'cancelled');
    }
  });

  test('the caller gave up', async () => {
    const session = await sessionAt(await fakeServer(() => undefined));
    const error = await failureOf(session.request('/', { signal: AbortSignal.timeout(20) }));
    assert.equal(error.code, 'cancelled');
  });

  test('TLS spoken to a server that has none', async () => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const error = await failureOf((await sessionAt(server.replace('http:', 'https:'))).request('/'));
    assert.equal(error.code, 'certificate');
  });
});

describe('proxies', () => {
  test('the one of the environment, unless NO_PROXY or loopback', () => {
    const env = {
      HTTPS_PROXY: 'proxy:3128',
      HTTP_PROXY: 'http://plain:80',
      NO_PROXY: 'example.org, .corp,10.0.0.0/8,exact:8443,fd00::1,2001:db8::/32',
    };
    const proxyOf = (server: string): string | null => proxyFor(new URL(server), { env });
    assert.equal(proxyOf('https://cluster.io'), 'http://proxy:3128');
    assert.equal(proxyOf('http://cluster.io'), 'http://plain:80');
    for (const server of [
      'https://example.org',
      'https://a.example.org',
      'https://k8s.corp',
      'https://10.20.30.40:6443',
      'https://exact:8443',
      'https://localhost:6443',
      'https://127.0.0.1',
      'https://[::1]:6443',
      'https://[fd00::1]:6443',
      'https://[2001:db8:1::2]',
    ]) {
      assert.equal(proxyOf(server), null, server);
    }
    assert.equal(proxyOf('https://corp'), 'http://proxy:3128');
    assert.equal(proxyOf('https://exact:9443'), 'http://proxy:3128');
    assert.equal(proxyOf('https://[fd00::2]'), 'http://proxy:3128');
    assert.equal(proxyOf('https://[2001:db9::1]'), 'http://proxy:3128');
    const x = new URL('https://x');
    assert.equal(proxyFor(x, { env: { https_proxy: 'http://p', no_proxy: '*' } }), null);
    assert.equal(proxyFor(x, { env: {} }), null);
    const unset = { HTTPS_PROXY: '', https_proxy: 'http://p', NO_PROXY: '', no_proxy: 'y' };
    assert.equal(proxyFor(x, { env: unset }), 'http://p');
    assert.equal(proxyFor(new URL('https://y'), { env: unset }), null);
    const editor = (url: string): { url: string; exceptions: string[] } => ({ url, exceptions: ['y'] });
    assert.equal(proxyFor(x, { env, proxy: () => editor('http://editor:1') }), 'http://editor:1');
    assert.equal(proxyFor(new URL('https://y'), { env, proxy: () => editor('http://editor:1') }), null);
    assert.equal(proxyFor(x, { env, proxy: () => null }), 'http://proxy:3128');
  });

  test('the proxy-url of a cluster carries every request, over one tunnel', async () => {
    const server = await fakeServer((request, response) =>
      response.end(JSON.stringify(request.headers.host)),
    );
    const { address, asked } = await tunnelling();
    const session = await sessionAt(server, { 'proxy-url': address });
    const host = server.replace('http://', '');
    assert.equal(await session.request('/one'), host);
    assert.equal(await session.request('/two'), host);
    assert.deepEqual(asked, [`CONNECT ${host}`]);
  });

  test('a proxy is told who asks, and its refusal is shown', async () => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const { address } = await tunnelling('ann:pa ss');
    const withLogin = address.replace('http://', 'http://ann:pa%20ss@');
    await (await sessionAt(server, { 'proxy-url': withLogin })).request('/');
    const error = await failureOf((await sessionAt(server, { 'proxy-url': address })).request('/'));
    assert.equal(error.code, 'unreachable');
    assert.match(error.message, /proxy 127\.0\.0\.1:\d+ refused with status 407/);
  });

  test('a server behind a proxy that says nothing is given up', async (t) => {
    let opened = (): void => undefined;
    const open = new Promise<void>((resolve) => (opened = resolve));
    let hungUp = (): void => undefined;
    const gone = new Promise<void>((resolve) => (hungUp = resolve));
    const proxy = http.createServer().on('connect', (_request, socket) => {
      socket.on('end', () => socket.end(hungUp)).write('HTTP/1.1 200 OK\r\n\r\n');
      // The first words of the TLS handshake.
      socket.on('data', opened);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    after(() => proxy.close());
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const session = await sessionAt('https://127.0.0.2', { 'proxy-url': address });
    const wait = setTimeout;
    t.mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => wait(run, ms / 50));
    const failure = failureOf(session.request('/'));
    await open;
    assert.match((await failure).message, /the proxy 127\.0\.0\.1:\d+ opened no connection within 10 s/);
    await gone;
  });

  test('a SOCKS proxy carries every request, over one connection', async () => {
    const server = await fakeServer((request, response) =>
      response.end(JSON.stringify(request.headers.host)),
    );
    const targets: string[] = [];
    const proxy = createTcpServer((socket) => {
      // SOCKS 5: greeting, then `CONNECT` to an IPv4 address; each answered with success.
      socket.once('data', () => {
        socket.write(Buffer.of(5, 0));
        socket.once('data', (request: Buffer) => {
          const port = request.readUInt16BE(request.length - 2);
          targets.push(`127.0.0.1:${port}`);
          const target = connectTcp(port, '127.0.0.1', () => {
            socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
            target.pipe(socket).pipe(target);
          });
          for (const end of [socket, target]) end.on('error', () => target.destroy());
        });
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    after(() => proxy.close());
    const address = `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const session = await sessionAt(server, { 'proxy-url': address });
    const host = server.replace('http://', '');
    assert.equal(await session.request('/one'), host);
    assert.equal(await session.request('/two'), host);
    assert.deepEqual(targets, [host]);
    session.dispose();
  });

  test('an editor that replaces http.request does not come between', async (t) => {
    const server = await fakeServer((_request, response) => response.end('{}'));
    const { address } = await tunnelling();
    for (const module of [http, https]) {
      t.mock.method(module, 'request', () => {
        throw new Error('through the editor');
      });
    }
    await (await sessionAt(server)).request('/');
    await (await sessionAt(server, { 'proxy-url': address })).request('/');
  });
});

/** A proxy that opens tunnels, for anybody or for one login only, and a record of what it was asked for. */
async function tunnelling(login: string | null = null): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{"from":"proxy"}');
  });
  proxy.on('connect', (request, socket, head: Buffer) => {
    asked.push(`${request.method} ${request.url}`);
    const expected = login === null ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = connectTcp(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test('lines are cut wherever the pieces end', () => {
  const splitter = new LineSplitter(100);
  assert.deepEqual(splitter.push('a'), []);
  assert.deepEqual(splitter.push('b\nc\n\nd'), ['ab', 'c']);
  assert.deepEqual(splitter.push(''), []);
  assert.deepEqual(splitter.push('e'), []);
  assert.deepEqual(splitter.push('\n'), ['de']);
});
