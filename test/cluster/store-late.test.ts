import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Session } from '../../src/cluster/index.ts';
import { answerTooLong, ClusterError } from '../../src/cluster/errors.ts';
import { openStore } from '../../src/cluster/store/leases.ts';
import { Reflector, type ReflectorSink } from '../../src/cluster/store/reflector.ts';
import { message } from '../../src/core/index.ts';
import { silentLog } from '../../src/platform/log.ts';
import { hurried, until } from './support.ts';

/** Long enough that nothing a test waits for comes by itself. */
const patient = { ...hurried, backoff: [60_000, 60_000], poll: 60_000, idle: 60_000 } as const;

interface Call {
  readonly what: 'list' | 'version' | 'watch';
  readonly answer: (value: unknown) => void;
  readonly refuse: (status: number) => void;
}

/** A session whose answers come when the test says so, also to those who do not wait for them any more. */
class SlowSession {
  readonly calls: Call[] = [];
  readonly context = { name: 'test', context: 'test', server: 'http://test' };
  readonly log = silentLog;

  request = (): Promise<unknown> => this.#call('version');
  requestStream = (): Promise<unknown> => this.#call('list');
  stream = (): Promise<unknown> => this.#call('watch');

  /** Waits for the next call after `from` others, and checks what it asks for. */
  async next(from: number, what: Call['what']): Promise<Call> {
    await until(`call ${from}, a ${what}`, () => this.calls.length > from, 5_000);
    const call = this.calls[from];
    assert.equal(call?.what, what);
    return call;
  }

  #call(what: Call['what']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const refuse = (status: number): void =>
        reject(new ClusterError('serverError', message('refused'), { status, retryable: status >= 500 }));
      this.calls.push({ what, answer: resolve, refuse });
    });
  }
}

const page = {
  read: (onPiece: (piece: string) => void) => {
    onPiece('{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"100"},"items":[]}');
    return Promise.resolve();
  },
  close: () => undefined,
};

/** Breaks as soon as it is read. */
const brokenWatch = {
  [Symbol.asyncIterator]: () => ({
    next: () => Promise.reject(new ClusterError('unreachable', message('cut'), { retryable: true })),
  }),
  close: () => undefined,
};

class Heard implements ReflectorSink {
  readonly events: string[] = [];
  upsert = (): void => void this.events.push('upsert');
  remove = (): void => void this.events.push('remove');
  page = (): void => undefined;
  listed = (): void => void this.events.push('listed');
  live = (): void => void this.events.push('live');
  failed = (): void => void this.events.push('failed');
}

function start(): { session: SlowSession; heard: Heard; reflector: Reflector } {
  const session = new SlowSession();
  const heard = new Heard();
  const query = { apiVersion: 'v1', plural: 'configmaps', namespace: 'shop' };
  return { session, heard, reflector: new Reflector(session as unknown as Session, query, heard, patient) };
}

/** Timers that keep the process from ending. */
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

/** What is left of a reflector after its end: neither a request nor a timer, nor a word. */
async function assertOver(
  { session, heard }: ReturnType<typeof start>,
  calls: number,
  before: number,
): Promise<void> {
  await settled();
  assert.equal(session.calls.length, calls);
  assert.equal(timers(), before);
  const { length } = heard.events;
  await settled();
  assert.equal(heard.events.length, length);
}

describe('after its end a reflector', () => {
  test('does nothing where a version had expired, in the middle of the wait', async () => {
    const before = timers();
    const started = start();
    const { session, reflector } = started;
    (await session.next(0, 'list')).answer(page);
    (await session.next(1, 'watch')).refuse(410);
    (await session.next(2, 'list')).answer(page);
    (await session.next(3, 'watch')).refuse(410);
    await until('the wait', () => timers() > before);
    reflector.dispose();
    await assertOver(started, 4, before);
  });

  for (const [what, finish] of [
    ['a 410', (call: Call) => call.refuse(410)],
    ['a 403', (call: Call) => call.refuse(403)],
    ['a 500', (call: Call) => call.refuse(500)],
  ] as const) {
    test(`does nothing with ${what} to its watch that comes late`, async () => {
      const before = timers();
      const started = start();
      const { session, reflector } = started;
      (await session.next(0, 'list')).answer(page);
      const watch = await session.next(1, 'watch');
      reflector.dispose();
      finish(watch);
      await assertOver(started, 2, before);
    });
  }

  for (const version of ['100', '7']) {
    test(`does nothing with the version ${version} that comes late`, async () => {
      const before = timers();
      const started = start();
      const { session, reflector } = started;
      (await session.next(0, 'list')).answer(page);
      (await session.next(1, 'watch')).answer(brokenWatch);
      const verifying = await session.next(2, 'version');
      reflector.dispose();
      verifying.answer({ metadata: { resourceVersion: version } });
      await assertOver(started, 3, before);
    });
  }
});

test('a store that is opened when its session has ended asks for nothing again', async () => {
  const never = { dispose: () => undefined };
  const session = Object.assign(new SlowSession(), {
    closed: AbortSignal.abort(),
    onDidReconnect: () => never,
  });
  const query = { apiVersion: 'v1', plural: 'configmaps', namespace: 'shop' };
  const row = (): { uid: string } => ({ uid: '1' });
  const lease = openStore(session as unknown as Session, query, row, hurried);
  await lease.value.ready;
  session.calls[0]?.refuse(500);
  await new Promise((resolve) => setTimeout(resolve, 3 * hurried.backoff[1]));
  assert.equal(session.calls.length, 1);
  lease.dispose();
});

describe('what only a person can help with', () => {
  test('an answer without end is not read again until they say so', async () => {
    const { session, heard, reflector } = start();
    const endless = { read: () => Promise.reject(answerTooLong(session.context, 1)), close: () => undefined };
    (await session.next(0, 'list')).answer(endless);
    await until('the failure', () => heard.events.includes('failed'));
    await new Promise((resolve) => setTimeout(resolve, 4 * patient.hopeless));
    assert.equal(session.calls.length, 1);
    reflector.restart();
    await session.next(1, 'list');
    reflector.dispose();
  });
});

describe('what a run that was started over learns late', () => {
  test('an expired version does not make the new run wait', async () => {
    const { session, reflector } = start();
    (await session.next(0, 'list')).answer(page);
    (await session.next(1, 'watch')).refuse(410);
    (await session.next(2, 'list')).answer(page);
    (await session.next(3, 'watch')).refuse(410);
    await settled();
    reflector.restart();
    (await session.next(4, 'list')).answer(page);
    (await session.next(5, 'watch')).refuse(410);
    // The first one of this run: it lists again at once.
    await session.next(6, 'list');
    reflector.dispose();
  });

  test('a refused watch does not keep the new run from watching', async () => {
    const { session, reflector } = start();
    (await session.next(0, 'list')).answer(page);
    const old = await session.next(1, 'watch');
    reflector.restart();
    const list = await session.next(2, 'list');
    old.refuse(403);
    await settled();
    list.answer(page);
    await session.next(3, 'watch');
    reflector.dispose();
  });
});
