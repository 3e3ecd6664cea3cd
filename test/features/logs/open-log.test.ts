import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogLine, LogOptions, LogSink, LogState } from '../../../src/cluster/index.ts';
import { ClusterError } from '../../../src/cluster/errors.ts';
import { message } from '../../../src/core/index.ts';
import { readFilter } from '../../../src/features/logs/filter.ts';
import { firstChoices, type LogLook } from '../../../src/features/logs/look.ts';
import { OpenLog } from '../../../src/features/logs/open-log.ts';

const address = { context: 'dev', namespace: 'shop', apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

const live: LogState = {
  phase: 'live',
  since: null,
  error: null,
  followed: 1,
  waiting: 0,
  left: 0,
  gone: false,
  manyPods: false,
  manyContainers: false,
};

/** An open log whose lines the test sends, and the texts an editor reads of it, one after the other. */
class Reader {
  readonly log: OpenLog;
  readonly texts: string[] = [];
  readonly runs: {
    readonly options: LogOptions;
    readonly containers: readonly string[] | null;
    readonly sink: LogSink;
  }[] = [];
  tooSlow = 0;
  failure: Error | null = null;

  readonly looks: LogLook[] = [];

  constructor(maxLines = 100, look: LogLook | null = null) {
    this.log = new OpenLog({
      address,
      maxLines,
      translate: (template) => template,
      look,
      follow: (_, options, containers, sink) => {
        this.runs.push({ options, containers, sink });
        if (this.failure !== null) return Promise.reject(this.failure);
        return new Promise((resolve) => options.signal.addEventListener('abort', () => resolve()));
      },
      onText: () => setImmediate(() => this.texts.push(this.log.read().toString())),
      onState: () => undefined,
      onLook: (chosen) => void this.looks.push(chosen),
      onFilterTooSlow: () => (this.tooSlow += 1),
    });
    if (look === null) this.log.start();
  }

  send(from: number, to: number): void {
    const lines = Array.from({ length: to - from }, (_, index): LogLine => {
      const text = `line ${from + index}`;
      return { pod: 'web-7d9f', container: 'app', time: '2026-11-21T22:00:00.5Z', text, dropped: 0 };
    });
    void this.runs.at(-1)?.sink.entries(lines);
  }

  get text(): string {
    return this.texts.at(-1) ?? '';
  }

  /** Waits until the editor's text fits. */
  async until(fits: (text: string) => boolean): Promise<void> {
    const end = Date.now() + 5_000;
    while (!fits(this.text)) {
      if (Date.now() > end) throw new Error(`The text stayed:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Characters an editor replaces when it reads a text anew: all but what is alike at the start and at the end. */
function replaced(before: string, after: string): number {
  const [one, other] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end))
    end += 1;
  return other.slice(start, other.length - end).join('\n').length;
}

describe('an open log', () => {
  test('begins with what it shows, and grows by what comes', async () => {
    const reader = new Reader();
    reader.send(0, 2);
    await reader.until((text) => text.endsWith('line 1\n'));
    assert.equal(reader.text, '── Deployment web · dev / shop\n7d9f │ line 0\n7d9f │ line 1\n');
    assert.equal(reader.runs[0]?.options.tailLines, 100);
    reader.log.dispose();
  });

  test('never makes the editor replace what is still there', async () => {
    const reader = new Reader();
    let sent = 0;
    for (; sent < 240; sent += 15) {
      reader.send(sent, sent + 15);
      const last = `line ${sent + 14}\n`;
      await reader.until((text) => text.endsWith(last));
    }
    assert.match(reader.text, /^── Deployment web · dev \/ shop · \d+ earlier lines were dropped\n/);
    const whole = reader.texts
      .slice(1)
      .filter((text, index) => replaced(reader.texts[index] ?? '', text) > 600);
    assert.deepEqual(whole, []);
    reader.log.dispose();
  });

  test('draws nothing while nobody sees it, and everything once somebody does', async () => {
    const reader = new Reader();
    reader.send(0, 1);
    await reader.until((text) => text.endsWith('line 0\n'));
    reader.log.visible = false;
    const count = reader.texts.length;
    reader.send(1, 50);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(reader.texts.length, count);
    reader.log.visible = true;
    await reader.until((text) => text.endsWith('line 49\n'));
    reader.log.dispose();
  });

  test('is drawn anew with a filter, with times, with containers', async () => {
    const reader = new Reader();
    reader.send(0, 30);
    const filter = readFilter('/ 1.$/');
    assert.ok(filter.ok);
    await reader.log.setFilter(filter.filter);
    await reader.until((text) =>
      text.startsWith('── Deployment web · dev / shop · filter: / 1.$/\n7d9f │ line 10\n'),
    );
    assert.equal(reader.text.split('\n').length, 12);
    await reader.log.choose({ timestamps: true });
    await reader.until((text) => text.includes('\n2026-11-21T22:00:00.5Z 7d9f │ line 10\n'));
    reader.runs[0]?.sink.state({ ...live, manyContainers: true });
    await reader.until((text) => text.includes(' 7d9f/app │ line 10\n'));
    assert.equal(reader.log.raw().split('\n')[0], '2026-11-21T22:00:00.5Z web-7d9f/app line 10');
    assert.equal(reader.runs.length, 1);
    reader.log.dispose();
  });

  test('a filter that takes too long is taken away', async () => {
    const reader = new Reader();
    const filter = readFilter('/(a+)+$/');
    assert.ok(filter.ok);
    await reader.log.setFilter(filter.filter);
    const text = `${'a'.repeat(60)}b`;
    void reader.runs[0]?.sink.entries([{ pod: 'web-1', container: 'app', time: '', text, dropped: 0 }]);
    await reader.until((shown) => shown.endsWith('aab\n'));
    assert.equal(reader.tooSlow, 1);
    assert.equal(reader.log.filter, null);
    // Nor does it come back with the window.
    assert.equal(reader.looks.at(-1)?.filter, null);
    reader.log.dispose();
  });

  test('tells what is chosen, and opens again with it, not read until asked for', async () => {
    const first = new Reader();
    const filter = readFilter('!line 1');
    assert.ok(filter.ok);
    await first.log.setFilter(filter.filter);
    await first.log.choose({ sinceSeconds: 300, containers: ['app'] });
    first.log.dispose();
    const look = first.looks.at(-1);
    assert.ok(look !== undefined);
    assert.deepEqual(look.choices, { ...firstChoices, sinceSeconds: 300, containers: ['app'] });
    const again = new Reader(100, look);
    assert.equal(again.log.begun, false);
    assert.equal(again.runs.length, 0);
    assert.match(again.log.read().toString(), /web · dev \/ shop · app · the last 5 min · filter: !line 1/);
    again.log.start();
    const [run] = again.runs;
    assert.equal(run?.options.sinceSeconds, 300);
    assert.deepEqual(run?.containers, ['app']);
    again.send(0, 3);
    await again.until((text) => text.endsWith('line 2\n'));
    assert.deepEqual(again.text.split('\n').slice(1, -1), ['7d9f │ line 0', '7d9f │ line 2']);
    again.log.dispose();
  });

  test('once closed it is as it was before it was opened, should its document come back at once', async () => {
    const reader = new Reader();
    const filter = readFilter('line 1');
    assert.ok(filter.ok);
    await reader.log.setFilter(filter.filter);
    await reader.log.choose({ previous: true });
    reader.send(0, 2);
    await reader.until((text) => text.endsWith('line 1\n'));
    const told = reader.looks.length;
    reader.log.forget();
    assert.equal(reader.runs.at(-1)?.options.signal.aborted, true);
    assert.equal(reader.log.begun, false);
    reader.log.start();
    reader.send(0, 2);
    await reader.until((text) => text.endsWith('web · dev / shop\n7d9f │ line 0\n7d9f │ line 1\n'));
    assert.equal(reader.looks.length, told);
    reader.log.dispose();
  });

  test('other choices read it again, and end what was read before', async () => {
    const reader = new Reader();
    reader.send(0, 1);
    await reader.until((text) => text.endsWith('line 0\n'));
    await reader.log.choose({ previous: true });
    assert.equal(reader.runs.length, 2);
    assert.equal(reader.runs[0]?.options.signal.aborted, true);
    assert.equal(reader.runs[1]?.options.previous, true);
    void reader.runs[0]?.sink.entries([
      { pod: 'web-old', container: 'app', time: '', text: 'too late', dropped: 0 },
    ]);
    await reader.until((text) => text === '── Deployment web · dev / shop · the run before\n');
    reader.log.dispose();
    assert.equal(reader.runs[1]?.options.signal.aborted, true);
  });

  test('says why it cannot be read', async () => {
    const reader = new Reader();
    reader.failure = new ClusterError('forbidden', message('{0} refused it.', 'dev'));
    reader.log.start();
    await reader.until((text) => text.endsWith('── dev refused it.\n'));
    assert.equal(reader.log.running, false);
    assert.ok(reader.log.failure instanceof ClusterError);
    reader.log.dispose();
  });
});
