import { setImmediate } from 'node:timers/promises';
import type { Disposable } from '../../platform/disposables.ts';
import { fromNetwork, fromStatus } from '../answers.ts';
import { ClusterError, type ClusterErrorCode, unreadableAnswer } from '../errors.ts';
import type { KubeObject, LineStream, Session, StoreQuery } from '../model.ts';
import { keyOf, metaOf, resourcePath } from '../objects.ts';
import { parseObject } from './managed-fields.ts';
import { Expired, isGone, type ListRequest, newestVersion, originOf, readList } from './pages.ts';
import { type Pulse, type PulseMember, pulseOf } from './pulse.ts';
import { backoffMs, jittered, pause, type StoreTuning, within } from './timing.ts';

/** Receives what the reflector learns, in order. */
export interface ReflectorSink {
  upsert(object: KubeObject): void;
  remove(object: KubeObject): void;
  /** A part of a list is in: worth showing at once. */
  page(): void;
  /** A list is complete: whatever is not among `keys` is gone. */
  listed(keys: ReadonlySet<string>): void;
  /** The connection is there: the rows equal the cluster's. */
  live(): void;
  /** The rows may be out of date, for `silentMs` already; the reflector tries again by itself. */
  failed(error: ClusterError, silentMs: number): void;
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

/**
 * Failures after which nothing is tried until a person wants it: a login program asked again and again could open a
 * browser each time, and an answer that is too long is as long the next time.
 */
const personal: ReadonlySet<ClusterErrorCode> = new Set(['credentialPlugin', 'answerTooLong']);
/** Lists made in place of a refused watch before it is asked for again: a right may be new, a refusal a mishap. */
const pollsToARefusal = 5;
/** How long a watch is read on while others wait for their turn, in ms. */
const turnMs = 8;
/** One list in the place of a watch is followed by a pause so many times as long, if not longer. */
const pauseToAPoll = 20;

/**
 * Lists, then watches, for ever. A watch that ended, or was silent for too long, is resumed where it stopped; an
 * expired version is listed again without anything being cleared; any other failure waits, longer each time.
 */
export class Reflector implements PulseMember, Disposable {
  readonly #session: Session;
  readonly #query: StoreQuery;
  readonly #sink: ReflectorSink;
  readonly #tuning: StoreTuning;
  readonly #path: string;
  readonly #pulse: Pulse;
  readonly #membership: Disposable;
  /** The run in progress; a new one is made by `restart`, and what the old one still learns is dropped. */
  #run = new AbortController();
  #failures = 0;
  /** Expired versions in a row: one is everyday, a server that calls each of its answers expired is not. */
  #expiries = 0;
  /** Monotonic time at which a watch was opened since the last failure; null: none was. */
  #opened: number | null = null;
  /** The last attempt failed. */
  #failing = false;
  /** Version up to which the sink knows everything; null: list first. */
  #version: string | null = null;
  /** Lists to make before watching, which was refused, is tried again; 0: watch. */
  #polls = 0;
  /** How long the last list took. */
  #listMs = 0;
  #stream: LineStream | null = null;
  /** Monotonic time of the watch's last sign of life. */
  #heard = 0;
  /** The watch was given up for its silence, and no other one is open yet. */
  #silent = false;
  /** Nothing happened while the last watch was open. */
  #quiet = false;
  /** The last watch did not end as watches do: whoever answers next may be another cluster, or one of yesterday. */
  #unsure = false;
  /** The wait for an attempt that may as well be made at once. */
  #waiting: AbortController | null = null;

  constructor(session: Session, query: StoreQuery, sink: ReflectorSink, tuning: StoreTuning) {
    this.#session = session;
    this.#query = query;
    this.#sink = sink;
    this.#tuning = tuning;
    this.#path = resourcePath({ ...query, namespaced: query.namespace !== null }, query.namespace);
    this.#pulse = pulseOf(session);
    this.#membership = this.#pulse.join(this);
    void this.#loop(this.#run.signal);
  }

  /** Lists again at once, whatever it was doing or waiting for. */
  restart(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#failures = 0;
    this.#expiries = 0;
    this.#opened = null;
    this.#version = null;
    this.#polls = 0;
    void this.#loop(this.#run.signal);
  }

  doubt(): void {
    if (performance.now() - this.#heard > this.#tuning.doubt) this.#giveUpWatch();
  }

  hope(): void {
    this.#waiting?.abort();
  }

  wake(): void {
    this.#giveUpWatch();
    this.#waiting?.abort();
  }

  dispose(): void {
    this.#membership.dispose();
    this.#run.abort();
  }

  async #loop(run: AbortSignal): Promise<void> {
    while (!run.aborted) {
      try {
        if (this.#version === null) await this.#list(run);
        if (run.aborted) return;
        if (this.#polls === 0) await this.#watch(run);
        else await this.#waitToPoll(run);
      } catch (error) {
        if (run.aborted) return;
        if (error instanceof Expired) await this.#expire(run);
        else await this.#fail(fromNetwork(error, originOf(this.#session)), run);
      }
    }
  }

  /** Lists again: at once the first time. */
  async #expire(run: AbortSignal): Promise<void> {
    this.#version = null;
    if (this.#expiries > 0) await pause(backoffMs(this.#tuning, this.#expiries - 1, null), run);
    if (!run.aborted) this.#expiries += 1;
  }

  /** Says what is wrong and waits: until the next attempt, or until nothing but a restart can help. */
  async #fail(error: ClusterError, run: AbortSignal): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    this.#unsure = true;
    if (opened !== null && performance.now() - opened >= this.#tuning.backoff[0]) this.#failures = 0;
    // Idle connections get cut on the way; the next attempt tells whether anything is wrong.
    if (opened !== null && error.code === 'unreachable' && this.#failures === 0) {
      this.#failures = 1;
      return;
    }
    this.#failing = true;
    this.#sink.failed(error, this.#silent ? performance.now() - this.#heard : 0);
    if (error.code === 'unreachable' || error.code === 'timeout') this.#pulse.lost(this);
    if (personal.has(error.code)) return pause(2 ** 31 - 1, run);
    const wait = error.retryable
      ? backoffMs(this.#tuning, this.#failures, error.retryAfterMs)
      : jittered(this.#tuning.hopeless);
    this.#failures += 1;
    if (error.retryable && error.retryAfterMs === null) await this.#hopefulPause(wait, run);
    else await pause(wait, run);
  }

  /** A pause that is over as soon as another reflector of the session comes through, or the machine wakes up. */
  async #hopefulPause(ms: number, run: AbortSignal): Promise<void> {
    const waiting = new AbortController();
    this.#waiting = waiting;
    await pause(ms, AbortSignal.any([run, waiting.signal]));
    if (this.#waiting === waiting) this.#waiting = null;
  }

  #live(): void {
    this.#silent = false;
    this.#sink.live();
    if (!this.#failing) return;
    this.#failing = false;
    this.#pulse.found(this);
  }

  async #list(run: AbortSignal): Promise<void> {
    const started = performance.now();
    const keys = new Set<string>();
    const version = await readList(this.#request(run), {
      item: (item) => {
        if (run.aborted) return;
        keys.add(keyOf(item));
        this.#sink.upsert(item);
      },
      page: () => {
        if (!run.aborted) this.#sink.page();
      },
    });
    if (run.aborted) return;
    this.#sink.listed(keys);
    this.#version = version;
    this.#unsure = false;
    this.#failures = 0;
    this.#listMs = performance.now() - started;
    this.#live();
  }

  #request(signal: AbortSignal): ListRequest {
    return {
      session: this.#session,
      path: this.#path,
      query: this.#query,
      tuning: this.#tuning,
      signal,
    };
  }

  async #waitToPoll(run: AbortSignal): Promise<void> {
    await this.#hopefulPause(Math.max(jittered(this.#tuning.poll), pauseToAPoll * this.#listMs), run);
    if (run.aborted) return;
    this.#polls -= 1;
    this.#version = null;
  }

  async #watch(run: AbortSignal): Promise<void> {
    if (this.#unsure) await this.#verifyVersion(run);
    if (run.aborted) return;
    const stream = await this.#openWatch(run);
    if (stream === null) return;
    if (run.aborted) return stream.close();
    this.#stream = stream;
    const opened = performance.now();
    this.#opened = opened;
    this.#heard = opened;
    this.#live();
    const watchdog = setTimeout(() => {
      this.#quiet = true;
      this.#giveUpWatch();
    }, this.#tuning.idle);
    let events = 0;
    let turn = opened;
    try {
      for await (const lines of stream) {
        if (run.aborted) return;
        watchdog.refresh();
        this.#heard = performance.now();
        for (const line of lines) if (this.#take(this.#parse(line))) events += 1;
        this.#failures = 0;
        this.#expiries = 0;
        // What has arrived meanwhile would be read on without a break.
        if (performance.now() - turn > turnMs) {
          await setImmediate();
          turn = performance.now();
        }
      }
      if (run.aborted) return;
      if (!this.#silent) this.#quiet = events === 0;
    } finally {
      clearTimeout(watchdog);
      stream.close();
      if (this.#stream === stream) this.#stream = null;
    }
    // A server that closes every watch at once must not be asked as fast as it can answer.
    if (this.#heard === opened && performance.now() - opened < this.#tuning.backoff[0]) {
      await pause(backoffMs(this.#tuning, this.#failures++, null), run);
    }
  }

  /**
   * A cluster made anew at the same address, or restored from a backup, counts from a lower version: it takes a watch
   * from one it has not reached yet, and says nothing until it has. Throws Expired then.
   */
  async #verifyVersion(run: AbortSignal): Promise<void> {
    const newest = await newestVersion(this.#request(run));
    // The version and the doubt are those of another run by now.
    if (run.aborted) return;
    if (Number(newest) < Number(this.#version)) throw new Expired();
    this.#unsure = false;
  }

  /** null: it is not allowed, or there is no such thing. */
  async #openWatch(run: AbortSignal): Promise<LineStream | null> {
    const { labelSelector, fieldSelector } = this.#query;
    const seconds = within(this.#quiet ? this.#tuning.quietSeconds : this.#tuning.watchSeconds);
    try {
      return await this.#session.stream(this.#path, {
        query: {
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.#version ?? undefined,
          timeoutSeconds: Math.round(seconds),
          labelSelector,
          fieldSelector,
        },
        signal: run,
        timeoutMs: this.#tuning.opening,
      });
    } catch (error) {
      if (run.aborted) return null;
      if (isGone(error)) throw new Expired();
      // Listing worked: some roles and some APIs allow no more than that.
      if (!isUnwatchable(error)) throw error;
      this.#polls = pollsToARefusal;
      return null;
    }
  }

  #giveUpWatch(): void {
    if (this.#stream === null) return;
    this.#silent = true;
    this.#unsure = true;
    this.#stream.close();
  }

  #parse(line: string): WatchEvent {
    try {
      return parseObject(line) as WatchEvent;
    } catch (error) {
      throw unreadableAnswer(originOf(this.#session), error);
    }
  }

  /** Whether anything happened. */
  #take({ type, object }: WatchEvent): boolean {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        this.#sink.upsert(object);
        break;
      case 'DELETED':
        this.#sink.remove(object);
        break;
      case 'BOOKMARK':
        break;
      case 'ERROR': {
        const code = typeof object.code === 'number' ? object.code : 500;
        if (code === 410) throw new Expired();
        throw fromStatus(code, JSON.stringify(object), undefined, originOf(this.#session));
      }
      default:
        return false;
    }
    this.#version = metaOf(object).resourceVersion ?? this.#version;
    return type !== 'BOOKMARK';
  }
}

function isUnwatchable(error: unknown): boolean {
  return error instanceof ClusterError && (error.status === 403 || error.status === 405);
}
