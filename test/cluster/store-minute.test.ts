/**
 * Every fault once more, as it is met in practice: with the waiting times everybody has, for long enough to be
 * noticed. All at the same time, since most of it is waiting.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { storeTuning } from '../../src/cluster/store/timing.ts';
import type { Fault, ProxiedRequest } from '../harness/proxy.ts';
import { errorEvent, isAny, isList, isWatch, refusal, StoreBench } from './store-bench.ts';
import { temporaryFolder, until } from './support.ts';

const minute = 60_000;
const folder = await temporaryFolder();

interface Scenario {
  readonly name: string;
  readonly fault?: Fault;
  readonly matches?: (request: ProxiedRequest) => boolean;
  /** How long the fault lasts, in ms; the minute begins when it is over. */
  readonly lasts?: number;
  /** What else goes wrong, when the fault begins. */
  readonly strike: (bench: StoreBench) => void;
  /** And when it ends. */
  readonly mend?: (bench: StoreBench) => Promise<void>;
}

const cut = ({ proxy }: StoreBench): void => proxy.cut();

/** A login that is good until it is not. */
const tokenFile = join(folder, 'token');
await writeFile(tokenFile, 'old');
const isOld = ({ authorization }: ProxiedRequest): boolean => authorization === 'Bearer old';

const scenarios: readonly Scenario[] = [
  { name: 'connection reset once', strike: cut },
  { name: 'connections reset for a while', fault: { kind: 'reset' }, lasts: 12_000, strike: cut },
  { name: 'clean close', strike: ({ proxy }) => proxy.endWatches() },
  { name: 'half-open: the watch is dead, nothing says so', strike: ({ proxy }) => proxy.freezeWatches() },
  {
    name: 'half-open: everything is dead, nothing says so',
    fault: { kind: 'hang' },
    lasts: 30_000,
    strike: ({ proxy }) => proxy.freezeWatches(),
  },
  {
    name: 'slow',
    // Some 100 bytes a second.
    fault: { kind: 'slow', bytes: 50, pauseMs: 500 },
    lasts: 20_000,
    strike: (bench) => {
      bench.proxy.fail(refusal(410), isWatch, 1);
      bench.proxy.cut();
    },
  },
  {
    name: 'truncated JSON in a list',
    fault: { kind: 'truncate', bytes: 300 },
    matches: isList,
    lasts: 5000,
    strike: relisted,
  },
  {
    name: 'truncated JSON in a list that ends as if it were whole',
    fault: { kind: 'truncate', bytes: 300, clean: true },
    matches: isList,
    lasts: 5000,
    strike: relisted,
  },
  {
    name: 'truncated JSON in a watch',
    fault: { kind: 'truncate', bytes: 200, clean: true },
    matches: isWatch,
    lasts: 5000,
    strike: cut,
  },
  {
    name: '401, then a new token',
    fault: refusal(401),
    matches: isOld,
    lasts: 8000,
    strike: cut,
    // The old one is refused for good.
    mend: async ({ proxy }) => {
      proxy.fail(refusal(401), isOld);
      await writeFile(tokenFile, 'new');
    },
  },
  { name: '403 on the watch', fault: refusal(403), matches: isWatch, lasts: 8000, strike: cut },
  { name: '403 on everything', fault: refusal(403), lasts: 8000, strike: cut },
  { name: '410 as a status', fault: refusal(410), matches: isWatch, lasts: 5000, strike: cut },
  { name: '410 as an event', fault: errorEvent(410), matches: isWatch, lasts: 5000, strike: cut },
  {
    name: '410 for a continued list',
    fault: refusal(410),
    matches: isContinued,
    lasts: 5000,
    strike: relisted,
  },
  {
    name: '429 with Retry-After',
    fault: refusal(429, 'busy', { 'retry-after': '5' }),
    lasts: 8000,
    strike: cut,
  },
  { name: '500', fault: refusal(500), lasts: 12_000, strike: cut },
  { name: '503', fault: refusal(503), lasts: 12_000, strike: cut },
];

function relisted({ proxy }: StoreBench): void {
  proxy.fail(refusal(410), isWatch, 1);
  proxy.cut();
}

function isContinued({ path }: ProxiedRequest): boolean {
  return path.includes('continue=');
}

describe('within a minute after each fault the store equals a fresh list', { concurrency: true }, () => {
  for (const { name, fault, matches = isAny, lasts = 0, strike, mend } of scenarios) {
    test(name, async () => {
      const bench = await StoreBench.start({
        tuning: { ...storeTuning, pageSizes: [2, 2] },
        ...(fault === undefined || matches !== isOld ? {} : { user: { tokenFile } }),
      });
      for (const object of ['goes', 'stays-1', 'stays-2']) await bench.create(object);
      await bench.settled();
      if (fault !== undefined) bench.proxy.fail(fault, matches);
      strike(bench);
      await bench.create('comes');
      await bench.remove('goes');
      await bench.change('kept', 'changed');
      await sleep(lasts);
      for (const object of ['kept', 'stays-1', 'stays-2']) {
        assert.ok(bench.names.includes(object), `${object} is still shown`);
      }
      bench.proxy.heal();
      await mend?.(bench);
      const healed = performance.now();
      await bench.settled(minute);
      assert.ok(performance.now() - healed < minute);
      await until('the end of one to be told', () => bench.lost.length > 0);
      assert.deepEqual(bench.names, ['comes', 'kept', 'stays-1', 'stays-2']);
      assert.deepEqual(bench.lost, ['goes'], 'nothing else was ever taken away');
      await bench.end();
    });
  }
});

after(() => {
  const left = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout');
  assert.deepEqual(left, [], 'no timer is left');
});
