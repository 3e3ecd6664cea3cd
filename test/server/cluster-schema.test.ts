import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { newestVersion } from '../../src/core/index.ts';
import type { SchemaResult } from '../../src/core/protocol.ts';
import { configMaps, gadgets } from '../core/schema/openapi-documents.ts';
import type { TestClient } from './client.ts';
import { connected } from './connected.ts';

const uri = 'file:///shop/things.yaml';
const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
immutable: true
---
apiVersion: shop.example.com/v1
kind: Gadget
metadata: { name: a }
spec: { mode: Quick }
`;

/** Errors of the file, once they are these. */
async function until(client: TestClient, expected: readonly string[]): Promise<void> {
  await client.nextPublished(uri, ({ diagnostics }) => {
    const codes = diagnostics.filter(({ severity }) => severity === 1).map(({ code }) => String(code));
    return codes.join() === expected.join();
  });
}

async function documentsIn(context: TestContext): Promise<{ folder: string; documents: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-schema-test-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const documents = [join(folder, 'api-v1.json'), join(folder, 'gadgets.json.gz')] as const;
  await writeFile(documents[0], JSON.stringify(configMaps));
  await writeFile(documents[1], gzipSync(JSON.stringify(gadgets)));
  return { folder, documents };
}

test('the schema of a cluster counts as soon as it is told, and until another one is', async (context) => {
  const { folder, documents } = await documentsIn(context);
  const client = connected(context);
  await client.initialize();
  await client.open(uri, text);
  await until(client, []);
  const cache = join(folder, 'made');
  const schema = { version: 'v1.36.3', documents, cache };
  const result = await client.connection.sendRequest<SchemaResult>('elastic/schema', { schema });
  assert.deepEqual(result, {
    cluster: { version: 'v1.36.3', kinds: 1, customKinds: 1 },
    newest: newestVersion,
  });
  await until(client, ['field-unknown', 'custom-value-invalid']);
  await client.connection.sendNotification('elastic/schema', { schema: null });
  await until(client, []);
  // What was made of the documents is there already, and read again.
  const [made, ...others] = await readdir(cache);
  assert.deepEqual(others, []);
  await rm(documents[0] ?? '');
  await client.connection.sendNotification('elastic/schema', { schema });
  await until(client, ['field-unknown', 'custom-value-invalid']);
  await client.connection.sendNotification('elastic/schema', { schema: null });
  await until(client, []);
  // What is broken is made anew, of the documents there are.
  await writeFile(join(cache, made ?? ''), '{"format":1,"models":{');
  const again = await client.connection.sendRequest<SchemaResult>('elastic/schema', { schema });
  assert.deepEqual(again, {
    cluster: { version: 'v1.36.3', kinds: 0, customKinds: 1 },
    newest: newestVersion,
  });
  assert.deepEqual(client.errors, []);
});

test('a client may pass it when it starts the server', async (context) => {
  const { documents } = await documentsIn(context);
  const client = connected(context);
  await client.initialize({ schema: { version: 'v1.36.3', documents } });
  await client.open(uri, text);
  await until(client, ['field-unknown', 'custom-value-invalid']);
  assert.deepEqual(client.errors, []);
});

test('documents that are none leave things as they were, and are told', async (context) => {
  const { folder } = await documentsIn(context);
  const client = connected(context);
  await client.initialize();
  await client.open(uri, text);
  await until(client, []);
  const broken = join(folder, 'broken.json');
  await writeFile(broken, '{"openapi": "3.0.0"');
  for (const schema of [
    { version: 'v1.36.3', documents: [broken] },
    { version: 1 },
    { documents: ['a.json'] },
  ])
    await assert.rejects(client.connection.sendRequest('elastic/schema', { schema }));
  await until(client, []);
});

test('limits and quotas of the namespace are part of the workspace', async (context) => {
  const client = connected(context);
  await client.initialize();
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits', namespace: 'shop' },
      spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
    },
  ];
  const target = { context: 'kind', namespace: 'shop' };
  await client.connection.sendNotification('elastic/liveObjects', { target, objects });
  await client.connection.sendNotification('elastic/liveObjects', { target: null, objects: [] });
  await client.connection.sendNotification('elastic/liveObjects', { target: 5 });
  await client.open(uri, text);
  await until(client, []);
  assert.deepEqual(client.errors, []);
});
