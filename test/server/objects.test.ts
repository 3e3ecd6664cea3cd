import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { LocateResult, ObjectsResult } from '../../src/core/protocol.ts';
import type { TestClient } from './client.ts';
import { connected, faulty } from './connected.ts';

const uri = 'file:///k8s/web.yaml';

function objects(client: TestClient, of: string): Promise<ObjectsResult> {
  return client.connection.sendRequest('elastic/objects', { uri: of });
}

function locate(client: TestClient, object: string, field: string, document = 0): Promise<LocateResult> {
  return client.connection.sendRequest('elastic/locate', { uri, document, object, field });
}

test('the objects of an open file, as its text is now', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  await client.replace(uri, 'replicas: 3', 'replicas: 7');
  const result = await objects(client, uri);
  assert.equal(result.version, 2);
  const [web] = result.objects;
  assert.equal(result.objects.length, 1);
  assert.deepEqual(
    [web?.apiVersion, web?.kind, web?.name, web?.namespace, web?.replicas],
    ['apps/v1', 'Deployment', 'web', null, 7],
  );
  assert.deepEqual((web?.value['spec'] as { replicas: unknown }).replicas, 7);
  assert.deepEqual(
    result.findings.map(({ severity, document }) => [severity, document]),
    [
      ['error', 0],
      ['warning', 0],
      ['error', 0],
    ],
  );
});

test('a file that is not open is read from disk', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'web manifest.yaml');
  await writeFile(file, `\uFEFF${faulty}`);
  const client = connected(t);
  await client.initialize();
  const result = await objects(client, pathToFileURL(file).href);
  assert.equal(result.version, null);
  assert.equal(result.objects[0]?.name, 'web');
  assert.deepEqual(result.objects[0].range.start, { line: 0, character: 0 });
});

test('what cannot be read is said in a sentence', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-'));
  t.after(() => rm(folder, { recursive: true }));
  const client = connected(t);
  await client.initialize();
  await assert.rejects(objects(client, 'file:///nowhere/web.yaml'), /nowhere\/web\.yaml does not exist/);
  await assert.rejects(objects(client, pathToFileURL(folder).href), /is a folder/);
  await assert.rejects(objects(client, 'memfs:/web.yaml'), /not on disk/);
  await assert.rejects(objects(client, 'no address'), /not on disk/);
});

test('a field is located, else the nearest ancestor that is written', async (t) => {
  const client = connected(t);
  await client.initialize();
  await client.open(uri, faulty);
  const image = await locate(client, '', 'spec.template.spec.containers[0].image');
  assert.equal(image.range.start.line, 13);
  const absent = await locate(
    client,
    '',
    'spec.template.spec.containers[0].resources.requests[nvidia.com/gpu]',
  );
  assert.equal(absent.range.start.line, 15);
  const gone = await locate(client, 'items[4]', 'spec', 9);
  assert.deepEqual(gone.range.start, { line: 0, character: 0 });
});
