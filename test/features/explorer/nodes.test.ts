import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { AccessRules, RuleQuestion } from '../../../src/cluster/index.ts';
import { formatMessage } from '../../../src/core/index.ts';
import { Bench, refused } from './bench.ts';
import { lease, node, now, owned, pod } from './objects.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});

const leases = () => bench.store('leases', 'kube-node-lease');
const at = (seconds: number): void => {
  bench.clock = now + seconds * 1000;
  bench.model.tick();
};
const text = async (name: string): Promise<string> => bench.text(await bench.row('dev', 'Nodes', name));

describe('a node that falls silent', () => {
  beforeEach(async () => {
    await bench.open('dev', 'Nodes');
    bench.store('nodes', null).put(node('n-1'), node('n-2'));
    leases().put(lease('n-1', -5), lease('n-2', -5));
    bench
      .store('pods', null)
      .put(pod('web-a', owned('web', 1), { node: 'n-1' }), pod('alone', null, { node: 'n-1' }));
  });

  test('is seen as soon as its lease has run out, without any event', async () => {
    leases().put(lease('n-1', 0), lease('n-2', 0));
    at(30);
    leases().put(lease('n-2', 30));
    assert.match(await text('n-1'), /^n-1 · Ready · cpu/);
    bench.drawn.length = 0;
    at(41);
    assert.match(await text('n-1'), /^n-1 · Ready · no heartbeat for 41 s/);
    assert.match(await text('n-2'), /^n-2 · Ready · cpu/);
    // Its own row, or one above it: all that is open below that is drawn with it.
    const drawn = new Set(bench.drawn.flatMap((nodes) => nodes ?? []));
    const silent = await bench.row('dev', 'Nodes', 'n-1');
    const above = [silent, silent.parent, silent.parent?.parent];
    assert.ok(above.some((row) => row != null && drawn.has(row)));
    assert.match(bench.text(await bench.row('dev')), /^dev · 1 unhealthy · v/);
    assert.equal(bench.model.unhealthy, 1);
  });

  test('the clock of the nodes may be another', async () => {
    leases().put(lease('n-1', -3_600), lease('n-2', 3_600));
    at(15);
    assert.match(await text('n-1'), /^n-1 · Ready · cpu/);
    leases().put(lease('n-1', -3_585), lease('n-2', 3_615));
    at(50);
    leases().put(lease('n-1', -3_550));
    at(60);
    assert.match(await text('n-1'), /^n-1 · Ready · cpu/);
    assert.match(await text('n-2'), /no heartbeat for 45 s/);
  });

  test('nobody is called silent while Leases cannot be read', async () => {
    leases().become({
      phase: 'stale',
      since: now,
      error: refused('unreachable'),
    });
    at(300);
    assert.match(await text('n-1'), /^n-1 · Ready · cpu/);
  });

  test('is seen in a large cluster as well, where only then all pods are read', async () => {
    bench = new Bench();
    await bench.open('dev');
    const many = [...Array(60).keys()].map((index) => `n-${index}`);
    bench.store('nodes', null).put(...many.map((name) => node(name)));
    bench.store('nodes', null).become({ phase: 'live', since: now });
    const alive = (seconds: number): void =>
      leases().put(...many.slice(1).map((name) => lease(name, seconds)));
    leases().put(...many.map((name) => lease(name, -5)));
    leases().put(lease('n-0', 0));
    alive(0);
    assert.ok(!bench.held().includes('null/pods'), bench.held().join());
    at(30);
    alive(30);
    at(39);
    assert.doesNotMatch(bench.text(await bench.row('dev')), /unhealthy/);
    assert.ok(!bench.held().includes('null/pods'));
    at(41);
    assert.match(bench.text(await bench.row('dev')), /1 unhealthy/);
    assert.ok(bench.held().includes('null/pods'));
    leases().put(lease('n-0', 45));
    assert.doesNotMatch(bench.text(await bench.row('dev')), /unhealthy/);
    at(46);
    bench.store('nodes', null).become({ phase: 'live', since: now });
    assert.ok(!bench.held().includes('null/pods'));
  });

  test('what became of its pods is one story', async () => {
    leases().put(lease('n-1', 0), lease('n-2', 0));
    at(30);
    leases().put(lease('n-2', 30));
    at(45);
    const lost = await bench.row('dev', 'Nodes', 'n-1');
    assert.match(bench.model.face(lost).contextValue, /\bfailover\b/);
    assert.match(bench.text(lost), /not moved yet: 2$/);
    leases().put(lease('n-2', 45));
    bench.store('nodes', null).put(node('n-1', { ready: 'Unknown' }));
    bench.store('pods', null).put(pod('web-a', owned('web', 1), { node: 'n-1', deleting: true }));
    bench.store('pods', null).put(pod('web-b', owned('web', 1), { node: 'n-2', made: 48 }));
    bench.store('pods', null).remove('p-web-a');
    at(50);
    assert.match(bench.text(lost), /NotReady .* · heartbeat 50 s ago · .*running elsewhere: 1/);
    const story = bench.model.story('dev', 'n-1');
    assert.equal(story?.counts.replaced, 1);
    const told =
      bench.model
        .face(lost)
        .tooltip()
        ?.story.map((line) => formatMessage(line)) ?? [];
    assert.ok(
      told.some((line) => /not been heard of/.test(line)),
      told.join('\n'),
    );
    bench.store('nodes', null).put(node('n-1'));
    leases().put(lease('n-1', 50));
    at(52);
    assert.equal(bench.model.story('dev', 'n-1')?.phase, 'back');
  });

  test('who looks late is told of the pods that were made elsewhere before', () => {
    leases().put(lease('n-1', -240));
    bench.store('pods', null).put(pod('web-b', owned('web', 1), { node: 'n-2', made: -60 }));
    bench.store('pods', null).put(pod('web-a', owned('web', 1), { node: 'n-1', deleting: true }));
    bench.store('nodes', null).put(node('n-1', { ready: 'Unknown' }));
    const story = bench.model.story('dev', 'n-1');
    assert.equal(story?.counts.replaced, 1);
    assert.ok(story.pods.some(({ text }) => formatMessage(text).startsWith('web-b on n-2, ready')));
  });
});

describe('what a person may do', () => {
  const rules = (allows: (question: RuleQuestion) => boolean | null): AccessRules => ({
    allows,
    complete: true,
  });
  const words = async (...path: readonly string[]): Promise<readonly string[]> =>
    bench.model.face(await bench.row(...path)).contextValue.split(' ');
  const aPod = ['dev', 'shop', 'Deployments', 'web', 'v1', 'web-…-a'] as const;

  test('until it is known, nothing counts as forbidden', async () => {
    const all = await words(...aPod);
    for (const word of ['object', 'kind-Pod', 'logs', 'exec', 'debug', 'forward', 'delete', 'edit', 'events'])
      assert.ok(all.includes(word), word);
    const deployed = await words('dev', 'shop', 'Deployments', 'web');
    for (const word of ['scalable', 'replicas', 'restart', 'pause', 'logs'])
      assert.ok(deployed.includes(word), word);
    assert.ok(!deployed.includes('resume') && !deployed.includes('exec'));
  });

  test('what is forbidden is not offered, and the tooltip says which right is missing', async () => {
    bench.rules = rules(
      ({ verb, subresource }) => ['get', 'list', 'watch'].includes(verb) && subresource !== 'exec',
    );
    await bench.open('dev', 'shop');
    const may = await words(...aPod);
    assert.ok(may.includes('logs') && may.includes('describe') && may.includes('copy'));
    for (const word of ['exec', 'delete', 'edit', 'forward', 'debug']) assert.ok(!may.includes(word), word);
    const row = await bench.row(...aPod);
    const told =
      bench.model
        .face(row)
        .tooltip()
        ?.story.map((line) => formatMessage(line)) ?? [];
    assert.ok(told.includes('Not allowed here: delete pods'), told.join('\n'));
    assert.ok(told.includes('Not allowed here: create pods/exec'));
    assert.ok(told.includes('Not allowed here: update pods'));
  });

  test('what the review leaves open is offered', async () => {
    bench.rules = rules(() => null);
    await bench.open('dev', 'shop');
    assert.ok((await words(...aPod)).includes('delete'));
  });

  test('in a read-only context nothing that changes is offered, whatever the person may do', async () => {
    bench.rules = rules(() => true);
    bench.protection = 'readOnly';
    await bench.open('dev', 'shop');
    const may = await words(...aPod);
    for (const word of ['logs', 'describe', 'events', 'forward']) assert.ok(may.includes(word), word);
    for (const word of ['exec', 'debug', 'delete', 'edit']) assert.ok(!may.includes(word), word);
    assert.ok(!(await words('dev', 'shop', 'Deployments', 'web')).includes('scalable'));
  });
});
