import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LogEntry, LogLine } from '../../../src/cluster/index.ts';
import { message } from '../../../src/core/index.ts';
import { addressOf, type LogAddress, partsOf, titleOf } from '../../../src/features/logs/address.ts';
import { LogBuffer } from '../../../src/features/logs/buffer.ts';
import { FilterTooSlowError, type LogFilter, readFilter } from '../../../src/features/logs/filter.ts';
import { Following } from '../../../src/features/logs/following.ts';
import { render, renderRaw, type Rendering } from '../../../src/features/logs/rendering.ts';

const web: LogAddress = {
  context: 'dev',
  namespace: 'shop',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
};

function line(text: string, more: Partial<LogLine> = {}): LogLine {
  return {
    pod: 'web-7d9f-x2x',
    container: 'app',
    time: '2026-11-21T22:00:00.123456789Z',
    text,
    dropped: 0,
    ...more,
  };
}

describe('addresses', () => {
  test('survive the way through a document’s URI', () => {
    const address = { ...web, context: 'arn:aws:eks:eu-1:1:cluster/dev', uid: '1', container: 'app' };
    const { path, query } = partsOf(address);
    assert.deepEqual(addressOf(query), address);
    assert.equal(path.split('/').length, 4);
  });

  test('name the document by what it shows', () => {
    assert.equal(titleOf(web), 'web logs (dev ∕ shop)');
    assert.equal(titleOf({ ...web, container: 'app' }), 'web∕app logs (dev ∕ shop)');
  });

  for (const query of ['', '{', 'null', '[]', '{"context":"dev"}', '{"context":1}']) {
    test(`none in ${query}`, () => assert.equal(addressOf(query), null));
  }
});

describe('filters', () => {
  function selected(typed: string, lines: readonly string[]): readonly string[] {
    const reading = readFilter(typed);
    assert.ok(reading.ok && reading.filter !== null);
    const select = reading.filter.select(lines);
    return lines.filter((_, index) => select[index]);
  }
  const lines = ['GET /a', 'get /b', 'POST /a (1)'];

  test('words in any case, patterns in their own', () => {
    assert.deepEqual(selected('get', lines), ['GET /a', 'get /b']);
    assert.deepEqual(selected('/get/', lines), ['get /b']);
    assert.deepEqual(selected('/GET|POST/i', lines), lines);
    assert.deepEqual(selected('(1)', lines), ['POST /a (1)']);
    assert.deepEqual(selected('/a$/g', lines), ['GET /a']);
  });

  test('what is negated is hidden', () => {
    assert.deepEqual(selected('!get', lines), ['POST /a (1)']);
    assert.deepEqual(selected('!/^GET/', lines), ['get /b', 'POST /a (1)']);
  });

  test('nothing typed is no filter', () => {
    for (const typed of ['', '  ', '!']) assert.deepEqual(readFilter(typed), { ok: true, filter: null });
  });

  test('what is no pattern is told', () => {
    const reading = readFilter('/count [0-9/');
    assert.ok(!reading.ok);
    assert.match(reading.problem, /Invalid regular expression/);
  });

  test('a pattern that never ends is ended', () => {
    const reading = readFilter('/^(a+)+$/');
    assert.ok(reading.ok && reading.filter !== null);
    const { filter } = reading;
    assert.throws(() => filter.select([`${'a'.repeat(60)}b`]), FilterTooSlowError);
  });
});

describe('lines', () => {
  const bare: Rendering = { timestamps: false, pods: null, containers: false, translate: (text) => text };
  const full: Rendering = { ...bare, timestamps: true, pods: { common: 'web-' }, containers: true };

  test('say where they come from where that differs', () => {
    assert.equal(render(line('x'), bare), 'x');
    assert.equal(render(line('x'), full), '2026-11-21T22:00:00.123Z 7d9f-x2x/app │ x');
    assert.equal(render(line('x'), { ...bare, containers: true }), 'app │ x');
    assert.equal(render(line('x', { pod: 'other' }), { ...bare, pods: { common: 'web-' } }), 'other │ x');
    assert.equal(renderRaw(line('x'), full), '2026-11-21T22:00:00.123456789Z web-7d9f-x2x/app x');
    assert.equal(renderRaw(line('\u001b[31mx'), bare), '\u001b[31mx');
  });

  test('are one line each, whatever is in them', () => {
    const text = '\u001b[31mred\u001b[0m \u001b]0;title\u0007a\rb\u0000c\u2028d\te\u007f\u000bf';
    assert.equal(render(line(text), bare), 'red a␍b␀c␤d\te␡␋f');
  });

  test('that were cut say by how much', () => {
    assert.equal(render(line('xxx', { dropped: 12 }), bare), 'xxx … +12');
  });

  test('notes stand out', () => {
    const note: LogEntry = { pod: 'p', container: 'c', note: message('{0} waits: {1}', 'p/c', 'X') };
    assert.equal(render(note, full), '── p/c waits: X');
    assert.equal(renderRaw(note, full), null);
  });
});

describe('the buffer', () => {
  const make = (maxLines: number): LogBuffer =>
    new LogBuffer({ maxLines, render: (entry) => ('text' in entry ? entry.text : '──') });
  const textOf = (buffer: LogBuffer): string => Buffer.concat(buffer.pieces()).toString();
  const numbers = (from: number, to: number): LogLine[] =>
    Array.from({ length: to - from }, (_, index) => line(String(from + index)));
  const filterOf = (typed: string): LogFilter => {
    const reading = readFilter(typed);
    assert.ok(reading.ok && reading.filter !== null);
    return reading.filter;
  };

  test('keeps all that came where the filter takes too long over the first of it', async () => {
    const slow: LogFilter = {
      text: 'slow',
      select: () => {
        throw new FilterTooSlowError();
      },
    };
    const buffer = new LogBuffer({
      maxLines: 100,
      filter: slow,
      render: (entry) => ('text' in entry ? entry.text : ''),
    });
    assert.throws(() => buffer.append(numbers(0, 50)), FilterTooSlowError);
    assert.throws(() => buffer.append(numbers(50, 120)), FilterTooSlowError);
    await buffer.show(null);
    const shown = textOf(buffer).trimEnd().split('\n');
    assert.equal(shown.at(-1), '119');
    assert.equal(shown.length, buffer.count);
    assert.equal(buffer.count + buffer.dropped, 120);
    assert.ok(buffer.dropped > 0);
  });

  test('keeps the newest lines, drops others a part at a time, and counts them', () => {
    const buffer = make(100);
    for (let from = 0; from < 1_000; from += 7) buffer.append(numbers(from, from + 7));
    assert.ok(buffer.count <= 100 && buffer.count >= 85);
    assert.equal(buffer.dropped + buffer.count, 1_001);
    const lines = textOf(buffer).trimEnd().split('\n');
    assert.equal(lines.length, buffer.count);
    assert.equal(lines.at(-1), '1000');
    assert.equal(lines[0], String(buffer.dropped));
  });

  test('knows how many bytes it dropped', () => {
    const buffer = make(100);
    buffer.append(numbers(0, 100));
    const before = textOf(buffer);
    assert.equal(buffer.takeDroppedBytes(), 0);
    buffer.append(numbers(100, 101));
    const dropped = buffer.takeDroppedBytes();
    assert.ok(dropped > 0);
    assert.equal(textOf(buffer), `${before.slice(dropped)}100\n`);
    assert.equal(buffer.takeDroppedBytes(), 0);
  });

  test('keeps no more than some characters, however few lines they are', () => {
    const buffer = make(100);
    for (let count = 0; count < 100; count++) buffer.append([line('x'.repeat(1_000_000))]);
    assert.ok(buffer.count <= 20);
  });

  test('shows what the filter lets through, of what is kept and of what comes', async () => {
    const buffer = make(100);
    buffer.append(numbers(0, 50));
    await buffer.show(filterOf('/^1.$/'));
    assert.equal(textOf(buffer), '10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n');
    buffer.append([line('1x'), line('2x'), { pod: '', container: '', note: message('x') }]);
    assert.match(textOf(buffer), /19\n1x\n──\n$/);
    assert.equal([...buffer.shown()].length, 11);
    await buffer.show(null);
    assert.equal(textOf(buffer).split('\n').length, 54);
  });

  test('keeps lines over which a filter fails', async () => {
    const buffer = make(100);
    await buffer.show(filterOf('/^(a+)+$/'));
    assert.throws(() => buffer.append([line(`${'a'.repeat(60)}b`)]), FilterTooSlowError);
    await buffer.show(null);
    assert.match(textOf(buffer), /^a+b\n$/);
  });
});

describe('following the end', () => {
  let now = 0;
  /** Longer than the end may be on its way to the window. */
  const longMs = 2_000;

  test('ends when the person scrolls up, and begins again at the end', () => {
    const following = new Following((now += longMs) - longMs);
    following.scrolled({ first: 70, last: 99, lines: 100 }, ++now);
    assert.equal(following.on, true);
    following.scrolled({ first: 60, last: 89, lines: 100 }, ++now);
    assert.equal(following.on, false);
    following.scrolled({ first: 65, last: 94, lines: 120 }, ++now);
    assert.equal(following.on, false);
    following.scrolled({ first: 90, last: 119, lines: 120 }, (now += longMs));
    assert.equal(following.on, true);
  });

  test('goes on while lines come faster than the editor scrolls', () => {
    const following = new Following((now += longMs) - longMs);
    following.scrolled({ first: 70, last: 99, lines: 100 }, ++now);
    following.scrolled({ first: 80, last: 109, lines: 300 }, ++now);
    assert.equal(following.on, true);
  });

  test('goes on when lines at the start are dropped', () => {
    const following = new Following((now += longMs) - longMs);
    following.scrolled({ first: 970, last: 999, lines: 1_000 }, ++now);
    following.trimmed(500);
    following.scrolled({ first: 470, last: 499, lines: 700 }, ++now);
    assert.equal(following.on, true);
  });

  test('ends with the cursor elsewhere, or by word', () => {
    const following = new Following((now += longMs) - longMs);
    following.placed(10, 100, ++now);
    assert.equal(following.on, false);
    following.placed(99, 100, ++now);
    assert.equal(following.on, true);
    following.pause();
    following.scrolled({ first: 70, last: 99, lines: 100 }, ++now);
    assert.equal(following.on, false);
    following.resume();
    assert.equal(following.on, true);
  });

  test('is not begun again by the end that was on its way when the person left it', () => {
    const following = new Following((now += longMs) - longMs);
    following.scrolled({ first: 70, last: 99, lines: 100 }, ++now);
    following.led(++now);
    assert.equal(following.placed(0, 100, ++now), true);
    following.scrolled({ first: 71, last: 100, lines: 101 }, ++now);
    following.scrolled({ first: 0, last: 29, lines: 101 }, ++now);
    assert.equal(following.on, false);
    assert.equal(following.placed(5, 100, (now += longMs)), false);
    following.scrolled({ first: 71, last: 100, lines: 101 }, ++now);
    assert.equal(following.on, true);
    following.scrolled({ first: 60, last: 89, lines: 101 }, ++now);
    following.scrolled({ first: 71, last: 100, lines: 101 }, ++now);
    assert.equal(following.on, false);
    assert.equal(following.placed(100, 101, ++now), false);
    assert.equal(following.on, true);
  });

  test('is not ended by an editor that VS Code makes anew where it was before', () => {
    const following = new Following(now);
    following.scrolled({ first: 70, last: 99, lines: 100 }, ++now);
    assert.equal(following.scrolled({ first: 20, last: 49, lines: 100 }, ++now), true);
    assert.equal(following.on, true);
    const left = new Following(now, false);
    assert.equal(left.scrolled({ first: 20, last: 49, lines: 100 }, ++now), false);
    assert.equal(left.on, false);
  });
});
