import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { TestClient } from './client.ts';
import { faulty } from './connected.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

const main = join(import.meta.dirname, '../../src/server/main.ts');
const uri = 'file:///k8s/large.yaml';
/** Analysed in a thread of its own, which must not keep the process. */
const large = `${faulty}---\n`.repeat(1_000);

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** How the process ends, and what it had to say. */
async function ended(child: ChildProcess): Promise<Ended> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said };
}

async function started(t: TestContext) {
  const folder = await WorkspaceFolder.create(
    t,
    Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`${at}.yaml`, faulty])),
  );
  const child = spawn(process.execPath, [main, '--stdio'], { stdio: 'pipe' });
  const end = ended(child);
  const client = new TestClient(child.stdout, child.stdin);
  t.after(async () => {
    client.dispose();
    child.kill('SIGKILL');
    await end;
    // What nobody read would keep this process.
    for (const stream of child.stdio) stream?.destroy();
  });
  // What cannot be written any more is what this is about.
  child.stdin.on('error', () => undefined);
  await client.initialize(undefined, undefined, folder.uri);
  await client.open(uri, large);
  return { client, child, end };
}

test('a server ends quietly when its client closes the pipe it writes to', async (t) => {
  const { child, end } = await started(t);
  child.stdin.end();
  assert.deepEqual(await end, { code: 1, said: '' });
});

test('a server ends quietly when nobody reads its answers any more', async (t) => {
  const { child, end, client } = await started(t);
  await client.diagnostics(uri);
  child.stdout.destroy();
  await client.replace(uri, 'replicas: 3', 'replicas: 4').catch(() => undefined);
  assert.deepEqual(await end, { code: 1, said: '' });
});

test('a server ends quietly when all of its pipes break at once', async (t) => {
  const { child, end } = await started(t);
  child.stdout.destroy();
  child.stdin.destroy();
  assert.deepEqual(await end, { code: 1, said: '' });
});

test('a server that was told to shut down ends as one that did', async (t) => {
  const { child, end, client } = await started(t);
  await client.connection.sendRequest('shutdown');
  child.stdin.end();
  assert.deepEqual(await end, { code: 0, said: '' });
});

test('a server that an editor started by its own channel ends with that', async (t) => {
  const child = fork(main, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const end = ended(child);
  t.after(() => {
    child.kill('SIGKILL');
    child.stderr?.destroy();
  });
  child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, capabilities: {} } });
  await once(child, 'message');
  child.send({ jsonrpc: '2.0', method: 'initialized', params: {} });
  child.send({
    jsonrpc: '2.0',
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'yaml', version: 1, text: large } },
  });
  await once(child, 'message');
  child.disconnect();
  assert.deepEqual(await end, { code: 1, said: '' });
});
