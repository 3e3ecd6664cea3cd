import '../vscode.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject, Session } from '../../../src/cluster/index.ts';
import type { Activities } from '../../../src/platform/activity.ts';
import type { ObjectTarget } from '../../../src/platform/objects.ts';
import { seen } from '../stand-in.ts';

const { DeedRunner } = await import('../../../src/features/objects/deed-runner.ts');
const { deeds } = await import('../../../src/features/objects/deeds.ts');

const job = (name: string): ObjectTarget => ({
  context: 'dev',
  namespace: 'shop',
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  name,
});

test('of several objects those that could be changed are told of, and why another could not', async () => {
  const refused = new Error('somebody else changed it');
  const session = {
    context: { name: 'dev' },
    resource: () =>
      Promise.resolve({ apiVersion: 'batch/v1', group: 'batch', plural: 'cronjobs', namespaced: true }),
    request: (path: string, { method }: { method?: string } = {}): Promise<unknown> => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (path.includes('accessreviews')) return Promise.resolve({ status: { allowed: true } });
      if (method === 'PATCH' && name === 'two') return Promise.reject(refused);
      return Promise.resolve({ kind: 'CronJob', metadata: { name, uid: name } } satisfies KubeObject);
    },
  } as unknown as Session;
  const reported: unknown[] = [];
  const [one, ...others] = ['one', 'two', 'three'].map(job);
  assert.ok(one);
  const runner = new DeedRunner(
    { session: () => Promise.resolve(session), many: () => Promise.resolve([one, ...others]) },
    {} as Activities,
    { report: (_what, error) => void reported.push(error) },
  );
  const resume = deeds.find(({ command }) => command === 'elastic.unsuspend');
  assert.ok(resume);
  seen.statusBar = [];
  await runner.run(resume, undefined, undefined);
  assert.deepEqual(seen.statusBar, [
    '$(check) CronJob one goes on in dev / shop',
    '$(check) CronJob three goes on in dev / shop',
  ]);
  assert.deepEqual(reported, [refused]);
});
