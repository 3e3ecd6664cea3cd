import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Session } from '../../src/cluster/index.ts';
import { failureOf, fakeServer, sessionOf, temporaryFolder, until, writeKubeconfig } from './support.ts';

const folder = await temporaryFolder();
let files = 0;

async function sessionAs(
  server: string,
  user: Readonly<Record<string, unknown>>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Session> {
  files += 1;
  return sessionOf(await writeKubeconfig(join(folder, `config-${files}`), { server, user }), env);
}

/** A server that lets in whoever shows one of these tokens, and says who came. */
async function guarded(allowed: () => readonly string[], seen: string[] = []): Promise<string> {
  return fakeServer((request, response) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    seen.push(token);
    response.statusCode = allowed().includes(token) ? 200 : 401;
    response.end(JSON.stringify({ token, headers: request.headers }));
  });
}

/** A login program that hands out the tokens token-1, token-2 … and keeps a record of its runs. */
async function plugin(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

const credential = (status: string): string =>
  `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":'"${status.replaceAll('"', '\\"')}"'}'`;

async function counting(name: string): Promise<{ command: string; runs: () => Promise<string[]> }> {
  const record = join(folder, `${name}.runs`);
  await writeFile(record, '');
  const command = await plugin(
    name,
    `echo "$KUBERNETES_EXEC_INFO" >> ${record}
sleep 0.1
n=$(wc -l < ${record} | tr -d ' ')
${credential('{"token":"token-$n"}')}`,
  );
  return {
    command,
    runs: async () => (await readFile(record, 'utf8')).split('\n').filter((line) => line !== ''),
  };
}

describe('login programs', () => {
  test('run once for all who ask, and learn about the cluster', async () => {
    const { command, runs } = await counting('single');
    const server = await guarded(() => ['token-1']);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, provideClusterInfo: true };
    const session = await sessionAs(server, { exec });
    await Promise.all(Array.from({ length: 20 }, () => session.request('/')));
    const [info = '', ...more] = await runs();
    assert.deepEqual(more, []);
    assert.deepEqual(JSON.parse(info), {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server } },
    });
  });

  test('run again, once, when the server refuses what they gave', async () => {
    const { command, runs } = await counting('again');
    let allowed = ['token-1'];
    const session = await sessionAs(await guarded(() => allowed), { exec: { command } });
    await session.request('/');
    allowed = ['token-2'];
    await Promise.all(Array.from({ length: 10 }, () => session.request('/')));
    assert.equal((await runs()).length, 2);
    allowed = [];
    const error = await failureOf(session.request('/'));
    assert.equal(error.code, 'unauthorized');
    assert.equal((await runs()).length, 3);
  });

  test('a credential past its time is not used', async () => {
    const seen: string[] = [];
    const record = join(folder, 'expiring.runs');
    await writeFile(record, '');
    const command = await plugin(
      'expiring',
      `echo x >> ${record}
n=$(wc -l < ${record} | tr -d ' ')
${credential('{"token":"token-$n","expirationTimestamp":"2020-01-01T00:00:00Z"}')}`,
    );
    const session = await sessionAs(await guarded(() => ['token-1', 'token-2'], seen), { exec: { command } });
    await session.request('/');
    await session.request('/');
    assert.deepEqual(seen, ['token-1', 'token-2']);
  });

  test('the words of one that fails are shown', async () => {
    const command = await plugin('failing', 'echo "Token has expired: run aws sso login" >&2; exit 3');
    const error = await failureOf(
      (await sessionAs(await guarded(() => []), { exec: { command } })).request('/'),
    );
    assert.equal(error.code, 'credentialPlugin');
    assert.match(error.message, /Token has expired: run aws sso login/);
  });

  test('one that is not there is named, with the hint of the kubeconfig', async () => {
    const exec = { command: 'no-such-login-program', installHint: 'Get it from the shop.' };
    const env = { PATH: process.env.PATH };
    const session = await sessionAs(await guarded(() => []), { exec }, env);
    const error = await failureOf(session.request('/'));
    assert.equal(error.code, 'credentialPlugin');
    assert.match(error.message, /no-such-login-program.*Get it from the shop\./);
  });

  test('one that prints nonsense, or nothing to log in with', async () => {
    for (const body of ['echo hello', credential('{}')]) {
      const command = await plugin(`nonsense-${body.length}`, body);
      const session = await sessionAs(await guarded(() => []), { exec: { command } });
      assert.equal((await failureOf(session.request('/'))).code, 'credentialPlugin');
    }
  });

  test('one that needs a terminal is not run', async () => {
    const exec = { command: 'true', interactiveMode: 'Always' };
    const error = await failureOf((await sessionAs(await guarded(() => []), { exec })).request('/'));
    assert.equal(error.code, 'credentialPlugin');
    assert.match(error.message, /terminal/);
  });

  test('one that hangs ends with the session', async () => {
    const started = join(folder, 'hanging.pid');
    const command = await plugin('hanging', `echo $$ > ${started}; sleep 600`);
    const session = await sessionAs(await guarded(() => []), { exec: { command } });
    const work = failureOf(session.request('/'));
    let pid = 0;
    await until('the program to run', async () => {
      pid = Number(await readFile(started, 'utf8').catch(() => '0'));
      return pid > 0;
    });
    session.dispose();
    assert.equal((await work).code, 'cancelled');
    await until('the program to end', () => !isRunning(pid));
  });

  test('their environment is the given one and that of the kubeconfig', async () => {
    const command = await plugin('env', credential('{"token":"$GIVEN-$SET"}'));
    const exec = { command, env: [{ name: 'SET', value: 'b' }] };
    const session = await sessionAs(
      await guarded(() => ['a-b']),
      { exec },
      { PATH: process.env.PATH, GIVEN: 'a' },
    );
    await session.request('/');
  });
});

describe('what the kubeconfig holds itself', () => {
  test('a token file is read, and read again when its token is refused', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'old\n');
    const session = await sessionAs(await guarded(() => ['new']), { tokenFile });
    assert.equal((await failureOf(session.request('/'))).code, 'unauthorized');
    await writeFile(tokenFile, 'new\n');
    await session.request('/');
  });

  test('a name with a password, and somebody to stand in for', async () => {
    const seen = await fakeServer((request, response) => response.end(JSON.stringify(request.headers)));
    const session = await sessionAs(seen, {
      username: 'ann',
      password: 'pa:ss',
      as: 'bob',
      'as-groups': ['dev', 'ops'],
    });
    const headers = await session.request<Record<string, string>>('/');
    assert.equal(headers.authorization, `Basic ${Buffer.from('ann:pa:ss').toString('base64')}`);
    assert.equal(headers['impersonate-user'], 'bob');
    assert.equal(headers['impersonate-group'], 'dev, ops');
  });

  test('an OIDC token that is still good', async () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = [part({}), part({ exp: Date.now() / 1000 + 3600 }), 'signature'].join('.');
    const authProvider = { name: 'oidc', config: { 'id-token': token, 'client-id': 'x' } };
    const session = await sessionAs(await guarded(() => [token]), { 'auth-provider': authProvider });
    await session.request('/');
  });
});

describe('coming back', () => {
  test('a kubeconfig entry that changes is used by the session that is open', async () => {
    const path = await writeKubeconfig(join(folder, 'changing'), {
      server: await guarded(() => ['good']),
      user: { token: 'bad' },
    });
    const session = await sessionOf(path);
    assert.equal((await failureOf(session.request('/'))).code, 'unauthorized');
    let reconnected = 0;
    session.onDidReconnect(() => (reconnected += 1));
    await writeKubeconfig(path, { server: session.context.server, user: { token: 'good' } });
    await until('the session to hear of it', () => reconnected > 0);
    await session.request('/');
  });

  test('a session whose context is gone is closed', async () => {
    const path = await writeKubeconfig(join(folder, 'going'), { server: await guarded(() => []) });
    const session = await sessionOf(path);
    await writeFile(path, '');
    await until('the session to close', () => session.closed.aborted);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
