import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Engine, type EngineErrorCode, findEngine } from '../../src/engines/index.ts';
import { freePorts } from '../harness/ports.ts';
import { openRun, type Run } from '../harness/runs.ts';
import { sharedEngine, type SharedEngine } from '../harness/shared.ts';
import { base, BuildFolder, failureOf, quietRun } from './bench.ts';

let shared: SharedEngine;
let folder: BuildFolder;
let engine: Engine;
const servers: Server[] = [];

before(async () => {
  shared = await sharedEngine();
  folder = await BuildFolder.make();
  engine = await findEngine('docker', shared.env);
});
after(async () => {
  for (const server of servers) server.close();
  await folder.remove();
  await shared.release();
});

/** Builds a small image under this name. */
async function image(reference: string): Promise<void> {
  const dockerfile = await folder.dockerfile('Dockerfile', base);
  await engine.build({ context: folder.path, dockerfile, tags: [reference] }, quietRun());
}

test('a push ends with the digest under which the registry serves the manifest', async () => {
  const reference = `${shared.registry}/bench/pushed:1`;
  await image(reference);
  let output = '';
  const { digest } = await engine.push(reference, { ...quietRun(), onOutput: (chunk) => (output += chunk) });
  assert.match(output, /Pushed|Layer already exists/);
  const manifest = await fetch(`http://${shared.registry}/v2/bench/pushed/manifests/1`, {
    method: 'HEAD',
    headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
  });
  assert.equal(digest, manifest.headers.get('docker-content-digest'));
});

test('without a tag, latest is pushed', async () => {
  const name = `${shared.registry}/bench/untagged`;
  await image(name);
  await engine.push(name, quietRun());
  const answer = await fetch(`http://${shared.registry}/v2/bench/untagged/tags/list`);
  assert.deepEqual(await answer.json(), { name: 'bench/untagged', tags: ['latest'] });
});

test('an image that was not built', async () => {
  const error = await failureOf(engine.push(`${shared.registry}/bench/never:1`, quietRun()));
  assert.equal(error.code, 'notFound');
  assert.match(error.message, /Build it, then push\.$/);
});

test('a name without a registry is refused before anything is asked', async () => {
  for (const name of ['app:1', 'library/app:1', 'docker.io/app']) {
    assert.equal((await failureOf(engine.push(name, quietRun()))).code, 'invalidReference');
  }
});

describe('a registry that refuses', () => {
  test('nothing listens', async () => {
    const [port = 0] = await freePorts(1);
    await refused(`127.0.0.1:${port}`, 'unreachable', `Nothing listens at 127.0.0.1:${port}.`);
  });

  test('a login is wanted', async () => {
    const run = await openRun('registry-login', 'process');
    try {
      const address = await startLoginRegistry(run);
      await refused(address, 'unauthorized', `${address} wants a login. Run "docker login ${address}"`);
    } finally {
      await run.stop();
    }
  });

  /** What registries answer to the start of an upload, and how the sentence begins after the registry's address. */
  const answers: readonly {
    name: string;
    status: number;
    code?: string;
    error: EngineErrorCode;
    sentence: string;
  }[] = [
    {
      name: 'not this person',
      status: 403,
      code: 'DENIED',
      error: 'denied',
      sentence: 'does not let you push to bench/app',
    },
    {
      name: 'no such repository',
      status: 404,
      code: 'NAME_UNKNOWN',
      error: 'pushRefused',
      sentence: 'has no repository bench/app',
    },
    { name: 'something unheard of', status: 418, error: 'pushRefused', sentence: 'did not take bench/app: ' },
  ];
  for (const { name, status, code, error, sentence } of answers) {
    test(name, async () => {
      const address = await serve('127.0.0.1', registryThatAnswers(status, code));
      await refused(address, error, `${address} ${sentence}`);
    });
  }

  test('plain HTTP beyond this machine', async () => {
    const address = await serve(bridgeAddress(), registryThatAnswers(200));
    await refused(address, 'plainHttp', `${address} speaks plain HTTP, which docker refuses.`);
  });

  test('a certificate nobody vouches for', async () => {
    const address = await serve(bridgeAddress(), registryThatAnswers(200), selfSigned());
    await refused(address, 'certificate', `The certificate of ${address} is not trusted.`);
  });

  async function refused(registry: string, code: EngineErrorCode, sentence: string): Promise<void> {
    const reference = `${registry}/bench/app:1`;
    await image(reference);
    const error = await failureOf(engine.push(reference, quietRun()));
    assert.equal(error.code, code, error.output);
    assert.ok(error.message.startsWith(sentence), error.message);
    assert.ok(!error.message.includes('\n'));
  }
});

/** Debian's registry with a password file: it makes one with a password nobody knows. */
async function startLoginRegistry(run: Run): Promise<string> {
  const [port = 0] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const config = {
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: join(run.folder, 'registry') } },
    http: { addr: address },
    auth: { htpasswd: { realm: 'bench', path: join(run.folder, 'htpasswd') } },
  };
  await writeFile(join(run.folder, 'registry.yml'), JSON.stringify(config));
  run.start('registry', 'docker-registry', ['serve', join(run.folder, 'registry.yml')]);
  await run.until('the registry', async () => {
    try {
      return (await fetch(`http://${address}/v2/`)).status === 401;
    } catch {
      // Not listening yet.
      return false;
    }
  });
  return address;
}

/** Speaks as much of a registry as a push needs to reach its first upload, and answers that with `status`. */
function registryThatAnswers(status: number, code?: string): RequestListener {
  return (request, response) => {
    const refuses = request.method === 'POST';
    response.statusCode = refuses ? status : request.url === '/v2/' ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    const errors = code === undefined ? [] : [{ code, message: 'refused by the bench' }];
    response.end(refuses && code !== undefined ? JSON.stringify({ errors }) : '{}');
  };
}

interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

async function serve(host: string, listener: RequestListener, keys?: KeyPair): Promise<string> {
  const server = keys === undefined ? createServer(listener) : createTlsServer(keys, listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `${host}:${(server.address() as AddressInfo).port}`;
}

/** The engine's own bridge: an address of this machine that is not loopback, where engines insist on HTTPS. */
function bridgeAddress(): string {
  const format = '{{(index .IPAM.Config 0).Gateway}}';
  const env = shared.env;
  return execFileSync('docker', ['network', 'inspect', 'bridge', '--format', format], {
    env,
    encoding: 'utf8',
  }).trim();
}

function selfSigned(): KeyPair {
  const [key, cert] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-subj', '/CN=bench', '-addext', `subjectAltName=IP:${bridgeAddress()}`];
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
