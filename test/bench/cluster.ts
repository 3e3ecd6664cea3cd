/**
 * Ten thousand pods on a real API server, shown by our store and by the client library's informer, each in a process
 * of its own: what the first list costs, and what the events that follow do.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../src/cluster/index.ts';
import type { Report } from '../harness/cache.ts';
import type { ListSample, Reading, WatcherName } from './cluster-watcher.ts';
import type { Comparison } from './comparison.ts';
import { changePods, namespace, withPods } from './pods.ts';

const podCount = 10_000;
/** Lists of each. */
const rounds = 3;
const changesPerSecond = 500;
/** The watching is measured in slices of this length, in ms. */
const slice = 2000;
const slices = 5;

const sides = ['ours', 'theirs'] as const satisfies readonly WatcherName[];
type Samples<T> = Readonly<Record<WatcherName, T[]>>;

export async function cluster(report: Report): Promise<readonly Comparison[]> {
  return withPods(podCount, report, async (kubeconfig, session) => {
    report(`listing them ${rounds} times each`);
    const lists: Samples<ListSample> = { ours: [], theirs: [] };
    for (let round = 0; round < rounds; round++) {
      await withWatchers(kubeconfig, (watchers) => {
        for (const side of sides) lists[side].push(watchers[side].list);
        return Promise.resolve();
      });
    }
    report(`changing ${changesPerSecond} of them a second`);
    const watches: Samples<Reading> = { ours: [], theirs: [] };
    await withWatchers(kubeconfig, (watchers) => watchChanges(session, watchers, watches));
    const heard = watches.ours.reduce((sum, { events }) => sum + events, 0);
    report(`${Math.round((1000 * heard) / (slices * slice))} a second were made and heard of`);
    return [...listComparisons(lists), watchComparison(watches)];
  });
}

const against = "client-node's informer";

function listComparisons({ ours, theirs }: Samples<ListSample>): readonly Comparison[] {
  const compare = (what: string, unit: string, of: (sample: ListSample) => number): Comparison => ({
    name: `list ${podCount.toLocaleString('en')} pods, ${what}`,
    against,
    unit,
    ours: ours.map(of),
    theirs: theirs.map(of),
  });
  return [
    { ...compare('CPU', 'ms', ({ cpuMs }) => cpuMs), target: 0.5 },
    compare('elapsed', 'ms', ({ wallMs }) => wallMs),
    compare('longest block', 'ms', ({ blockMs }) => blockMs),
    { ...compare('memory kept', 'MB', ({ keptMb }) => keptMb), target: 0.1 },
    compare('peak of memory', 'MB', ({ peakMb }) => peakMb),
  ];
}

function watchComparison({ ours, theirs }: Samples<Reading>): Comparison {
  const perEvent = ({ cpuMs, events }: Reading): number => (1000 * cpuMs) / events;
  return {
    name: 'watch, CPU an event',
    against,
    unit: 'µs',
    ours: ours.map(perEvent),
    theirs: theirs.map(perEvent),
  };
}

/** Both watch the same changes at the same time. */
async function watchChanges(
  session: Session,
  watchers: Readonly<Record<WatcherName, Watcher>>,
  into: Samples<Reading>,
): Promise<void> {
  const stop = new AbortController();
  const changing = changePods(session, podCount, changesPerSecond, stop.signal);
  try {
    for (let number = 0; number < slices; number++) {
      for (const side of sides) await watchers[side].read();
      await Promise.race([sleep(slice), changing]);
      for (const side of sides) into[side].push(await watchers[side].read());
    }
  } finally {
    stop.abort();
    await changing;
  }
}

async function withWatchers(
  kubeconfig: string,
  use: (watchers: Readonly<Record<WatcherName, Watcher>>) => Promise<void>,
): Promise<void> {
  const ours = await Watcher.start('ours', kubeconfig);
  try {
    const theirs = await Watcher.start('theirs', kubeconfig);
    try {
      await use({ ours, theirs });
    } finally {
      await theirs.stop();
    }
  } finally {
    await ours.stop();
  }
}

/** A process that shows the pods. */
class Watcher {
  readonly list: ListSample;
  readonly #child: ChildProcess;
  readonly #ended: Promise<never>;
  #last: Reading = { cpuMs: 0, events: 0 };

  private constructor(child: ChildProcess, ended: Promise<never>, list: ListSample) {
    this.#child = child;
    this.#ended = ended;
    this.list = list;
  }

  /** Resolves when it has listed all pods. */
  static async start(name: WatcherName, kubeconfig: string): Promise<Watcher> {
    const script = join(import.meta.dirname, 'cluster-watcher.ts');
    const child = fork(script, [name, kubeconfig, namespace], { execArgv: ['--expose-gc'] });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`The watcher of ${name} ended with ${String(code)}.`);
    });
    // Heard by whoever waits for an answer at that time; the end that `stop` brings about, by nobody.
    ended.catch(() => undefined);
    const list = (await answerOf(child, ended)) as ListSample;
    if (list.pods !== podCount) throw new Error(`${name} listed ${list.pods} of ${podCount} pods.`);
    return new Watcher(child, ended, list);
  }

  /** What it used and heard of since the last reading. */
  async read(): Promise<Reading> {
    const answer = answerOf(this.#child, this.#ended);
    this.#child.send('read');
    const now = (await answer) as Reading;
    const last = this.#last;
    this.#last = now;
    return { cpuMs: now.cpuMs - last.cpuMs, events: now.events - last.events };
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended.catch(() => undefined);
  }
}

async function answerOf(child: ChildProcess, ended: Promise<never>): Promise<unknown> {
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as unknown[];
  return answer;
}
