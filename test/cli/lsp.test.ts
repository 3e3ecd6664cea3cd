import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { TestClient } from '../server/client.ts';
import { faulty as broken } from '../server/connected.ts';
import { entry } from './elastic.ts';

const uri = 'file:///k8s/web.yaml';

function start(context: TestContext) {
  const child = spawn(process.execPath, [entry, 'lsp', '--stdio'], { stdio: 'pipe' });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const client = new TestClient(child.stdout, child.stdin);
  context.after(async () => {
    client.dispose();
    child.kill();
    await exit;
  });
  return { client, child, exit };
}

test('elastic lsp --stdio serves an editor from its start to its end', async (t) => {
  const { client, exit } = start(t);
  await client.initialize();
  await client.open(uri, broken);
  const isUnread = ({ code }: { code?: unknown }): boolean => code === 'quantity-invalid';
  assert.ok((await client.diagnostics(uri)).some(isUnread));
  const [action] = await client.codeActions(uri, client.rangeOf(uri, '500Mb'));
  assert.ok(action);
  await client.apply(action);
  assert.ok(!(await client.diagnostics(uri)).some(isUnread));
  await client.shutdown();
  assert.deepEqual(await exit, [0, null]);
});

test('a large file gets its findings from a thread of its own there too', async (t) => {
  const { client } = start(t);
  await client.initialize();
  await client.open(uri, `${broken}---\n`.repeat(1_000));
  const [first] = await client.diagnostics(uri);
  assert.match(first?.message ?? '', /3999 findings/);
});

test('the server ends when the editor is gone', async (t) => {
  const { client, child, exit } = start(t);
  await client.initialize();
  await client.open(uri, broken);
  await client.diagnostics(uri);
  child.stdin.end();
  assert.equal((await exit).length, 2);
});
