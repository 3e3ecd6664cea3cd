/** What a tooltip tells of the events of its row's object. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { eventFacts, formatMessage } from '../../../src/core/index.ts';
import type { TreeNode } from '../../../src/features/explorer/nodes.ts';
import { Bench, refused } from './bench.ts';
import { event, type EventState, node, probeEvent } from './objects.ts';

const name = 'web-74579bb71-a';
const path = ['dev', 'shop', 'Deployments', 'web', 'v1', 'web-…-a'] as const;
const nobody = new AbortController().signal;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

const told = async (row: TreeNode, signal = nobody): Promise<readonly string[]> => {
  const tooltip = await bench.model.tooltip(row, signal);
  assert.ok(tooltip);
  return tooltip.story.map((one) => formatMessage(one));
};
const seen = (uid: string, state: EventState) => eventFacts(event(uid, state));

test('the events of the object are asked for when somebody looks, and the newest warnings are told', async () => {
  const asked: object[] = [];
  bench.events = (about) => {
    asked.push(about);
    return Promise.resolve([
      seen('a', { seconds: -300, reason: 'BackOff', type: 'Warning' }),
      eventFacts(probeEvent(name, 'app', 'Readiness probe failed: no\n')),
      seen('b', { seconds: -1, reason: 'Pulled' }),
    ]);
  };
  const row = await bench.row(...path);
  assert.deepEqual(asked, []);
  assert.deepEqual((await told(row)).slice(0, 2), [
    'Unhealthy ×3: Readiness probe failed: no (5 s ago)',
    'BackOff: said so (5 min ago)',
  ]);
  assert.deepEqual(asked, [{ namespace: 'shop', kind: 'Pod', name, uid: `p-${name}` }]);
});

test('a container tells what is about it', async () => {
  bench.events = () =>
    Promise.resolve([
      eventFacts(probeEvent(name, 'other', 'Liveness probe failed: yes')),
      eventFacts(probeEvent(name, 'app', 'Readiness probe failed: no')),
    ]);
  const [container] = await bench.open(...path);
  assert.ok(container);
  assert.deepEqual(await told(container), ['Unhealthy ×3: Readiness probe failed: no (5 s ago)']);
});

test('where nothing is wrong, what else happened is told, and not all of it', async () => {
  const seconds = [-9, -3, -5, -7, -1];
  bench.events = () =>
    Promise.resolve(seconds.map((one) => seen(String(one), { seconds: one, reason: 'Pulled' })));
  const lines = await told(await bench.row(...path));
  assert.deepEqual(
    lines.filter((line) => line.startsWith('Pulled')),
    [1, 3, 5, 7].map((second) => `Pulled: said so (${second} s ago)`),
  );
});

test('what keeps the events from being read is told in their place', async () => {
  bench.events = () => Promise.reject(refused('forbidden'));
  assert.deepEqual((await told(await bench.row(...path))).slice(0, 2), [
    'Its events could not be read.',
    'The server said no: do something.',
  ]);
});

test('a tooltip waits for a server that does not answer no longer than a moment, and not for nobody', async () => {
  bench.events = (_about, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
  const row = await bench.row(...path);
  const cancelled = new AbortController();
  const waiting = told(row, cancelled.signal);
  cancelled.abort();
  assert.deepEqual(await waiting, []);
  assert.deepEqual(await told(row), ['Its events did not arrive in time']);
});

test('a row without an object asks for nothing, and a node by its name', async () => {
  const asked: (string | null)[] = [];
  bench.events = ({ namespace, name: of }) => {
    asked.push(namespace, of);
    return Promise.resolve([]);
  };
  const dev = await bench.row('dev');
  await bench.model.tooltip(dev, nobody);
  assert.deepEqual(asked, []);
  await bench.open('dev');
  bench.store('nodes', null).put(node('n-1'));
  await bench.model.tooltip(await bench.row('dev', 'Nodes', 'n-1'), nobody);
  assert.deepEqual(asked, [null, 'n-1']);
  bench.model.setVisible(false);
});
