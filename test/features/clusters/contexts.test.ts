import '../vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clusters, ContextList } from '../../../src/cluster/index.ts';

const { Contexts } = await import('../../../src/features/clusters/contexts.ts');

test('cluster code that could not be loaded is loaded again when somebody asks again', async () => {
  const list: ContextList = { contexts: [], current: null, problems: [], files: [] };
  const clusters = {
    contexts: () => Promise.resolve(list),
    onDidChangeContexts: () => ({ dispose: () => undefined }),
  } as unknown as Clusters;
  let attempts = 0;
  const contexts = new Contexts(() =>
    attempts++ === 0 ? Promise.reject(new Error('no room')) : Promise.resolve(clusters),
  );
  await assert.rejects(contexts.list(), /no room/);
  assert.equal(await contexts.list(), list);
  await contexts.list();
  assert.equal(attempts, 2);
  contexts.dispose();
});
