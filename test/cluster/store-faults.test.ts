import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fault, ProxiedRequest } from '../harness/proxy.ts';
import {
  errorEvent as event,
  isAny,
  isList,
  isWatch,
  refusal as status,
  StoreBench as Bench,
} from './store-bench.ts';
import { hurried, until } from './support.ts';

describe('faults: the store catches up, and nothing is cleared in between', () => {
  /** Each is tried on watches alone and on everything; after a few times, or when healed, it is over. */
  const faults: readonly [string, Fault, (request: ProxiedRequest) => boolean][] = [
    ['a reset', { kind: 'reset' }, isAny],
    ['status 500', status(500), isAny],
    ['status 503', status(503), isAny],
    ['status 429 with Retry-After', status(429, 'by the test', { 'retry-after': '0' }), isAny],
    ['status 401', status(401), isAny],
    ['status 403', status(403), isAny],
    ['status 404', status(404), isAny],
    ['status 410 on the watch', status(410), isWatch],
    ['status 410 on list and watch', status(410), isAny],
    ['an ERROR event of 410', event(410), isWatch],
    ['an ERROR event of 500', event(500), isWatch],
    ['an answer that breaks off', { kind: 'truncate', bytes: 60 }, isList],
    ['an answer that is no JSON', { kind: 'answer', status: 200, body: '<html>\n' }, isAny],
    ['an answer that is no list', { kind: 'answer', status: 200, body: '{"ok":true}' }, isList],
    ['a watch that ends at once, again and again', { kind: 'answer', status: 200, body: '' }, isWatch],
  ];
  for (const [name, fault, matches] of faults) {
    test(name, async () => {
      const bench = await Bench.start();
      await bench.create('goes');
      await bench.settled();
      bench.proxy.fail(fault, matches);
      // What meets only lists needs a watch that sends the store back to them.
      if (matches === isList) bench.proxy.fail(status(410), isWatch, 1);
      const before = bench.proxy.requests.length;
      bench.proxy.cut();
      await bench.create('comes');
      await bench.remove('goes');
      await bench.change('kept', 'changed');
      await until('three attempts', () => bench.proxy.requests.slice(before).filter(matches).length >= 3);
      assert.ok(bench.names.includes('kept'), 'what was shown is still shown');
      bench.proxy.heal();
      await bench.settled();
      assert.deepEqual(bench.names, ['comes', 'kept']);
      assert.ok(!bench.lost.includes('kept'), 'nothing was cleared');
    });
  }

  test('a connection that is cut once is not worth a word', async () => {
    const bench = await Bench.start();
    bench.states.length = 0;
    bench.proxy.cut();
    await bench.create('after');
    await until('the new object', () => bench.names.includes('after'));
    assert.deepEqual(bench.states, []);
  });

  test('a watch whose time is up is resumed where it stopped, without another list', async () => {
    const bench = await Bench.start();
    await until('the watch', () => bench.proxy.requests.some(isWatch));
    const lists = bench.proxy.requests.filter(isList).length;
    bench.proxy.endWatches();
    await bench.create('after');
    await until('the new object', () => bench.names.includes('after'));
    assert.equal(bench.proxy.requests.filter(isList).length, lists);
  });

  test('a watch that has gone silent is opened again', async () => {
    const bench = await Bench.start();
    await until('the watch', () => bench.proxy.requests.some(isWatch));
    bench.proxy.freezeWatches();
    await bench.create('unseen');
    const watches = bench.proxy.requests.filter(isWatch).length;
    await until('another watch', () => bench.proxy.requests.filter(isWatch).length > watches);
    bench.proxy.heal();
    await bench.settled();
    assert.ok(bench.names.includes('unseen'));
  });

  test('a list whose continuation has expired starts again', async () => {
    const bench = await Bench.start({
      prepare: (proxy) => {
        // The first list is answered by hand: one page of two, whose second has expired.
        const page = {
          apiVersion: 'v1',
          kind: 'ConfigMapList',
          metadata: { resourceVersion: '1', continue: 'token' },
          items: [],
        };
        proxy.fail({ kind: 'answer', status: 200, body: JSON.stringify(page) }, isList, 1);
        proxy.fail(status(410), ({ path }) => path.includes('continue=token'), 1);
      },
    });
    await bench.settled();
    assert.ok(bench.names.includes('kept'));
  });

  test('a server that asks for time gets it', async () => {
    const bench = await Bench.start({
      prepare: (proxy) => {
        proxy.fail(status(429, 'by the test', { 'retry-after': '1' }), isList, 1);
      },
    });
    const started = Date.now();
    await bench.settled();
    assert.ok(Date.now() - started >= 900, 'it waited as told');
    assert.ok(hurried.backoff[1] < 900, 'and would not have by itself');
  });
});
