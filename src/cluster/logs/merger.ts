import type { LogEntry, LogSink, LogTuning } from './model.ts';

/** The entries of one container on their way, in its own order. */
export interface Lane {
  /** `at`: ms since 1970 by the node's clock. Resolves when there is room for more. */
  push(entry: LogEntry, at: number): void;
  room(): Promise<void>;
  /** Nothing more comes; what is held is still handed over. */
  close(): void;
}

/** Entries taken at a time; between two of them others get their turn. */
const batch = 1_000;

/** Characters of a line that count as one entry. */
const ordinaryLength = 2_048;

interface Held {
  readonly entry: LogEntry;
  /** Of an entry of an ordinary length 1; a long one takes the room of several. */
  readonly weight: number;
  /** No earlier than that of the entry before it. */
  readonly at: number;
  /** ms of a clock that only goes forward. */
  readonly arrived: number;
}

/**
 * Merges the logs of several containers by time. An entry is held for a moment, in which older ones of the others
 * may come; the order within a container is never changed. With one container nothing is held.
 */
export class Merger {
  readonly #take: LogSink['entries'];
  readonly #tuning: LogTuning;
  readonly #lanes = new Set<Queue>();
  /** Weight of all that is held. */
  #held = 0;
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #waiting: (() => void)[] = [];
  #failed: (error: unknown) => void = () => undefined;
  /** Rejects when the taker threw. */
  readonly failure: Promise<never>;
  #disposed = false;

  constructor(take: LogSink['entries'], tuning: LogTuning) {
    this.#take = take;
    this.#tuning = tuning;
    this.failure = new Promise((_, reject) => {
      this.#failed = reject;
    });
    // Whoever does not wait for it has ended already.
    this.failure.catch(() => undefined);
  }

  lane(): Lane {
    const queue = new Queue();
    this.#lanes.add(queue);
    return {
      push: (entry, at) => {
        if (this.#disposed) return;
        const weight = weightOf(entry);
        queue.push({ entry, weight, at, arrived: performance.now() });
        this.#held += weight;
        this.#schedule(this.#tuning.flush);
      },
      room: () => this.#room(),
      close: () => {
        queue.closed = true;
        if (queue.head === null) this.#lanes.delete(queue);
      },
    };
  }

  /** Hands over all that is held. */
  async finish(): Promise<void> {
    while (!this.#disposed && (this.#held > 0 || this.#busy)) {
      if (this.#busy) await this.#room(0);
      else await this.#drain(true);
    }
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#lanes.clear();
    this.#held = 0;
    this.#wake();
  }

  #room(limit = this.#tuning.held): Promise<void> {
    if (this.#disposed || (this.#held <= limit && limit > 0)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #schedule(ms: number): void {
    if (this.#disposed || this.#busy) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#drain(false);
    }, ms);
  }

  async #drain(all: boolean): Promise<void> {
    this.#busy = true;
    try {
      for (;;) {
        const entries = this.#due(all);
        if (entries.length === 0) break;
        await this.#take(entries);
        if (this.#disposed) return;
        if (this.#held <= this.#tuning.held / 2) this.#wake();
        if (entries.length === batch) await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      this.dispose();
      this.#failed(error);
    } finally {
      this.#busy = false;
      if (this.#held <= this.#tuning.held) this.#wake();
      if (this.#held > 0) this.#schedule(this.#tuning.flush);
    }
  }

  /** The oldest entries that need wait no longer, oldest first. */
  #due(all: boolean): LogEntry[] {
    const now = performance.now();
    const entries: LogEntry[] = [];
    while (entries.length < batch) {
      const oldest = this.#oldest();
      if (oldest?.head == null) break;
      const waited = now - oldest.head.arrived;
      const full = this.#held > this.#tuning.held;
      if (!all && !full && this.#lanes.size > 1 && waited < this.#tuning.reorder) break;
      entries.push(oldest.head.entry);
      this.#held -= oldest.head.weight;
      oldest.shift();
      if (oldest.closed && oldest.head === null) this.#lanes.delete(oldest);
    }
    return entries;
  }

  #oldest(): Queue | null {
    let oldest: Queue | null = null;
    let at = Infinity;
    for (const queue of this.#lanes) {
      if (queue.head === null || queue.head.at >= at) continue;
      oldest = queue;
      at = queue.head.at;
    }
    return oldest;
  }
}

function weightOf(entry: LogEntry): number {
  return 'text' in entry ? 1 + Math.floor(entry.text.length / ordinaryLength) : 1;
}

/** First in, first out, without moving what is left at every step. */
class Queue {
  closed = false;
  #items: Held[] = [];
  #next = 0;
  #last = -Infinity;

  get head(): Held | null {
    return this.#items[this.#next] ?? null;
  }

  push(held: Held): void {
    this.#last = Math.max(this.#last, held.at);
    this.#items.push({ ...held, at: this.#last });
  }

  shift(): void {
    this.#next += 1;
    if (this.#next === this.#items.length || this.#next > 2_000) {
      this.#items = this.#items.slice(this.#next);
      this.#next = 0;
    }
  }
}
