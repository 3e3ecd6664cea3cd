import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, faulty, lensCommands } from './connected.ts';

const uri = 'file:///k8s/web.yaml';
const list = `# first
---
# web
${faulty}---
# only a note
---
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: db }
    spec: { replicas: 2 }
  - apiVersion: v1
    kind: Service
    metadata: { name: db }
`;

test('each document can be deployed, each workload scaled, each image built', async (t) => {
  const client = connected(t);
  const { capabilities } = await client.initialize({ lenses: lensCommands });
  assert.ok(capabilities.codeLensProvider);
  await client.open(uri, list);
  const lenses = (await client.codeLenses(uri)).map(({ range, command }) => ({
    line: range.start.line,
    title: command?.title,
    command: command?.command,
    argument: (command?.arguments as unknown[] | undefined)?.[0],
  }));
  assert.deepEqual(lenses, [
    { line: 3, title: 'Deploy…', command: 'test.deploy', argument: { uri, document: 0 } },
    { line: 9, title: 'Scale…', command: 'test.scale', argument: { uri, document: 0, object: '' } },
    {
      line: 16,
      title: 'Build & push',
      command: 'test.buildAndPush',
      argument: { uri, reference: 'registry.test/web:1.4' },
    },
    { line: 22, title: 'Deploy…', command: 'test.deploy', argument: { uri, document: 2 } },
    { line: 29, title: 'Scale…', command: 'test.scale', argument: { uri, document: 2, object: 'items[0]' } },
  ]);
});

test('the chosen target is named, and a new choice refreshes the lenses', async (t) => {
  const client = connected(t);
  await client.initialize({ lenses: lensCommands });
  await client.open(uri, faulty);
  await client.connection.sendNotification('elastic/target', {
    target: { context: 'dev', namespace: 'shop' },
  });
  const [named] = await client.codeLenses(uri);
  assert.equal(named?.command?.title, 'Deploy to dev / shop');
  assert.equal(client.lensRefreshes, 1);
  await client.connection.sendNotification('elastic/target', { target: null });
  const [unnamed] = await client.codeLenses(uri);
  assert.equal(unnamed?.command?.title, 'Deploy…');
  assert.equal(client.lensRefreshes, 2);
});

test('a Dockerfile can be built', async (t) => {
  const client = connected(t);
  await client.initialize({ lenses: lensCommands });
  const dockerfile = 'file:///app/Dockerfile';
  await client.open(dockerfile, '# app\nFROM scratch AS build\nCOPY . .\nFROM scratch\n', 'dockerfile');
  const lenses = await client.codeLenses(dockerfile);
  assert.deepEqual(
    lenses.map(({ range, command }) => [
      range.start.line,
      command?.title,
      command?.command,
      command?.arguments,
    ]),
    [
      [1, 'Build', 'test.build', [{ uri: dockerfile }]],
      [1, 'Build & push', 'test.buildAndPush', [{ uri: dockerfile }]],
    ],
  );
});

test('an editor without the commands gets no lenses', async (t) => {
  for (const options of [undefined, {}, { lenses: true }, { lenses: { deploy: 'only.one' } }]) {
    const client = connected(t);
    const { capabilities } = await client.initialize(options);
    assert.equal(capabilities.codeLensProvider, undefined);
    await client.open(uri, faulty);
    assert.deepEqual(await client.codeLenses(uri), []);
  }
});
