import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Clusters } from '../../src/cluster/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { failureOf, fakeServer, sessionOf, temporaryFolder, until, writeKubeconfig } from './support.ts';

const folder = await temporaryFolder();

/** Answers with its name, and counts who came. */
async function server(name: string): Promise<{ readonly address: string; readonly seen: string[] }> {
  const seen: string[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.end(JSON.stringify(name));
  };
  return { address: await fakeServer(listener), seen };
}

/** A login program that takes its time, and says by its process id that it runs. */
async function slowPlugin(
  name: string,
  seconds: number,
): Promise<{ command: string; pid: () => Promise<number> }> {
  const command = join(folder, name);
  const started = `${command}.pid`;
  const credential =
    '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"old"}}';
  await writeFile(command, `#!/bin/sh\necho $$ >${started}\nsleep ${seconds}\necho '${credential}'\n`);
  await chmod(command, 0o755);
  return { command, pid: async () => Number(await readFile(started, 'utf8').catch(() => '0')) };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a kubeconfig that changes while somebody logs in', () => {
  for (const [what, seconds] of [
    ['a program that waits for a person', 600],
    ['a program that is slow', 1],
  ] as const) {
    test(`${what}: the request goes to the server of the new entry, with its credential`, async () => {
      const [old, young] = [await server('old'), await server('young')];
      const { command, pid } = await slowPlugin(`slow-${seconds}`, seconds);
      const file = join(folder, `config-${seconds}`);
      await writeKubeconfig(file, { server: old.address, user: { exec: { command } } });
      const session = await sessionOf(file);
      const asked = [session.request('/'), session.request('/')];
      await until('the program to run', async () => (await pid()) > 0);
      await writeKubeconfig(file, { server: young.address, user: { token: 'new' } });
      assert.deepEqual(await Promise.all(asked), ['young', 'young']);
      assert.deepEqual(young.seen, ['Bearer new', 'Bearer new']);
      await until('the program to end', async () => !isRunning(await pid()));
      assert.equal(await session.request('/'), 'young');
      assert.deepEqual(old.seen, []);
    });
  }

  test('a login that is broken by then says so of the new entry', async () => {
    const old = await server('old');
    const { command, pid } = await slowPlugin('slow-broken', 600);
    const file = join(folder, 'config-broken');
    await writeKubeconfig(file, { server: old.address, user: { exec: { command } } });
    const session = await sessionOf(file);
    const failure = failureOf(session.request('/'));
    await until('the program to run', async () => (await pid()) > 0);
    await writeKubeconfig(file, { server: old.address, user: { exec: { command: '/no/such/program' } } });
    assert.match((await failure).message, /\/no\/such\/program/);
    assert.deepEqual(old.seen, []);
  });
});

describe('a kubeconfig that is read while it changes', () => {
  /** Reading the first file takes until the test writes it; by then the setting names another. */
  async function overtaken(
    context: string,
  ): Promise<{ clusters: Clusters; finish: () => Promise<void>; young: string }> {
    const [old, young] = [join(folder, `pipe-${Math.random()}`), join(folder, `young-${Math.random()}`)];
    execFileSync('mkfifo', [old]);
    const address = (await server('young')).address;
    await writeKubeconfig(young, { server: address });
    let files = [old];
    const clusters = new Clusters({ kubeconfigs: () => files, env: {}, log: silentLog });
    after(() => clusters.dispose());
    const finish = async (): Promise<void> => {
      files = [young];
      await clusters.reload();
      await writeKubeconfig(old, { server: 'http://127.0.0.1:1', context });
    };
    return { clusters, finish, young: address };
  }

  test('hands out one session, of the newest reading', async () => {
    const { clusters, finish, young } = await overtaken('test');
    const changes: string[] = [];
    clusters.onDidChangeSessions((context) => changes.push(context));
    const asked = clusters.session('test');
    const listed = clusters.contexts();
    await finish();
    const session = await asked;
    assert.equal(session.context.server, young);
    assert.equal(clusters.opened('test'), session);
    assert.equal(await clusters.session('test'), session);
    assert.deepEqual(
      (await listed).contexts.map((one) => one.server),
      [young],
    );
    assert.equal(await session.request('/'), 'young');
    assert.deepEqual(changes, ['test']);
  });

  test('makes no session of a context that is gone by then', async () => {
    const { clusters, finish } = await overtaken('bygone');
    const asked = failureOf(clusters.session('bygone'));
    await finish();
    assert.equal((await asked).code, 'kubeconfigMissing');
    assert.equal(clusters.opened('bygone'), null);
  });
});
