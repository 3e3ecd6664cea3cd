import type { LogEntry } from '../../cluster/index.ts';
import type { LogFilter } from './filter.ts';

export interface BufferOptions {
  /** Entries kept; older ones are dropped, a tenth of them at a time. */
  readonly maxLines: number;
  readonly render: (entry: LogEntry) => string;
  /** Shows only what it lets through, from the first entry on; absent or null: everything. */
  readonly filter?: LogFilter | null;
}

/** Characters kept whatever the number of lines. */
const maxCharacters = 16_000_000;

/** A run of entries and what is shown of them. */
interface Block {
  readonly entries: LogEntry[];
  characters: number;
  shown: string[];
  /** `shown` as bytes, each line with its end; null until it is asked for. */
  bytes: Buffer | null;
}

/** The newest entries of a log, and the text made of those that the filter lets through. */
export class LogBuffer {
  readonly #options: BufferOptions;
  readonly #blockSize: number;
  #blocks: Block[] = [];
  #count = 0;
  #characters = 0;
  #dropped = 0;
  #droppedBytes = 0;
  #filter: LogFilter | null;

  constructor(options: BufferOptions) {
    this.#options = options;
    this.#filter = options.filter ?? null;
    this.#blockSize = Math.max(1, Math.ceil(options.maxLines / 20));
  }

  /** Entries that are kept. */
  get count(): number {
    return this.#count;
  }

  /** Entries that no longer are. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes of shown text that were dropped since this was asked last. */
  takeDroppedBytes(): number {
    const bytes = this.#droppedBytes;
    this.#droppedBytes = 0;
    return bytes;
  }

  /** Throws FilterTooSlowError; the entries are kept nevertheless. */
  append(entries: readonly LogEntry[]): void {
    const added: (readonly [block: Block, piece: readonly LogEntry[]])[] = [];
    for (let start = 0; start < entries.length;) {
      const block = this.#open();
      const piece = entries.slice(start, start + this.#blockSize - block.entries.length);
      start += piece.length;
      this.#keep(block, piece);
      added.push([block, piece]);
    }
    try {
      for (const [block, piece] of added) block.shown.push(...this.#shownOf(piece));
    } finally {
      this.#trim();
    }
  }

  clear(): void {
    this.#blocks = [];
    this.#count = 0;
    this.#characters = 0;
    this.#dropped = 0;
    this.#droppedBytes = 0;
  }

  /**
   * Shows what a filter lets through, a block at a time: between two of them, others get their turn. Rejects with
   * FilterTooSlowError.
   */
  async show(filter: LogFilter | null): Promise<void> {
    this.#filter = filter;
    for (const block of [...this.#blocks]) {
      if (this.#filter !== filter) return;
      block.shown = this.#shownOf(block.entries);
      block.bytes = null;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** What is shown, in pieces that follow each other. */
  pieces(): readonly Buffer[] {
    return this.#blocks.map((block) => {
      block.bytes ??= Buffer.from(block.shown.map((line) => `${line}\n`).join(''));
      return block.bytes;
    });
  }

  /** The entries that are shown, oldest first. */
  *shown(): Iterable<LogEntry> {
    for (const { entries } of this.#blocks) {
      const selected = this.#select(entries);
      for (const [index, entry] of entries.entries()) if (selected[index] === true) yield entry;
    }
  }

  #open(): Block {
    const last = this.#blocks.at(-1);
    if (last !== undefined && last.entries.length < this.#blockSize) return last;
    const block: Block = { entries: [], characters: 0, shown: [], bytes: null };
    this.#blocks.push(block);
    return block;
  }

  #keep(block: Block, entries: readonly LogEntry[]): void {
    block.entries.push(...entries);
    const characters = entries.reduce((sum, entry) => sum + ('text' in entry ? entry.text.length : 0), 0);
    block.characters += characters;
    this.#characters += characters;
    this.#count += entries.length;
    block.bytes = null;
  }

  #shownOf(entries: readonly LogEntry[]): string[] {
    const lines = entries.map((entry) => this.#options.render(entry));
    if (this.#filter === null) return lines;
    const selected = this.#filter.select(lines);
    // What is said beside the log is said whatever is looked for.
    return lines.filter((_, index) => selected[index] === true || isNote(entries[index]));
  }

  #select(entries: readonly LogEntry[]): readonly boolean[] {
    if (this.#filter === null) return entries.map(() => true);
    return this.#filter.select(entries.map((entry) => this.#options.render(entry)));
  }

  #trim(): void {
    const { maxLines } = this.#options;
    if (this.#count <= maxLines && this.#characters <= maxCharacters) return;
    const least = Math.floor(maxLines * 0.9);
    while (this.#blocks.length > 1 && (this.#count > least || this.#characters > maxCharacters)) {
      const block = this.#blocks.shift();
      if (block === undefined) return;
      this.#count -= block.entries.length;
      this.#characters -= block.characters;
      this.#dropped += block.entries.length;
      block.bytes ??= Buffer.from(block.shown.map((line) => `${line}\n`).join(''));
      this.#droppedBytes += block.bytes.length;
    }
  }
}

function isNote(entry: LogEntry | undefined): boolean {
  return entry !== undefined && 'note' in entry;
}
