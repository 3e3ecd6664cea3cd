import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Session, WorkloadRef } from '../../../src/cluster/index.ts';
import { FaultProxy } from '../../harness/proxy.ts';
import { sharedCluster } from '../../harness/shared.ts';
import {
  deployment,
  failureOf,
  sessionOf,
  sessionWithoutRights,
  temporaryFolder,
  until,
  writeKubeconfig,
} from '../support.ts';
import { Collected, hurriedLogs, pod, shell } from './support.ts';

const folder = await temporaryFolder();
const cluster = await sharedCluster('node');
const namespace = `logs-${process.pid}-${Date.now().toString(36)}`;
await cluster.kubectl(['create', 'namespace', namespace]);
after(async () => {
  await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false']);
  await cluster.release();
});
const session = await sessionOf(cluster.kubeconfig);
const image = `${cluster.registry ?? 'registry'}/app:1`;

async function create(path: string, body: Record<string, unknown>): Promise<WorkloadRef> {
  const { apiVersion, kind } = body as { apiVersion: string; kind: string };
  const made = await session.request<{ metadata: { name: string; uid: string } }>(
    `${path}/namespaces/${namespace}/${kind.toLowerCase()}s`,
    { method: 'POST', body },
  );
  return { apiVersion, kind, namespace, name: made.metadata.name, uid: made.metadata.uid };
}

const createPod = (...args: Parameters<typeof pod>): Promise<WorkloadRef> => create('/api/v1', pod(...args));

const remove = ({ name }: WorkloadRef): Promise<unknown> =>
  session.request(`/api/v1/namespaces/${namespace}/pods/${name}`, { method: 'DELETE' });

async function proxied(): Promise<{ proxy: FaultProxy; through: Session }> {
  const proxy = await FaultProxy.start(cluster.kubeconfig);
  after(() => proxy.stop());
  const file = await writeKubeconfig(join(folder, `proxy-${proxy.url.slice(-5)}`), { server: proxy.url });
  return { proxy, through: await sessionOf(file) };
}

const isLog = (path: string): boolean => path.includes('/log?');

/** 0, 1, 2 … every so many milliseconds. */
const counter = (pause: string, count = 1_000_000): string =>
  `i=0; while [ $i -lt ${count} ]; do echo "$i"; i=$((i+1)); ${pause}; done`;

/** Fails unless the texts are `0`, `1`, `2` …, each once. */
function assertCounts(texts: readonly string[], from = 0): void {
  texts.forEach((text, index) => assert.equal(text, String(from + index), `line ${index}`));
}

describe('a container', () => {
  test('ends by itself, every line once, with what its lines are made of', async () => {
    const script = [
      'echo plain',
      'printf "dos\\r\\n"',
      'printf "\\033[31mred\\033[0m\\n"',
      'printf "a\\377b\\n"',
      'echo',
      'echo "  indented"',
      'echo "日本語 🚀"',
      'printf "no end"',
    ].join('; ');
    const ref = await createPod('plain', [shell('app', image, script)]);
    const log = new Collected(session, { ref });
    await log.done;
    assert.deepEqual(log.texts(), [
      'plain',
      'dos',
      '\u001b[31mred\u001b[0m',
      'a\ufffdb',
      '',
      '  indented',
      '日本語 🚀',
      'no end',
    ]);
    assert.match(log.lines[0]?.time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d)$/);
    assert.deepEqual(log.notes, ['plain/app ended: Completed, exit 0']);
    assert.equal(log.state?.phase, 'ended');
  });

  test('a huge line is cut, the next one is whole', async () => {
    const ref = await createPod('huge', [
      shell('app', image, 'head -c 1000000 /dev/zero | tr "\\0" x; echo; echo next'),
    ]);
    const log = new Collected(session, { ref });
    await log.done;
    assert.equal(log.lines.length, 2);
    const [first] = log.lines;
    assert.ok(first !== undefined && first.text.length <= 65_536 && /^x+$/.test(first.text));
    assert.equal(first.text.length + first.dropped, 1_000_000);
    assert.deepEqual(log.texts()[1], 'next');
  });

  test('one that waits for its image is waited for, and it is said', async () => {
    const ref = await createPod('waits', [{ name: 'app', image: `${image}-missing` }]);
    const log = new Collected(session, { ref });
    await until('the note', () =>
      log.notes.some((note) =>
        /^waits\/app waits: (ErrImagePull|ImagePullBackOff): .*app:1-missing/.test(note),
      ),
    );
    assert.deepEqual([log.state?.waiting, log.state?.followed], [1, 0]);
    await remove(ref);
    await log.done;
    assert.equal(log.state?.phase, 'ended');
  });

  test('since and tail limit what is there, not what comes', async () => {
    const ref = await createPod('tail', [
      shell('app', image, `${counter('true', 100)}; sleep 2; echo late; sleep 60`),
    ]);
    const early = new Collected(session, { ref });
    await early.untilLines(100);
    const tail = new Collected(session, { ref }, { tailLines: 3 });
    await tail.untilLine('late');
    assert.deepEqual(tail.texts(), ['97', '98', '99', 'late']);
    const since = new Collected(
      session,
      { ref },
      { sinceTime: early.lines.at(-1)?.time ?? '', follow: false },
    );
    await since.done;
    assert.ok(since.texts().includes('late'));
    const none = new Collected(session, { ref }, { sinceTime: '2100-01-01T00:00:00Z', follow: false });
    await none.done;
    assert.deepEqual(none.texts(), []);
  });
});

describe('a pod', () => {
  test('init container first, then two side by side, in order of time', async () => {
    const script = 'for i in 1 2 3 4 5; do echo "$NAME $i"; sleep 0.2; done';
    const named = (name: string): object => ({
      ...shell(name, image, script),
      env: [{ name: 'NAME', value: name }],
    });
    const ref = await createPod('several', [named('one'), named('two')], { initContainers: [named('init')] });
    const log = new Collected(session, { ref });
    await log.done;
    assert.equal(log.lines.length, 15);
    const times = log.lines.map(({ time }) => time);
    assert.deepEqual(times, [...times].sort());
    for (const name of ['init', 'one', 'two']) {
      assert.deepEqual(
        log.texts(name),
        [1, 2, 3, 4, 5].map((i) => `${name} ${i}`),
      );
    }
    assert.equal(log.state?.manyContainers, true);
    const only = new Collected(session, { ref, containers: ['two'] });
    await only.done;
    assert.deepEqual(new Set(only.lines.map(({ container }) => container)), new Set(['two']));
  });

  test('every run of a container that crashes is followed; the run before can be read', async () => {
    const ref = await createPod(
      'crashes',
      [shell('app', image, 'echo "run begins"; sleep 1; echo "run ends"; exit 3')],
      { restartPolicy: 'Always' },
    );
    const log = new Collected(session, { ref });
    await until('two runs', () => log.texts().filter((text) => text === 'run ends').length >= 2, 30_000);
    const texts = log.texts();
    texts.forEach((text, index) => assert.equal(text, index % 2 === 0 ? 'run begins' : 'run ends'));
    await until('the end of a run', () => log.notes.includes('crashes/app ended: Error, exit 3'));
    // One end for each run, and none of a run from before that was not asked for.
    const late = new Collected(session, { ref });
    const endings = (): number => late.notes.filter((note) => note.includes(' ended: ')).length;
    await until('another run', () => late.texts().length >= 4 && endings() >= 2, 60_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    late.texts().forEach((text, index) => assert.equal(text, index % 2 === 0 ? 'run begins' : 'run ends'));
    const runs = late.texts().filter((text) => text === 'run ends').length;
    assert.ok(endings() === runs || endings() === runs - 1, `${endings()} ends of ${runs} runs`);
    await late.stop();
    // Between two runs there may be none before: the node keeps the log of only one that is over.
    let previous = new Collected(session, { ref }, { previous: true });
    await until('the run before', async () => {
      await previous.done;
      if (previous.lines.length > 0) return true;
      previous = new Collected(session, { ref }, { previous: true });
      return false;
    });
    assert.deepEqual(previous.texts(), ['run begins', 'run ends']);
    await remove(ref);
    await log.done;
  });
});

describe('faults', () => {
  test('reset, clean end, half-open, 500, 429: every number once and in order', async () => {
    const ref = await createPod('counts', [shell('app', image, counter('sleep 0.01'))]);
    const { proxy, through } = await proxied();
    const log = new Collected(through, { ref });
    const grows = async (): Promise<void> => log.untilLines(log.lines.length + 30);
    await grows();
    proxy.cut();
    await grows();
    proxy.endWatches(isLog);
    await grows();
    for (let times = 0; times < 5; times++) {
      proxy.cut();
      await log.untilLines(log.lines.length + 1);
    }
    proxy.freezeWatches(isLog);
    await grows();
    proxy.fail({ kind: 'answer', status: 500, body: 'boom' }, ({ path }) => isLog(path), 2);
    proxy.fail(
      { kind: 'answer', status: 429, headers: { 'retry-after': '1' } },
      ({ path }) => isLog(path),
      1,
    );
    proxy.fail({ kind: 'reset' }, ({ path }) => isLog(path), 2);
    proxy.fail({ kind: 'hang' }, ({ path }) => isLog(path), 1);
    proxy.fail({ kind: 'truncate', bytes: 1_000 }, ({ path }) => isLog(path), 2);
    proxy.cut();
    await grows();
    await grows();
    assertCounts(log.texts());
    assert.ok(log.states.some(({ phase, error }) => phase === 'reconnecting' && error !== null));
    await until('it is live again', () => log.state?.phase === 'live');
    await log.stop();
    // That of the pods is kept for a while, in case somebody comes back.
    await until('the connection to go', () => proxy.watches <= 1);
    await remove(ref);
  });

  test('a log cut off while its container crashes is read to its end', async () => {
    const ref = await createPod('cut-crash', [shell('app', image, `${counter('sleep 0.02', 100)}; exit 1`)], {
      restartPolicy: 'OnFailure',
    });
    const { proxy, through } = await proxied();
    const log = new Collected(through, { ref });
    await log.untilLines(20);
    proxy.fail({ kind: 'reset' }, ({ path }) => isLog(path));
    proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    proxy.heal();
    await log.untilLines(150);
    assertCounts(log.texts().slice(0, 100));
    assertCounts(log.texts().slice(100, 150));
    await log.stop();
    await remove(ref);
  });

  test('a log that its node rotates is followed on, every line once', async () => {
    // The node looks every ten seconds, and begins a new file after 10 MiB.
    const lines = `pad=$(head -c 1000 /dev/zero | tr "\\0" x); ${counter('true', 12_000).replace('$i"', '$i $pad"')}`;
    const script = `${lines}; while true; do echo "$i"; i=$((i+1)); sleep 0.05; done`;
    const ref = await createPod('rotates', [shell('app', image, script)]);
    const log = new Collected(session, { ref });
    const path = `/api/v1/namespaces/${namespace}/pods/rotates/log`;
    const first = (): Promise<string> => session.requestText(path, { query: { limitBytes: 100 } });
    await until('the file to be full', () => log.lines.length > 12_000, 60_000);
    await until('it to be rotated', async () => !/^0 x/.test(await first()), 60_000);
    await log.untilLines(log.lines.length + 60);
    assertCounts(log.texts().map((text) => text.split(' ')[0] ?? ''));
    await log.stop();
    await remove(ref);
  });

  test('a slow connection delays, and loses nothing', async () => {
    const ref = await createPod('slow', [shell('app', image, counter('true', 2_000))]);
    const { proxy, through } = await proxied();
    proxy.fail({ kind: 'slow', bytes: 2_000, pauseMs: 20 }, ({ path }) => isLog(path), 1);
    const log = new Collected(through, { ref });
    await log.done;
    assert.equal(log.lines.length, 2_000);
    assertCounts(log.texts());
  });

  test('a taker that is slow holds the reading up, and gets everything', async () => {
    const ref = await createPod('eager', [shell('app', image, counter('true', 20_000))]);
    let held = 0;
    const log = new Collected(session, { ref }, {}, undefined, async (entries) => {
      held = Math.max(held, entries.length);
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    await log.done;
    assert.equal(log.lines.length, 20_000);
    assertCounts(log.texts());
    assert.ok(held <= 1_000);
  });
});

describe('a workload', () => {
  test('goes on over a rollout', async () => {
    const body = deployment('web', image, {
      replicas: 2,
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [shell('app', image, `echo one; ${counter('sleep 0.1')}`)],
        },
      },
    });
    const ref = await create('/apis/apps/v1', body);
    const log = new Collected(session, { ref });
    await until('both pods', () => log.texts().filter((text) => text === 'one').length === 2);
    assert.equal(log.state?.manyPods, true);
    await session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, {
      method: 'PATCH',
      contentType: 'application/strategic-merge-patch+json',
      body: {
        spec: {
          template: { spec: { containers: [shell('app', image, `echo two; ${counter('sleep 0.1')}`)] } },
        },
      },
    });
    await until('the new pods', () => log.texts().filter((text) => text === 'two').length === 2);
    const pods = new Map<string, string[]>();
    for (const { pod: name, text } of log.lines) pods.set(name, [...(pods.get(name) ?? []), text]);
    assert.equal(pods.size, 4);
    for (const texts of pods.values()) assertCounts(texts.slice(1));
    await log.stop();
    await session.request(`/apis/apps/v1/namespaces/${namespace}/deployments/web`, { method: 'DELETE' });
  });

  test('a Job ends, and so does its log; a CronJob has the pods of its Jobs', async () => {
    const template = {
      spec: { restartPolicy: 'Never', containers: [shell('app', image, 'echo done')] },
    };
    const job = await create('/apis/batch/v1', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'once' },
      spec: { completions: 2, parallelism: 1, template },
    });
    const log = new Collected(session, { ref: job });
    await log.done;
    assert.deepEqual(log.texts(), ['done', 'done']);
    assert.equal(log.state?.phase, 'ended');
    const cronJob = await create('/apis/batch/v1', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule: '0 0 1 1 *', jobTemplate: { spec: { template } } },
    });
    const nightly = new Collected(session, { ref: cronJob });
    await create('/apis/batch/v1', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'nightly-1',
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: cronJob.uid, controller: true },
        ],
      },
      spec: { template },
    });
    await nightly.untilLine('done');
    assert.deepEqual(
      new Set(nightly.lines.map(({ pod: name }) => name.replace(/-\w{5}$/, ''))),
      new Set(['nightly-1']),
    );
    await nightly.stop();
  });

  test('above a number of containers the rest is not followed, and is counted', async () => {
    const ref = await createPod(
      'many',
      ['a', 'b', 'c', 'd'].map((name) => shell(name, image, 'echo up; sleep 600')),
    );
    const log = new Collected(session, { ref }, {}, { ...hurriedLogs, streams: 2 });
    await until('the count', () => log.state?.left === 2);
    await log.untilLines(2);
    assert.deepEqual(new Set(log.lines.map(({ container }) => container)), new Set(['a', 'b']));
    await log.stop();
    await remove(ref);
  });
});

test('a person who may not read logs is told', async () => {
  const ref = await createPod('secret', [shell('app', image, 'sleep 600')]);
  const reader = await sessionWithoutRights(session, cluster.kubeconfig);
  const error = await failureOf(new Collected(reader, { ref }).done);
  assert.equal(error.code, 'forbidden');
  await remove(ref);
});
