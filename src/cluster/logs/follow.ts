import { message } from '../../core/index.ts';
import { Disposables } from '../../platform/disposables.ts';
import { objectGone } from '../errors.ts';
import type { Session } from '../model.ts';
import { onWake } from '../transport/wake.ts';
import { ContainerLog } from './container-log.ts';
import { Merger } from './merger.ts';
import {
  type LogOptions,
  type LogSink,
  type LogSource,
  type LogState,
  type LogTuning,
  logTuning,
} from './model.ts';
import type { LogPod, PodSource } from './pods.ts';
import { openPods } from './source.ts';

/** A state is told so long after the first change. */
const stateMs = 100;
/** Between looks whether a Job makes more pods. */
const overMs = 2_000;

/**
 * Follows the logs of a pod, or of all pods that a workload has and will have, merged by time. Every line comes
 * once, whatever happens to the connections; what a node has cleared away before it could be read is missing.
 * Resolves when nothing more will come, or the signal is aborted. Rejects with a ClusterError when the pods or their
 * logs may not be read, and with whatever the sink throws.
 */
export async function followLogs(
  session: Session,
  source: LogSource,
  options: LogOptions,
  sink: LogSink,
  tuning: LogTuning = logTuning,
): Promise<void> {
  const signal = AbortSignal.any([options.signal, session.closed]);
  const follower = new Follower(session, source, { ...options, signal }, sink, tuning);
  try {
    await follower.run();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    follower.dispose();
  }
}

class Follower {
  readonly #session: Session;
  readonly #source: LogSource;
  readonly #options: LogOptions;
  readonly #sink: LogSink;
  readonly #tuning: LogTuning;
  readonly #owned = new Disposables();
  readonly #ending = new AbortController();
  readonly #merger: Merger;
  /** By the pod's UID and the container's name. */
  readonly #logs = new Map<string, ContainerLog>();
  readonly #running = new Set<ContainerLog>();
  /** Containers for which there is no room, oldest first. */
  #queue: string[] = [];
  #pods: PodSource | null = null;
  #gone = false;
  /** The pods that are there now were there when following began. */
  #first = true;
  readonly #changed = new Set<() => void>();
  #fail: (error: unknown) => void = () => undefined;
  #stateTimer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(session: Session, source: LogSource, options: LogOptions, sink: LogSink, tuning: LogTuning) {
    this.#session = session;
    this.#source = source;
    this.#options = { ...options, signal: AbortSignal.any([options.signal, this.#ending.signal]) };
    this.#sink = sink;
    this.#tuning = tuning;
    this.#merger = this.#owned.own(new Merger((entries) => sink.entries(entries), tuning));
    this.#owned.own({ dispose: () => this.#ending.abort() });
    this.#owned.own(
      onWake(() => {
        for (const log of this.#running) log.reopen();
      }),
    );
  }

  async run(): Promise<void> {
    const { signal } = this.#options;
    if (signal.aborted) return;
    this.#tell();
    const failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const aborted = new Promise<void>((resolve) => {
      const onAbort = (): void => resolve();
      signal.addEventListener('abort', onAbort, { once: true });
    });
    await Promise.race([this.#follow(), failed, this.#merger.failure, aborted]);
  }

  dispose(): void {
    this.#owned.dispose();
    clearTimeout(this.#stateTimer);
    this.#wake();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#options;
    const { ref } = this.#source;
    const options = { signal, tuning: this.#tuning, waits: !this.#once };
    this.#pods = await openPods(this.#session, ref, options, () => this.#look());
    this.#owned.own(this.#pods);
    await this.#pods.ready;
    if (ref.kind === 'Pod' && this.#pods.state.phase === 'live' && this.#pods.pods.size === 0) {
      throw objectGone(this.#session.context.name, `Pod ${ref.name}`);
    }
    this.#look();
    this.#first = false;
    await this.#untilOver(this.#pods);
    if (signal.aborted) return;
    this.#over = true;
    await this.#merger.finish();
    this.#tell();
  }

  /** What is there now, and no more. */
  get #once(): boolean {
    return this.#options.follow === false || this.#options.previous === true;
  }

  async #untilOver(pods: PodSource): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const busy = this.#running.size > 0 || this.#queue.length > 0;
      if (!busy && pods.state.phase === 'live') {
        const awaited = [...pods.pods.values()].some(({ done }) => !done);
        if (this.#once || (!awaited && (await pods.isOver()))) return;
      }
      await this.#untilChanged(busy ? 2 ** 31 - 1 : overMs, signal);
    }
  }

  /** Takes up what is new among the pods. */
  #look(): void {
    const pods = this.#pods;
    if (pods === null || this.#owned.disposed) return;
    const { state } = pods;
    if (state.phase === 'forbidden' || (state.phase === 'failed' && !state.error.retryable)) {
      return this.#fail(state.error);
    }
    for (const [key, log] of this.#logs) if (!this.#running.has(log)) this.#forget(key);
    for (const pod of [...pods.pods.values()].sort(byName)) {
      for (const { name } of pod.containers) if (this.#isWanted(name)) this.#takeUp(pod, name);
    }
    this.#start();
    this.#tellGone(pods.gone);
    this.#wake();
    this.#announce();
  }

  /** Says among the lines that the workload is no more, and that it is there again. */
  #tellGone(gone: boolean): void {
    if (gone === this.#gone) return;
    this.#gone = gone;
    const { kind, name } = this.#source.ref;
    const note = gone
      ? message(
          '{0} {1} is gone. When it is made again under this name, its log goes on here; close the log if you do not wait for that.',
          kind,
          name,
        )
      : message('{0} {1} is there again.', kind, name);
    const lane = this.#merger.lane();
    lane.push({ pod: '', container: '', note }, Date.now());
    lane.close();
  }

  #isWanted(container: string): boolean {
    return this.#source.containers?.includes(container) ?? true;
  }

  #takeUp(pod: LogPod, container: string): void {
    const key = `${pod.uid}/${container}`;
    if (this.#logs.has(key)) return;
    const link = {
      session: this.#session,
      namespace: this.#source.ref.namespace,
      options: this.#options,
      tuning: this.#tuning,
      lane: () => this.#merger.lane(),
      pod: () => this.#pods?.pods.get(pod.uid) ?? null,
      changed: (ms: number, signal: AbortSignal) => this.#untilChanged(ms, signal),
      onState: () => this.#announce(),
    };
    this.#logs.set(key, new ContainerLog(pod.name, container, this.#first, link));
    this.#queue.push(key);
  }

  #start(): void {
    while (this.#running.size < this.#tuning.streams && this.#queue.length > 0) {
      const key = this.#queue.shift() ?? '';
      const log = this.#logs.get(key);
      if (log === undefined) continue;
      this.#running.add(log);
      log
        .run()
        .catch((error: unknown) => this.#fail(error))
        .finally(() => {
          this.#running.delete(log);
          this.#forget(key);
          this.#start();
          this.#wake();
          this.#announce();
        });
    }
  }

  /** What ended is kept in mind only as long as its pod is there. */
  #forget(key: string): void {
    if (this.#pods?.pods.has(key.slice(0, key.indexOf('/'))) !== true) this.#logs.delete(key);
  }

  #untilChanged(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#changed.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
      this.#changed.add(done);
      if (signal.aborted || this.#owned.disposed) done();
    });
  }

  #wake(): void {
    for (const done of [...this.#changed]) done();
  }

  #announce(): void {
    if (this.#owned.disposed) return;
    this.#stateTimer ??= setTimeout(() => {
      this.#stateTimer = undefined;
      try {
        this.#tell();
      } catch (error) {
        this.#fail(error);
      }
    }, stateMs);
  }

  #tell(): void {
    if (!this.#owned.disposed) this.#sink.state(this.#state());
  }

  #state(): LogState {
    const logs = [...this.#running];
    const away = logs.filter(({ phase }) => phase === 'reconnecting');
    const pods = [...(this.#pods?.pods.values() ?? [])];
    const store = this.#pods?.state;
    const lost = store?.phase === 'stale' || store?.phase === 'signedOut' || store?.phase === 'failed';
    const since = Math.min(
      ...away.map((log) => log.since ?? Infinity),
      store?.phase === 'stale' ? store.since : Infinity,
    );
    return {
      phase: this.#over
        ? 'ended'
        : away.length > 0 || lost
          ? 'reconnecting'
          : store?.phase === 'live'
            ? 'live'
            : 'connecting',
      since: since === Infinity ? null : since,
      error: away.find(({ error }) => error !== null)?.error ?? (lost ? store.error : null),
      followed: logs.filter(({ phase }) => phase !== 'waiting').length,
      waiting: logs.filter(({ phase }) => phase === 'waiting').length,
      left: this.#queue.length,
      gone: this.#gone,
      manyPods: pods.length > 1,
      manyContainers: pods.some(
        ({ containers }) => containers.filter(({ name }) => this.#isWanted(name)).length > 1,
      ),
    };
  }
}

const names = new Intl.Collator('en', { numeric: true });

function byName(one: LogPod, other: LogPod): number {
  return names.compare(one.name, other.name);
}
