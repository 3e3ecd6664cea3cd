import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { StormServer } from '../../bench/storm-server.ts';
import { StormView } from '../../bench/storm-view.ts';
import { writeKubeconfig } from '../../cluster/support.ts';

test('after some seconds of 2,000 changes a second the rows are exactly those of a fresh list', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'elastic-storm-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const server = await StormServer.start(2_000);
  t.after(() => server.stop());
  const view = await StormView.open(await writeKubeconfig(join(folder, 'config'), { server: server.url }));
  t.after(() => view.close());
  assert.equal(view.rows.size, 2_000);
  assert.deepEqual(await view.differences(), []);
  const drawn = view.drawn;
  const made = await server.storm(2_000, 3_000);
  assert.equal(made, 6_000);
  assert.notDeepEqual(view.rows.size, 2_000, 'some are away');
  for (let left = 50; left > 0 && (await view.differences()).length > 0; left--) await sleep(100);
  assert.deepEqual(await view.differences(), []);
  assert.ok(view.drawn > drawn, 'the tree was drawn meanwhile');
});
