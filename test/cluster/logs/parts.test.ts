import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Cursor } from '../../../src/cluster/logs/cursor.ts';
import { LongLines } from '../../../src/cluster/logs/long-lines.ts';
import { Merger } from '../../../src/cluster/logs/merger.ts';
import type { LogEntry } from '../../../src/cluster/logs/model.ts';
import { projectLogPod } from '../../../src/cluster/logs/pods.ts';
import { instantOf, StampReader } from '../../../src/cluster/logs/stamp.ts';
import { hurriedLogs } from './support.ts';

const stamps = new StampReader();

/** `takeAll(cursor, '10:00:00.1 10:00:00.1')`: which of the lines at these times are new. */
function takeAll(cursor: Cursor, times: string): readonly boolean[] {
  return times.split(' ').map((time) => {
    const stamp = stamps.read(`2026-11-21T${time}Z x`);
    assert.ok(stamp);
    return cursor.take(stamp);
  });
}

describe('times before lines', () => {
  test('are read to the nanosecond, in any zone', () => {
    const one = stamps.read('2026-11-21T22:00:00.000000001Z text');
    const other = stamps.read('2026-11-22T00:00:00.000000001+02:00 text');
    assert.deepEqual([one?.seconds, one?.nanos], [1795298400, 1]);
    assert.deepEqual([other?.seconds, other?.nanos], [1795298400, 1]);
    assert.equal(one?.text, '2026-11-21T22:00:00.000000001Z');
    assert.equal('2026-11-21T22:00:00.000000001Z text'.slice(one?.end), 'text');
  });

  test('have no fraction now and then, and stand before empty lines', () => {
    assert.equal(stamps.read('2026-11-21T22:00:00Z ')?.nanos, 0);
    assert.equal(stamps.read('2026-11-21T22:00:00.5Z x')?.nanos, 500_000_000);
    const stamp = stamps.read('2026-11-21T22:00:00.25Z');
    assert.ok(stamp);
    assert.equal(instantOf(stamp), 1795298400250);
  });

  for (const line of [
    '',
    'text',
    '2026-11-21 22:00:00 text',
    '2026-13-41T22:00:00Z text',
    '2026-11-21T22:00:00Ztext',
  ]) {
    test(`none in “${line}”`, () => assert.equal(stamps.read(line), null));
  }
});

describe('a cursor', () => {
  test('takes each line once; equal times are counted', () => {
    const cursor = new Cursor(false);
    assert.equal(cursor.since, null);
    assert.deepEqual(takeAll(cursor, '10:00:00.1 10:00:00.1 10:00:00.2'), [true, true, true]);
    assert.equal(cursor.since, '2026-11-21T09:59:59Z');
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00.1 10:00:00.1 10:00:00.2 10:00:00.2 10:00:01'), [
      false,
      false,
      false,
      true,
      true,
    ]);
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00.2 10:00:00.2 10:00:01 10:00:01.5'), [
      false,
      false,
      false,
      true,
    ]);
  });

  test('knows late lines of the other pen, over the turn of a second', () => {
    const cursor = new Cursor(false);
    takeAll(cursor, '10:00:00.9 10:00:01.1 10:00:00.95');
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00.9 10:00:01.1 10:00:00.95 10:00:01.05'), [
      false,
      false,
      false,
      true,
    ]);
  });

  test('does not want what stands before the tail it asked for', () => {
    const cursor = new Cursor(true);
    takeAll(cursor, '10:00:00.5 10:00:00.6');
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00.3 10:00:00.5 10:00:00.6 10:00:00.7'), [
      false,
      false,
      false,
      true,
    ]);
  });

  test('takes what a rotated log still has', () => {
    const cursor = new Cursor(false);
    takeAll(cursor, '10:00:00.1 10:00:00.2 10:00:00.3');
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00.35 10:00:04'), [true, true]);
  });

  test('rather takes lines twice than not at all when the clock is set back', () => {
    const cursor = new Cursor(false);
    takeAll(cursor, '11:00:00 10:00:00');
    assert.equal(cursor.since, '2026-11-21T09:59:59Z');
    cursor.rewind();
    assert.deepEqual(takeAll(cursor, '10:00:00 10:00:01'), [false, true]);
  });
});

describe('lines of any length', () => {
  function cut(longest: number, ...chunks: readonly string[]): readonly (readonly [string, number])[] {
    const lines = new LongLines(longest);
    const taken: [string, number][] = [];
    const take = (line: string, dropped: number): void => void taken.push([line, dropped]);
    for (const chunk of chunks) lines.push(chunk, take);
    lines.end(take);
    return taken;
  }

  test('are cut wherever the pieces end', () => {
    assert.deepEqual(cut(10, 'a\nb', 'c\n', '\n', 'd'), [
      ['a', 0],
      ['bc', 0],
      ['', 0],
      ['d', 0],
    ]);
  });

  test('keep no more than what is allowed, and count the rest', () => {
    assert.deepEqual(cut(4, 'abc', 'defg', 'hi\nabcd\nabcde'), [
      ['abcd', 5],
      ['abcd', 0],
      ['abcd', 1],
    ]);
  });

  test('keep no half of a character', () => {
    assert.deepEqual(cut(4, 'abc🚀\n'), [['abc', 2]]);
  });
});

describe('merging', () => {
  const entry = (text: string): LogEntry => ({ pod: 'p', container: 'c', time: '', text, dropped: 0 });
  const textsOf = (entries: readonly LogEntry[]): readonly string[] =>
    entries.map((one) => ('text' in one ? one.text : ''));

  test('orders what comes within the window, and keeps the order of each', async () => {
    const taken: LogEntry[] = [];
    const merger = new Merger((entries) => void taken.push(...entries), hurriedLogs);
    const [one, other] = [merger.lane(), merger.lane()];
    one.push(entry('a2'), 2);
    one.push(entry('a5'), 5);
    one.push(entry('a4'), 4);
    other.push(entry('b1'), 1);
    other.push(entry('b3'), 3);
    other.push(entry('b6'), 6);
    await merger.finish();
    assert.deepEqual(textsOf(taken), ['b1', 'a2', 'b3', 'a5', 'a4', 'b6']);
    merger.dispose();
  });

  test('holds no more than it may, hands over no more than a thousand at a time, and lets others go on', async () => {
    const sizes: number[] = [];
    let turns = 0;
    const merger = new Merger((entries) => void sizes.push(entries.length), { ...hurriedLogs, held: 100 });
    const lane = merger.lane();
    for (let count = 0; count < 5_000; count++) lane.push(entry('x'), count);
    const ticking = setInterval(() => (turns += 1), 0);
    let room = false;
    void lane.room().then(() => (room = true));
    await Promise.resolve();
    assert.equal(room, false);
    await merger.finish();
    await Promise.resolve();
    clearInterval(ticking);
    assert.equal(room, true);
    assert.deepEqual(sizes, [1_000, 1_000, 1_000, 1_000, 1_000]);
    assert.ok(turns > 0);
    merger.dispose();
  });

  test('tells when the taker fails', async () => {
    const merger = new Merger(() => {
      throw new Error('full');
    }, hurriedLogs);
    merger.lane().push(entry('x'), 1);
    await assert.rejects(merger.failure, /full/);
  });
});

describe('what a container waits for', () => {
  function waits(waiting: Readonly<Record<string, string>>): readonly string[] {
    const [container] = projectLogPod({
      metadata: { uid: '1', name: 'web' },
      spec: { containers: [{ name: 'app' }] },
      status: { containerStatuses: [{ name: 'app', state: { waiting } }] },
    }).containers;
    return [container?.waits ?? '', container?.words ?? ''];
  }

  test('is said in the words of the kubelet, on one line', () => {
    const message = 'secret\n  "db" \r\nnot found';
    assert.deepEqual(waits({ reason: 'CreateContainerConfigError', message }), [
      'CreateContainerConfigError',
      'secret "db" not found',
    ]);
    assert.deepEqual(waits({ reason: 'ContainerCreating' }), ['ContainerCreating', '']);
  });

  test('is cut where a registry answered with a whole page', () => {
    const [, words = ''] = waits({ reason: 'ErrImagePull', message: `<html>${'x'.repeat(1_000_000)}` });
    assert.equal(words.length, 301);
    assert.ok(words.startsWith('<html>xx') && words.endsWith('x…'));
  });

  test('before it has a node, is what keeps its pod', () => {
    const [container] = projectLogPod({
      metadata: { uid: '1', name: 'web' },
      spec: { containers: [{ name: 'app' }] },
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }],
      },
    }).containers;
    assert.deepEqual([container?.waits, container?.words], ['Pending', '0/3 nodes are available']);
  });
});
