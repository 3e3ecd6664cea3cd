import type { LogEntry, LogOptions, LogSink, LogState } from '../../cluster/index.ts';
import { isCancellation, isExplained } from '../../platform/failure.ts';
import type { LogAddress } from './address.ts';
import { LogBuffer } from './buffer.ts';
import { FilterTooSlowError, type LogFilter } from './filter.ts';
import { headOf } from './head.ts';
import { firstChoices, type LogChoices, type LogLook } from './look.ts';
import { render, renderRaw, type Rendering } from './rendering.ts';

/** Lines of each container that are there when a log is opened. */
const tailLines = 1_000;
/** The document is not read: an editor that is out of sight, or is slow, is not waited for any longer. */
const unreadMs = 2_000;

export interface OpenLogOptions {
  readonly address: LogAddress;
  readonly maxLines: number;
  readonly translate: (template: string) => string;
  /** What was chosen of this log before the window was loaded anew; null: nothing. */
  readonly look: LogLook | null;
  /** Reads the log until it ends or is aborted. */
  follow(
    address: LogAddress,
    options: LogOptions,
    containers: readonly string[] | null,
    sink: LogSink,
  ): Promise<void>;
  /** The document has another text. */
  onText(): void;
  /** What is said about the log is another. */
  onState(): void;
  /** Something else was chosen. */
  onLook(look: LogLook): void;
  /** The filter was dropped: it takes too long. */
  onFilterTooSlow(): void;
}

/** A log that is open in an editor: its lines, and the text the editor sees of them. */
export class OpenLog {
  readonly address: LogAddress;
  readonly #options: OpenLogOptions;
  readonly #buffer: LogBuffer;
  #choices: LogChoices;
  #filter: LogFilter | null;
  #state: LogState | null = null;
  #failure: unknown = null;
  #run: AbortController | null = null;
  #begun = false;
  #rendering: Rendering;
  /** What the editor reads. */
  #head = Buffer.alloc(0);
  #body = Buffer.alloc(0);
  /** Whether the body is the buffer's, but for lines that were added and dropped. */
  #continued = false;
  #unreadSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #visible = true;
  #behind = false;
  #handed = 0;
  #drawing = 0;

  constructor(options: OpenLogOptions) {
    this.address = options.address;
    this.#options = options;
    this.#choices = options.look?.choices ?? firstChoices;
    this.#filter = options.look?.filter ?? null;
    this.#rendering = this.#renderingOf(false);
    this.#buffer = new LogBuffer({
      maxLines: options.maxLines,
      filter: this.#filter,
      render: (entry) => render(entry, this.#rendering),
    });
    this.#publish();
  }

  get choices(): LogChoices {
    return this.#choices;
  }

  get filter(): LogFilter | null {
    return this.#filter;
  }

  /** null before anything is known. */
  get state(): LogState | null {
    return this.#state;
  }

  /** Why following ended before its time; null when it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Whether it was ever asked for: after a window reload it was not. */
  get begun(): boolean {
    return this.#begun;
  }

  get running(): boolean {
    return this.#run !== null;
  }

  get size(): number {
    return this.#head.length + this.#body.length;
  }

  /** Bytes that changed since this was last set to 0: an editor remembers all of them, to undo them. */
  get handed(): number {
    return this.#handed;
  }

  forgetHanded(): void {
    this.#handed = 0;
  }

  /** The document's text. */
  read(): Buffer {
    this.#unreadSince = null;
    return Buffer.concat([this.#head, this.#body]);
  }

  /** Begins to follow, from the start. */
  start(): void {
    this.#stop();
    this.#buffer.clear();
    this.#continued = false;
    this.#failure = null;
    this.#state = null;
    this.#begun = true;
    const run = new AbortController();
    this.#run = run;
    void this.#follow(run);
    this.#change();
    this.#options.onState();
  }

  /** The person closed it: should its document come back, nothing of this is left. */
  forget(): void {
    this.#stop();
    this.#choices = firstChoices;
    this.#filter = null;
    this.#begun = false;
    this.#state = null;
    this.#failure = null;
    this.clear();
    void this.#redraw();
  }

  /** Whether an editor shows it: what nobody sees is not drawn. */
  set visible(visible: boolean) {
    this.#visible = visible;
    if (visible && this.#behind) this.#change();
  }

  /** Some choices ask for other lines, the rest only for another look. */
  async choose(change: Partial<LogChoices>): Promise<void> {
    const before = this.#choices;
    this.#choices = { ...before, ...change };
    this.#tellLook();
    if ('timestamps' in change && Object.keys(change).length === 1) await this.#redraw();
    else this.start();
  }

  async setFilter(filter: LogFilter | null): Promise<void> {
    this.#filter = filter;
    this.#tellLook();
    this.#options.onState();
    await this.#redraw();
  }

  /** Forgets the lines so far; those to come are shown. */
  clear(): void {
    this.#buffer.clear();
    this.#continued = false;
    this.#change();
  }

  /** The lines that are shown, as they were written. */
  raw(): string {
    const lines: string[] = [];
    for (const entry of this.#buffer.shown()) {
      const line = renderRaw(entry, this.#rendering);
      if (line !== null) lines.push(`${line}\n`);
    }
    return lines.join('');
  }

  dispose(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#visible = false;
  }

  #stop(): void {
    this.#run?.abort();
    this.#run = null;
  }

  async #follow(run: AbortController): Promise<void> {
    const { sinceSeconds, everything, previous, containers } = this.#choices;
    const options: LogOptions = {
      signal: run.signal,
      previous,
      ...(sinceSeconds !== null && { sinceSeconds }),
      ...(sinceSeconds === null && !everything && { tailLines: Math.min(tailLines, this.#options.maxLines) }),
    };
    const sink: LogSink = {
      entries: (entries) => {
        if (!run.signal.aborted) this.#append(entries);
      },
      state: (state) => {
        if (!run.signal.aborted) this.#take(state);
      },
    };
    try {
      await this.#options.follow(this.address, options, containers, sink);
    } catch (error) {
      if (run.signal.aborted || isCancellation(error)) return;
      this.#failure = error;
      const note = isExplained(error) ? error.explanation : { template: String(error), args: [] };
      this.#append([{ pod: '', container: '', note }]);
    }
    if (this.#run === run) this.#run = null;
    this.#options.onState();
  }

  #take(state: LogState): void {
    this.#state = state;
    const rendering = this.#renderingOf(state.manyContainers);
    const other = rendering.containers !== this.#rendering.containers;
    if (other) void this.#redraw();
    this.#options.onState();
  }

  #append(entries: readonly LogEntry[]): void {
    try {
      this.#buffer.append(entries);
    } catch (error) {
      this.#dropFilter(error);
    }
    this.#change();
  }

  /** Draws everything anew. */
  async #redraw(): Promise<void> {
    this.#rendering = this.#renderingOf(this.#state?.manyContainers ?? false);
    this.#drawing += 1;
    try {
      await this.#buffer.show(this.#filter);
    } catch (error) {
      this.#dropFilter(error);
    } finally {
      this.#drawing -= 1;
    }
    this.#continued = false;
    this.#change();
  }

  #dropFilter(error: unknown): void {
    if (!(error instanceof FilterTooSlowError)) throw error;
    if (this.#filter === null) return;
    this.#filter = null;
    this.#tellLook();
    this.#options.onState();
    this.#options.onFilterTooSlow();
    void this.#redraw();
  }

  #tellLook(): void {
    this.#options.onLook({ choices: this.#choices, filter: this.#filter });
  }

  #renderingOf(containers: boolean): Rendering {
    const { name, kind, container } = this.address;
    return {
      timestamps: this.#choices.timestamps,
      pods: kind === 'Pod' ? null : { common: `${name}-` },
      containers: containers && container === undefined,
      translate: this.#options.translate,
    };
  }

  /** The text is another: the editor hears of it, but not too often. */
  #change(): void {
    this.#behind = true;
    if (!this.#visible) return;
    // The editor reads the whole of it each time.
    const wait = this.size < 200_000 ? 100 : this.size < 1_000_000 ? 200 : 350;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const waited = this.#unreadSince === null ? Infinity : Date.now() - this.#unreadSince;
      if (!this.#visible) return;
      // Half of it may be drawn in the old way still.
      if (waited < unreadMs || this.#drawing > 0) this.#change();
      else this.#publish();
    }, wait);
  }

  /**
   * Hands a new text to the editor, which looks for what is alike at both ends: lines dropped at the start and lines
   * added at the end are told apart, so it never has to replace everything.
   */
  #publish(): void {
    const dropped = this.#buffer.takeDroppedBytes();
    this.#head = Buffer.from(`${headOf(this, this.#buffer.dropped, this.#options.translate)}\n`);
    const before = this.#body.length;
    if (this.#continued && dropped > 0 && dropped < before) {
      this.#body = this.#body.subarray(dropped);
      this.#handed += dropped;
      this.#change();
    } else {
      this.#body = Buffer.concat(this.#buffer.pieces());
      const { length } = this.#body;
      this.#handed += this.#continued && dropped === 0 ? length - before : length + before;
      this.#behind = false;
    }
    this.#continued = true;
    this.#unreadSince = Date.now();
    this.#options.onText();
  }
}
