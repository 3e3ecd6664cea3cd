import { message, type Message } from '../../core/index.ts';
import { fromNetwork } from '../answers.ts';
import type { ClusterError } from '../errors.ts';
import type { ChunkStream, Session } from '../model.ts';
import { resourcePath } from '../objects.ts';
import { pods } from '../pods.ts';
import { jittered, pause } from '../store/timing.ts';
import { Cursor } from './cursor.ts';
import { LongLines } from './long-lines.ts';
import type { Lane } from './merger.ts';
import type { LogOptions, LogTuning } from './model.ts';
import type { LogContainer, LogEnding, LogPod } from './pods.ts';
import { instantOf, type Stamp, StampReader } from './stamp.ts';

/** What a container's log needs from those who follow it. */
export interface ContainerLink {
  readonly session: Session;
  readonly namespace: string;
  readonly options: LogOptions;
  readonly tuning: LogTuning;
  lane(): Lane;
  /** The pod as it is known now; null when it is gone. */
  pod(): LogPod | null;
  /** Resolves at the next change of the pod, after `ms`, or when it is over. */
  changed(ms: number, signal: AbortSignal): Promise<void>;
  /** The reading's state is another. */
  onState(): void;
}

export type ContainerPhase = 'connecting' | 'live' | 'waiting' | 'reconnecting' | 'ended';

/** One thing to do next. */
type Step =
  | { readonly do: 'end' }
  | { readonly do: 'wait'; readonly why: string; readonly words: string }
  /** `ending`: the end of the run whose log this is; null when it goes on. */
  | {
      readonly do: 'read';
      readonly previous: boolean;
      readonly follow: boolean;
      readonly ending: LogEnding | null;
    };

/** What came of a connection: new lines, none, or nobody trusted it any more. */
type Harvest = 'lines' | 'nothing' | 'given up';

/** Reasons to wait that every start has. */
const everyday = new Set(['', 'ContainerCreating', 'PodInitializing']);
/** The kubelet says nothing about a connection that is new; after this time it counts as being there. */
const silentMs = 2_000;

/**
 * The log of one container through all of its runs. Whatever ends a connection, the next one takes up after the last
 * line; a run that ended is read to its end, the next one is gone on with.
 */
export class ContainerLog {
  readonly pod: string;
  readonly name: string;
  readonly #link: ContainerLink;
  readonly #cursor: Cursor;
  #lane: Lane | null = null;
  readonly #stamps = new StampReader();
  /** False for what started only after following began: all of its log is wanted. */
  readonly #limited: boolean;
  readonly #begun = Date.now();
  #phase: ContainerPhase = 'connecting';
  #since: number | null = null;
  #error: ClusterError | null = null;
  /** Ids of runs that were read to their end, or are older than what is read now; newest last. */
  #read: string[] = [];
  #followed = false;
  /** Something was read to its end. */
  #readOnce = false;
  #failures = 0;
  /** Connections in a row that brought nothing new. */
  #quiet = 0;
  /** Longest time between two pieces of the log lately, ms. */
  #gap = 0;
  #said = '';
  #at = 0;
  /** Monotonic time at which a connection began to bring lines since the last failure; null: none did. */
  #opened: number | null = null;
  #reopen: () => void = () => undefined;

  constructor(pod: string, name: string, limited: boolean, link: ContainerLink) {
    this.pod = pod;
    this.name = name;
    this.#limited = limited;
    this.#link = link;
    this.#cursor = new Cursor(limited && link.options.tailLines !== undefined);
  }

  get phase(): ContainerPhase {
    return this.#phase;
  }

  /** ms since 1970; null unless reconnecting. */
  get since(): number | null {
    return this.#since;
  }

  get error(): ClusterError | null {
    return this.#error;
  }

  /** The machine slept or the network changed: the connection may be dead without a word. */
  reopen(): void {
    this.#reopen();
  }

  /** Resolves when nothing more will come. Rejects with a ClusterError when its log may not be read. */
  async run(): Promise<void> {
    const { signal } = this.#link.options;
    this.#lane = this.#link.lane();
    try {
      while (!signal.aborted) {
        const step = this.#next();
        if (step.do === 'end') return;
        if (step.do === 'wait') await this.#wait(step);
        else await this.#tryToRead(step);
      }
    } finally {
      this.#enter('ended');
      this.#lane.close();
    }
  }

  get #known(): LogContainer | undefined {
    return this.#link.pod()?.containers.find(({ name }) => name === this.name);
  }

  #next(): Step {
    const { options } = this.#link;
    const pod = this.#link.pod();
    const container = this.#known;
    if (pod === null || container === undefined) return { do: 'end' };
    if (options.previous === true) return this.#nextOfPrevious(container);
    const { phase, ended, before } = container;
    // A container that waits to run again shows its last run, and a run that ended meanwhile is read to its end.
    if (before !== null && !this.#read.includes(before.run) && (phase === 'waiting' || this.#followed)) {
      return { do: 'read', previous: true, follow: false, ending: before };
    }
    if (phase === 'running') {
      if (options.follow !== false) return { do: 'read', previous: false, follow: true, ending: null };
      return this.#readOnce ? { do: 'end' } : { do: 'read', previous: false, follow: false, ending: null };
    }
    if (ended !== null && !this.#read.includes(ended.run)) {
      return { do: 'read', previous: false, follow: false, ending: ended };
    }
    const over = options.follow === false || pod.done;
    return over ? { do: 'end' } : { do: 'wait', why: container.waits, words: container.words };
  }

  /** A node keeps the log of one run that is over: of a container that has just ended, that one. */
  #nextOfPrevious({ ended, before }: LogContainer): Step {
    const ending = ended ?? before;
    if (this.#readOnce || ending === null) return { do: 'end' };
    return { do: 'read', previous: ended === null, follow: false, ending };
  }

  async #wait({ why, words }: Step & { do: 'wait' }): Promise<void> {
    this.#enter('waiting');
    const name = `${this.pod}/${this.name}`;
    if (!everyday.has(why)) {
      this.#say(
        words === ''
          ? message('{0} waits: {1}', name, why)
          : message('{0} waits: {1}: {2}', name, why, words),
      );
    }
    await this.#link.changed(2 ** 31 - 1, this.#link.options.signal);
  }

  async #tryToRead(step: Step & { do: 'read' }): Promise<void> {
    const { options, tuning } = this.#link;
    try {
      const harvest = await this.#readLog(step);
      if (options.signal.aborted || harvest === 'given up') return;
      this.#failures = 0;
      if (!step.follow) return this.#finish(step.ending);
      this.#quiet = harvest === 'lines' ? 0 : this.#quiet + 1;
      // It ended, or the connection did: the pod tells, soon.
      const [first, longest] = tuning.backoff;
      const wait = Math.max(tuning.settle, jittered(Math.min(longest, first * 2 ** this.#quiet)));
      await this.#link.changed(wait, options.signal);
    } catch (error) {
      if (!options.signal.aborted) await this.#fail(error, step);
    }
  }

  #finish(ending: LogEnding | null): void {
    this.#readOnce = true;
    if (ending === null) return;
    this.#leave(ending);
    const name = `${this.pod}/${this.name}`;
    this.#say(message('{0} ended: {1}', name, wordsOf(ending)), ending.run);
  }

  /** A node keeps no more than the last runs. */
  #leave(ending: LogEnding | null): void {
    if (ending !== null && !this.#read.includes(ending.run))
      this.#read = [...this.#read.slice(-3), ending.run];
  }

  async #fail(failure: unknown, { previous, ending }: Step & { do: 'read' }): Promise<void> {
    const { session, options, tuning } = this.#link;
    const { name: context, server } = session.context;
    const error = fromNetwork(failure, { context, server });
    if (error.code === 'forbidden') throw error;
    // A run before leaves nothing where its node cleared it away.
    if (previous && error.status === 400) return this.#finish(ending);
    const opened = this.#opened;
    this.#opened = null;
    if (opened !== null && performance.now() - opened >= tuning.backoff[0]) this.#failures = 0;
    // Idle connections get cut on the way; the next attempt tells whether anything is wrong.
    if (opened !== null && error.code === 'unreachable' && this.#failures === 0) {
      this.#failures = 1;
      return;
    }
    // It has not started, or is gone already: the pod tells which.
    const waits = error.status === 400 || error.code === 'notFound';
    if (!waits) session.log.info(`Log of ${this.pod}/${this.name}: ${error.message}`);
    this.#enter(waits ? 'waiting' : 'reconnecting', error);
    const [first, longest] = tuning.backoff;
    const wait = Math.max(jittered(Math.min(longest, first * 2 ** this.#failures)), error.retryAfterMs ?? 0);
    this.#failures += 1;
    // Asking a login program again and again could open a browser again and again.
    if (error.code === 'credentialPlugin') await untilReconnected(session, options.signal);
    else if (waits) await this.#link.changed(wait, options.signal);
    else await pause(wait, options.signal);
  }

  /** Reads one connection to its end. */
  async #readLog({ previous, follow }: Step & { do: 'read' }): Promise<Harvest> {
    const { session, namespace, options } = this.#link;
    // The lines of older runs would come too late.
    if (!previous) this.#leave(this.#known?.before ?? null);
    this.#cursor.rewind();
    this.#followed ||= follow;
    const closing = new AbortController();
    this.#reopen = () => closing.abort();
    const idleMs = this.#idleMs;
    const watchdog = setTimeout(() => closing.abort(), idleMs);
    const live = setTimeout(() => this.#enter('live'), silentMs);
    try {
      const path = resourcePath(pods, namespace, this.pod, 'log');
      const query = { container: this.name, timestamps: true, follow, previous, ...this.#from() };
      const signal = AbortSignal.any([options.signal, closing.signal]);
      // The kubelet sends no headers before the first line.
      const stream = await session.chunks(path, { query, signal, ...(follow && { timeoutMs: Infinity }) });
      const heard = await this.#take(stream, follow, watchdog);
      return heard ? 'lines' : closing.signal.aborted ? this.#giveUp(idleMs) : 'nothing';
    } catch (error) {
      if (closing.signal.aborted) return this.#giveUp(idleMs);
      throw error;
    } finally {
      this.#reopen = () => undefined;
      clearTimeout(live);
      clearTimeout(watchdog);
    }
  }

  /** A log that stays silent is trusted longer the next time. */
  #giveUp(idleMs: number): Harvest {
    this.#gap = Math.max(this.#gap, idleMs);
    return 'given up';
  }

  async #take(stream: ChunkStream, follow: boolean, watchdog: NodeJS.Timeout): Promise<boolean> {
    const { tuning } = this.#link;
    const lines = new LongLines(tuning.longestLine);
    let heard = false;
    const take = (line: string, dropped: number): void => {
      if (this.#line(line, dropped)) heard = true;
    };
    let last = performance.now();
    for await (const chunk of stream) {
      this.#opened ??= performance.now();
      this.#enter('live');
      lines.push(chunk, take);
      this.#gap = Math.max(this.#gap * 0.95, performance.now() - last);
      await this.#lane?.room();
      last = performance.now();
      watchdog.refresh();
    }
    // While it is followed, a line without an end may go on over the next connection.
    if (!follow) lines.end(take);
    return heard;
  }

  #line(line: string, dropped: number): boolean {
    const stamp = this.#stamps.read(line);
    if (stamp === null) {
      // The kubelet writes its troubles with a log into the log.
      const words = line.trim();
      if (words !== '') this.#say(message('{0}: the node says: {1}', `${this.pod}/${this.name}`, words));
      return false;
    }
    if (!this.#cursor.take(stamp)) return false;
    this.#said = '';
    this.#push(stamp, line.slice(stamp.end).replace(/\r$/, ''), dropped);
    return true;
  }

  #push(stamp: Stamp, text: string, dropped: number): void {
    this.#at = instantOf(stamp);
    const { pod, name: container } = this;
    this.#lane?.push({ pod, container, time: stamp.text, text, dropped }, this.#at);
  }

  /** From where on to read. */
  #from(): Record<string, string | number | undefined> {
    const { since } = this.#cursor;
    if (since !== null) return { sinceTime: since };
    const { sinceSeconds, sinceTime, tailLines } = this.#link.options;
    if (!this.#limited) return {};
    if (sinceSeconds === undefined) return { sinceTime, tailLines };
    const asked = Math.ceil((Date.now() - this.#begun) / 1000);
    return { sinceSeconds: sinceSeconds + asked, tailLines };
  }

  /** A log that spoke every second is suspicious after ten; one that speaks by the hour never is. */
  get #idleMs(): number {
    const [shortest, longest] = this.#link.tuning.idle;
    const usual = this.#gap === 0 ? longest : this.#gap * 8;
    return jittered(Math.min(longest, Math.max(shortest, usual))) + shortest / 2;
  }

  /** Says something among the lines; the same thing about the same run is not said twice in a row. */
  #say(note: Message, run = ''): void {
    const text = JSON.stringify([note, run]);
    if (text === this.#said) return;
    this.#said = text;
    this.#lane?.push({ pod: this.pod, container: this.name, note }, this.#at || Date.now());
  }

  #enter(phase: ContainerPhase, error: ClusterError | null = null): void {
    if (this.#phase === 'ended' || (phase === this.#phase && phase !== 'reconnecting')) return;
    this.#phase = phase;
    this.#since = phase === 'reconnecting' ? (this.#since ?? Date.now()) : null;
    this.#error = phase === 'reconnecting' ? error : null;
    this.#link.onState();
  }
}

/** `Error, exit 3`. */
function wordsOf({ reason, exitCode }: LogEnding): string | Message {
  if (exitCode === null) return reason;
  return reason === '' ? message('exit {0}', exitCode) : message('{0}, exit {1}', reason, exitCode);
}

function untilReconnected(session: Session, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      reconnected.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const reconnected = session.onDidReconnect(done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
