import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestsIn } from '../../src/server/project/scan.ts';
import { WorkspaceFolder } from './workspace-folder.ts';

test('no more folders are looked into than there may be files for', async (t) => {
  const texts = Array.from({ length: 30 }, (_, index) => [`f${index}/a.txt`, ''] as const);
  const folder = await WorkspaceFolder.create(t, { ...Object.fromEntries(texts), 'f0/a.yaml': '' });
  const found = async (most: number): Promise<readonly [number, boolean]> => {
    const { paths, complete } = await manifestsIn([folder.path], most);
    return [paths.length, complete];
  };
  assert.deepEqual(await found(5), [1, true]);
  assert.deepEqual(await found(2), [1, false]);
});
